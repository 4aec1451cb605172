"""Kill the server amid an import through its page: `python -m tests.browser.kill_page 10`.

The press of the button is the last that the session sends. After each kill all rows of the file
are there or none, and the server starts again and shows them.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from streamlit.proto.BackMsg_pb2 import BackMsg

from store.engine import database_url
from store.people import change_people
from store.store import Store
from tests.browser import raw_socket
from tests.browser.raw_socket import Client, connected
from tests.browser.test_raw_socket import AUTH, EDITOR, SECRET
from tests.browser.visit import APP, serve
from tests.store.kill_import import in_part, rows_file

_DATA = "data"


def press(client: Client, file: bytes) -> None:
    """Bring the file in up to its button, and press that without waiting for an answer."""
    client.run()
    chosen = client.of("file_uploader", "intake-file").id
    assert client.put("file-1", file) == 204
    client.run({chosen: ("a.csv", "file-1")})
    source = [
        each for each in client.widgets.values() if "source" in each.id and "intake" in each.id
    ]
    (field,) = [each.id for each in source if each.kind == "text_input"]
    client.run({chosen: ("a.csv", "file-1"), field: "台账"})
    (button,) = [each for each in client.widgets if "FormSubmitter:intake-form" in each]
    message = BackMsg()
    asked = message.rerun_script
    asked.query_string, asked.page_name = "", _DATA
    info = asked.widget_states.widgets.add(id=chosen).file_uploader_state_value
    one = info.uploaded_file_info.add()
    one.name, one.file_id, one.size = "a.csv", "file-1", 1
    asked.widget_states.widgets.add(id=field).string_value = "台账"
    asked.widget_states.widgets.add(id=button).trigger_value = True
    client.send(message)


def children(marker: str) -> list[int]:
    """The servers that were started for this home, by their arguments."""
    done = subprocess.run(["pgrep", "-f", marker], capture_output=True, check=False, text=True)
    return [int(each) for each in done.stdout.split() if int(each) != os.getpid()]


def kill_once(home: Path, chance: random.Random) -> None:
    """One server, one import, one kill at some moment soon after the press."""
    secrets = home / "secrets.toml"
    servers = serve(home, "", program=(*APP, f"--secrets.files={secrets}"))
    base = next(servers)
    claims = {"sub": "li", "iat": time.time() - 60}
    with connected(base, _DATA, "", claims=claims, secret=SECRET) as client:
        press(client, rows_file(f"{chance.getrandbits(40):x}x").encode())
        time.sleep(chance.uniform(0, 0.6))
        for each in children(str(secrets)):
            os.kill(each, signal.SIGKILL)
    for _ in servers:
        raise AssertionError("one server only")


def main() -> int:
    """Say how many files came whole, and what was found in part; 1 if anything was."""
    times, chance = int(sys.argv[1]), random.Random(1)
    raw_socket._WAIT_S = 120.0  # beside whatever else runs
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        (home / "secrets.toml").write_text(AUTH, encoding="utf-8")
        change_people(home / "people.yaml", lambda _: (EDITOR,))
        for _ in range(times):
            kill_once(home, chance)
        store = Store(database_url("", home))
        whole, found = in_part(store)
        store.close()
    print(f"{times} servers killed, {whole} files whole, {len(found)} in part")
    for each in found:
        print(f"  {each}")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
