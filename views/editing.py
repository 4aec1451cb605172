"""Who may write: until there is a login, only a person who sits at this machine.

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

LOGIN_VARIABLE = "FENGTU_LOGIN"
_LOCAL_HOST = re.compile(r"(localhost|127\.0\.0\.1|\[::1\])(:[0-9]{1,5})?", re.IGNORECASE)
_LOCAL_ORIGIN = re.compile(rf"https?://{_LOCAL_HOST.pattern}", re.IGNORECASE)
_PASSED_ON = frozenset({"forwarded", "via", "x-real-ip"})

Headers = Iterable[tuple[str, str]]


def may_edit() -> bool:
    """May this visitor write into the user's own files?"""
    return not refusal()


def refusal() -> str:
    """Why this visitor may not write: a key below `editing` in the catalogue; empty if he may."""
    if mode() == "public":  # which shows no record: nobody enters what he cannot see
        return "public"
    headers = st.context.headers
    pairs = [(name, value) for name in headers for value in headers.get_all(name)]
    address = st.get_option("server.address")
    return why_refused(address, pairs, login=os.environ.get(LOGIN_VARIABLE, ""))


def actor() -> Actor:
    """Who writes: the person at this machine, or nobody. Asked right before each write."""
    if refusal():
        return NOBODY
    return Actor("localhost", Role.EDITOR, Way.LOOPBACK, datetime.now(UTC))


def why_refused(address: str | None, headers: Headers, *, login: str) -> str:
    """The reason against editing, the first that holds; empty if there is none.

    `login` is FENGTU_LOGIN: anything but empty asks for a login, which nobody has yet.
    """
    pairs = [(name.strip().lower(), value.strip()) for name, value in headers]
    hosts = [value for name, value in pairs if name == "host"]
    origins = [value for name, value in pairs if name == "origin"]
    if login.strip():
        return "login"
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
