"""Who may write: without a list of people, only what surely comes from this machine."""

from __future__ import annotations

from pathlib import Path

import pytest

from terms.actor import NOBODY, Role, Way
from terms.messages import text
from views import editing
from views.editing import why_refused

LOCAL = [("Host", "localhost:8501"), ("Origin", "http://localhost:8501"), ("User-Agent", "x")]


@pytest.mark.parametrize("address", ["127.0.0.1", "localhost", "::1", "[::1]", "127.0.0.5"])
@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:80", "127.0.0.1:8501", "[::1]:8501"])
def test_this_machine_may(address: str, host: str) -> None:
    assert why_refused(address, [("host", host)]) == ""
    assert why_refused(address, LOCAL) == ""


@pytest.mark.parametrize("address", [None, "", "0.0.0.0", "::", "192.168.1.7", "fengtu.local"])
def test_a_server_for_others_may_not(address: str | None) -> None:
    assert why_refused(address, LOCAL) == "address"


@pytest.mark.parametrize(
    "host",
    [
        *("", "fengtu.example", "localhost.evil.example", "127.0.0.1.evil.example", "127.1"),
        *("127.0.0.1:8501:1", "[::2]", "evil@localhost", "0.0.0.0", "localhost, evil"),
    ],
)
def test_another_host_may_not(host: str) -> None:
    assert why_refused("127.0.0.1", [("Host", host)]) == "host"


def test_no_host_and_two_hosts_may_not() -> None:
    assert why_refused("127.0.0.1", []) == "host"
    assert why_refused("127.0.0.1", [*LOCAL, ("host", "localhost")]) == "host"


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://localhost.evil.example"])
def test_a_page_of_another_site_may_not(origin: str) -> None:
    headers = [("Host", "localhost:8501"), ("Origin", origin)]
    assert why_refused("127.0.0.1", headers) == "host"


@pytest.mark.parametrize(
    "name", ["Forwarded", "Via", "X-Forwarded-For", "x-forwarded-proto", "X-Forwarded-Host"]
)
def test_what_a_proxy_passes_on_may_not(name: str) -> None:
    assert why_refused("127.0.0.1", [*LOCAL, (name, "")]) == "proxy"


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    """A visitor who sits at this machine, as far as headers tell."""
    monkeypatch.setattr(editing, "_why_not_here", lambda: "")


def put(home: Path, words: str) -> None:
    """Write the list of people."""
    home.mkdir(parents=True, exist_ok=True)
    (home / "people.yaml").write_text(words, encoding="utf-8")


def test_who_sits_here_is_an_editor_and_no_admin(here: None) -> None:
    who = editing.actor()
    assert (who.role, who.way, who.is_stale()) == (Role.EDITOR, Way.LOOPBACK, False)
    assert editing.refusal() == "" and editing.may_edit()


@pytest.mark.parametrize("login", ["required", "REQUIRED", "no", "0"])
def test_a_login_that_is_required_ends_the_right_of_who_sits_here(
    here: None, login: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FENGTU_LOGIN", login)
    assert editing.actor() == NOBODY and editing.refusal() == "no_way"
    monkeypatch.setenv("FENGTU_LOGIN", "  ")
    assert editing.refusal() == ""


@pytest.mark.parametrize("words", ["people: []", "", "people:\n- name: a\n  role: king\n", "{"])
def test_a_list_ends_the_right_of_who_sits_here_even_a_faulty_one(
    here: None, own_home: Path, words: str
) -> None:
    put(own_home, words)
    assert editing.actor() == NOBODY
    is_faulty = words not in ("people: []", "")
    assert editing.refusal() == ("people" if is_faulty else "no_way")


def test_a_list_that_cannot_be_looked_at_counts_as_one(here: None, own_home: Path) -> None:
    own_home.mkdir()
    (own_home / "people.yaml").symlink_to(own_home / "gone")
    assert editing.actor() == NOBODY and editing.refusal() == "no_way"


def test_nobody_enters_what_public_mode_would_not_show(
    here: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FENGTU_MODE", "public")
    assert editing.actor() == NOBODY and editing.refusal() == "public"
    assert text("editing.public", "zh") and text("editing.public", "en")
