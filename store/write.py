"""One batch of changes within a transaction: each draft becomes a row and a line of the log.

Nothing is committed here. A stale revision raises ConflictError, a bad record RecordsError.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from store import records, tables
from store.book import Place
from store.drafts import Add, Draft, Edit, Hide, Record
from store.kinds import KINDS, Kind, Plain, kind_of
from store.models import plain_text
from terms.actor import Actor
from terms.errors import ConflictError, Fault, RecordsError
from terms.kinds import RasterKind

_OWN_NAMES = {"user": "project"}  # how ids begin that do not begin with their kind


def now() -> str:
    """This moment in UTC, in a form that sorts."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


@dataclass
class Batch:
    """The changes of one person at one moment; `places` tells where he wrote which record."""

    connection: sa.Connection
    actor: Actor
    why: str
    name: str
    number: int
    at: str = field(default_factory=now)
    places: dict[str, Place] = field(default_factory=dict)
    _faults: list[Fault] = field(default_factory=list)
    _log: list[Plain] = field(default_factory=list)
    _new: dict[str, list[tuple[Plain, Plain]]] = field(default_factory=lambda: defaultdict(list))
    _last: dict[str, int] = field(default_factory=dict)
    _ids: set[str] = field(default_factory=set)
    _taken: dict[str, set[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.why = self._said("why", self.why)
        self.who = self._said("who", self.actor.name)

    def take(self, drafts: Sequence[Draft], *, imported: bool = False) -> None:
        """Write all drafts; raises RecordsError with every fault, ConflictError at the first."""
        for number, draft in enumerate(drafts, start=1):
            if isinstance(draft, Add):
                self._add(draft, number, "import" if imported else "add")
            elif isinstance(draft, Edit):
                self._edit(draft)
            elif isinstance(draft, Hide):
                self._turn(draft.id, draft.revision, hide=True)
            else:
                self._turn(draft.id, draft.revision, hide=False, record=draft.record)

    def undo(self, batch: int) -> None:
        """Bring every record of a batch back to what it was before it.

        Raises ConflictError if one is no longer as the batch left it. How columns were read is no
        figure: where a later file changed it, it stays.
        """
        table = tables.change
        query = sa.select(table).where(table.c.batch == batch).order_by(table.c.id)
        by_record: dict[tuple[str, str], list[Any]] = defaultdict(list)
        for line in self.connection.execute(query).mappings():
            by_record[line["kind"], line["record_id"]].append(line)
        if not by_record or any(kind not in KINDS for kind, _ in by_record):
            raise ConflictError(
                f"没有可以撤销的第 {batch} 批改动 · there is no batch {batch} that can be undone"
            )
        for (name, record_id), lines in reversed(by_record.items()):
            kind = KINDS[name]
            found = records.current(self.connection, kind, record_id)
            if found is None or _state(found) != _from_json(lines[-1]["after"]):
                if not kind.field:
                    continue
                raise _conflict(found[0] if found else lines[-1])
            self._put(kind, found, _from_json(lines[0]["before"]), "undo")

    def close(self) -> None:
        """Write what was gathered; raises RecordsError with every fault."""
        if self._faults:
            raise RecordsError(self._faults)
        for name, rows in self._new.items():
            records.insert(self.connection, KINDS[name], rows)
        first = records.last_number(self.connection, tables.change.c.id) + 1
        lines = [{"id": first + at, **line} for at, line in enumerate(self._log)]
        if lines:
            self.connection.execute(sa.insert(tables.change), lines)

    def add_hidden(self, record: Record) -> None:
        """Add a record that was withdrawn before it came here: two lines of the log."""
        self._add(Add(record), 0, "import")
        own, plain = self._new[kind_of(record).name][-1]
        own |= {"hidden": True, "revision": 2}
        self._note(kind_of(record), "hide", own, plain, None)

    def _add(self, draft: Add, number: int, action: str) -> None:
        kind = kind_of(draft.record)
        place = draft.place or Place("-", f"{kind.name} {number}")
        plain = self._judged(kind, draft.record, place)
        if plain is None:
            return
        seq = self._next(kind)
        record_id = str(plain["id"]) if kind.names_itself else f"{kind.name}-{seq}"
        if record_id in self._ids:
            expected = (
                "唯一的编号；这一批里已有一条用了它 · an id of its own; another record of this "
                "batch has it"
            )
            self._faults.append(place.fault("id", record_id, expected))
            return
        if record_id in self._known(kind):  # somebody imported the same file in the meantime
            found = records.current(self.connection, kind, record_id)
            if found:
                raise _conflict(found[0])
        self._ids.add(record_id)
        if draft.place:
            self.places[record_id] = draft.place
        own = {"id": record_id, "seq": seq, "revision": 1, "hidden": False, **self._signed()}
        self._new[kind.name].append((own, plain))
        self._note(kind, action, own, None, plain)

    def _edit(self, draft: Edit) -> None:
        kind = kind_of(draft.record)
        found = self._seen(kind, draft.id, draft.revision)
        if found[0]["hidden"]:
            raise _conflict(found[0])
        place = draft.place or Place("-", draft.id)
        plain = self._judged(kind, draft.record, place)
        if plain is None:
            return
        if kind.names_itself and plain["id"] != draft.id:
            self._faults.append(place.fault("id", str(plain["id"]), f"{draft.id} · {draft.id}"))
            return
        if draft.place:
            self.places[draft.id] = draft.place
        self._put(kind, found, plain, "edit")

    def _turn(
        self, record_id: str, revision: int, *, hide: bool, record: Record | None = None
    ) -> None:
        kind = _kind_named(record_id)
        found = self._seen(kind, record_id, revision)
        if bool(found[0]["hidden"]) == hide:
            raise _conflict(found[0])
        after = None if hide else found[1]
        if record is not None:
            after = self._judged(kind, record, Place("-", record_id))
            if after is None:
                return
        self._put(kind, found, after, "hide" if hide else "restore")

    def _put(
        self, kind: Kind, found: tuple[records.Row, Plain], after: Plain | None, action: str
    ) -> None:
        """Bring a row to a state: a record in force, or (None) hidden."""
        row, plain = found
        own = {
            "id": row["id"],
            "revision": row["revision"] + 1,
            "hidden": after is None,
            **self._signed(),
        }
        if after is not None:  # an older record, or a hidden one, may have been broken since
            _, faults = kind.judged(after, Place(self.name, row["id"]))
            if faults:
                raise RecordsError(faults)
        records.update(self.connection, kind, own, after if after != plain else None)
        self._note(kind, action, own, None if row["hidden"] else plain, after)

    def _seen(self, kind: Kind, record_id: str, revision: int) -> tuple[records.Row, Plain]:
        """A record as somebody saw it; raises ConflictError if it is another by now."""
        found = records.current(self.connection, kind, record_id)
        if found is None:
            raise ConflictError(
                f"库中没有 {record_id}，没有写入任何内容；请刷新后再试 · "
                f"there is no {record_id}; nothing was written. Reload and try again"
            )
        if found[0]["revision"] != revision or record_id in self._ids:
            raise _conflict(found[0])
        self._ids.add(record_id)
        return found

    def _judged(self, kind: Kind, record: Record, place: Place) -> Plain | None:
        """The record in plain values, as the model takes it; None with its faults noted."""
        sound, faults = kind.judged(kind.plain(record), place)
        self._faults += faults
        return None if faults else kind.plain(sound)

    def _known(self, kind: Kind) -> set[str]:
        """The ids that records gave themselves, hidden ones too; the store's own are always new."""
        if kind.names_itself and kind.name not in self._taken:
            found = self.connection.scalars(sa.select(kind.table.c.id))
            self._taken[kind.name] = set(found)
        return self._taken.get(kind.name, set())

    def _next(self, kind: Kind) -> int:
        if kind.name not in self._last:
            self._last[kind.name] = records.last_number(self.connection, kind.table.c.seq)
        self._last[kind.name] += 1
        return self._last[kind.name]

    def _signed(self) -> Plain:
        return {"changed_by": self.who, "changed_at": self.at, "changed_why": self.why}

    def _note(
        self, kind: Kind, action: str, own: Plain, before: Plain | None, after: Plain | None
    ) -> None:
        self._log.append(
            {
                "batch": self.number,
                "at": self.at,
                "who": self.who,
                "role": self.actor.role.value,
                "way": self.actor.way.value,
                "action": action,
                "kind": kind.name,
                "record_id": own["id"],
                "revision": own["revision"],
                "before": _json(before),
                "after": _json(after),
                "why": self.why,
            }
        )

    def _said(self, field_name: str, words: str) -> str:
        try:
            return str(plain_text(words))
        except ValueError as error:
            raise RecordsError([Fault("-", "-", field_name, words[:120], str(error))]) from None


def _state(found: tuple[records.Row, Plain]) -> Plain | None:
    """A record in force, None for a hidden one."""
    return None if found[0]["hidden"] else found[1]


def _from_json(text: str | None) -> Any:
    return json.loads(text) if text else None


def _json(plain: Plain | None) -> str | None:
    return None if plain is None else json.dumps(plain, ensure_ascii=False)


def _kind_named(record_id: str) -> Kind:
    start = record_id.split("-")[0]
    name = "raster" if start in set(RasterKind) else _OWN_NAMES.get(start, start)
    if name not in KINDS:
        raise ConflictError(
            f"没有编号为 {record_id[:40]} 的记录 · there is no record {record_id[:40]}"
        )
    return KINDS[name]


def _conflict(row: records.Row) -> ConflictError:
    """Who was faster, and when by the clock of this machine."""
    when = datetime.fromisoformat(row["changed_at"]).astimezone().strftime("%Y-%m-%d %H:%M")
    who = row["changed_by"].replace(" · ", "·")
    did, did_en = ("新增", "added") if row["revision"] == 1 else ("修改", "changed")
    did, did_en = ("撤回", "withdrew") if row["hidden"] else (did, did_en)
    return ConflictError(
        f"没有写入：{who} 已于 {when} {did}了这一条（{row['id']}），请刷新后再试 · "
        f"nothing was written: {who} {did_en} this record ({row['id']}) at {when}; "
        "reload and try again"
    )
