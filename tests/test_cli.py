"""The command line as its users meet it: a process with its output and its exit code."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from registry.registry import Registry
from terms.columns import PROJECT_COLUMNS, TARGET_COLUMNS

ROOT = Path(__file__).parents[1]


def _run(*arguments: str, code: int = 0, **environment: str) -> subprocess.CompletedProcess[bytes]:
    done = subprocess.run(
        [sys.executable, str(ROOT / "cli.py"), *arguments],
        capture_output=True,
        check=False,
        timeout=60,
        env=os.environ | environment,
    )
    assert done.returncode == code, done.stderr.decode()
    return done


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


def test_a_file_for_excel_has_a_mark_and_the_pipe_has_none(tmp_path: Path) -> None:
    out = tmp_path / "projects.csv"
    _run("projects", "--city", "lixia", "--out", str(out))
    assert out.read_bytes().startswith("\ufeffid,plan".encode())
    assert _run("projects", "--city", "lixia").stdout.startswith(b"id,plan")


def test_validate_says_what_it_checked(registry: Registry) -> None:
    line = _run("validate").stdout.decode("utf-8")
    assert line.startswith("ok: 5 plans") and registry.digest in line


def test_records_are_counted_and_change_the_rows(own_home: Path) -> None:
    assert b"records: 0 installed figures, 0 progress, 0 withdrawn" in _run("validate").stdout
    own_home.mkdir()
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
    own_home.mkdir()
    (own_home / "records.yaml").write_text(
        "installed:\n- plan: jinin\n  metric: pv\n  date: 2024-12-31\n  value: 1\n  unit: MW\n"
        "  source: 月报\nprogress:\n- project: q\n  date: 2024-06-30\n  status: approved\n"
        "  source: 通报\n",
        encoding="utf-8",
    )
    message = _run("validate", code=1).stderr.decode("utf-8")
    assert "records.yaml · installed 1 · plan" in message
    assert "records.yaml · progress 1 · project" in message


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
    ],
)
def test_bad_use_is_one_line_and_two(arguments: tuple[str, ...], words: str) -> None:
    done = _run(*arguments, code=2)
    message = done.stderr.decode("utf-8")
    assert done.stdout == b"" and words in message and len(message.splitlines()) == 1


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
