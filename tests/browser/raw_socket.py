"""A client that speaks the app's socket without a browser and sends what it likes."""

from __future__ import annotations

import json
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import websocket
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.web.server.starlette.starlette_app_utils import (
    create_signed_value,
    generate_xsrf_token_string,
)

# Element of the page → field of its state. What is pressed is told once, what is typed stays.
FIELDS = {"text_input": "string_value", "text_area": "string_value", "selectbox": "string_value"}
FIELDS |= {"number_input": "double_value", "button": "trigger_value", "checkbox": "bool_value"}
FIELDS |= {"expander": "bool_value"}
_WAIT_S = 30.0


@dataclass(frozen=True)
class Widget:
    """A control of the page: what it is, its id, and its key within the id."""

    kind: str
    id: str
    label: str


@dataclass
class Client:
    """One session; `widgets` are all that the page has shown so far."""

    socket: websocket.WebSocket
    page: str
    query: str
    base: str = ""
    token: str = ""
    session: str = ""
    widgets: dict[str, Widget] = field(default_factory=dict)
    options: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def run(self, values: Mapping[str, Any] | None = None, **state: str) -> str:
        """Ask for a run with these widget values (by id); gives back all HTML that came."""
        message = BackMsg()
        asked = message.rerun_script
        asked.query_string, asked.page_name = self.query, self.page
        for name, value in state.items():
            setattr(asked, name, value)
        for identity, value in (values or {}).items():
            one = asked.widget_states.widgets.add(id=identity)
            if isinstance(value, tuple):  # (name, file id) of a file
                info = one.file_uploader_state_value.uploaded_file_info.add()
                info.name, info.file_id, info.size = value[0], value[1], 1
            else:
                kind = self.widgets[identity].kind if identity in self.widgets else "button"
                setattr(one, FIELDS[kind], value)
        self.send(message)
        return self._until_finished()

    def send(self, message: BackMsg) -> None:
        """Send any message."""
        self.socket.send_binary(message.SerializeToString())

    def put(self, identity: str, data: bytes, *, name: str = "up.csv") -> int:
        """Send a file as the page's uploader would; the status of the answer."""
        head = f'--b\r\nContent-Disposition: form-data; name="f"; filename="{name}"\r\n\r\n'
        asked = urllib.request.Request(
            f"{self.base}/_stcore/upload_file/{self.session}/{identity}",
            data=head.encode() + data + b"\r\n--b--",
            method="PUT",
        )
        asked.add_header("Content-Type", "multipart/form-data; boundary=b")
        asked.add_header("Cookie", f"_streamlit_xsrf={self.token}")
        asked.add_header("X-Xsrftoken", self.token)
        try:
            with urllib.request.urlopen(asked, timeout=_WAIT_S) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as error:
            return error.code

    def of(self, kind: str, part: str) -> Widget:
        """The one control of a kind whose id holds this part."""
        (found,) = [each for each in self.widgets.values() if each.kind == kind and part in each.id]
        return found

    def _until_finished(self) -> str:
        shown: list[str] = []
        end = time.monotonic() + _WAIT_S
        while time.monotonic() < end:
            message = ForwardMsg()
            received = self.socket.recv()
            if not isinstance(received, bytes):  # what is left of a socket that the server closed
                raise ConnectionError("the server closed the socket")
            message.ParseFromString(received)
            if message.WhichOneof("type") == "new_session":
                self.session = message.new_session.initialize.session_id
            if message.WhichOneof("type") == "script_finished":
                if message.script_finished in (
                    ForwardMsg.FINISHED_SUCCESSFULLY,
                    ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY,
                ):
                    return "\n".join(shown)
                continue
            if message.WhichOneof("type") == "delta":
                self._take(message.delta, shown)
        raise TimeoutError("the run did not end")

    def _take(self, delta: Any, shown: list[str]) -> None:
        if delta.WhichOneof("type") != "new_element":
            fold = delta.add_block.expandable
            if fold.id:
                self.widgets[fold.id] = Widget("expander", fold.id, fold.label)
            return
        kind = delta.new_element.WhichOneof("type")
        element = getattr(delta.new_element, kind)
        if kind == "html":
            shown.append(element.body)
        elif getattr(element, "id", ""):
            self.options[element.id] = tuple(getattr(element, "options", ()))
            self.widgets[element.id] = Widget(kind, element.id, getattr(element, "label", ""))


@contextmanager
def connected(
    base: str, page: str, query: str, *, claims: Mapping[str, object] | None, secret: str
) -> Iterator[Client]:
    """A session as a signed-in person (with a cookie that the server signed) or as nobody."""
    address = base.replace("http://", "ws://") + "/_stcore/stream"
    token = generate_xsrf_token_string()
    headers = []
    if claims is not None:
        cookie = json.dumps({**claims, "origin": base, "is_logged_in": True, "provider": "default"})
        signed = create_signed_value(secret, "_streamlit_user", cookie).decode()
        headers = [f"Cookie: _streamlit_xsrf={token}; _streamlit_user={signed}"]
    socket = websocket.create_connection(
        address, subprotocols=["streamlit", token], origin=base, header=headers, timeout=_WAIT_S
    )
    try:
        yield Client(socket, page, query, base, token)
    finally:
        socket.close()
