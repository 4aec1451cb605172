"""The store on both databases: what is written is read, nothing is lost, nobody slips in."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
import sqlalchemy as sa

from store.book import Book, Place
from store.drafts import Add, Edit, Hide, Restore
from store.store import Store
from terms.actor import NOBODY, Actor, Role, Way
from terms.errors import AccessError, ConflictError, RecordsError, StoreError
from terms.records import InstalledFigure
from tests.keeping import entry, keep, person, withdraw
from tests.store.samples import SAMPLES

FIGURE = SAMPLES["installed"]
DONE = SAMPLES["progress"]


@pytest.mark.parametrize("kind", list(SAMPLES))
def test_what_is_written_is_read(kind: str, store: Store) -> None:
    record = SAMPLES[kind]
    before = store.revision()
    batch = store.apply(person("李"), [Add(record)], why="月度更新")
    (found,) = store.entries(kind)
    assert (found.record, found.revision, found.by, found.why) == (record, 1, "李", "月度更新")
    assert datetime.fromisoformat(found.at).tzinfo is not None
    assert store.revision() != before
    (change,) = store.history(kind, found.id)
    assert (change.batch, change.action, change.before) == (batch, "add", None)
    assert change.after and change.role == "editor" and change.way == "passphrase"
    if kind != "mapping":
        assert sum(len(getattr(store.book(), name)) for name in _FIELDS) == 1


_FIELDS = "installed progress positions projects splits notes tables areas rasters".split()


@pytest.mark.parametrize("kind", list(SAMPLES))
def test_a_record_is_edited_hidden_restored_and_all_of_it_undone(kind: str, store: Store) -> None:
    record, other = SAMPLES[kind], _other(SAMPLES[kind])
    keep(record, store=store)
    first = entry(kind, record, store)
    batches = [store.apply(person(), [Edit(first.id, 1, other)], why="b")]
    assert [each.record for each in store.entries(kind)] == [other]
    batches.append(store.apply(person(), [Hide(first.id, 2)], why="c"))
    assert store.entries(kind) == ()
    batches.append(store.apply(person(), [Restore(first.id, 3)], why="d"))
    assert [each.record for each in store.entries(kind)] == [other]
    for batch, left in zip(reversed(batches), ([], [other], [record]), strict=True):
        last = store.undo(person(), batch, why="undo")
        assert [each.record for each in store.entries(kind)] == left
    store.undo(person(), last, why="undo the undo")
    assert [each.record for each in store.entries(kind)] == [other]
    actions = [each.action for each in reversed(store.history(kind))]
    assert actions == ["add", "edit", "hide", "restore", *["undo"] * 4]
    assert [each.revision for each in store.history(kind)] == list(range(8, 0, -1))


def _other(record: Any) -> Any:
    """The same with another text, and fewer parts where it has many."""
    name = "outside_reason" if hasattr(record, "outside_reason") else "source"
    if not hasattr(record, name):
        return replace(record, text='{"a": "乙"}')
    changes: dict[str, Any] = {name: "另一来源"}
    for many in ("values", "shapes"):
        if hasattr(record, many):
            changes[many] = getattr(record, many)[:1]
    return replace(record, **changes)


def test_a_stale_edit_names_who_was_faster_and_writes_nothing(store: Store) -> None:
    keep(FIGURE, store=store)
    seen = entry("installed", FIGURE, store)
    store.apply(person("张"), [Edit(seen.id, 1, replace(FIGURE, value=Decimal(9)))], why="")
    before = store.revision()
    with pytest.raises(ConflictError, match=r"张 changed this record .*installed-1.* at 20"):
        store.apply(person(), [Add(DONE), Edit(seen.id, 1, FIGURE)], why="")
    with pytest.raises(ConflictError, match="张"):
        store.apply(person(), [Hide(seen.id, 1)], why="")
    assert (store.revision(), store.entries("progress")) == (before, ())


def test_what_is_gone_cannot_be_hidden_or_edited_again(store: Store) -> None:
    keep(FIGURE, store=store)
    withdraw("installed", FIGURE, store)
    for draft in (Hide("installed-1", 1), Hide("installed-1", 2), Edit("installed-1", 2, FIGURE)):
        with pytest.raises(ConflictError, match="王 withdrew this record"):
            store.apply(person(), [draft], why="")
    store.apply(person(), [Restore("installed-1", 2)], why="")
    with pytest.raises(ConflictError):
        store.apply(person(), [Restore("installed-1", 3)], why="")
    for unknown in ("installed-2", "x", "", "user-9", "drop table"):
        with pytest.raises(ConflictError, match="there is no"):
            store.apply(person(), [Hide(unknown, 1)], why="")


def test_two_changes_of_one_record_in_one_batch_are_refused(store: Store) -> None:
    keep(FIGURE, store=store)
    with pytest.raises(ConflictError):
        store.apply(person(), [Hide("installed-1", 1), Restore("installed-1", 2)], why="")
    assert store.entries("installed")


def test_undo_is_refused_once_somebody_changed_a_record(store: Store) -> None:
    batch = keep(FIGURE, DONE, store=store)
    store.apply(person("张"), [Hide("progress-1", 1)], why="")
    with pytest.raises(ConflictError, match=r"张 withdrew this record .*progress-1"):
        store.undo(person(), batch, why="")
    assert store.entries("installed")
    for unknown in ("99", "0", "", "x", "-1", "9" * 30):
        with pytest.raises(ConflictError, match="there is no batch"):
            store.undo(person(), unknown, why="")


STALE = Actor("王", Role.EDITOR, Way.OIDC, datetime.now(UTC) - timedelta(hours=13))
REFUSED = [
    NOBODY,
    person("", Role.ADMIN),
    person(role=Role.VIEWER),
    person(way=Way.NONE, role=Role.ADMIN),
    STALE,
    replace(STALE, since=datetime.now(UTC) + timedelta(hours=1)),
]


@pytest.mark.parametrize("actor", REFUSED)
def test_who_may_not_write_writes_nothing(actor: Actor, store: Store) -> None:
    batch = keep(FIGURE, store=store)
    before = store.revision()
    with pytest.raises(AccessError, match="nothing was written"):
        store.apply(actor, [Add(DONE)], why="")
    with pytest.raises(AccessError):
        store.undo(actor, batch, why="")
    assert store.revision() == before


def test_all_faults_of_a_batch_at_their_places_and_nothing_written(store: Store) -> None:
    bad = replace(FIGURE, value=Decimal("NaN"))
    drafts = [
        Add(FIGURE),
        Add(bad, Place("up.csv", "7")),
        Add(replace(FIGURE, source="a\x00b"), Place("up.csv", "9")),
        Add(replace(DONE, date="2999-01-01")),
    ]
    with pytest.raises(RecordsError) as caught:
        store.apply(person(), drafts, why="")
    assert [(each.file, each.row, each.field) for each in caught.value.faults] == [
        ("up.csv", "7", "value"),
        ("up.csv", "9", "source"),
        ("-", "progress 4", "date"),
    ]
    assert store.book() == Book() and store.history() == ()


def test_the_check_sees_the_book_as_it_will_be_and_may_refuse_it(store: Store) -> None:
    keep(FIGURE, store=store)
    seen: list[Book] = []

    def look(book: Book) -> None:
        seen.append(book)
        raise RecordsError([book.installed_place(1).fault("date", "x", "另一天 · another day")])

    before = store.revision()
    drafts = [Add(replace(FIGURE, date="2023-12-31"), Place("up.csv", "7"))]
    with pytest.raises(RecordsError, match=r"up\.csv · 7 · date"):
        store.apply(person(), drafts, why="", check=look)
    (book,) = seen
    assert [each.date for each in book.installed] == ["2024-12-31", "2023-12-31"]
    assert [place.row for place in book.installed_places] == ["installed-1", "7"]
    assert store.revision() == before and len(store.entries("installed")) == 1


def test_no_drafts_change_nothing(store: Store) -> None:
    before = store.revision()
    assert store.apply(person(), [], why="") == ""
    assert (store.revision(), store.book(), store.book().digest) == (before, Book(), "")


@pytest.mark.parametrize("digits", ["512.30", "0", "0.000001", "999999999999.999999", "100"])
def test_no_digit_is_lost(digits: str, store: Store) -> None:
    keep(replace(FIGURE, value=Decimal(digits)), store=store)
    assert format(store.book().installed[0].value, "f") == digits


def test_an_id_is_never_used_twice(store: Store) -> None:
    record = SAMPLES["project"]
    keep(record, store=store)
    withdraw("project", record, store)
    with pytest.raises(ConflictError, match=r"撤回了这一条（user-\w+）"):
        keep(record, store=store)
    with pytest.raises(RecordsError, match="another record of this batch has it"):
        keep(replace(record, id="user-x"), replace(record, id="user-x"), store=store)


def test_the_second_of_two_who_add_the_same_is_told_who_was_faster(store: Store) -> None:
    """Two import the same file at once: both add it, and one of them comes late."""
    record = SAMPLES["project"]
    keep(record, store=store)
    before, name = store.history(), store.history()[0].who
    with pytest.raises(ConflictError, match=f"{name} 已于 20.*新增了这一条.*刷新后再试"):
        keep(replace(record, id="user-other"), record, store=store)
    assert store.history() == before


BROKEN = [
    ("installed", "UPDATE installed SET plan = ''", "plan"),
    ("installed", "UPDATE installed SET date = 'soon'", "date"),
    ("installed", "UPDATE installed SET unit = 'kWh'", "unit"),
    ("position", "UPDATE position SET lon = 999", "lon"),
    ("project", "UPDATE own_project SET district_codes = 'abc;370812'", "district_codes.0"),
    ("project", "UPDATE own_project SET layer = 'x'", "layer"),
    ("table", "UPDATE own_table_value SET district_code = '3708'", "values.0.0"),
    ("table", "DELETE FROM own_table_value", "values"),
    ("area", "UPDATE own_area_shape SET shape = name::bytea", "shapes.0.1"),
]


@pytest.mark.parametrize(("kind", "statement", "field"), BROKEN)
def test_a_row_broken_by_sql_is_a_fault_at_its_place(
    kind: str, statement: str, field: str, store: Store
) -> None:
    keep(SAMPLES[kind], store=store)
    if store.file:
        statement = statement.replace("::bytea", "")
    with store.engine.begin() as connection:
        connection.execute(sa.text(statement))
    for read in (store.book, lambda: store.entries(kind)):
        with pytest.raises(RecordsError) as caught:
            read()
        (fault, *_) = caught.value.faults
        assert fault.field == field and fault.row == store_id(kind)
        assert fault.file == store.name


def store_id(kind: str) -> str:
    return str(getattr(SAMPLES[kind], "id", f"{kind}-1"))


def test_a_lost_state_is_told(store: Store) -> None:
    with store.engine.begin() as connection:
        connection.execute(sa.text("DELETE FROM state"))
    for act in (store.revision, store.book, lambda: keep(FIGURE, store=store)):
        with pytest.raises(StoreError, match=r"cli\.py restore"):
            act()


def test_history_is_newest_first_and_bounded(store: Store) -> None:
    for year in range(2010, 2016):
        keep(replace(FIGURE, date=f"{year}-12-31"), store=store)
    found = store.history(limit=4)
    assert [each.id for each in found] == [6, 5, 4, 3]
    assert [each.record_id for each in store.history("installed", "installed-2")] == ["installed-2"]
    assert store.history("note") == ()


HOSTILE = [
    *"'; DROP TABLE change; --|${1}|`x`|\\|<script>|![i](http://x)|$x$|:material/x:|%s|{0}".split(
        "|"
    ),
    "a\u200bb",
    "😀",
]


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_stay_words(words: str, store: Store) -> None:
    figure: InstalledFigure = replace(FIGURE, source=words, zone=words)
    batch = store.apply(person(words), [Add(figure)], why=words)
    assert store.book().installed == (figure,)
    (change,) = store.history()
    assert (change.who, change.why, change.batch) == (words, words, batch)
    with pytest.raises(ConflictError):
        store.apply(person(), [Hide("installed-1", 7)], why="")


@pytest.mark.parametrize("sign", ["\x00", "\x1b", "\u202e", "\n"])
def test_signs_that_hide_are_refused_in_names_and_reasons_too(sign: str, store: Store) -> None:
    with pytest.raises(RecordsError, match="U\\+"):
        store.apply(person(f"a{sign}b"), [Add(FIGURE)], why="")
    with pytest.raises(RecordsError, match="U\\+"):
        store.apply(person(), [Add(FIGURE)], why=f"a{sign}b")
    assert store.history() == ()


def test_a_hidden_record_comes_back_with_other_content(store: Store) -> None:
    record = SAMPLES["project"]
    batch = store.apply(person(), [Add(record)], why="a", imported=True)
    undone = store.undo(person(), batch, why="b")
    assert store.withdrawn("project") == {record.id: 2} and store.withdrawn("table") == {}
    other = replace(record, note="再来")
    again = store.apply(person(), [Restore(record.id, 2, other)], why="c")
    assert [each.record for each in store.entries("project")] == [other]
    store.undo(person(), again, why="d")
    assert store.entries("project") == () and undone != again
    with pytest.raises(RecordsError):
        store.apply(person(), [Restore(record.id, 4, replace(record, name=""))], why="e")


def test_imports_are_told_as_batches_and_whether_they_stand(store: Store) -> None:
    assert store.imports() == ()
    table, area = SAMPLES["table"], SAMPLES["area"]
    first = store.apply(person("李"), [Add(table), Add(area)], why="一", imported=True)
    second = store.apply(person("张"), [Add(SAMPLES["project"])], why="二", imported=True)
    store.apply(person(), [Add(FIGURE)], why="三")
    told = {each.batch: each for each in store.imports()}
    assert list(told) == [second, first]
    assert (told[first].who, told[first].why) == ("李", "一")
    assert told[first].counts == {"table": 1, "area": 1} and told[first].is_as_written
    store.apply(person(), [Hide(area.id, 1)], why="四")
    told = {each.batch: each for each in store.imports()}
    assert not told[first].is_as_written and told[second].is_as_written
    assert [each.batch for each in store.imports(limit=1)] == [second]


def test_an_import_is_undone_though_a_later_one_changed_how_columns_are_read(store: Store) -> None:
    area, mapping = SAMPLES["area"], SAMPLES["mapping"]
    first = store.apply(person(), [Add(area), Add(mapping)], why="一月", imported=True)
    later = replace(mapping, text='{"name": "名称"}')
    store.apply(person(), [Edit("mapping-1", 1, later)], why="二月", imported=True)
    assert all(each.is_as_written for each in store.imports())
    store.undo(person(), first, why="")
    assert store.entries("area") == () and entry("mapping", later, store).revision == 2
    other = store.apply(person(), [Add(SAMPLES["project"]), Edit("mapping-1", 2, mapping)], why="")
    store.undo(person(), other, why="")
    assert store.entries("project") == () and entry("mapping", later, store).revision == 4


def test_a_server_that_went_away_is_told_by_the_cheap_look_too(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = store.engine.dialect.loaded_dbapi.OperationalError("no such socket")

    def refuse() -> None:
        raise gone

    monkeypatch.setattr(store.engine, "raw_connection", refuse)
    with pytest.raises(StoreError):
        store.revision()
