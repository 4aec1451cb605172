"""The map as one HTML file that opens by a double click, without a network and without a server.

Leaflet comes from its installed package and our own scripts from the app, both put into the file
when it is written; a content policy inside the file refuses every request.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterable
from html import escape
from pathlib import Path
from typing import Any

from layers.browser_files import districts_collection, projects_table
from layers.exports.extract import Extract
from layers.exports.fields import codes
from layers.exports.notes import notes
from layers.exports.own import own_contents
from layers.exports.tables import Table, table_of
from layers.filter_words import filter_words
from layers.own_words import not_stated, own_word
from layers.paint import TINT, paint_state
from layers.plan_names import plan_label
from layers.script_json import script_json
from layers.styles import STYLES
from layers.symbols import symbol_svg
from layers.table import without_controls
from terms.columns import Row
from terms.errors import SetupError
from terms.kinds import PlanStatus, Precision
from terms.language import Language
from terms.messages import label, text

# The parts of the app's map in the order of their needs, as views/assets.py serves them.
PARTS = (
    *("view", "spread", "levels", "clusters", "card", "districts", "tray", "sizes", "names"),
    *("marks", "keys", "raster", "own", "legend", "print", "tools", "base", "pick", "map"),
)
_APP = Path(__file__).parents[2] / "views" / "web"
_OWN = Path(__file__).parent / "web"
# The columns of the list; what a plan leaves open is said in the third.
_SHOWN = (
    ("layer", "table.layer", ""),
    ("plan", "table.plan", ""),
    ("districts", "table.district", "table.tray"),
    ("capacity_printed", "table.amount", "word.not_stated"),
    ("owner", "field.owner", "word.not_stated"),
    ("status", "field.status", ""),
    ("source_section", "table.source", ""),
)
# What a reader looks for first; the other columns follow in their usual order.
_FIRST = (
    "plan",
    "kind",
    "capacity_printed",
    "capacity_mw",
    "quantity_printed",
    "districts",
    "geometry_role",
    "accuracy_m",
    "owner",
    "status",
    "by_year",
    "source_title",
    "source_section",
    "source_item",
    "note",
)
_SIGNS = ("site", "approximate", "hollow", "shared", "ring", "tint", "badge", "tray")
_OPTIONS = {
    "center": [36.2, 117.2],
    "zoom": 8,
    "attributionControl": False,
    "zoomSnap": 0.25,
    "zoomDelta": 0.5,
    "wheelPxPerZoomLevel": 160,
    "minZoom": 6,
    "maxZoom": 11,  # the outlines are simplified to 200 m: closer would feign exactness
}
_POLICY = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:"


def html_map(extract: Extract) -> str:
    """The whole page; raises SetupError where a part of the installation is missing."""
    table, language = table_of(extract, "projects"), extract.language
    leaflet = _leaflet()
    styles = [
        _read(leaflet / "leaflet.css"),
        _read(_APP / "map.css"),
        _read(_OWN / "standalone.css"),
    ]
    scripts = [
        _read(leaflet / "leaflet.js"),
        *(_read(_APP / f"{part}.js") for part in PARTS),
        f"window.fengtuData = {script_json(_data(extract, table))};",
        _read(_OWN / "standalone.js"),
    ]
    title = text("extract.title", language)
    return (
        f'<!DOCTYPE html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n"
        + "".join(f"<style>\n{_style(each)}\n</style>\n" for each in styles)
        + f"</head>\n<body>\n{_header(extract, title)}"
        '<div id="root"><div id="map_div"></div></div>\n'
        f'<aside id="panel">{_legend(extract)}</aside>\n'
        f"{_main(extract, table)}"
        + "".join(f"<script>\n{_script(each)}\n</script>\n" for each in scripts)
        + "</body>\n</html>\n"
    )


def _data(extract: Extract, table: Table) -> dict[str, Any]:
    """What the scripts need: districts, symbols, what to show, and every column of every row."""
    registry, language = extract.registry, extract.language
    chosen = {row.id for row in extract.rows}
    drawn = projects_table(registry)
    others = (each for each in table.columns if each not in (*_FIRST, "name", "name_en", "layer"))
    named = [*_FIRST, *others]
    meanings = {column: codes(column, language) for column in table.columns}
    plans = {plan.id: plan_label(registry, plan.id, language) for plan in registry.groups}
    return _clean(
        {
            "options": _OPTIONS,
            "districts": districts_collection(registry),
            "projects": drawn | {"projects": [r for r in drawn["projects"] if r["id"] in chosen]},
            "state": paint_state(
                registry, extract.rows, selection=extract.selection, more=_looked_at(extract)
            ),
            "rows": {row.id: cells for row, cells in zip(extract.rows, table.rows, strict=True)},
            "headings": [[column, table.headings[column]] for column in named],
            "codes": {key: words for key, words in meanings.items() if words} | {"plan": plans},
            "name": "name" if language == "zh" else "name_en",
            "tint": TINT,
            "tints": {
                row.id: list(row.district_codes)
                for row in extract.rows
                if row.precision in (Precision.MULTI, Precision.CORRIDOR)
            },
            "words": {
                "draft": text("detail.draft", language),
                "rows": text("field.rows", language),
                "true": text("extract.yes", language),
                "false": text("extract.no", language),
            },
        }
    )


def _looked_at(extract: Extract) -> dict[str, Any]:
    """How the map is looked at: as on the page of counties, without levels to go down."""
    chosen, title = extract.selection, text("extract.title", extract.language)
    return {
        "at": None,
        "unit": chosen.unit.value,
        "inferred": chosen.inferred,
        "sizes": None,
        "print": {"area": title, "filter": filter_words(extract.registry, chosen)},
    }


def _header(extract: Extract, title: str) -> str:
    language = extract.language
    counts = text("extract.counts", language, **extract.head["counts"])
    under = (text("map.stamp", language), extract.head["extract_date"], counts)
    drafts = [label("plan", plan, language) for plan in extract.head["drafts"]]
    draft = (
        f'<p class="fg-draft-mark">{escape(text("word.comma", language).join(drafts))} · '
        f"{escape(text('detail.draft', language))}</p>"
        if drafts
        else ""
    )
    return (
        f'<header><h1>{escape(title)}</h1><p class="fg-mark-line">{escape(" · ".join(under))}</p>'
        f"<p>{escape(filter_words(extract.registry, extract.selection))}</p>{draft}</header>\n"
    )


def _main(extract: Extract, table: Table) -> str:
    """All rows as a table, the tray's too, and what the file says of itself."""
    language = extract.language
    first = "name" if language == "zh" else "name_en"
    heads = ("table.name", *(key for _, key, _ in _SHOWN))
    head = "".join(f"<th>{_esc(text(key, language))}</th>" for key in heads)
    lines = "".join(_line(row, first, language) for row in table.rows)
    return (
        f"<main><h2>{_esc(text('extract.all_rows', language))}</h2>\n"
        f'<div class="fg-rows"><table><thead><tr>{head}</tr></thead>\n'
        f"<tbody>{lines}</tbody></table></div>\n"
        f"<h2>{_esc(text('extract.about', language))}</h2>\n"
        f"<dl>{_pairs((*notes(extract, (table,)), *_left_out(extract)))}</dl></main>\n"
    )


def _left_out(extract: Extract) -> tuple[tuple[str, str], ...]:
    """What the app's map can show of users' data and this file cannot."""
    held = own_contents(extract.registry)
    if not held or extract.registry.is_public:
        return ()
    language = extract.language
    names = text("word.list", language).join(text(f"extract.{each}", language) for each in held)
    said = text("extract.left_out", language, contents=names)
    return ((text("extract.item_left_out", language), said),)


def _legend(extract: Extract) -> str:
    """What the panel shows before anything is chosen: the layers drawn and the ways of drawing."""
    language = extract.language
    used = {row.layer for row in extract.rows}
    layers = "".join(
        f"<li>{symbol_svg(style)}{_esc(label('layer', layer, language))}</li>"
        for layer, style in STYLES.items()
        if layer in used
    )
    signs = "".join(f"<p>{_esc(text(f'detail.sign_{each}', language))}</p>" for each in _SIGNS)
    return (
        f"<p>{_esc(text('extract.details', language))}</p>"
        f'<ul class="fg-signs">{layers}</ul><div class="fg-under">{signs}</div>'
    )


def _line(row: Row, first: str, language: Language) -> str:
    cells = "".join(
        f"<td>{_words(row, column, when_open, language)}</td>" for column, _, when_open in _SHOWN
    )
    id_ = _esc(row["id"])
    button = f'<button type="button" data-id="{id_}">{_esc(row[first])}</button>'
    return f'<tr data-id="{id_}"><td>{button}</td>{cells}</tr>\n'


def _words(row: Row, column: str, when_open: str, language: Language) -> str:
    value = row[column]
    if column == "capacity_printed":
        value = value or row["quantity_printed"]
    if value is None:
        return f"<i>{_esc(_open(row, when_open, language))}</i>" if when_open else ""
    if column == "plan":
        name = label("plan", str(value), language)
        is_draft = row["plan_status"] == PlanStatus.DRAFT
        return _esc(text("word.with_draft", language, name=name) if is_draft else name)
    own = own_word(str(row["plan"]), column, str(value), language)
    return _esc(own or codes(column, language).get(str(value), value))


def _open(row: Row, key: str, language: Language) -> str:
    if key == "word.not_stated":
        return not_stated(str(row["plan"]), language)
    return text(key, language)


def _pairs(pairs: Iterable[tuple[str, str]]) -> str:
    return "".join(f"<dt>{_esc(item)}</dt><dd>{_esc(words)}</dd>" for item, words in pairs)


def _esc(value: object) -> str:
    return "" if value is None else escape(without_controls(str(value)))


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return without_controls(value)
    if isinstance(value, dict):
        return {key: _clean(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_clean(item) for item in value]
    return value


def _script(code: str) -> str:
    """A script that no string inside it can end early."""
    safe = re.sub(r"</(script)", r"<\\/\1", code, flags=re.IGNORECASE).replace("<!--", "<\\!--")
    return re.sub(r"^//# sourceMappingURL=.*$", "", safe, flags=re.MULTILINE)


def _style(rules: str) -> str:
    """Rules without addresses: Leaflet's pictures belong to controls that we do not use."""
    return re.sub(r"url\([^)]*\)", "none", rules).replace("</", "<\\/")


def _leaflet() -> Path:
    try:
        package = importlib.import_module("xstatic.pkg.leaflet")
    except ImportError:
        raise SetupError(
            "the package xstatic-leaflet is not installed; install the requirements again: "
            "python -m pip install -r requirements.txt"
        ) from None
    return Path(package.BASE_DIR)


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise SetupError(
            f"{path} cannot be read ({error.strerror or error}); install Fengtu's files again"
        ) from error
