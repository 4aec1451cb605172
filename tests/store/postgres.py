"""A private PostgreSQL with PostGIS in a temporary folder; never the system's own."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

_FOLDERS = ("/usr/lib/postgresql", "/usr/pgsql", "/opt/homebrew/opt", "/usr/local/opt")
_QUICK = "-c fsync=off -c full_page_writes=off -c shared_buffers=32MB -c max_connections=60"
_USERS = ("postgres", "nobody")  # the server refuses to run as root


def find_programs() -> Path | None:
    """The folder of initdb and pg_ctl, the newest version first; None if there is none."""
    on_path = shutil.which("initdb")
    if on_path:
        return Path(on_path).resolve().parent
    found = [
        each.parent
        for folder in map(Path, _FOLDERS)
        if folder.is_dir()
        for each in folder.glob("*/bin/initdb")
    ]
    return max(found, key=lambda each: (len(str(each)), str(each)), default=None)


class Server:
    """A server that listens on a socket in its own folder alone."""

    def __init__(self, programs: Path, *, durable: bool = False) -> None:
        self._programs = programs
        self._user = _other_user()
        self.folder = Path(tempfile.mkdtemp(prefix="fengtu-pg-"))  # short: a socket lies in it
        if self._user:
            shutil.chown(self.folder, self._user)
        data = self.folder / "data"
        self._do(
            "initdb", "-D", str(data), "-U", "fengtu", "-A", "trust", "-E", "UTF8", "--no-sync"
        )
        options = f"-k {self.folder} -c listen_addresses='' -c timezone=Asia/Shanghai"
        options += "" if durable else f" {_QUICK}"
        self._options = options
        self.resume()
        self._made = 0

    def new_database(self) -> str:
        """The address of an empty database, made from a template that has PostGIS."""
        self._made += 1
        name = f"fengtu{self._made}"
        if self._made == 1:
            self._sql("postgres", "CREATE DATABASE mould")
            self._sql("mould", "CREATE EXTENSION postgis")
        self._sql("postgres", f"CREATE DATABASE {name} TEMPLATE mould STRATEGY file_copy")
        return f"postgresql://fengtu@/{name}?host={self.folder}"

    def bare_database(self) -> str:
        """The address of an empty database without PostGIS, whose owner may not add it."""
        self._sql("postgres", "CREATE ROLE plain LOGIN")
        self._sql("postgres", "CREATE DATABASE bare OWNER plain")
        return f"postgresql://plain@/bare?host={self.folder}"

    def drop(self, url: str) -> None:
        """Remove a database, whoever is still connected."""
        name = url.split("/")[-2 if url.endswith("/") else 3].split("?")[0]
        self._sql("postgres", f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def halt(self) -> None:
        """Stop at once, as a machine does that loses its power."""
        self._do("pg_ctl", "-D", str(self.folder / "data"), "-m", "immediate", "stop")

    def resume(self) -> None:
        """Start, with all that was there."""
        data, log = str(self.folder / "data"), str(self.folder / "log")
        self._do("pg_ctl", "-D", data, "-l", log, "-w", "-o", self._options, "start")

    def stop(self) -> None:
        """Stop at once and remove the folder."""
        self.halt()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _sql(self, database: str, statement: str) -> None:
        self._do("psql", "-h", str(self.folder), "-U", "fengtu", "-qc", statement, database)

    def _do(self, program: str, *args: str) -> None:
        words = [str(self._programs / program), *args]
        if self._user:
            words = ["runuser", "-u", self._user, "--", *words]
        done = subprocess.run(
            words,
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE if program != "pg_ctl" else subprocess.DEVNULL,
            stderr=subprocess.STDOUT,
            env={**os.environ, "LC_ALL": "C"},
            check=False,
        )
        if done.returncode:
            said = (done.stdout or b"").decode("utf-8", "replace")
            raise RuntimeError(f"{program} failed ({done.returncode}): {said}")


def why_not() -> str:
    """Why no server can be started here; empty if one can."""
    if os.name == "nt":
        return "no private PostgreSQL on Windows"
    if find_programs() is None:
        return "no PostgreSQL found (Debian: apt-get install postgresql postgis)"
    if os.geteuid() == 0 and (_other_user() is None or not shutil.which("runuser")):
        return "PostgreSQL does not run as root, and there is no other user to run it as"
    programs = find_programs()
    assert programs is not None
    share = programs.parents[2] / "share" / "postgresql" / programs.parent.name / "extension"
    if str(programs).startswith("/usr/lib/postgresql") and not _has_postgis(programs):
        return f"no PostGIS beside {programs} ({share}; Debian: apt-get install postgis)"
    return ""


def _has_postgis(programs: Path) -> bool:
    share = Path("/usr/share/postgresql") / programs.parent.name / "extension"
    return (share / "postgis.control").is_file()


def _other_user() -> str | None:
    """Whom to run the server as where we are root."""
    if os.name == "nt" or os.geteuid() != 0:
        return None
    import pwd

    known = {each.pw_name for each in pwd.getpwall()}
    return next((user for user in _USERS if user in known), None)
