"""Who this visitor is: by the bureau's own login or by a passphrase, looked up anew at each call.

A session remembers what was proved and when; what a person may do is read from people.yaml alone,
so that a changed role holds from the next click on.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import streamlit as st

from store.people import People, email_key, find, is_there, people_now, people_path
from store.sign_in import proof_of, sign_in
from store.store import open_store
from terms.actor import Actor, Way
from terms.errors import PeopleError
from views import selection

PROXY_VARIABLE = "FENGTU_TRUSTED_PROXY"
_KEPT = "signed-in"
_NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True)
class SignedIn:
    """A passphrase that was right: whose, which one, when. The server alone holds it."""

    name: str
    proof: str
    since: datetime


def listed() -> People:
    """The people in force; nobody where the list has a fault."""
    try:
        return people_now(people_path())
    except PeopleError:
        return ()


def is_faulty() -> bool:
    """Has the list a fault, so that nobody has a right?"""
    try:
        people_now(people_path())
    except PeopleError:
        return True
    return False


def ways() -> tuple[Way, ...]:
    """The ways in which somebody can sign in here."""
    has_passphrase = any(each.passphrase for each in listed())
    found = {Way.OIDC: _claims() is not None, Way.PASSPHRASE: has_passphrase}
    return tuple(way for way, is_open in found.items() if is_open)


def is_asked_for() -> bool:
    """Must everybody sign in, since somebody set up who may?"""
    return is_there(people_path()) or _claims() is not None


def actors() -> tuple[Actor, ...]:
    """The persons on the list that this visitor proved to be: none, one, or one by each way."""
    people = listed()
    return tuple(each for each in (_by_login(people), _by_passphrase(people)) if each)


def stranger() -> str:
    """How the bureau's login calls a visitor who signed in there; empty for none."""
    claims = _claims() or {}
    if claims.get("is_logged_in") is not True:
        return ""
    return str(claims.get("name") or claims.get("email") or claims.get("sub") or "?")[:60]


def enter(name: str, passphrase: str) -> None:
    """Sign this session in; raises AccessError if the passphrase is wrong or came too soon."""
    engine = open_store().engine
    person = sign_in(engine, listed(), name=name, passphrase=passphrase, address=address())
    selection.keep(_KEPT, SignedIn(person.name, proof_of(person), datetime.now(UTC)))


def leave() -> None:
    """Sign this session out of every way, and draw the page anew."""
    selection.keep(_KEPT, None)
    if stranger():
        st.logout()  # the browser goes on to the provider: a rerun would drop that message
    else:
        st.rerun()


def address() -> str:
    """Where this visitor comes from, for slowing wrong tries; never for a right."""
    values = st.context.headers.get_all("X-Forwarded-For")
    trusted = os.environ.get(PROXY_VARIABLE, "").replace(",", " ").split()
    return address_of(st.context.ip_address or "127.0.0.1", values, trusted=trusted)


def address_of(peer: str, forwarded: list[str], *, trusted: list[str]) -> str:
    """The peer; behind a proxy that is trusted, whom that proxy names last.

    The server itself takes over what a proxy on its own machine names. Unless that proxy is
    trusted, all who come so share one address, for anybody could have written it.
    """
    named = [part.strip() for value in forwarded for part in value.split(",") if part.strip()]
    others = [each for each in named if each not in trusted]
    if peer in trusted:
        return others[-1] if others else peer
    if not trusted and peer in named:
        return "proxy"
    return peer


def _by_login(people: People) -> Actor | None:
    """The person of a verified e-mail or of a subject, since the provider saw him."""
    claims = _claims() or {}
    if claims.get("is_logged_in") is not True or claims.get("provider") != "default":
        return None
    subject, email = claims.get("sub"), claims.get("email")
    is_verified = claims.get("email_verified") is True and isinstance(email, str) and bool(email)
    address = email_key(str(email)) if is_verified else ""
    for each in people:
        by_subject = bool(each.subject) and each.subject == subject
        by_email = bool(each.email) and email_key(each.email) == address
        if by_subject or by_email:
            return Actor(each.name, each.role, Way.OIDC, since_of(claims))
    return None


def since_of(claims: Mapping[str, Any]) -> datetime:
    """When the provider saw the person, else when it wrote the token; never, if it does not say."""
    at = claims.get("auth_time", claims.get("iat"))
    if isinstance(at, bool) or not isinstance(at, int | float):
        return _NEVER
    try:
        return datetime.fromtimestamp(at, UTC)
    except (OverflowError, OSError, ValueError):
        return _NEVER


def _by_passphrase(people: People) -> Actor | None:
    """The person who signed in here, while his passphrase is still the same."""
    kept: SignedIn | None = selection.kept(_KEPT)
    person = find(people, kept.name) if kept else None
    if kept is None or person is None or proof_of(person) != kept.proof:
        return None
    return Actor(person.name, person.role, Way.PASSPHRASE, kept.since)


def _claims() -> Mapping[str, Any] | None:
    """What the bureau's login says of this visitor; None where there is none to be trusted.

    Headers may not stand in for it: whoever reaches the server could write them.
    """
    if st.get_option("server.trustedUserHeaders"):
        return None
    claims = st.user.to_dict()
    return claims if "is_logged_in" in claims else None
