"""The gate before Streamlit: how much, how often and how long a visitor may send.

Streamlit takes a file from every open session, also for a page without a field for files, and
holds it in memory. The gate counts what each session has sent, and refuses before a body is read.
It is plain ASGI and knows addresses, sizes and times only.
"""

from __future__ import annotations

import asyncio
import re
import time
from collections import deque
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass, field
from typing import Any

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

MB = 1024 * 1024
_UPLOAD = re.compile(r".*/_stcore/upload_file/(?P<session>[^/]+)/(?P<file>[^/]+)/?")
_MARGIN = MB  # the envelope of a multipart body


@dataclass(frozen=True)
class Limits:
    """What a visitor may send; files are those of a session that is still open."""

    file_mb: int = 50
    session_mb: int = 200
    session_files: int = 40
    total_mb: int = 1000
    uploads_per_minute: int = 60  # of one session
    uploads_at_once: int = 4
    upload_s: float = 120.0
    other_mb: int = 1  # the body of any other request


@dataclass
class _Sent:
    """What one session has sent: bytes by file, and when its last uploads began."""

    bytes_by_file: dict[str, int] = field(default_factory=dict)
    begun_s: deque[float] = field(default_factory=deque)

    @property
    def bytes(self) -> int:
        return sum(self.bytes_by_file.values())


class _RefusedError(Exception):
    """A request that goes too far, with the status and the sentence that say so."""

    def __init__(self, status: int, words: str) -> None:
        super().__init__(words)
        self.status = status


class Gate:
    """The app behind its limits; `is_open` tells whether a session still stands."""

    def __init__(
        self, app: App, *, limits: Limits | None = None, is_open: Callable[[str], bool]
    ) -> None:
        self.app = app
        self.limits = limits or Limits()
        self.is_open = is_open
        self._sent: dict[str, _Sent] = {}
        self._running = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or answer it with a sentence."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        answer = _Answer(send)
        found = _UPLOAD.fullmatch(scope["path"])
        try:
            if found and scope["method"] == "PUT":
                await self._upload(scope, receive, answer, **found.groupdict())
            else:
                limited = _limited(receive, self.limits.other_mb * MB)
                _refuse_length(scope, self.limits.other_mb * MB)
                await self.app(scope, limited, answer)
                if found and scope["method"] == "DELETE" and answer.is_good:
                    self._forget(**found.groupdict())
        except _RefusedError as refused:
            await answer.refuse(refused)

    async def _upload(
        self, scope: Scope, receive: Receive, answer: _Answer, *, session: str, file: str
    ) -> None:
        limits = self.limits
        declared = _refuse_length(scope, limits.file_mb * MB + _MARGIN)
        sent = self._admitted(session, file, declared)
        before, sent.bytes_by_file[file] = sent.bytes_by_file.get(file), declared
        counted = _Counted(receive, limits.file_mb * MB + _MARGIN)
        self._running += 1
        try:
            async with asyncio.timeout(limits.upload_s):
                await self.app(scope, counted, answer)
        except TimeoutError:
            raise _RefusedError(
                408,
                f"上传须在 {limits.upload_s:g} 秒内完成 · "
                f"an upload must end within {limits.upload_s:g} s",
            ) from None
        finally:
            self._running -= 1
            held = counted.bytes if answer.is_good else before
            if held is None:
                sent.bytes_by_file.pop(file, None)
            else:
                sent.bytes_by_file[file] = held

    def _admitted(self, session: str, file: str, declared: int) -> _Sent:
        """The account of a session that may send one more file; else raises with the limit."""
        limits, now = self.limits, time.monotonic()
        if not self.is_open(session):
            raise _RefusedError(
                400,
                "页面已关闭，请刷新后再传 · this page is no longer open: reload it and send again",
            )
        for each in [name for name in self._sent if not self.is_open(name)]:
            del self._sent[each]
        sent = self._sent.setdefault(session, _Sent())
        while sent.begun_s and now - sent.begun_s[0] > 60:
            sent.begun_s.popleft()
        others = {name: size for name, size in sent.bytes_by_file.items() if name != file}
        total = sum(each.bytes for each in self._sent.values()) - sent.bytes + sum(others.values())
        if len(sent.begun_s) >= limits.uploads_per_minute:
            raise _RefusedError(
                429,
                f"每分钟至多 {limits.uploads_per_minute} 个文件，请稍后再传 · "
                f"at most {limits.uploads_per_minute} files a minute: wait and send again",
            )
        if self._running >= limits.uploads_at_once:
            raise _RefusedError(
                429, "同时上传的文件太多，请稍后再传 · too many files at once: wait and send again"
            )
        if len(others) >= limits.session_files:
            raise _RefusedError(
                413,
                f"一个页面至多 {limits.session_files} 个文件，请刷新页面 · "
                f"at most {limits.session_files} files a page: reload it",
            )
        if sum(others.values()) + declared > limits.session_mb * MB:
            raise _RefusedError(
                413,
                f"一个页面至多 {limits.session_mb} MB，请刷新页面 · "
                f"at most {limits.session_mb} MB a page: reload it",
            )
        if total + declared > limits.total_mb * MB:
            raise _RefusedError(
                503,
                "服务器收的文件已满，请稍后再传 · "
                "the server holds as many files as it may: try later",
            )
        sent.begun_s.append(now)
        return sent

    def _forget(self, session: str, file: str) -> None:
        if session in self._sent:
            self._sent[session].bytes_by_file.pop(file, None)


class _Answer:
    """The way back to the visitor, and whether an answer has begun on it."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self.status = 0

    @property
    def is_good(self) -> bool:
        return 200 <= self.status < 300

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
        await self._send(message)

    async def refuse(self, refused: _RefusedError) -> None:
        """Answer with the reason and close the connection: the rest of the body is not read."""
        if self.status:
            return
        body = f"{refused}\n".encode()
        headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"connection", b"close")]
        await self({"type": "http.response.start", "status": refused.status, "headers": headers})
        await self({"type": "http.response.body", "body": body})


class _Counted:
    """The body of a request, counted; raises _RefusedError once it is longer than it may be."""

    def __init__(self, receive: Receive, most: int) -> None:
        self._receive = receive
        self._most = most
        self.bytes = 0

    async def __call__(self) -> Message:
        message = await self._receive()
        self.bytes += len(message.get("body", b""))
        if self.bytes > self._most:
            raise _RefusedError(413, f"至多 {self._most // MB} MB · at most {self._most // MB} MB")
        return message


def _limited(receive: Receive, most: int) -> Receive:
    return _Counted(receive, most)


def _refuse_length(scope: Scope, most: int) -> int:
    """The length that a request declares; raises _RefusedError where it is too long or none.

    A body that declares no length counts as the longest one.
    """
    lengths = [value for name, value in scope["headers"] if name == b"content-length"]
    if not lengths:
        return most
    if len(lengths) > 1 or not re.fullmatch(rb"[0-9]{1,15}", lengths[0]):
        raise _RefusedError(400, "请求没有写明长度 · the request states no length")
    if (declared := int(lengths[0])) > most:
        raise _RefusedError(413, f"至多 {most // MB} MB · at most {most // MB} MB")
    return declared
