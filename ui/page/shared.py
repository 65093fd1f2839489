"""The link of a view as others are given it: whole, with the server's address."""

from __future__ import annotations

from pathlib import PurePath

import streamlit as st

from ui.runs.link import shared_link
from ui.selection.records import Selection
from ui.session import private
from ui.session.selection import PAGE


def address(selection: Selection, script: str) -> str:
    """The address of a selection on the page of a script, at the step where the reader rests."""
    state, at = st.session_state, selection.at
    here = selection.but(step=int(state.get("step", at.step)), unit=int(state.get("unit", at.unit)))
    page = "" if script == "app.py" else PurePath(script).stem
    # Streamlit leaves the page's own name on: it is the name of its script, and that of our menu.
    start = (st.context.url or "").rstrip("/").removesuffix(f"/{state[PAGE]}")
    return f"{start}/{page}?{shared_link(here, private.uploaded())}"
