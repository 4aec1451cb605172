"""Who a visitor is, and the control of the head, in both languages without a browser."""

from __future__ import annotations

import time
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from store.passphrase import Cost, hash_of
from store.people import Person, change_people, people_path
from store.sign_in import proof_of
from terms.actor import MAX_AGE, Actor, Role, Way
from tests.views.test_pages import open_app, shown
from views import editing, people, selection
from views.people import SignedIn, address_of, since_of

APP = str(Path(__file__).resolve().parents[2] / "app.py")
CHEAP = Cost(memory_kib=64, rounds=1)
PASSPHRASE = "the heron waits by the weir"
WANG = Person(name="王*敏*", role=Role.EDITOR, passphrase=hash_of(PASSPHRASE, cost=CHEAP))
LI = Person(name="Li", role=Role.ADMIN, email="li@example.org")
KIM = Person(name="Kim", role=Role.EDITOR, subject="k1")


@pytest.fixture(autouse=True)
def listed() -> None:
    """Three people on the list."""
    change_people(people_path(), lambda _: (WANG, LI, KIM))


def claimed(monkeypatch: pytest.MonkeyPatch, claims: Mapping[str, Any] | None) -> None:
    """What the bureau's login says."""
    whole = {"is_logged_in": True, "provider": "default", "iat": time.time(), **(claims or {})}
    monkeypatch.setattr(people, "_claims", lambda: whole if claims is not None else None)
    monkeypatch.setattr(selection, "kept", lambda _: None)


@pytest.mark.parametrize(
    ("claims", "name"),
    [
        ({"email": "LI@example.org", "email_verified": True}, "Li"),
        ({"sub": "k1"}, "Kim"),
        ({"email": "li@example.org", "email_verified": False}, ""),
        ({"email": "li@example.org", "email_verified": "true"}, ""),
        ({"email": "li@example.org"}, ""),
        ({"email": "", "email_verified": True, "sub": ""}, ""),
        *(
            ({"email": email, "email_verified": True, "sub": "x"}, "")
            for email in (
                *("ｌi@example.org", "li＠example.org", "ⓛi@example.org", "l\u0131@example.org"),
                *(
                    " li@example.org",
                    "li@example.org\n",
                    "li@example.org\u200b",
                    "li@example.org\0",
                ),
                *(
                    "\u202eli@example.org",
                    "li@example.org." + "x" * 10_000,
                    "l\u0069\u0307@example.org",
                ),
                *("Li <li@example.org>", "li@example.org,x@y.z", "<script>alert(1)</script>"),
                *(["li@example.org"], {"li@example.org": True}, 7),
            )
        ),
        ({"sub": ["k1"]}, ""),
        ({"sub": "ｋ1"}, ""),
        ({"sub": "k1\0"}, ""),
        ({"sub": "K1"}, ""),
        ({"sub": "k1", "is_logged_in": False}, ""),
        ({"sub": "k1", "is_logged_in": "yes"}, ""),
        ({"sub": "k1", "provider": "other"}, ""),
    ],
)
def test_the_login_names_a_person_only_for_sure(
    claims: dict[str, Any], name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    claimed(monkeypatch, claims)
    who = editing.actor()
    assert who.name == name and who.way is (Way.OIDC if name else Way.NONE)
    assert editing.may_edit() is bool(name)


def test_an_old_login_may_not_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    claimed(monkeypatch, {"sub": "k1", "auth_time": time.time() - MAX_AGE.total_seconds() - 1})
    assert editing.actor().is_stale() and editing.refusal() == "stale"


@pytest.mark.parametrize("at", [None, True, "1", float("nan"), 1e300, -1e300])
def test_a_time_that_is_none_is_never(at: object) -> None:
    assert Actor("a", Role.EDITOR, Way.OIDC, since_of({"iat": at})).is_stale()


def test_a_role_is_read_anew_and_another_passphrase_signs_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    claimed(monkeypatch, None)
    signed = SignedIn(WANG.name, proof_of(WANG), datetime.now(UTC) - timedelta(hours=1))
    monkeypatch.setattr(selection, "kept", lambda _: signed)
    assert (editing.actor().role, editing.refusal()) == (Role.EDITOR, "")
    change_people(people_path(), lambda _: (WANG.model_copy(update={"role": Role.VIEWER}),))
    assert editing.refusal() == "unlisted"
    other = hash_of(PASSPHRASE, cost=CHEAP)
    change_people(people_path(), lambda _: (WANG.model_copy(update={"passphrase": other}),))
    assert editing.actor().way is Way.NONE and editing.refusal() == "login"
    change_people(people_path(), lambda _: (WANG,))
    assert editing.refusal() == ""
    people_path().write_text("people: [", encoding="utf-8")
    assert editing.refusal() == "people"


@pytest.mark.parametrize(
    ("peer", "forwarded", "trusted", "expected"),
    [
        ("9.9.9.9", [], [], "9.9.9.9"),
        ("9.9.9.9", ["1.1.1.1"], [], "9.9.9.9"),  # he wrote it himself
        ("1.1.1.1", ["5.5.5.5, 1.1.1.1"], [], "proxy"),  # the server took it over
        ("10.0.0.1", ["5.5.5.5, 1.1.1.1"], ["10.0.0.1"], "1.1.1.1"),
        ("10.0.0.1", ["1.1.1.1", "10.0.0.2"], ["10.0.0.1", "10.0.0.2"], "1.1.1.1"),
        ("10.0.0.1", [], ["10.0.0.1"], "10.0.0.1"),
        ("9.9.9.9", ["1.1.1.1"], ["10.0.0.1"], "9.9.9.9"),
    ],
)
def test_only_a_trusted_proxy_names_the_address(
    peer: str, forwarded: list[str], trusted: list[str], expected: str
) -> None:
    assert address_of(peer, forwarded, trusted=trusted) == expected


@pytest.mark.parametrize(("language", "words"), [("zh", "登录"), ("en", "Sign in")])
def test_the_head_offers_to_sign_in_and_names_who_did(language: str, words: str) -> None:
    app = AppTest.from_file(APP, default_timeout=60)
    app.query_params["lang"] = language
    app.run()
    assert not app.exception
    assert app.button(key="person").label == words
    now = datetime.now(UTC)
    app.session_state["fengtu"].kept["signed-in"] = SignedIn(WANG.name, proof_of(WANG), now)
    app.run()
    assert app.button(key="person").label == r"王\*敏\*"  # text, not markdown


def test_nothing_is_offered_without_a_list_and_in_public(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FENGTU_MODE", "public")
    app = AppTest.from_file(APP, default_timeout=60).run()
    assert "person" not in {each.key for each in app.button}
    monkeypatch.delenv("FENGTU_MODE")
    people_path().unlink()
    app = AppTest.from_file(APP, default_timeout=60).run()
    assert "person" not in {each.key for each in app.button}


def test_who_may_enter_no_longer_is_told_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(editing, "refusal", lambda: "")
    app = open_app()
    assert "刚刚失效" not in shown(app)
    monkeypatch.setattr(editing, "refusal", lambda: "stale")
    app.run()
    assert "刚刚失效" in shown(app) and "12 小时" in shown(app)
    assert any("没有保存" in each.value for each in app.toast)
    app.run()
    assert not app.exception and "刚刚失效" not in shown(app)
