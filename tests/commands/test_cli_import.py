"""`cli.py import` as its users meet it: a report first, then all or nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import cli
from commands.store import console_actor
from store.store import Store, open_store
from terms.actor import Role, Way

ROWS = """项目名称,县区,技术类型,装机（MW）,状态,经度,纬度
甲光伏,肥城市,光伏,100,在建,116.77,36.18
乙风电,东平县,风电,5万千瓦,核准,,
"""


@pytest.fixture
def store(own_home: Path) -> Store:
    """The store of this test's home."""
    return open_store()


@pytest.fixture
def run(capfdbinary, store: Store):
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


def test_without_yes_nothing_is_changed(run, store: Store, file: Path) -> None:
    out, err = run(file, "--crs", "wgs84")
    assert "读入 2 行 = 采纳 2 + 略过 0 + 有误 0" in out and "--yes" in out and not err
    assert not store.history()


def test_yes_stores_all_in_one_piece(run, store: Store, file: Path) -> None:
    out, _ = run(file, "--crs", "wgs84", "--set", "source=某局清单", "--yes")
    other, one = store.history("project")
    assert one.batch == other.batch and one.batch in out and "清单.csv" in one.why
    assert (one.action, one.role, one.way) == ("import", Role.EDITOR, Way.CONSOLE)
    assert [each.name for each in store.book().projects] == ["甲光伏", "乙风电"]
    out, _ = run(file, "--crs", "wgs84", "--set", "source=某局清单", "--yes")
    assert len(store.history()) == 3 and "没有新的内容" in out


def test_faults_store_nothing(run, store: Store, file: Path) -> None:
    file.write_text(ROWS.replace("核准", "乱写"), encoding="utf-8")
    out, err = run(file, "--crs", "wgs84", "--yes", "--language", "en", code=1)
    assert "E3" in out and "乱写" in out and "1 faults" in err and len(err.splitlines()) == 1
    assert not store.history()
    _, err = run(file, code=1)
    assert len(err.splitlines()) == 1


def test_the_mapping_is_kept_and_used(run, store: Store, file: Path, tmp_path: Path) -> None:
    kept = tmp_path / "m.json"
    run(file, "--crs", "gcj02", "--save-mapping", kept)
    raw = json.loads(kept.read_text(encoding="utf-8"))
    assert raw["columns"]["name"] == "项目名称" and raw["crs"] == "gcj02"
    raw["values"] = {"status": {"核准": "cancelled"}}
    kept.write_text(json.dumps(raw), encoding="utf-8")
    run(file, "--mapping", kept, "--yes")
    assert store.book().projects[1].status == "cancelled"


def test_decisions(run, store: Store, file: Path, tmp_path: Path) -> None:
    decided = tmp_path / "d.csv"
    decided.write_text("row,decision,part_of,counts_in\n2,skip,,\n3,new,,\n", encoding="utf-8")
    run(file, "--crs", "wgs84", "--decisions", decided, "--yes")
    (only,) = store.book().projects
    assert (only.name, only.counts_in) == ("乙风电", "taian")


def test_a_table_and_a_template(run, store: Store, tmp_path: Path) -> None:
    path = tmp_path / "负荷.csv"
    path.write_text("县区,负荷（MW）\n肥城市,5\n", encoding="utf-8")
    run(path, "--as", "table", "--set", "date=2025-12-31", "--yes")
    (table,) = store.book().tables
    assert table.values[0][0] == "370983"
    out, _ = run(path, "--as", "table", "--set", "date=2025-12-31", "--yes")
    assert "没有新的内容" in out
    for name in ("模板.csv", "模板.xlsx"):
        run(tmp_path / name, "--template")
        out, _ = run(tmp_path / name, "--yes")
        assert "示例" in out
    run(tmp_path / "模板.csv", "--template", code=2)
    assert len(store.history("table")) == 1


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


def test_words_are_settled_and_the_mapping_is_remembered(run, store: Store, file: Path) -> None:
    file.write_text(ROWS.replace("核准", "封存"), encoding="utf-8")
    said = ("--set", "status:封存=shelved", "--crs", "wgs84")
    run(file, *said, "--yes")
    assert store.book().projects[1].status == "shelved"
    file.write_text(ROWS.replace("核准", "封存").replace("100", "120"), encoding="utf-8")
    run(file, "--yes", code=1)  # the next file may be of another reference system
    out, _ = run(file, "--crs", "wgs84", "--yes")
    assert "坐标系 = wgs84" in out
    assert "记住的列对应" in out and len(store.book().projects) == 3
    run(file, "--set", "status:封存", code=2)


def test_a_value_for_the_file_beside_a_column_says_where_it_holds(run, file: Path) -> None:
    out, _ = run(file, "--crs", "wgs84", "--set", "technology=coal", "--set", "source=某局")
    assert "技术类型 = coal（用于该列为空的行）" in out and "数据来源 = 某局\n" in out


def test_fields_that_nobody_knows_are_named_with_those_there_are(run, file: Path) -> None:
    out, err = run(file, "--crs", "wgs84", "--set", "nonsense=1", code=1)
    assert "nonsense" in out and "technology" in out and "catalogue" not in out + err
    _, err = run(file, "--crs", "wgs84", "--set", "name:甲光伏=乙", code=2)
    assert "status, technology, land_mode, district" in err and len(err.splitlines()) == 1


def test_a_longitude_without_latitudes_is_told_once(run, store: Store, file: Path) -> None:
    file.write_text(ROWS.replace(",36.18", ","), encoding="utf-8")
    out, _ = run(file, "--crs", "wgs84", "--yes", code=1)
    assert "问题（1）" in out and "全表 · 纬度" in out and not store.history()


def test_what_was_withdrawn_comes_back_on_request(run, store: Store, file: Path) -> None:
    run(file, "--crs", "wgs84", "--yes")
    store.undo(console_actor(), store.history()[0].batch, why="x")
    out, _ = run(file, "--crs", "wgs84", "--yes")
    assert "--restore" in out and "略过 2" in out and not store.book().projects
    out, _ = run(file, "--crs", "wgs84", "--restore", "--yes")
    assert "将恢复并更新" in out and len(store.book().projects) == 2


def test_what_the_registry_refuses_is_told_before_yes(run, file: Path, tmp_path: Path) -> None:
    decided = tmp_path / "d.csv"
    decided.write_text("row,decision,part_of,counts_in\n3,new,,jining\n", encoding="utf-8")
    _, err = run(file, "--crs", "wgs84", "--decisions", decided, code=1)
    assert "济宁市方案范围" in err
