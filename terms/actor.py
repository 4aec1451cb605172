"""Who acts: a person as a way of signing in proved him, with what he may do and since when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

# A browser keeps a sign-in for weeks; we ask again after a working day, at each write.
MAX_AGE = timedelta(hours=12)


class Role(StrEnum):
    """What a person may do, from least to most; each may do what the one before may."""

    VIEWER = "viewer"
    EDITOR = "editor"
    ADMIN = "admin"


class Way(StrEnum):
    """How a person proved who he is."""

    NONE = "none"
    LOOPBACK = "loopback"  # he sits at this machine
    CONSOLE = "console"  # he may run the command line here
    PASSPHRASE = "passphrase"
    OIDC = "oidc"


_RANK = {role: rank for rank, role in enumerate(Role)}


@dataclass(frozen=True)
class Actor:
    """A person at one moment; `since` is when he proved who he is (UTC)."""

    name: str
    role: Role
    way: Way
    since: datetime

    def may(self, role: Role) -> bool:
        """Does his role include this one?"""
        return _RANK[self.role] >= _RANK[role]

    def is_stale(self, now: datetime | None = None) -> bool:
        """Was it too long ago, or is it yet to come, that he proved who he is?"""
        age = (now or datetime.now(UTC)) - self.since
        return age > MAX_AGE or age < -timedelta(minutes=5)


NOBODY = Actor("", Role.VIEWER, Way.NONE, datetime.min.replace(tzinfo=UTC))
