"""Who may write: a person on the list who signed in; without a list, who sits at this machine.

The server's address alone proves nothing (a proxy on the same machine reaches it too), hence the
headers are read as well. Every write asks again right before it; a callback never writes.
"""

from __future__ import annotations

import ipaddress
import os
import re
from collections.abc import Iterable
from datetime import UTC, datetime

import streamlit as st

from registry.mode import mode
from terms.actor import NOBODY, Actor, Role, Way
from views import people, selection

LOGIN_VARIABLE = "FENGTU_LOGIN"
LOCAL_NAME = "本机"
_LOCAL_HOST = re.compile(r"(localhost|127\.0\.0\.1|\[::1\])(:[0-9]{1,5})?", re.IGNORECASE)
_LOCAL_ORIGIN = re.compile(rf"https?://{_LOCAL_HOST.pattern}", re.IGNORECASE)
_PASSED_ON = frozenset({"forwarded", "via", "x-real-ip"})
_COULD = "could-edit"  # in the last run of this session
_LOST = frozenset({"stale", "unlisted", "people"})

Headers = Iterable[tuple[str, str]]


def actor() -> Actor:
    """The person of this visitor at this moment, with the most recent proof; NOBODY for a viewer.

    Who sits at this machine is an editor and no admin: another account of the machine looks the
    same, and the command line, which asks the system who he is, does what an admin does.
    """
    if mode() == "public":
        return NOBODY
    proved = people.actors()
    if proved:
        return max(proved, key=lambda each: (not each.is_stale(), each.since))
    if not is_login_asked_for() and not _why_not_here():
        return Actor(LOCAL_NAME, Role.EDITOR, Way.LOOPBACK, datetime.now(UTC))
    return NOBODY


def may_edit() -> bool:
    """May this visitor write into the user's own files?"""
    return not refusal()


def refusal() -> str:
    """Why this visitor may not write: a key below `editing` in the catalogue; empty if he may."""
    if mode() == "public":  # which shows no record: nobody enters what he cannot see
        return "public"
    who = actor()
    if who.may(Role.EDITOR):
        return "stale" if who.is_stale() else ""
    if who is not NOBODY or people.stranger():
        return "unlisted"
    if people.is_faulty():
        return "people"
    if is_login_asked_for():
        return "login" if people.ways() else "no_way"
    return _why_not_here()


def just_closed() -> str:
    """Why who could write until now may no longer, once; empty after a sign-out of his own."""
    before, reason = selection.kept(_COULD), refusal()
    selection.keep(_COULD, not reason)
    return reason if before and reason in _LOST else ""


def is_login_asked_for() -> bool:
    """Must everybody sign in? Once a list or a login is set up, or FENGTU_LOGIN says so."""
    return bool(os.environ.get(LOGIN_VARIABLE, "").strip()) or people.is_asked_for()


def _why_not_here() -> str:
    headers = st.context.headers
    pairs = [(name, value) for name in headers for value in headers.get_all(name)]
    return why_refused(st.get_option("server.address"), pairs)


def why_refused(address: str | None, headers: Headers) -> str:
    """The reason against a visitor who has not signed in, the first that holds; empty if none."""
    pairs = [(name.strip().lower(), value.strip()) for name, value in headers]
    hosts = [value for name, value in pairs if name == "host"]
    origins = [value for name, value in pairs if name == "origin"]
    if not _is_loopback(address):
        return "address"
    if any(name in _PASSED_ON or name.startswith("x-forwarded") for name, _ in pairs):
        return "proxy"
    if len(hosts) != 1 or not _LOCAL_HOST.fullmatch(hosts[0]):
        return "host"
    if not all(_LOCAL_ORIGIN.fullmatch(origin) for origin in origins):
        return "host"
    return ""


def _is_loopback(address: str | None) -> bool:
    """Does the server listen on this machine alone? Without an address it listens on all."""
    if not address:
        return False
    try:
        return ipaddress.ip_address(address.strip("[]")).is_loopback
    except ValueError:
        return address.lower() == "localhost"
