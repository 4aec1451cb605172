"""Questions to the change log, the same on both databases."""

from __future__ import annotations

from store.drafts import Add
from store.store import Store
from terms.kinds import Status
from terms.own_records import Note
from terms.records import Progress
from tests.keeping import keep, person


def test_lines_by_kind_person_and_part(store: Store) -> None:
    keep(Progress("taian-pv-04", "2026-01-15", Status.APPROVED, None, "月报"), store=store)
    notes = [Add(Note("370983", f"备注{number}")) for number in range(5)]
    store.apply(person("李"), notes, why="")
    assert store.writers() == tuple(sorted(("李", "王")))
    assert (store.history_size(), store.history_size("note"), store.history_size(who="王")) == (
        6,
        5,
        1,
    )
    assert [each.record_id for each in store.history("note", limit=2, offset=1)] == [
        "note-4",
        "note-3",
    ]
    assert [each.kind for each in store.history(who="王")] == ["progress"]
    assert store.history(offset=6) == ()
