"""Signing in by a passphrase: looked at one at a time, noted, and slowed by name and address."""

from __future__ import annotations

import hashlib
import threading
from math import ceil

from sqlalchemy import Engine

from store.passphrase import USUAL, cost_of, is_right, nobodys_hash
from store.people import People, Person, find
from store.tries import note_try, wait_s
from terms.errors import AccessError

_TURN = threading.Lock()  # a hundred tries at once are a hundred tries one after the other


def sign_in(engine: Engine, people: People, *, name: str, passphrase: str, address: str) -> Person:
    """The person whose passphrase it is; raises AccessError, and StoreError if it cannot be noted.

    No hash is worked out while the wait lasts. An unknown name takes as long as a known one.
    """
    with _TURN:
        left_s = wait_s(engine, name=name, address=address)
        if left_s > 0:
            seconds = ceil(left_s)
            raise AccessError(
                f"试得太多，请 {seconds} 秒后再试 · too many wrong tries; try again in {seconds} s"
            )
        person = find(people, name)
        kept = person.passphrase if person else ""
        was_right = is_right(passphrase, kept or _stand_in(people)) and bool(kept)
        note_try(engine, name=name, address=address, was_right=was_right)
    if person is None or not was_right:
        raise AccessError("姓名或口令不对 · the name or the passphrase is wrong")
    return person


def proof_of(person: Person) -> str:
    """What a session remembers of a passphrase: it changes with it, and tells nothing of it."""
    return hashlib.sha256(person.passphrase.encode()).hexdigest()


def _stand_in(people: People) -> str:
    """A hash that nobody's passphrase has and that costs what the others cost."""
    costs = [cost_of(each.passphrase) for each in people if each.passphrase]
    return nobodys_hash(costs[0] if costs else USUAL)
