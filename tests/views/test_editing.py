"""Who may write while there is no login: only what surely comes from this machine."""

from __future__ import annotations

import pytest

from terms.messages import text
from views.editing import refusal, why_refused

LOCAL = [("Host", "localhost:8501"), ("Origin", "http://localhost:8501"), ("User-Agent", "x")]


@pytest.mark.parametrize("address", ["127.0.0.1", "localhost", "::1", "[::1]", "127.0.0.5"])
@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:80", "127.0.0.1:8501", "[::1]:8501"])
def test_this_machine_may(address: str, host: str) -> None:
    assert why_refused(address, [("host", host)], login="") == ""
    assert why_refused(address, LOCAL, login=" ") == ""


@pytest.mark.parametrize("address", [None, "", "0.0.0.0", "::", "192.168.1.7", "fengtu.local"])
def test_a_server_for_others_may_not(address: str | None) -> None:
    assert why_refused(address, LOCAL, login="") == "address"


@pytest.mark.parametrize(
    "host",
    [
        *("", "fengtu.example", "localhost.evil.example", "127.0.0.1.evil.example", "127.1"),
        *("127.0.0.1:8501:1", "[::2]", "evil@localhost", "0.0.0.0", "localhost, evil"),
    ],
)
def test_another_host_may_not(host: str) -> None:
    assert why_refused("127.0.0.1", [("Host", host)], login="") == "host"


def test_no_host_and_two_hosts_may_not() -> None:
    assert why_refused("127.0.0.1", [], login="") == "host"
    assert why_refused("127.0.0.1", [*LOCAL, ("host", "localhost")], login="") == "host"


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://localhost.evil.example"])
def test_a_page_of_another_site_may_not(origin: str) -> None:
    headers = [("Host", "localhost:8501"), ("Origin", origin)]
    assert why_refused("127.0.0.1", headers, login="") == "host"


@pytest.mark.parametrize(
    "name", ["Forwarded", "Via", "X-Forwarded-For", "x-forwarded-proto", "X-Forwarded-Host"]
)
def test_what_a_proxy_passes_on_may_not(name: str) -> None:
    assert why_refused("127.0.0.1", [*LOCAL, (name, "")], login="") == "proxy"


@pytest.mark.parametrize("login", ["required", "REQUIRED", "no", "0"])
def test_a_login_that_is_required_is_not_there_yet(login: str) -> None:
    assert why_refused("127.0.0.1", LOCAL, login=login) == "login"


def test_nobody_enters_what_public_mode_would_not_show(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FENGTU_MODE", "public")
    assert refusal() == "public"
    assert text("editing.public", "zh") and text("editing.public", "en")
