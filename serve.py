"""峰图 Fengtu behind its gate: `streamlit run serve.py` limits what a visitor may send."""

from __future__ import annotations

import streamlit as st
from starlette.middleware import Middleware
from streamlit.runtime import get_instance

from views.gate import Gate


def _is_open(session: str) -> bool:
    return get_instance().is_active_session(session)


app = st.App("app.py", middleware=[Middleware(Gate, is_open=_is_open)])
