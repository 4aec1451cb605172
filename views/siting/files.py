"""Taking a run away: recipe, GeoTIFF, GeoPackage, CSV; bringing a recipe back."""

from __future__ import annotations

from datetime import date
from typing import get_args

import streamlit as st

from geo.siting.recipe import Recipe
from geo.siting.recipe_file import MAX_BYTES, write_recipe
from layers.siting.files import FileKind, file_bytes, file_name
from layers.siting.run import BLANK, Run
from terms.errors import Fault, RecipeError
from views import selection
from views.errors import fault_table
from views.look import name_file_button
from views.siting.runs import take_recipe_file
from views.words import esc, t

_MIME = {"tif": "image/tiff", "gpkg": "application/geopackage+sqlite3", "csv": "text/csv"}
_REFUSED = "siting-refused"


def draw_files(found: Run) -> None:
    """The downloads; each is made when it is asked for and says what it holds."""
    language, day = selection.current().language, f"{date.today():%Y%m%d}"
    with st.container(key="siting-files"):
        said = t("siting.files_lead", recipe=found.recipe.digest, run=found.digest)
        st.html(f'<div class="fg-title"><h2>{esc(t("siting.files"))}</h2><p>{esc(said)}</p></div>')
        with st.container(key="siting-buttons", horizontal=True):
            st.download_button(
                t("siting.file_recipe"),
                data=write_recipe(found.recipe).encode("utf-8"),
                file_name=file_name(found, "yaml", day),
                mime="application/yaml",
                key="siting-yaml",
                help=t("siting.file_recipe_note"),
                on_click="ignore",
            )
            for kind in get_args(FileKind):
                st.download_button(
                    t(f"siting.file_{kind}"),
                    data=lambda kind=kind: file_bytes(found, kind, language),
                    file_name=file_name(found, kind, day),
                    mime=_MIME[kind],
                    key=f"siting-{kind}",
                    help=t(f"siting.file_{kind}_note"),
                    on_click="ignore",
                )


def draw_recipe_file(recipe: Recipe) -> None:
    """Take a recipe from its file; it stands as one's own beside those that are shipped."""
    box = st.expander(
        t("siting.bring"), key=selection.widget_key("siting-bring"), on_change="rerun"
    )
    if not box.open:
        return
    with box:
        st.html(f'<p class="fg-hint">{esc(t("siting.bring_lead"))}</p>')
        name_file_button("siting-file", t("siting.file_button"))
        file = st.file_uploader(
            t("siting.bring_file"),
            type=["yaml", "yml"],
            key=selection.widget_key(f"siting-file-{selection.round_of('siting-file')}"),
            max_upload_size=1,
        )
        refused: tuple[Fault, ...] | None = selection.kept(_REFUSED)
        if refused:
            table = fault_table(refused, selection.current().language)
            st.html(f'<div class="fg-notice fg-bad" role="alert">{table}</div>')
        if file is not None:
            data = file.getvalue()[: MAX_BYTES + 1]
            st.button(
                t("siting.bring_take"), key="siting-take", on_click=_take, args=(data, file.name)
            )


def _take(data: bytes, file: str) -> None:
    """Take an uploaded recipe; what is wrong with it is told at the next run."""
    try:
        take_recipe_file(data, file)
    except RecipeError as error:
        selection.keep(_REFUSED, error.faults)
        return
    selection.keep(_REFUSED, None)
    selection.end_round("siting-file")
    selection.change(recipe=BLANK)
