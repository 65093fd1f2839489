"""What the browser does around every page: its language, its menu, and whether it is light or dark."""

from __future__ import annotations

import streamlit as st

from ui.session.chosen import Chosen
from ui.session.components import told
from ui.stepper.bundle import bundle

KEY = "around"
_component = st.components.v2.component(
    "gates.page",
    js=bundle("hosts/streamlit_page.js"),
    isolate_styles=False,
)


def around(present: Chosen, path: str) -> None:
    """The component that does it, and its button that goes through the colours; `path` is of the page."""
    display = present.selection.display
    _component(
        data={
            "lang": display.lang,
            "theme": display.theme,
            "path": path,
            "words": present.words.under("around"),
        },
        key=KEY,
        on_theme_change=_turn,
        width="content",
    )


def _turn() -> None:
    theme = told(KEY, "theme")
    if theme is not None:
        st.session_state["theme"] = theme
