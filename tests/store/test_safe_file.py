"""Files beside the database: a write stands whole or not at all, a lock ends with its process."""

from __future__ import annotations

import multiprocessing
import stat
import sys
from pathlib import Path

import pytest

from store import safe_file
from store.safe_file import locked, put_text, replace_text
from terms.errors import StoreError


def test_the_text_before_is_kept_beside(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    replace_text(path, "one")
    replace_text(path, "two")
    assert (path.read_text("utf-8"), (tmp_path / "a.json.bak").read_text("utf-8")) == ("two", "one")
    put_text(path, "three")
    assert {each.name for each in tmp_path.iterdir()} == {"a.json", "a.json.bak"}


@pytest.mark.parametrize("step", ["replace", "fsync"])
def test_a_write_that_breaks_off_leaves_the_old_file(
    step: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.json"
    replace_text(path, "one")

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    where = Path if step == "replace" else safe_file.os
    with monkeypatch.context() as patch:
        patch.setattr(where, step, fail)
        with pytest.raises(StoreError, match="no space left"):
            replace_text(path, "two")
    assert path.read_text("utf-8") == "one"
    assert not list(tmp_path.glob("*.new")) and not list(tmp_path.glob(".*.new"))


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_the_mode_stays(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    replace_text(path, "one")
    path.chmod(0o640)
    replace_text(path, "two")
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_a_file_that_somebody_else_holds_is_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.json"
    monkeypatch.setattr(safe_file, "WAIT_S", 0.2)
    with locked(path):  # noqa: SIM117
        with pytest.raises(StoreError, match="somebody else"), locked(path):
            raise AssertionError("two hold it")
    with locked(path):
        path.write_text("free again", encoding="utf-8")


def test_a_killed_process_leaves_no_lock(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    context = multiprocessing.get_context("spawn")
    holding = context.Event()
    process = context.Process(target=_hold, args=(str(path), holding))
    process.start()
    assert holding.wait(60)
    process.kill()
    process.join(30)
    with locked(path):
        assert path.with_name("a.json.lock").exists()


def _hold(path: str, holding: multiprocessing.synchronize.Event) -> None:
    with locked(Path(path)):
        holding.set()
        multiprocessing.Event().wait(60)
