"""Changes to the book: records are added or marked as withdrawn, never removed or overwritten.

Each change reads the file anew under the lock, is checked as a whole and only then written. `check`
holds the new book against the plans and raises; without it the form alone is checked.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from store.book import Book, Place, read_book, read_text
from store.lines import Row, add_rows, mark_row
from store.safe_file import locked, replace_text
from terms.errors import StoreError
from terms.records import InstalledFigure, Progress

Check = Callable[[Book], object]


def append_installed(
    path: Path,
    *figures: InstalledFigure,
    names: Mapping[str, str] | None = None,
    places: Sequence[Place] = (),
    check: Check | None = None,
) -> Book:
    """Add figures at the end of the book, all or none; `names` puts a district's name beside it.

    `places` says of each figure where a person wrote it (a form, a line of a CSV), for the faults
    that `check` finds: the line in the book is one that he has never seen.
    Raises RecordsError with every fault, StoreError if the file cannot be written.
    """
    rows = [_installed_row(figure, names or {}) for figure in figures]

    def check_as_written(book: Book) -> None:
        if check is not None:
            check(_placed(book, places))

    return _append(path, "installed", rows, check_as_written)


def append_progress(path: Path, *progress: Progress, check: Check | None = None) -> Book:
    """Add records of progress at the end of the book, all or none; raises as append_installed."""
    return _append(path, "progress", [_progress_row(each) for each in progress], check)


def withdraw(path: Path, record: InstalledFigure | Progress, *, check: Check | None = None) -> Book:
    """Mark a record as withdrawn today; it stays in the file. Raises StoreError if it is gone."""
    section = "installed" if isinstance(record, InstalledFigure) else "progress"

    def change(text: str, book: Book) -> str:
        index = _index_of(record, book)
        return mark_row(text, section, index, "withdrawn", date.today().isoformat())

    return _change(path, change, check)


def _append(path: Path, section: str, rows: Sequence[Row], check: Check | None) -> Book:
    return _change(path, lambda text, _: add_rows(text, section, rows) if rows else text, check)


def _placed(book: Book, places: Sequence[Place]) -> Book:
    """The book, its last figures at the places where they were written."""
    known = [book.installed_place(index) for index in range(len(book.installed))]
    kept = known[: len(known) - len(places)]
    return replace(book, installed_places=(*kept, *places))


def _change(path: Path, change: Callable[[str, Book], str], check: Check | None) -> Book:
    file = path.resolve()  # a link stays a link
    with locked(file):
        text = read_text(file)
        before = read_book(text, file.name)
        changed = change(text, before)
        after = read_book(changed, file.name)
        if check is not None:
            check(after)
        if changed != text:
            replace_text(file, changed)
    return after


def _index_of(record: InstalledFigure | Progress, book: Book) -> int:
    """The row of a record in force within its section, counted from 0."""
    if isinstance(record, InstalledFigure):
        found = [book.installed_place(i) for i, each in enumerate(book.installed) if each == record]
    else:
        found = [book.progress_place(i) for i, each in enumerate(book.progress) if each == record]
    if not found:
        raise StoreError(
            "这一条已被撤回，没有再写入什么 · "
            "this record has been withdrawn already; nothing was written"
        )
    return int(found[0].row.rsplit(" ", 1)[1]) - 1


def _installed_row(figure: InstalledFigure, names: Mapping[str, str]) -> dict[str, str]:
    name = names.get(figure.district_code, "")
    values = {
        "plan": figure.plan,
        "district": f"{figure.district_code} {name}".strip(),
        "zone": figure.zone,
        "metric": figure.metric,
        "date": figure.date,
        "value": format(figure.value, "f"),
        "unit": figure.unit,
        "source": figure.source,
    }
    return {key: value for key, value in values.items() if value}


def _progress_row(progress: Progress) -> dict[str, str]:
    mw = progress.commissioned_mw
    values = {
        "project": progress.project,
        "date": progress.date,
        "status": progress.status.value if progress.status else "",
        "commissioned_mw": "" if mw is None else format(mw, "f"),
        "source": progress.source,
    }
    return {key: value for key, value in values.items() if value}
