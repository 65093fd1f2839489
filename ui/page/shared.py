"""The link of a view as others are given it: whole, with the server's address."""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePath

import streamlit as st

from ui.runs.link import shared_link
from ui.selection.records import Position, Selection
from ui.session import private
from ui.session.selection import PAGE


def resting(selection: Selection) -> Position:
    """Where the reader rests: the browser has told since the selection was made."""
    at, state = selection.at, st.session_state
    return replace(at, step=int(state.get("step", at.step)), unit=int(state.get("unit", at.unit)))


def address(selection: Selection, script: str) -> str:
    """The address of a selection on the page of a script, at the step where the reader rests."""
    at = resting(selection)
    here = selection.but(step=at.step, unit=at.unit)
    page = "" if script == "app.py" else PurePath(script).stem
    # Streamlit leaves the page's own name on: it is the name of its script, and that of our menu.
    start = (st.context.url or "").rstrip("/").removesuffix(f"/{st.session_state[PAGE]}")
    return f"{start}/{page}?{shared_link(here, private.present())}"
