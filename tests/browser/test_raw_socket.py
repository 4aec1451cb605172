"""Whoever may not write cannot write by any message: anonymous, expired, removed, a stranger.

An editor does it first with the very same messages, so that they are known to write.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from store.engine import database_url
from store.people import Person, change_people
from store.store import Store
from terms.actor import Role
from terms.records import InstalledFigure
from tests.browser.raw_socket import Client, Widget, connected
from tests.browser.visit import APP, serve

SECRET = "a secret of these tests, long enough"
EDITOR = Person(name="Li", role=Role.EDITOR, subject="li")
AUTH = f"""[auth]
redirect_uri = "http://127.0.0.1:{{port}}/oauth2callback"
cookie_secret = "{SECRET}"
client_id = "fengtu"
client_secret = "x"
server_metadata_url = "http://127.0.0.1:9/.well-known/openid-configuration"
"""
CSV = "plan,metric,date,value,unit,source\njining,wind,2024-12-31,1,MW,socket\n"
TYPED = {"date": "2024-12-31", "value": "7", "source": "socket"}


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """The app with a login set up and one editor on the list."""
    home = tmp_path_factory.mktemp("home-socket")
    (home / "secrets.toml").write_text(AUTH, encoding="utf-8")
    change_people(home / "people.yaml", lambda _: (EDITOR,))
    program = (*APP, f"--secrets.files={home / 'secrets.toml'}")
    for base in serve(home, "", program=program):
        yield base, home


def session(base: str, claims: Mapping[str, object] | None) -> Iterator[Client]:
    """A session on the page of targets."""
    with connected(base, "targets", "plan=jining", claims=claims, secret=SECRET) as client:
        yield client


def figures(home: Path) -> tuple[InstalledFigure, ...]:
    """What is written."""
    store = Store(database_url("", home))
    try:
        return store.book().installed
    finally:
        store.close()


def filled(known: Mapping[str, Widget], *, file_id: str) -> dict[str, object]:
    """A value for every control that is known."""
    values: dict[str, object] = {}
    for each in known.values():
        if each.kind == "file_uploader":
            values[each.id] = ("up.csv", file_id)
        elif each.kind == "selectbox" and "installed-metric" in each.id:
            values[each.id] = each.label and "光伏发电装机"
        elif each.kind == "text_input":
            part = next((name for name in TYPED if f"installed-{name}" in each.id), "")
            values[each.id] = TYPED.get(part, "x")
    return values


def writes_as(client: Client, known: Mapping[str, Widget]) -> None:
    """Press what is known for writing one by one, then all there is, with every field filled."""
    client.widgets.update(known)
    assert client.put("file-1", CSV.encode()) == 204  # it is held, and read by no run
    values = filled(known, file_id="file-1")
    buttons = {each.id: True for each in known.values() if each.kind == "button"}
    for identity in (each for each in buttons if "installed" in each or "Form" in each):
        client.run({**values, identity: True})
    client.run({**values, **buttons})
    client.run({**values, **buttons}, page_script_hash="made-up")


def test_no_message_of_the_unauthorised_writes(served: tuple[str, Path]) -> None:
    base, home = served
    fresh = {"sub": "li", "iat": time.time() - 60}
    for editor in session(base, fresh):
        editor.run()
        metric = editor.of("selectbox", "installed-metric").id
        editor.run({metric: "光伏发电装机"})
        known = dict(editor.widgets)
        values = filled(known, file_id="none")
        assert figures(home) == ()
        editor.run({**values, editor.of("button", "FormSubmitter").id: True})
        (written,) = figures(home)  # so these messages do write
        assert (written.source, written.metric) == ("socket", "pv")
        known |= editor.widgets

        before = figures(home)
        nobodies: tuple[Mapping[str, object] | None, ...] = (
            None,
            {"sub": "li", "iat": time.time() - 13 * 3600},
            {"sub": "li", "iat": time.time(), "auth_time": time.time() - 13 * 3600},
            {"sub": "li", "iat": time.time() + 3600},
            {"sub": "li"},
            {"sub": "other", "email": "li", "iat": time.time()},
        )
        for claims in nobodies[:2]:
            for client in session(base, claims):
                client.run()
                writes_as(client, known)
                assert figures(home) == before, claims
        for claims in nobodies[2:]:
            for client in session(base, claims):
                client.run()
                client.widgets.update(known)
                client.run({**values, editor.of("button", "FormSubmitter").id: True})
                assert figures(home) == before, claims

        change_people(
            home / "people.yaml", lambda _: (EDITOR.model_copy(update={"role": Role.VIEWER}),)
        )
        editor.run({**values, editor.of("button", "FormSubmitter").id: True})
        assert figures(home) == before
