"""The forms of records, imports and rasters against raw messages of those who may not write.

An editor does each first, so that the messages are known to write.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path

import pytest

from store.drafts import Add
from store.engine import database_url
from store.people import Person, change_people
from store.store import Store
from terms.actor import Role
from terms.own_records import Note, OwnTable
from tests.browser.raw_socket import Client, connected
from tests.browser.test_raw_socket import AUTH, EDITOR, SECRET
from tests.browser.visit import APP, ROOT, serve
from tests.keeping import person
from tests.store.samples import SAMPLES

CSV = "项目名称,县区,技术类型,装机（MW）\n原样甲,肥城市,光伏,{mw}\n".encode()
RASTER = ROOT / "data" / "rasters" / "height.tif"
ADMIN = Person(name="An", role=Role.ADMIN, subject="an")


@dataclass(frozen=True)
class Errand:
    """A form: its page, the fold it lies in, a value by a part of each field's id, its button."""

    page: str
    query: str
    fold: str
    values: Mapping[str, str]
    button: str
    asks: Mapping[str, str] = field(default_factory=dict)  # chosen before the form is whole
    file: tuple[str, str, bytes] | None = None  # a part of its uploader's id, a name, the bytes
    picks: str = ""  # a part of a list's id, of which the first option is taken


SPLIT = b"district_code,item,mw,share\n370902,taian-caes-03,1,\n"
FIGURES = b"plan,metric,date,value,unit,source\njining,wind,2024-12-31,1,MW,socket\n"
TABLE = OwnTable("table-0a", "t", "MW", "2025-12-31", "s", (("370812", Decimal(1)),))
POINT = {"-text-": "117.1, 36.05", "-source-": "踏勘", "-reason-": "x"}
FORMS = {
    "progress": Errand(
        "projects", "view=progress&focus=taian-caes-01", "",
        {"-date-": "2025-06-30", "-status-": "在建", "-source-": "s"},
        "FormSubmitter:progress-taian",
    ),
    "own": Errand(
        "projects", "plan=jining", "own-new",
        {"-name-": "甲", "-layer-": "集中式光伏", "-source-": "s"},
        "FormSubmitter:own-new",
    ),
    "note": Errand("", "focus=taian-caes-01", "notes-", {"-text-": "x"}, "FormSubmitter:note-"),
    "position": Errand("", "focus=taian-caes-01", "place", POINT, "place-save", asks=POINT),
    "undo": Errand(
        "data", "", "changes", {"-why-": "x"}, "FormSubmitter:changes", picks="changes-batch"
    ),
    "import-undo": Errand(
        "data", "", "", {"intake-undo-why": "x"}, "FormSubmitter:intake-undo-form",
        picks="intake-undo-",
    ),
    "layer-withdraw": Errand(
        "data", "", "", {"intake-withdraw-why": "x"}, "FormSubmitter:intake-withdraw-form",
        picks="intake-withdraw-",
    ),
    "breakdown": Errand(
        "districts", "rule=custom&plan=taian", "", {"split-keep-source": "文号"},
        "FormSubmitter:split-keep", file=("split-file", "up.csv", SPLIT),
    ),
    "installed-file": Errand(
        "targets", "plan=jining", "installed", {}, "installed-commit",
        file=("installed-file", "up.csv", FIGURES),
    ),
    "installed-withdraw": Errand(
        "targets", "plan=jining", "installed", {}, "installed-withdraw", picks="installed-gone",
    ),
    "raster": Errand(
        "data", "", "", {"raster-title": "甲", "raster-unit": "m"}, "FormSubmitter:raster",
        file=("raster-file", "a.tif", RASTER.read_bytes()),
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    home = tmp_path_factory.mktemp("home-socket-records")
    (home / "secrets.toml").write_text(AUTH, encoding="utf-8")
    change_people(home / "people.yaml", lambda _: (EDITOR,))
    store = Store(database_url("", home))
    store.apply(person(), [Add(Note("taian-caes-01", "x"))], why="something to take back")
    store.apply(person(), [Add(SAMPLES["installed"])], why="a figure to withdraw")
    for name in ("table-0a", "table-0b"):
        store.apply(person(), [Add(replace(TABLE, id=name))], why="a layer", imported=True)
    store.close()
    for base in serve(home, "", program=(*APP, f"--secrets.files={home / 'secrets.toml'}")):
        yield base, home


def written(home: Path) -> tuple[int, list[str]]:
    """How many changes there are, and which rasters."""
    store = Store(database_url("", home))
    try:
        return store.history_size(), sorted(each.name for each in home.glob("rasters/*"))
    finally:
        store.close()


def values_of(client: Client, parts: Mapping[str, str]) -> dict[str, object]:
    """The values by the whole ids of the fields that are known."""
    return {
        each.id: value
        for each in client.widgets.values()
        for part, value in parts.items()
        if part in each.id and each.kind in ("text_input", "text_area", "selectbox")
    }


def fill(client: Client, errand: Errand) -> dict[str, object]:
    """Open the form and fill it; all that is to be sent."""
    client.run()
    client.run()  # what follows the first figures
    sent: dict[str, object] = {
        each.id: True
        for each in client.widgets.values()
        if each.kind == "expander" and errand.fold and errand.fold in each.id
    }
    client.run(sent)
    if errand.file:
        part, name, data = errand.file
        sent[client.of("file_uploader", part).id] = (name, "file-1")
        assert client.put("file-1", data, name=name) == 204
        client.run(sent)
    if errand.asks:
        client.run(sent | values_of(client, errand.asks))
    sent |= values_of(client, errand.values)
    if errand.picks:
        (box,) = [
            each.id
            for each in client.widgets.values()
            if each.kind == "selectbox" and errand.picks in each.id
        ]
        sent[box] = client.options[box][0]
    (button,) = [
        each.id
        for each in client.widgets.values()
        if each.kind == "button" and errand.button in each.id
    ]
    return sent | {button: True}


def opened(base: str, errand: Errand, claims: Mapping[str, object] | None) -> Iterator[Client]:
    with connected(base, errand.page, errand.query, claims=claims, secret=SECRET) as client:
        yield client


def strangers() -> tuple[Mapping[str, object] | None, ...]:
    return (None, {"sub": "li", "iat": time.time() - 13 * 3600}, {"sub": "x", "iat": time.time()})


@pytest.mark.parametrize("name", FORMS)
def test_no_form_of_records_writes_for_others(served: tuple[str, Path], name: str) -> None:
    (base, home), errand = served, FORMS[name]
    for editor in opened(base, errand, {"sub": "li", "iat": time.time() - 60}):
        before = written(home)
        sent = fill(editor, errand)
        assert written(home) == before
        editor.run(sent)
        after = written(home)
        assert after != before  # so these messages do write
        for claims in strangers():
            for client in opened(base, errand, claims):
                client.run()
                client.widgets.update(editor.widgets)
                if errand.file:
                    client.put("file-1", errand.file[2], name=errand.file[1])
                client.run(sent)
                client.run(sent)
                assert written(home) == after, claims


@pytest.mark.parametrize("place", [str(RASTER.with_name("irradiation.tif")), "{base}/a.tif"])
def test_only_an_admin_has_the_server_read_a_path_or_an_address(
    served: tuple[str, Path], place: str
) -> None:
    base, home = served
    change_people(home / "people.yaml", lambda _: (EDITOR, ADMIN))
    values = {"raster-place": place.format(base=base), "raster-title": "乙", "raster-unit": "m"}
    errand = Errand("data", "", "", values, "FormSubmitter:raster")
    for admin in opened(base, errand, {"sub": "an", "iat": time.time() - 60}):
        sent = fill(admin, errand)
        before = written(home)
        for editor in opened(base, errand, {"sub": "li", "iat": time.time() - 60}):
            editor.run()
            assert not [each for each in editor.widgets if "raster-place" in each]
            editor.widgets.update(admin.widgets)
            for _ in range(2):
                told = editor.run(sent)
            assert written(home) == before and "请选择一个文件" in told
        told = admin.run(sent)
        if "://" in values["raster-place"]:  # no raster, but so the server did read it
            assert "取不到或不是 GeoTIFF" in told and written(home) == before
        else:
            assert written(home) != before


def test_an_import_is_refused_once_the_role_is_lowered(served: tuple[str, Path]) -> None:
    base, home = served
    errand = Errand("data", "", "", {}, "")
    for editor in opened(base, errand, {"sub": "li", "iat": time.time() - 60}):
        editor.run()
        chosen = editor.of("file_uploader", "intake-file").id
        assert editor.put("file-1", CSV.replace(b"{mw}", b"5")) == 204
        sent: dict[str, object] = {chosen: ("a.csv", "file-1")}
        editor.run(sent)
        (button,) = [each for each in editor.widgets if "FormSubmitter:intake-form" in each]
        before = written(home)
        for claims in strangers():
            for client in opened(base, errand, claims):
                client.run()
                client.put("file-1", CSV.replace(b"{mw}", b"5"))
                client.widgets.update(editor.widgets)
                client.run(sent)
                client.run(sent | {button: True})
                assert written(home) == before, claims
        people = home / "people.yaml"
        change_people(people, lambda _: (EDITOR.model_copy(update={"role": Role.VIEWER}),))
        editor.run(sent | {button: True})
        assert written(home) == before
        change_people(people, lambda _: (EDITOR,))
        editor.run(sent)
        editor.run(sent | {button: True})
        assert written(home) != before  # so this message does write
