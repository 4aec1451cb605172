"""The section 网络 of the page 关于: every address that would be asked, by whom and when."""

from __future__ import annotations

import streamlit as st

from layers.network import VARIABLES, Asked, asked
from views import cache, cache_rasters, selection
from views.errors import fault_table
from views.words import esc, t

_COLUMNS = ("address", "asker", "when", "purpose", "crs")
EXAMPLE = """basemaps:
- id: tianditu
  name: 天地图矢量
  kind: tianditu
  crs: cgcs2000
  token: ……
- id: intranet
  name: 内网影像
  kind: xyz
  url: http://10.0.0.5/tiles/{z}/{x}/{y}.png
  crs: wgs84
  attribution: 本单位"""


def network_section() -> str:
    """The section as our own HTML; derived from the settings that hold now."""
    language = selection.current().language
    bases, faults = cache.basemaps()
    found = asked(
        bases,
        language,
        rasters=cache_rasters.library()[0],
        gathers_usage=bool(st.get_option("browser.gatherUsageStats")),
        listens_anywhere=not st.get_option("server.address"),
    )
    head = t("network.some", count=len(found)) if found else t("network.none")
    wrong = ""
    if faults:
        said = t("base.faults", count=len(faults))
        wrong = f'<div class="fg-faults">{esc(said)}{fault_table(faults, language)}</div>'
    variables = "".join(
        f"<li><code>{name}</code> {esc(t(f'network.variable_{name.lower()}'))}</li>"
        for name in VARIABLES
    )
    quiet = "" if any(each.purpose == "usage" for each in found) else _line("quiet")
    carried = _line("carried") if bases else ""
    server = "" if any(each.asker == "server" for each in found) else _line("server")
    return (
        f'<section id="network" data-asked="{len(found)}"><h2>{esc(t("network.title"))}</h2>'
        f"{_line('own')}{quiet}{server}<p>{esc(head)}</p>{_table(found)}{carried}{wrong}"
        f"<p>{esc(t('network.setup'))}</p><details><summary>{esc(t('network.example'))}</summary>"
        f"<pre>{esc(EXAMPLE)}</pre>{_line('example_note')}</details>"
        f'<p>{esc(t("network.variables"))}</p><ul class="fg-variables">{variables}</ul></section>'
    )


def _line(name: str) -> str:
    return f"<p>{esc(t(f'network.{name}'))}</p>"


def _table(found: tuple[Asked, ...]) -> str:
    if not found:
        return ""
    head = "".join(f"<th>{esc(t(f'network.{name}'))}</th>" for name in _COLUMNS)
    rows = "".join(_row(each) for each in found)
    return (
        '<div class="fg-scroll"><table class="fg-network">'
        f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _row(each: Asked) -> str:
    addresses = "<br>".join(
        f'<code data-address="{esc(address)}">{esc(address)}</code>' for address in each.addresses
    )
    words = (
        t(f"network.asker_{each.asker}"),
        t(f"network.when_{each.purpose}"),
        t(f"network.purpose_{each.purpose}", name=each.name, source=each.source),
        t(f"network.crs_{each.crs}") if each.crs else t("network.crs_none"),
    )
    return f"<tr><td>{addresses}</td>{''.join(f'<td>{esc(word)}</td>' for word in words)}</tr>"
