"""Signing in with a real browser: by a mock of a bureau's login, and by a passphrase."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path

import oidc_provider_mock
import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import delete, select

from store.passphrase import Cost, hash_of
from store.people import Person, change_people
from store.store import open_store
from store.tables import attempt
from store.tries import note_try
from terms.actor import Role
from tests.browser.visit import APP, open_visit, rest, serve

PASSPHRASE = "the heron waits by the weir"
KEPT = hash_of(PASSPHRASE, cost=Cost(memory_kib=64, rounds=1))
PEOPLE = (
    Person(name="王敏", role=Role.EDITOR, passphrase=KEPT),
    Person(name="Li Lei", role=Role.EDITOR, email="li@example.org"),
    Person(name="Late", role=Role.ADMIN, subject="late"),
)
USERS = (
    oidc_provider_mock.User(sub="1", claims={"email": "Li@example.org", "email_verified": True}),
    oidc_provider_mock.User(sub="2", claims={"email": "li@example.org", "email_verified": False}),
    oidc_provider_mock.User(sub="late", claims={"auth_time": int(time.time()) - 13 * 3600}),
)
ENTRY = ".st-key-installed [data-testid=stExpander]"


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    """A login provider on this machine."""
    with oidc_provider_mock.run_server_in_thread(user_claims=USERS) as server:
        yield f"http://127.0.0.1:{server.server_port}"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The app's own folder."""
    return tmp_path_factory.mktemp("home-people")


@pytest.fixture(scope="module")
def base(home: Path, provider: str) -> Iterator[str]:
    """The app below a base path, with that login and a list of people."""
    auth = f"""[auth]
redirect_uri = "http://127.0.0.1:{{port}}/fengtu/oauth2callback"
cookie_secret = "a secret of these tests, long enough"
client_id = "fengtu"
client_secret = "x"
server_metadata_url = "{provider}/.well-known/openid-configuration"
"""
    (home / "secrets.toml").write_text(auth, encoding="utf-8")
    change_people(home / "people.yaml", lambda _: PEOPLE)
    yield from serve(home, "fengtu", program=(*APP, f"--secrets.files={home / 'secrets.toml'}"))


@pytest.fixture
def page(browser: Browser, base: str) -> Iterator[Page]:
    """A page without any cookie."""
    for visit in open_visit(browser, base, width=1280, height=800):
        yield visit.page


def opened(page: Page, base: str) -> Page:
    """The page of targets at rest."""
    page.goto(f"{base}/targets?plan=jining")
    page.locator(".st-key-person button").wait_for()
    page.locator(".st-key-installed-downloads").wait_for(state="attached")
    rest(page)
    return page


def to_provider(page: Page, base: str) -> Page:
    """On to the provider's form, by the keyboard."""
    opened(page, base).locator(".st-key-person button").press("Enter")
    page.locator(".st-key-by-login button").press("Enter")
    page.get_by_role("button", name="Authorize").wait_for()
    return page


def signed_in_as(page: Page, base: str, subject: str) -> None:
    """Come back from the provider as one of its users."""
    to_provider(page, base).get_by_role("button", name=subject, exact=True).click()
    page.wait_for_url(re.compile(re.escape(base)))
    opened(page, base)


def person(page: Page) -> str:
    """What the head says."""
    return page.locator(".st-key-person button").inner_text().strip()


def test_an_editor_signs_in_and_out(page: Page, base: str) -> None:
    expect(opened(page, base).locator(ENTRY)).to_have_count(0)
    assert "登录后才能录入" in page.locator(".st-key-installed").inner_text()
    signed_in_as(page, base, "1")
    assert person(page) == "Li Lei"
    expect(page.locator(ENTRY)).to_have_count(2)
    page.locator(".st-key-person button").press("Enter")
    page.locator(".st-key-sign-out button").press("Enter")
    page.wait_for_url(re.compile("end_session"))
    expect(opened(page, base).locator(ENTRY)).to_have_count(0)
    assert person(page) == "登录"


@pytest.mark.parametrize(("subject", "words"), [("2", "没有录入权限"), ("late", "超过 12 小时")])
def test_a_stranger_and_an_old_sign_in_may_not(
    page: Page, base: str, subject: str, words: str
) -> None:
    signed_in_as(page, base, subject)
    expect(page.locator(ENTRY)).to_have_count(0)
    assert words in page.locator(".st-key-installed").inner_text()
    assert person(page) != "登录"


@pytest.mark.parametrize("part", ["state", "nonce"])
def test_an_answer_to_another_question_is_refused(page: Page, base: str, part: str) -> None:
    to_provider(page, base)
    page.goto(re.sub(rf"([?&]{part}=)[^&]+", r"\1another", page.url))
    page.get_by_role("button", name="1", exact=True).click()
    page.wait_for_url(re.compile(re.escape(base)))
    assert person(opened(page, base)) == "登录"
    expect(page.locator(ENTRY)).to_have_count(0)


def tried(page: Page, passphrase: str) -> None:
    """Type the passphrase into the open dialog and send it."""
    page.locator("[role=dialog] input").first.fill("王敏")
    field = page.locator("[role=dialog] input[type=password]")
    field.fill(passphrase)
    field.press("Enter")


def test_wrong_passphrases_are_slowed_in_every_session(
    page: Page, base: str, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    notice = page.locator("[role=dialog] .fg-notice")
    opened(page, base).locator(".st-key-person button").press("Enter")
    tried(page, "wrong")
    expect(notice).to_contain_text("不对")
    rest(page)
    monkeypatch.setenv("FENGTU_HOME", str(home))
    engine = open_store().engine
    with engine.begin() as connection:
        (only,) = connection.execute(select(attempt)).mappings().all()
    assert (only["name"], only["was_right"]) == ("王敏", False)
    for _ in range(9):
        note_try(engine, name="王敏", address=only["address"], was_right=False)
    opened(page, base).locator(".st-key-person button").press("Enter")  # another session
    tried(page, PASSPHRASE)
    expect(notice).to_contain_text("秒后再试")
    with engine.begin() as connection:  # the hour passes
        connection.execute(delete(attempt))
    rest(page)
    tried(page, PASSPHRASE)
    page.locator("[role=dialog]").wait_for(state="detached")
    expect(page.locator(ENTRY)).to_have_count(2)
    assert person(page) == "王敏"
    opened(page, base)  # a reload is another session
    assert person(page) == "登录"
