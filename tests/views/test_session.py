"""A message that overtakes a run ends it at any look into the session: never in a callback."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from streamlit.runtime.scriptrunner import StopException
from streamlit.runtime.state import SessionState, session_state_proxy
from streamlit.runtime.state.safe_session_state import SafeSessionState

from terms.kinds import Layer
from terms.selection import Selection
from views import actions, selection
from views.session import Session

ACTS = [{"n": 10, "what": "pv"}, {"n": 12, "what": "wind"}, {"n": 12.5, "what": "grid"}]


def overtaken() -> None:
    """What the library does at each look into its session once another message has come."""
    raise StopException


@pytest.fixture
def session(monkeypatch: pytest.MonkeyPatch) -> Session:
    """A session in which every such look would end the callback."""
    held = Session(selection=Selection())
    state = SessionState()
    state[selection.SESSION_KEY] = held
    state["legend"] = SimpleNamespace(act=ACTS)
    state["county"] = "370983"
    safe = SafeSessionState(state, overtaken)
    monkeypatch.setattr(session_state_proxy, "get_session_state", lambda: safe)
    with pytest.raises(StopException):
        safe["legend"]
    return held


def switch_off(act: Any) -> None:
    actions.switch_layer(act["what"], on=False)


def test_a_callback_is_not_ended_half_way(session: Session) -> None:
    selection.take_acts("legend", switch_off)
    assert set(Layer) - set(selection.current().layers) == {"pv", "wind", "grid"}
    assert selection.kept("done-legend") == 12.5
    selection.take_county("county")
    assert selection.current().focus == "370983" and session.has_acted
    actions.clear_filters()
    selection.take_widgets()
    assert selection.current().layers == () and session.seeds["lang"] == "zh"


def test_an_act_is_done_once_and_marked_when_it_is_done(session: Session) -> None:
    done: list[Any] = []

    def do(act: Any) -> None:
        if act["n"] == 12 and len(done) == 1:
            done.append("fails")
            raise StopException
        done.append(act["n"])

    with pytest.raises(StopException):
        selection.take_acts("legend", do)
    selection.take_acts("legend", do)
    selection.take_acts("legend", do)
    assert done == [10, "fails", 12, 12.5]
