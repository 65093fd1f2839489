"""Parts of the page that a link hides, and the way back to all of them."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from ui.selection.hideable import HIDEABLE
from ui.words import Words


def hide(names: Sequence[str], words: Words) -> None:
    """Leave these parts out of sight, and offer to show everything; nothing is withheld from the browser."""
    if not names:
        return
    hidden = ", ".join(HIDEABLE[name] for name in names)
    st.html(f"<style>{hidden} {{display: none !important}}</style>")
    st.button(words("hide.show_all"), key="show_all", type="tertiary", on_click=_show_all)


def _show_all() -> None:
    st.session_state["hide"] = []
