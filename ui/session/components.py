"""What the page's components tell the session."""

from __future__ import annotations

from typing import Any

import streamlit as st


def told(key: str, event: str) -> Any:
    """What a component tells by one of its events; None where it tells nothing by that.

    Streamlit also calls back for what a page told while another was on its way: by then it knows the
    component no more.
    """
    state: Any = st.session_state.get(key)
    return None if state is None else state.get(event)
