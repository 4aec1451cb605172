"""The page 关于: what the map is good for, where its data come from, what it never does."""

from __future__ import annotations

import streamlit as st

from registry.registry import Registry
from views import cache, selection
from views.detail.parts import plan_list
from views.network import network_section
from views.words import esc, t


def draw_page() -> None:
    """Compose the page."""
    registry = cache.registry()
    sections = (
        ("honest", t("about.honest")),
        ("count", t("about.count")),
        ("boundary", t("about.boundary")),
    )
    body = "".join(
        f"<h2>{esc(t(f'about.{key}_title'))}</h2><p>{esc(words)}</p>" for key, words in sections
    )
    st.html(
        f'<article class="fg-about"><h1>{esc(t("about.title"))}</h1>'
        f'<p class="fg-lead">{esc(t("about.lead"))}</p>{body}{_edition(registry)}'
        f"<h2>{esc(t('about.plans_title'))}</h2>{_plans(registry)}"
        f"<h2>{esc(t('about.licence_title'))}</h2><p>{esc(t('export.licence'))}</p>"
        f"{network_section()}"
        f"<h2>{esc(t('about.version_title'))}</h2><p>{esc(_version(registry))}</p></article>"
    )


def _edition(registry: Registry) -> str:
    districts = registry.districts
    edition = districts.edition if selection.current().language == "zh" else districts.edition_en
    remarks = "".join(f"<br>{esc(remark)}" for remark in districts.remarks)
    return f"<p><b>{esc(t('about.edition'))}</b> {esc(edition)}{remarks}</p>"


def _plans(registry: Registry) -> str:
    return plan_list(
        registry.plans,
        lambda plan: t(
            "about.document",
            issuer=plan.issuer or t("about.no_issuer"),
            number=plan.document_number or t("about.no_number"),
            date=plan.date or t("detail.no_date"),
        ),
    )


def _version(registry: Registry) -> str:
    return t("about.version", registry=registry.digest, boundary=registry.districts.digest[:12])


draw_page()
