"""`cli.py import` as its users meet it: a report first, then all or nothing."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

import cli
from store.book import Book
from terms.actor import Role, Way

ROWS = """项目名称,县区,技术类型,装机（MW）,状态,经度,纬度
甲光伏,肥城市,光伏,100,在建,116.77,36.18
乙风电,东平县,风电,5万千瓦,核准,,
"""


@dataclass
class FakeStore:
    """What the command needs of a store: its book, its entries, one apply."""

    applied: list[tuple[object, list, str]] = field(default_factory=list)
    records: tuple = ()

    def book(self) -> Book:
        return Book(projects=self.records)

    def entries(self, kind: str) -> tuple:
        assert kind in ("project", "table", "area")
        return tuple(SimpleNamespace(id=each.id, revision=4, record=each) for each in self.records)

    def apply(self, actor, drafts, *, why: str, check=None) -> str:
        check(Book(projects=tuple(each.record for each in drafts if hasattr(each.record, "owner"))))
        self.applied.append((actor, list(drafts), why))
        return "b-1"


@dataclass(frozen=True)
class Add:
    record: object


@dataclass(frozen=True)
class Edit:
    id: str
    revision: int
    record: object


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch) -> FakeStore:
    """A store of this test alone."""
    fake = FakeStore()
    for name, content in (
        ("store.store", {"open_store": lambda: fake}),
        ("store.drafts", {"Add": Add, "Edit": Edit}),
    ):
        module = ModuleType(name)
        module.__dict__.update(content)
        monkeypatch.setitem(sys.modules, name, module)
    return fake


@pytest.fixture
def run(capfdbinary, store: FakeStore):
    """Run a command within this process; the exit code must be the one expected."""

    def command(*arguments: object, code: int = 0) -> tuple[str, str]:
        with pytest.raises(SystemExit) as stopped:
            cli.main(["import", *(str(argument) for argument in arguments)])
        out, err = capfdbinary.readouterr()
        assert stopped.value.code == code, err.decode()
        return out.decode("utf-8"), err.decode("utf-8")

    return command


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "清单.csv"
    path.write_text(ROWS, encoding="gb18030")
    return path


def test_without_yes_nothing_is_changed(run, store: FakeStore, file: Path) -> None:
    out, err = run(file, "--crs", "wgs84")
    assert "读入 2 行 = 采纳 2 + 略过 0 + 有误 0" in out and "--yes" in out and not err
    assert not store.applied


def test_yes_stores_all_in_one_piece(run, store: FakeStore, file: Path) -> None:
    out, _ = run(file, "--crs", "wgs84", "--set", "source=某局清单", "--yes")
    ((actor, drafts, why),) = store.applied
    assert (actor.role, actor.way) == (Role.EDITOR, Way.CONSOLE) and "清单.csv" in why
    assert [draft.record.name for draft in drafts] == ["甲光伏", "乙风电"]
    assert "b-1" in out
    store.records = tuple(draft.record for draft in drafts)
    out, _ = run(file, "--crs", "wgs84", "--set", "source=某局清单", "--yes")
    assert len(store.applied) == 1 and "没有新的内容" in out


def test_faults_store_nothing(run, store: FakeStore, file: Path) -> None:
    file.write_text(ROWS.replace("核准", "乱写"), encoding="utf-8")
    out, err = run(file, "--crs", "wgs84", "--yes", "--language", "en", code=1)
    assert "E3" in out and "乱写" in out and "1 faults" in err and len(err.splitlines()) == 1
    assert not store.applied
    _, err = run(file, code=1)
    assert len(err.splitlines()) == 1


def test_the_mapping_is_kept_and_used(run, store: FakeStore, file: Path, tmp_path: Path) -> None:
    kept = tmp_path / "m.json"
    run(file, "--crs", "gcj02", "--save-mapping", kept)
    raw = json.loads(kept.read_text(encoding="utf-8"))
    assert raw["columns"]["name"] == "项目名称" and raw["crs"] == "gcj02"
    raw["values"] = {"status": {"核准": "cancelled"}}
    kept.write_text(json.dumps(raw), encoding="utf-8")
    run(file, "--mapping", kept, "--yes")
    assert store.applied[0][1][1].record.status == "cancelled"


def test_decisions(run, store: FakeStore, file: Path, tmp_path: Path) -> None:
    decided = tmp_path / "d.csv"
    decided.write_text("row,decision,part_of,counts_in\n2,skip,,\n3,new,,\n", encoding="utf-8")
    run(file, "--crs", "wgs84", "--decisions", decided, "--yes")
    ((_, (draft,), _),) = store.applied
    assert (draft.record.name, draft.record.counts_in) == ("乙风电", "taian")


def test_a_table_and_a_template(run, store: FakeStore, tmp_path: Path) -> None:
    path = tmp_path / "负荷.csv"
    path.write_text("县区,负荷（MW）\n肥城市,5\n", encoding="utf-8")
    run(path, "--as", "table", "--set", "date=2025-12-31", "--yes")
    table = store.applied[0][1][0].record
    assert table.values[0][0] == "370983"
    store.records = (table,)
    out, _ = run(path, "--as", "table", "--set", "date=2025-12-31", "--yes")
    assert "没有新的内容" in out
    store.records = ()
    for name in ("模板.csv", "模板.xlsx"):
        run(tmp_path / name, "--template")
        out, _ = run(tmp_path / name, "--yes")
        assert "示例" in out
    run(tmp_path / "模板.csv", "--template", code=2)
    assert len(store.applied) == 1


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--crs", "xian80"), "xian80"),
        (("--set", "technology"), "FIELD=VALUE"),
        (("--mapping", "no.json"), "no.json"),
        (("--as", "nothing"), "nothing"),
        (("--template",), ".csv"),
    ],
)
def test_bad_use_is_one_line(run, file: Path, options, words: str) -> None:
    target = file.with_suffix(".doc") if "--template" in options else file
    out, err = run(target, *options, code=2)
    assert out == "" and words in err and len(err.splitlines()) == 1


def test_a_file_that_is_not_there(run, tmp_path: Path) -> None:
    _, err = run(tmp_path / "no.csv", code=2)
    assert "no.csv" in err and len(err.splitlines()) == 1
