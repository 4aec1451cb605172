"""All caches of the app; arguments are strings, numbers and tuples only, every cache is bounded."""

from __future__ import annotations

import gc
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import streamlit as st

from capacity.check import Check, Rules, check
from capacity.commissioned import refuse_excess
from capacity.self_check import SelfCheckResult, self_check
from geo.own_boundaries import active_districts
from layers.browser_files import BrowserFiles, write_browser_files
from layers.capacity_tables import check_rows, district_rows, line_rows
from layers.county_lines import Counting
from layers.county_sheet import COLUMNS as SHEET_COLUMNS
from layers.county_sheet import county_sheet, sheet_rows
from layers.figures import Figures, figures
from layers.geojson import to_geojson
from layers.pdf.shortlist import shortlist_pdf as printed_list
from layers.project_list import Manner, ordered
from layers.shortlist_file import shortlist_xlsx as workbook
from layers.split_file import TEMPLATE_COLUMNS, divisible_rows, template_rows
from layers.table import records_to_csv, to_csv
from registry.additions import with_additions
from registry.mode import mode
from registry.registry import Registry, build_registry
from registry.select import select
from seeds.loader import PLANS
from store.basemaps import Basemap, load_basemaps
from store.book import Book, stamp
from store.home import basemaps_path
from store.last_good import Held
from terms.columns import CHECK_COLUMNS, DISTRICT_COLUMNS, LINE_COLUMNS, PROJECT_COLUMNS
from terms.errors import BasemapsError, Fault
from terms.kinds import LandMode, Layer, Precision, Status, Technology
from terms.language import Language
from terms.records import Project, Target
from terms.selection import NARROWING, Selection
from views import cache_rasters, cache_store
from views.assets import browser_folder
from views.link import NOTHING
from views.parameters import Vocabulary

Key = tuple[str, ...]


def key() -> Key:
    """What the registry depends on; a changed plan, record or boundary file makes a new one."""
    return (*_plans_key(), held().revision)


def _plans_key() -> Key:
    files = [*sorted(PLANS.glob("*.yaml"))]
    stamps = (f"{path.name}:{path.stat().st_mtime_ns}:{path.stat().st_size}" for path in files)
    return (mode(), active_districts().digest, *stamps)


@st.cache_resource(max_entries=2, show_spinner=False)
def _plans(key: Key) -> Registry:
    plans = build_registry(active_districts(), folder=PLANS, public=key[0] == "public")
    _settle_memory()
    return plans


def _settle_memory() -> None:
    """Leave what stays for good out of every later collection: each stops all sessions for it."""
    gc.collect()
    gc.freeze()


@st.cache_resource(max_entries=2, show_spinner=False)
def _registry(key: Key) -> Registry:
    whole = _with_book(_plans(key[:-1]), held().book)
    return with_additions(whole, Book()) if key[0] == "public" else whole


def _with_book(plans: Registry, book: Book) -> Registry:
    return refuse_excess(with_additions(plans, book), book)


def registry() -> Registry:
    """The registry of plans and records as they stand; raises PlanError, RecordsError with all.

    In public mode it is that of the plans alone: what users recorded stays in the house.
    """
    return _registry(key())


def check_book(book: Book) -> None:
    """Hold a book against the plans before it is written; raises RecordsError with all faults."""
    _with_book(_plans(_plans_key()), book)


def held() -> Held:
    """The records as they stand, or their last good copy while the database cannot be reached."""
    return cache_store.held(check_book)


@st.cache_resource(max_entries=2, show_spinner=False)
def _vocabulary(key: Key) -> Vocabulary:
    whole = _registry(key)
    targets = frozenset(target.key for target in whole.targets)
    mapped = [target for target in whole.targets if target.mapped]
    technologies = frozenset(each.value for each in Technology)
    codes = frozenset(whole.districts.codes)
    cities = {whole.districts.city_code(code) for code in codes}
    return {
        "plans": frozenset(plan.id for plan in whole.groups),
        "layers": frozenset({*(layer.value for layer in Layer), NOTHING}),
        "technologies": technologies,
        "area": codes | cities,
        "districts": codes,
        "land_modes": frozenset({*(land.value for land in LandMode), NOTHING}),
        "statuses": frozenset(status.value for status in Status),
        "precisions": frozenset(precision.value for precision in Precision),
        "departments": frozenset(name for target in mapped for name in target.departments),
        "years": frozenset(str(target.year) for target in mapped),
        "focus": frozenset({*whole.by_id, *targets, *codes}),
        "beside": codes,
        "technology": technologies,
        "sort": frozenset({*technologies, "rows"}),
        "shade": frozenset({*technologies, "rows", *whole.own.table_by_id}),
        "areas": frozenset(area.id for area in whole.own.areas),
        "columns": frozenset(PROJECT_COLUMNS),
        "order": frozenset(sign + name for name in PROJECT_COLUMNS for sign in ("", "-")),
        "shortlist": frozenset(whole.by_id),
        "compared": frozenset(whole.by_id),
    }


def vocabulary() -> Vocabulary:
    """What a link may name."""
    bases, _ = basemaps()
    return {
        **_vocabulary(key()),
        "base": frozenset(base.id for base in bases),
        "raster": frozenset(record.id for record in cache_rasters.library()[0]),
    }


@st.cache_resource(max_entries=2, show_spinner=False)
def _basemaps(path: str, key: str) -> tuple[tuple[Basemap, ...], tuple[Fault, ...]]:
    try:
        return load_basemaps(Path(path)), ()
    except BasemapsError as error:
        return (), error.faults


def basemaps() -> tuple[tuple[Basemap, ...], tuple[Fault, ...]]:
    """The base layers that the user set up, and what is wrong with their file (then none)."""
    path = basemaps_path()
    return _basemaps(str(path), stamp(path))


@st.cache_resource(max_entries=2, show_spinner=False)
def _browser_files(key: Key, folder: str) -> BrowserFiles:
    return write_browser_files(_registry(key), Path(folder))


def browser_files() -> BrowserFiles:
    """The two files of the map, written once per registry, and again if somebody removed them."""
    folder = browser_folder()
    files = _browser_files(key(), str(folder))
    if not all((folder / name).is_file() for name in (files.districts, files.projects)):
        _browser_files.clear()  # type: ignore[attr-defined]
        files = _browser_files(key(), str(folder))
    return files


def rows(selection: Selection) -> tuple[Project, ...]:
    """The projects of a selection."""
    return _rows(key(), _narrowing(selection))


def headline(selection: Selection) -> Figures:
    """The figures of a selection."""
    return _figures(key(), _narrowing(selection), inferred=selection.inferred)


def _narrowing(selection: Selection) -> tuple[Any, ...]:
    """What decides the rows: a selection that is only looked at otherwise costs nothing anew."""
    return tuple(getattr(selection, name) for name in NARROWING)


@lru_cache(maxsize=64)
def _rows(key: Key, narrowing: tuple[Any, ...]) -> tuple[Project, ...]:
    filters: dict[str, Any] = dict(zip(NARROWING, narrowing, strict=True))
    return select(_registry(key), Selection(**filters))


@lru_cache(maxsize=64)
def _figures(key: Key, narrowing: tuple[Any, ...], *, inferred: bool) -> Figures:
    return figures(_registry(key), _rows(key, narrowing), inferred=inferred)


def geojson(selection: Selection) -> bytes:
    """The selection as GeoJSON; built when somebody downloads it."""
    whole = registry()
    text = to_geojson(
        whole, select(whole, selection), selection=selection, extract_date=date.today()
    )
    return text.encode("utf-8")


def csv(selection: Selection) -> bytes:
    """The selection as CSV with a BOM, which Excel needs to read Chinese."""
    return records_to_csv(rows(selection), PROJECT_COLUMNS, bom=True).encode("utf-8")


def shortlist_xlsx(selection: Selection, link: str) -> bytes:
    """What was picked, as a workbook."""
    whole, rows = registry(), picked(selection)
    return workbook(whole, rows, selection=selection, link=link, extract_date=date.today())


def shortlist_pdf(selection: Selection, link: str) -> bytes:
    """What was picked, for printing."""
    rows, today = picked(selection), date.today()
    return printed_list(registry(), rows, selection=selection, link=link, extract_date=today)


def picked(selection: Selection) -> tuple[Project, ...]:
    """The projects of the shortlist in the order of picking, or by the column it is sorted by."""
    whole = registry()
    rows = [whole.by_id[each] for each in selection.shortlist]
    return ordered(Manner(whole, selection.language, selection.unit), rows, selection.order)


def checks(selection: Selection, rules: Rules) -> tuple[Check, ...]:
    """The mapped targets that a selection shows, held against their plans."""
    return tuple(
        result for result in check(registry(), rules) if _is_shown(result.target, selection)
    )


def self_checks() -> tuple[SelfCheckResult, ...]:
    """Every plan held against itself."""
    return self_check(registry())


def _is_shown(target: Target, selection: Selection) -> bool:
    filters = (
        (selection.plans, (target.plan,)),
        (selection.years, (str(target.year),)),
        (selection.departments, target.departments),
    )
    return all(not wanted or set(wanted) & set(have) for wanted, have in filters)


def check_csv(results: Iterable[Check]) -> bytes:
    """The check as the command line gives it."""
    return to_csv(check_rows(results), CHECK_COLUMNS, bom=True).encode("utf-8")


def lines_csv(results: Iterable[Check]) -> bytes:
    """Every line behind the check."""
    return to_csv(line_rows(registry(), results), LINE_COLUMNS, bom=True).encode("utf-8")


def district_csv(counting: Counting, plans: tuple[str, ...]) -> bytes:
    """What `cli.py districts --out` writes for these plans, as CSV with a BOM."""
    whole = registry()
    chosen = {row.id for row in select(whole, Selection(plans=plans))}
    table = district_rows(
        whole,
        rule=counting.rule,
        splits=counting.splits,
        inferred=counting.inferred,
        rows=chosen,
    )
    return to_csv(table, DISTRICT_COLUMNS, bom=True).encode("utf-8")


def sheet_csv(counting: Counting, codes: tuple[str, ...], language: Language) -> bytes:
    """The sheets of these counties, one under the other, as CSV with a BOM."""
    whole = registry()
    lines = [
        line
        for code in codes
        for line in sheet_rows(whole, county_sheet(whole, counting, code), language)
    ]
    return to_csv(lines, SHEET_COLUMNS, bom=True).encode("utf-8")


def split_template(plans: tuple[str, ...], *, inferred: bool) -> bytes:
    """An empty breakdown that names every row and county of these plans that may take part."""
    whole = registry()
    rows = divisible_rows(whole, plans=plans, inferred=inferred)
    return to_csv(template_rows(whole, rows), TEMPLATE_COLUMNS, bom=True).encode("utf-8")
