"""A records.yaml of an earlier version: taken in once, all or none, and kept beside."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from store.book import Book, Place, read_book
from store.store import Store
from store.take_over import take_over
from terms.errors import RecordsError, StoreError
from tests.store.test_book import GOOD


@pytest.fixture
def file(own_home: Path) -> Path:
    own_home.mkdir(exist_ok=True)
    path = own_home / "records.yaml"
    path.write_text(GOOD, encoding="utf-8")
    return path


def test_every_record_is_taken_in_withdrawn_ones_as_hidden(store: Store, file: Path) -> None:
    assert take_over(store, file) == 4
    book, before = store.book(), read_book(GOOD, "x")
    assert (book.installed, book.progress) == (before.installed, before.progress)
    assert (book.withdrawn, book.digest) == (1, before.digest)
    assert not file.exists()
    aside = file.with_name("records.yaml.taken-over")
    assert aside.read_text(encoding="utf-8") == GOOD
    actions = [each.action for each in store.history()]
    assert sorted(actions) == ["hide", "import", "import", "import", "import"]
    assert {(each.who, each.batch) for each in store.history()} == {("records.yaml", "1")}
    assert take_over(store, file) == 0


def test_a_file_is_never_taken_in_twice(store: Store, file: Path) -> None:
    take_over(store, file)
    digest, history = store.book().digest, store.history()
    file.write_text(GOOD, encoding="utf-8")  # as after a crash before the file got its new name
    assert take_over(store, file) == 0
    assert (store.book().digest, store.history()) == (digest, history)
    assert not file.exists() and len(list(file.parent.glob("records.yaml.taken-over*"))) == 2


def test_a_faulty_file_is_refused_with_all_its_faults_and_stays(store: Store, file: Path) -> None:
    text = GOOD.replace("512.30", "many").replace("taian-caes-01", '""')
    file.write_text(text, encoding="utf-8")
    with pytest.raises(RecordsError) as caught:
        take_over(store, file)
    assert [each.row for each in caught.value.faults] == ["installed 1", "progress 1"]
    assert file.read_text(encoding="utf-8") == text
    assert (store.book(), store.history()) == (Book(), ())


def test_a_file_that_does_not_fit_the_plans_is_told_by_its_own_lines(
    store: Store, file: Path
) -> None:
    seen: list[Place] = []

    def refuse(book: Book) -> None:
        seen.extend(book.installed_place(at) for at in range(len(book.installed)))
        raise RecordsError([seen[0].fault("plan", "x", "方案 · a plan")])

    with pytest.raises(RecordsError, match=r"records\.yaml · installed 1 · plan"):
        take_over(store, file, check=refuse)
    assert [place.row for place in seen] == ["installed 1", "installed 2"]
    assert seen[0].district_name == "兖州区"
    assert file.exists() and store.book() == Book()


def test_an_empty_file_is_put_aside(store: Store, file: Path) -> None:
    file.write_text("# nothing yet\n", encoding="utf-8")
    assert take_over(store, file) == 0
    assert not file.exists() and store.history() == ()


def test_a_file_that_cannot_be_renamed_is_told_and_its_records_count_once(
    store: Store, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", fail)
        for _ in range(2):
            with pytest.raises(StoreError, match="cannot be renamed"):
                take_over(store, file)
    assert len(store.book().installed) == 2
    assert take_over(store, file) == 0 and not file.exists()


def test_a_withdrawal_of_today_is_taken_in(store: Store, file: Path) -> None:
    file.write_text(GOOD.replace("2025-01-02", date.today().isoformat()), encoding="utf-8")
    assert take_over(store, file) == 4 and store.book().withdrawn == 1
