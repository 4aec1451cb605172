"""The command line as its users meet it: a process with its output and its exit code."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from unittest.mock import patch

import pytest

import cli
from registry.registry import Registry
from registry.select import select
from store.store import forget_stores, open_store
from terms.columns import (
    CHECK_COLUMNS,
    DISTRICT_COLUMNS,
    LEDGER_COLUMNS,
    PROJECT_COLUMNS,
    TARGET_COLUMNS,
)
from terms.kinds import Status
from terms.records import Progress
from terms.selection import Selection
from tests.keeping import book, keep, withdraw
from tests.registry.own_builders import inside

ROOT = Path(__file__).parents[2]


def _run(*arguments: str, code: int = 0, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """A command in a process of its own where the environment matters, else within this one."""
    if set(environment) <= {"FENGTU_HOME", "FENGTU_MODE"}:
        with patch.dict(os.environ, environment):
            return _run_here(arguments, code)
    done = subprocess.run(
        [sys.executable, str(ROOT / "cli.py"), *arguments],
        capture_output=True,
        check=False,
        timeout=60,
        env=os.environ | environment,
    )
    assert done.returncode == code, done.stderr.decode()
    return done


def _run_here(arguments: Sequence[str], code: int) -> subprocess.CompletedProcess[bytes]:
    out, err = io.BytesIO(), io.BytesIO()
    with (
        io.TextIOWrapper(out, encoding="utf-8", newline="") as stdout,
        io.TextIOWrapper(err, encoding="utf-8", newline="") as stderr,
        redirect_stdout(stdout),
        redirect_stderr(stderr),
        pytest.raises(SystemExit) as stopped,
    ):
        try:
            cli.main(arguments)
        finally:
            stdout.flush()
            stderr.flush()
            said = out.getvalue(), err.getvalue()
    assert stopped.value.code == code, said[1].decode()
    return subprocess.CompletedProcess(arguments, code, *said)


def _csv(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8"), newline="")))


def test_projects_are_the_registry(registry: Registry) -> None:
    # A console that is not UTF-8, as on many Windows desktops, changes nothing.
    done = _run("projects", "--format", "csv", PYTHONIOENCODING="gbk")
    rows = _csv(done.stdout)
    assert list(rows[0]) == list(PROJECT_COLUMNS)
    assert [row["id"] for row in rows] == [row.id for row in registry.projects]
    stated = {row.id: row.capacity_mw for row in registry.projects}
    for row in rows:
        figure = row["capacity_mw"]
        assert (float(figure) if figure else None) == stated[row["id"]]


def test_targets_as_csv_and_json_are_the_same_rows() -> None:
    rows = _csv(_run("targets").stdout)
    objects = json.loads(_run("targets", "--format", "json").stdout)
    assert list(rows[0]) == list(objects[0]) == list(TARGET_COLUMNS)
    assert len(rows) == len(objects) == 154
    assert [row["printed"] for row in rows] == [item["printed"] for item in objects]


def test_filters(registry: Registry) -> None:
    done = _run("projects", "--city", "taian", "--layer", "new_storage", "--district", "370983")
    assert {row["id"] for row in _csv(done.stdout)} == {"taian-caes-01", "taian-caes-02"}


def test_export_holds_the_rows(tmp_path: Path, registry: Registry) -> None:
    out = tmp_path / "滨州.geojson"
    done = _run("export", "--city", "binzhou", "--format", "geojson", "--out", str(out))
    assert done.stdout == b""
    collection = json.loads(out.read_text(encoding="utf-8"))
    wanted = [row.id for row in registry.projects if row.plan == "binzhou"]
    assert [f["properties"]["id"] for f in collection["features"]] == wanted
    assert collection["filter"] == {"plans": ["binzhou"]}


@pytest.mark.parametrize("format", ["gpkg", "kml", "xlsx", "shp", "zip", "html"])
def test_export_writes_every_format(tmp_path: Path, format: str) -> None:
    out = tmp_path / f"历下.{format}"
    with pytest.raises(SystemExit) as stopped:
        cli.main(["export", "--city", "lixia", "--format", format, "--out", str(out)])
    assert stopped.value.code == 0 and out.stat().st_size > 1000


def test_export_to_the_pipe_is_the_file_without_its_mark(tmp_path: Path) -> None:
    out = tmp_path / "projects.csv"
    piped = _run("export", "--city", "lixia", "--format", "csv").stdout
    _run("export", "--city", "lixia", "--format", "csv", "--out", str(out))
    assert out.read_bytes() == "\ufeff".encode() + piped
    assert list(_csv(piped)[0]) == list(PROJECT_COLUMNS)


def test_export_takes_other_contents_and_the_filters_of_the_page(registry: Registry) -> None:
    rows = _csv(_run("export", "--format", "csv", "--what", "check", "--city", "taian").stdout)
    assert list(rows[0]) == list(CHECK_COLUMNS) and {row["plan"] for row in rows} == {"taian"}
    chosen = ("--land", "subsidence", "--owner", "unnamed", "--words", "光伏")
    found = json.loads(_run("export", *chosen).stdout)
    wanted = select(registry, Selection(land_modes=("subsidence",), owner="unnamed", words="光伏"))
    assert [each["id"] for each in found["features"]] == [row.id for row in wanted] != []
    assert found["filter"] == {"land_modes": ["subsidence"], "owner": "unnamed", "words": "光伏"}


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--format", "gpkg"), "--out"),
        (("--format", "shp"), "--out"),
        (("--format", "geojson", "--crs", "cgcs2000"), "gpkg"),
        (("--format", "gpkg", "--crs", "gcj02", "--out", "x.gpkg"), "cgcs2000-3deg"),
        (("--format", "geojson", "--what", "targets"), "projects"),
        (("--format", "csv", "--what", "all"), "gpkg"),
        (("--format", "pdf"), "--out"),
        (("--format", "doc"), "geojson"),
        (("--land", "moon"), "subsidence"),
    ],
)
def test_export_refuses_in_one_line(
    arguments: tuple[str, ...],
    words: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfdbinary: pytest.CaptureFixture[bytes],
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit) as stopped:
        cli.main(["export", *arguments])
    out, told = capfdbinary.readouterr()
    assert stopped.value.code == 2 and out == b""
    line = told.decode("utf-8").strip()
    assert "\n" not in line and words in line
    assert not list(tmp_path.glob("x.*"))


def test_a_file_for_excel_has_a_mark_and_the_pipe_has_none(tmp_path: Path) -> None:
    out = tmp_path / "projects.csv"
    _run("projects", "--city", "lixia", "--out", str(out))
    assert out.read_bytes().startswith("\ufeffid,plan".encode())
    assert _run("projects", "--city", "lixia").stdout.startswith(b"id,plan")


def test_validate_says_what_it_checked(registry: Registry) -> None:
    line = _run("validate").stdout.decode("utf-8")
    assert line.startswith("ok: 5 plans") and registry.digest in line


def test_validate_names_rows_larger_than_what_holds_them(own_home: Path) -> None:
    keep(inside("1", "taian-caes-04", 500), inside("2", "taian-caes-04", 5))
    lines = _run("validate").stdout.decode("utf-8").splitlines()
    assert lines[0].startswith("ok: ") and len(lines) == 2
    assert lines[1].startswith("check user-1: 500 MW is more than the 300 MW of taian-caes-04")


def test_records_are_counted_and_change_the_rows(own_home: Path) -> None:
    assert b"records: 0 installed figures, 0 progress, 0 withdrawn" in _run("validate").stdout
    (own_home / "records.yaml").write_text(
        "progress:\n- project: taian-caes-01\n  date: 2024-06-30\n  status: construction\n"
        "  source: 通报\n- project: taian-caes-02\n  date: 2024-06-30\n  status: approved\n"
        "  source: 通报\n  withdrawn: 2025-01-01\n",
        encoding="utf-8",
    )
    assert b"records: 0 installed figures, 1 progress, 1 withdrawn" in _run("validate").stdout
    rows = {row["id"]: row for row in _csv(_run("projects", "--city", "taian").stdout)}
    assert rows["taian-caes-01"]["status"] == "construction"
    assert rows["taian-caes-01"]["status_source"] == "通报"
    assert rows["taian-caes-02"]["status"] == "listed"


def test_refused_records_list_all_faults_and_exit_one(own_home: Path) -> None:
    own_home.mkdir(exist_ok=True)
    (own_home / "records.yaml").write_text(
        "installed:\n- plan: jinin\n  metric: pv\n  date: 2024-12-31\n  value: 1\n  unit: MW\n"
        "  source: 月报\nprogress:\n- project: q\n  date: 2024-06-30\n  status: approved\n"
        "  source: 通报\n",
        encoding="utf-8",
    )
    message = _run("validate", code=1).stderr.decode("utf-8")
    assert "records.yaml · installed 1 · plan" in message
    assert "records.yaml · progress 1 · project" in message


def test_the_ledger_as_csv_and_json(registry: Registry) -> None:
    rows = _csv(_run("ledger", "--city", "jining").stdout)
    objects = json.loads(_run("ledger", "--city", "jining", "--format", "json").stdout)
    assert list(rows[0]) == list(objects[0]) == list(LEDGER_COLUMNS)
    wanted = [each.id for each in registry.projects if each.plan == "jining" and each.technology]
    assert [row["id"] for row in rows] == [item["id"] for item in objects] == wanted
    base = next(row for row in rows if row["id"] == "jining-pv-base-01")
    assert [base[column] for column in LEDGER_COLUMNS[3:]] == [
        "3000",
        "1900",
        "1100",
        "detailed_by_members",
    ]


def test_the_ledger_without_inferred_memberships() -> None:
    both = [
        {row["id"]: row["counted_mw"] for row in _csv(_run("ledger", *options).stdout)}
        for options in ((), ("--no-inferred",))
    ]
    assert [each["binzhou-base-02"] for each in both] == ["3800", "7000"]


def test_districts_with_the_rest_under_an_empty_code() -> None:
    rows = _csv(_run("districts", "--city", "taian").stdout)
    assert list(rows[0]) == list(DISTRICT_COLUMNS)
    found = {
        (row["district_code"], row["technology"]): (row["located_mw"], row["shared_mw"])
        for row in rows
    }
    # Feicheng: 150 + 200 of the base, 800, 50; caverns 600 of 2×300. The rest: 350, 300, 300.
    assert found["370983", "pv"] == ("1200", "0")
    assert found["370983", "compressed_air_storage"] == ("600", "0")
    assert found["", "compressed_air_storage"] == ("950", "0")
    assert found["370911", "pumped_storage"] == ("", "")


def test_districts_under_a_rule_and_a_filter() -> None:
    everything = json.loads(_run("districts", "--rule", "equal", "--format", "json").stdout)
    some = json.loads(
        _run("districts", "--rule", "equal", "--format", "json", "--district", "370812").stdout
    )
    assert some == [row for row in everything if row["district_code"] == "370812"]
    shared = {row["technology"]: row["shared_mw"] for row in some}
    assert shared["pv_distributed"] == 250  # 2000 among eight counties
    assert shared["new_storage"] == 200  # 1000 among five


def test_districts_by_the_bureau_s_own_breakdown(tmp_path: Path) -> None:
    split = tmp_path / "分解表.csv"
    split.write_text("district_code,item,mw\n370811,pv,150.5\n", encoding="utf-8-sig")
    done = _run("districts", "--city", "jining", "--rule", "custom", "--split", str(split))
    found = {(row["district_code"], row["technology"]): row for row in _csv(done.stdout)}
    assert found["370811", "pv"]["shared_mw"] == "150.5"
    assert found["", "pv"]["located_mw"] == "3079.5"


def test_the_check_before_and_after_its_year() -> None:
    options = ("check", "--city", "binzhou", "--year", "2025", "--format", "json")
    for day, verdict, needed in (
        ("2025-12-31", "undetermined", 700),
        ("2026-01-01", "outcome_unknown", None),
    ):
        rows = json.loads(_run(*options, "--as-of", day).stdout)
        assert list(rows[0]) == list(CHECK_COLUMNS)
        assert {row["year"] for row in rows} == {2025}
        (renewable,) = (row for row in rows if row["metric"] == "renewable")
        assert (renewable["verdict"], renewable["needed_installed"]) == (verdict, needed)
        assert (renewable["pipeline_low"], renewable["pipeline_high"]) == (800, 1120)


def test_the_check_s_switches() -> None:
    def high(*options: str) -> dict[str, float]:
        done = _run("check", "--city", "taian", "--format", "json", *options)
        return {row["metric"]: row["pipeline_high"] for row in json.loads(done.stdout)}

    assert high() == {"renewable": 166, "pumped_storage": 0, "new_storage": 155}
    assert high("--external", "--pumped") == {
        "renewable": 346,
        "pumped_storage": 180,
        "new_storage": 155,
    }


def test_the_rule_in_english() -> None:
    (row,) = _csv(_run("check", "--city", "lixia", "--language", "en").stdout)
    assert row["rule"].startswith("no figure entered (installed)") and row["reasons"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("projects", "--city", "qingdao"), "qingdao"),
        (("projects", "--layer", "solar"), "solar"),
        (("projects", "--district", "市中区"), "市中区"),
        (("projects", "--format", "xls"), "xls"),
        (("projects", "--colour"), "--colour"),
        (("projets",), "projets"),
        (("projects", "--out", "/no/such/folder/x.csv"), "/no/such/folder/x.csv"),
        (("validate", "/no/such/folder"), "/no/such/folder"),
        (("ledger", "--city", "qingdao"), "qingdao"),
        (("ledger", "--layer", "solar"), "solar"),
        (("ledger", "--format", "geojson"), "geojson"),
        (("districts", "--district", "999999"), "999999"),
        (("districts", "--rule", "fair"), "fair"),
        (("districts", "--rule", "custom"), "--split"),
        (("districts", "--split", "x.csv"), "--rule custom"),
        (("districts", "--rule", "custom", "--split", "/no/such.csv"), "/no/such.csv"),
        (("check", "--city", "qingdao"), "qingdao"),
        (("check", "--as-of", "2025-13-01"), "2025-13-01"),
        (("check", "--as-of", "yesterday"), "yesterday"),
        (("check", "--year", "soon"), "--year"),
        (("check", "--language", "fr"), "fr"),
        (("check", "--out", "/no/such/folder/x.csv"), "/no/such/folder/x.csv"),
    ],
)
def test_bad_use_is_one_line_and_two(arguments: tuple[str, ...], words: str) -> None:
    done = _run(*arguments, code=2)
    message = done.stderr.decode("utf-8")
    assert done.stdout == b"" and words in message and len(message.splitlines()) == 1


@pytest.mark.parametrize(
    ("lines", "faults"),
    [
        ("district_code,item\n", 1),
        ("district_code,item,mw\n370811,pv,ten\n370812,pv,-1\n", 2),
        ("district_code,item,mw\n370811,pv,99999\n370811,no-such-row,1\n", 2),
    ],
)
def test_a_breakdown_that_does_not_fit_is_refused(tmp_path: Path, lines: str, faults: int) -> None:
    split = tmp_path / "split.csv"
    split.write_text(lines, encoding="utf-8")
    done = _run("districts", "--rule", "custom", "--split", str(split), code=1)
    assert done.stdout == b"" and len(done.stderr.decode("utf-8").splitlines()) == faults


def test_a_breakdown_in_another_encoding_is_bad_use(tmp_path: Path) -> None:
    split = tmp_path / "split.csv"
    split.write_bytes("district_code,item,mw\n370811,光伏,1\n".encode("gbk"))
    done = _run("districts", "--rule", "custom", "--split", str(split), code=2)
    assert "UTF-8" in done.stderr.decode("utf-8")


def test_refused_plans_list_all_faults_and_exit_one(tmp_path: Path) -> None:
    good = (ROOT / "seeds" / "plans" / "lixia.yaml").read_text(encoding="utf-8")
    bad = good.replace("370102 历下区", "370199 历下区", 1).replace("1.5万千瓦\n", "1.5MW\n", 1)
    (tmp_path / "lixia.yaml").write_text(bad, encoding="utf-8")
    message = _run("validate", str(tmp_path), code=1).stderr.decode("utf-8")
    assert "lixia.yaml · lixia-coal-01" in message and "1.5MW" in message


def test_an_unknown_district_is_refused(tmp_path: Path) -> None:
    good = (ROOT / "seeds" / "plans" / "lixia.yaml").read_text(encoding="utf-8")
    bad = good.replace("370102 历下区", "370199 历下区", 1)
    (tmp_path / "lixia.yaml").write_text(bad, encoding="utf-8")
    message = _run("validate", str(tmp_path), code=1).stderr.decode("utf-8")
    assert "370199 历下区" in message and "a district code of the boundary file" in message


def test_a_missing_boundary_file_is_refused() -> None:
    done = _run("projects", code=1, FENGTU_BOUNDARIES="/no/such/file.gpkg")
    assert "/no/such/file.gpkg" in done.stderr.decode("utf-8")


def test_public_mode_keeps_what_users_recorded(tmp_path: Path) -> None:
    """Neither a figure nor a state nor its source leaves; the records are still checked."""
    home = tmp_path / "home"
    home.mkdir(exist_ok=True)
    (home / "records.yaml").write_text(
        "installed:\n"
        '- {plan: jining, metric: pv, date: "2024-12-31", value: 7777, unit: MW, source: 内报}\n'
        "progress:\n"
        '- {project: taian-caes-03, date: "2025-01-01", status: construction, source: 内报}\n',
        encoding="utf-8",
    )
    own = {"FENGTU_HOME": str(home)}
    inside = {"check": b"777.7", "projects": "内报".encode()}
    for command, secret in inside.items():
        assert secret in _run(command, **own).stdout
        assert secret not in _run(command, FENGTU_MODE="public", **own).stdout
    states = {row["id"]: row["status"] for row in _csv(_run("projects", **own).stdout)}
    assert states["taian-caes-03"] == "construction"
    shown = _csv(_run("projects", FENGTU_MODE="public", **own).stdout)
    assert {row["status"] for row in shown} == {"listed"}
    (home / "records.yaml").write_text("installed: [{plan: nowhere}]\n", encoding="utf-8")
    _run("check", code=1, FENGTU_MODE="public", **own)


def test_the_store_is_backed_up_restored_and_told(own_home: Path, tmp_path: Path) -> None:
    keep(Progress("taian-caes-01", "2024-06-30", Status.CONSTRUCTION, None, "通报"))
    saved = tmp_path / "all.zip"
    _run("backup", "--out", str(saved))
    withdraw("progress", book().progress[0])
    assert b"1 withdrawn" in _run("validate").stdout
    forget_stores()
    said = _run("restore", str(saved)).stdout.decode("utf-8")
    assert "before-restore-" in said
    assert b"1 progress, 0 withdrawn" in _run("validate").stdout
    lines = _csv(_run("history").stdout)
    assert [each["action"] for each in lines] == ["load", "add"]
    assert _csv(_run("history", "--kind", "progress").stdout)[0]["record_id"] == "progress-1"
    assert b"unknown" in _run("history", "--kind", "x", code=2).stderr
    saved.write_bytes(saved.read_bytes()[:-50])
    assert b"damaged" in _run("restore", str(saved), code=1).stderr


def test_a_damaged_database_is_told_and_a_backup_brings_it_back(
    own_home: Path, tmp_path: Path
) -> None:
    keep(Progress("taian-caes-01", "2024-06-30", Status.CONSTRUCTION, None, "通报"))
    saved, file = tmp_path / "all.zip", open_store().file
    assert file is not None
    _run("backup", "--out", str(saved))
    forget_stores()
    file.write_bytes(b"no database" * 900)
    assert b"cli.py restore" in _run("validate", code=1).stderr
    assert file.read_bytes() == b"no database" * 900
    assert b".damaged-" in _run("restore", str(saved)).stdout
    assert b"1 progress, 0 withdrawn" in _run("validate").stdout
    (kept,) = own_home.glob("fengtu.sqlite.damaged-*")
    assert kept.read_bytes() == b"no database" * 900
