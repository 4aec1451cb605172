"""The gate: what it lets through, what it refuses, and that it refuses before it reads."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from views.gate import MB, Gate, Limits

SMALL = Limits(file_mb=2, session_mb=5, session_files=3, total_mb=8, uploads_per_minute=6)


class _Behind:
    """An app that reads the whole body and answers 204, or what it is told to."""

    def __init__(self, status: int = 204) -> None:
        self.status = status
        self.read = 0

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        more = True
        while more:
            message = await receive()
            self.read += len(message["body"])
            more = message["more_body"]
        await send({"type": "http.response.start", "status": self.status, "headers": []})
        await send({"type": "http.response.body", "body": b""})


def _ask(
    gate: Gate,
    path: str,
    *,
    method: str = "PUT",
    body: Sequence[bytes] = (b"",),
    declared: bytes | None = None,
) -> tuple[int, str]:
    """One request; its length is declared unless `declared` is empty."""
    length = str(sum(map(len, body))).encode() if declared is None else declared
    headers = [(b"content-length", length)] if length else []
    parts, answer = list(body), list[Any]()

    async def receive() -> Any:
        return {"type": "http.request", "body": parts.pop(0), "more_body": bool(parts)}

    async def send(message: Any) -> None:
        answer.append(message)

    scope = {"type": "http", "method": method, "path": path, "headers": headers}
    _run(gate(scope, receive, send))
    return answer[0]["status"], answer[1]["body"].decode()


def _run(coroutine: Any) -> Any:
    """In a thread: a browser test before this one may have left its own loop in the main one."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, coroutine).result()


def _gate(behind: Any, limits: Limits = SMALL, open_: Sequence[str] = ("s", "t")) -> Gate:
    return Gate(behind, limits=limits, is_open=lambda session: session in open_)


def _upload(session: str = "s", file: str = "f", base: str = "") -> str:
    return f"{base}/_stcore/upload_file/{session}/{file}"


@pytest.mark.parametrize("base", ["", "/fengtu", "/a/b"])
def test_a_file_passes_below_any_base_path(base: str) -> None:
    behind = _Behind()
    assert _ask(_gate(behind), _upload(base=base), body=[b"x" * 10]) == (204, "")
    assert behind.read == 10
    assert _ask(_gate(behind), _upload("other", base=base))[0] == 400


def test_a_body_too_long_is_refused_unread_and_a_lie_while_it_is_read() -> None:
    behind = _Behind()
    status, words = _ask(_gate(behind), _upload(), body=[b""], declared=b"%d" % (2**31))
    assert (status, words, behind.read) == (413, "至多 3 MB · at most 3 MB\n", 0)
    parts = [b"x" * MB] * 2000
    assert _ask(_gate(behind), _upload(), body=parts, declared=b"")[0] == 413
    assert behind.read <= 3 * MB
    assert _ask(_gate(behind), _upload(), declared=b"-1")[0] == 400


def test_a_session_and_all_of_them_have_their_fill() -> None:
    gate, two = _gate(_Behind()), [b"x" * MB] * 2
    assert [_ask(gate, _upload(file=each), body=two)[0] for each in "abc"] == [204, 204, 413]
    assert _ask(gate, _upload(file="a"), body=two)[0] == 204  # in place of the first
    assert [_ask(gate, _upload("t", each), body=two)[0] for each in "abc"] == [204, 204, 413]
    assert _ask(gate, _upload(file="a"), method="DELETE")[0] == 204
    assert _ask(gate, _upload(file="d"), body=two)[0] == 204


def test_the_whole_is_bounded_and_ended_sessions_leave_room() -> None:
    standing = {"a", "b", "c", "d", "e"}
    gate = Gate(_Behind(), limits=SMALL, is_open=lambda session: session in standing)
    two = [b"x" * MB] * 2
    found = [_ask(gate, _upload(each), body=two)[0] for each in "abcde"]
    assert found == [204, 204, 204, 204, 503]
    standing.remove("a")
    assert _ask(gate, _upload("e"), body=two)[0] == 204


def test_files_are_counted_by_number_and_by_minute() -> None:
    gate = _gate(_Behind())
    assert [_ask(gate, _upload(file=each))[0] for each in "abcd"] == [204, 204, 204, 413]
    assert [_ask(gate, _upload(file="a"))[0] for _ in range(4)] == [204, 204, 204, 429]


def test_what_the_app_refused_counts_nothing() -> None:
    gate, two = _gate(_Behind(400)), [b"x" * MB] * 2
    assert [_ask(gate, _upload(file=each), body=two)[0] for each in "abcde"] == [400] * 5


def test_a_slow_body_is_given_up() -> None:
    async def waits(scope: Any, receive: Any, send: Any) -> None:
        await asyncio.sleep(60)

    gate = _gate(waits, Limits(upload_s=0.05))
    status, words = _ask(gate, _upload())
    assert status == 408 and "0.05" in words


def test_only_so_many_at_once() -> None:
    async def both() -> list[int]:
        free, statuses = asyncio.Event(), list[int]()

        async def waits(scope: Any, receive: Any, send: Any) -> None:
            await free.wait()
            await send({"type": "http.response.start", "status": 204, "headers": []})

        async def send(message: Any) -> None:
            statuses.extend([message["status"]] if "status" in message else [])

        async def receive() -> Any:
            return {"type": "http.request", "body": b"", "more_body": False}

        gate = _gate(waits, Limits(uploads_at_once=1))
        head = {"type": "http", "method": "PUT", "headers": [(b"content-length", b"0")]}
        first = asyncio.create_task(gate({**head, "path": _upload(file="a")}, receive, send))
        await asyncio.sleep(0)
        await gate({**head, "path": _upload(file="b")}, receive, send)
        free.set()
        await first
        return statuses

    assert _run(both()) == [429, 204]


def test_other_requests_have_small_bodies_and_sockets_pass() -> None:
    behind = _Behind(200)
    gate = _gate(behind)
    assert _ask(gate, "/", method="GET") == (200, "")
    assert _ask(gate, "/auth/login", method="POST", body=[b"x" * MB] * 2)[0] == 413
    assert _ask(gate, "/x", method="POST", body=[b"x" * MB] * 9, declared=b"")[0] == 413
    assert behind.read <= MB
    passed = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        passed.append((scope["type"], receive, send))

    async def nothing(*_: Any) -> None: ...

    _run(_gate(app)({"type": "websocket"}, nothing, nothing))  # type: ignore[arg-type]
    assert passed == [("websocket", nothing, nothing)]
