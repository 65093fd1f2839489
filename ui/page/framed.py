"""What is said beside a place for files in a frame of another site, where none can be taken."""

from __future__ import annotations

import streamlit as st

from ui.stepper.bundle import bundle
from ui.words import Words

_component = st.components.v2.component(
    "gates.framed",
    js=bundle("hosts/streamlit_framed.js"),
    isolate_styles=False,
)


def uploads(words: Words) -> None:
    """A sentence and a way out, seen in such a frame alone."""
    _component(data={"words": words.under("framed")}, key="framed")
