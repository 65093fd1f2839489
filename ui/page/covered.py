"""Views of the whole text while a reader predicts its steps one by one: they wait until she asks for them."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from ui.session.chosen import Chosen

OPENED = "opened_whole"  # the session's key of the one that was asked for last


def draw(chosen: Chosen, view: str, draw: Callable[[], None]) -> None:
    """Draw a view that tells of all steps: at once, or while some are covered when it is asked for."""
    words, this = chosen.words, (view, chosen.pass_over)
    if not chosen.selection.display.predict:
        draw()
    elif st.session_state.get(OPENED) == this:
        with st.container(key="opened"):  # nothing is covered in it
            draw()
    else:
        st.caption(words("predict.whole"))
        st.button(words("predict.show"), on_click=lambda: st.session_state.update({OPENED: this}))
