"""A view for a projector: large type, and one heatmap at a time."""

from __future__ import annotations

import streamlit as st

from cells import CELLS
from ui.session.chosen import Chosen
from ui.stepper.network_message import label
from ui.words import Words


def project(on: bool) -> None:
    """Begin it or end it: with its end all heatmaps are shown again."""
    st.session_state.update(projector=int(on), large="")


def switch(words: Words) -> None:
    """The switch among the options; the key P does the same."""
    state = st.session_state
    state["projecting"] = bool(state["projector"])
    st.toggle(
        words("pick.projector"),
        key="projecting",
        help=words("pick.projector_help"),
        on_change=lambda: project(state["projecting"]),
    )


def one_of(chosen: Chosen, symbol: str) -> None:
    """Which heatmap is shown, and a way to all others."""
    st.session_state["large"] = symbol
    st.segmented_control(
        chosen.words("pick.symbols"),
        ("x", *CELLS[chosen.choice.cell].symbols),
        format_func=lambda one: "".join(label(one)[0]),
        key="large",
        required=True,
        label_visibility="collapsed",
    )
