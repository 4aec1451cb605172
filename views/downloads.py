"""Downloads of the selection in every format: one way for the page 数据 and for the map's table."""

from __future__ import annotations

from datetime import date

import streamlit as st

from capacity.splits import NO_SPLITS
from layers.county_lines import Counting
from layers.exports.extract import Extract, extract_of
from layers.exports.formats import file_name, write
from layers.exports.offers import Offer, offers
from layers.exports.own import own_contents
from terms.selection import Selection
from views import cache, selection
from views.link import to_query
from views.words import t


def extract_for(chosen: Selection, crs: str = "wgs84", counting: Counting | None = None) -> Extract:
    """The extract of a selection as of today; a rule without its breakdown does not split."""
    counted = counting or Counting(chosen.rule, NO_SPLITS, chosen.inferred)
    return extract_of(cache.registry(), chosen, day=date.today(), crs=crs, counting=counted)


def download(offer: Offer, extract: Extract, *, label: str, key: str, hint: str = "") -> None:
    """A button that builds its file when it is clicked."""
    kind = offer.format.key
    st.download_button(
        label,
        data=lambda: write(extract, kind, contents=offer.contents),
        file_name=file_name(extract, kind, offer.contents),
        mime=offer.format.mime,
        key=key,
        help=hint or None,
        on_click="ignore",
        width="stretch",
    )


def draw_more_formats() -> None:
    """The selection in every other format, each with what suits it; closed, only its label."""
    box = st.popover(t("data.more"), key="more-formats", on_change="rerun")
    if not box.open:
        return
    chosen = selection.current()
    extract = extract_for(chosen)
    with box:
        for offer in offers((), "wgs84", own=own_contents(extract.registry)):
            kind = offer.format.key
            if kind not in ("geojson", "csv") and not offer.barred:  # those two stand beside it
                download(
                    offer,
                    extract,
                    label=t(f"extract.format_{kind}"),
                    key=f"more-{kind}",
                    hint=t(f"data.use_{kind}"),
                )
        st.page_link("views/pages/data.py", label=t("data.all"), query_params=to_query(chosen))
