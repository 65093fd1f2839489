"""The box of the text that is stepped through."""

from __future__ import annotations

import streamlit as st

from cells.loading.errors import shown
from ui.page.notices import NUMERIC
from ui.selection.records import MOST
from ui.session import private
from ui.session.chosen import Chosen
from ui.words import Words

BESIDE = "beside"  # the session's key of whether its page asks for the numbers of each text by itself
UNANSWERED = "unanswered"  # the session's key of whether nobody answered that, as where app.py runs alone


def text_box(chosen: Chosen, beside: bool = False) -> None:
    """Draw it, or say which rows are read where none are typed.

    The script does not run for each text where they are answered `beside` it.
    """
    st.session_state[BESIDE] = beside
    words, mode = chosen.words, chosen.choice.mode
    if mode == "kept":
        _kept(words)
        return
    st.text_input(
        words("pick.text_numbers" if mode in NUMERIC else "pick.text"),
        key="text",
        live="300ms",
        on_change="ignore" if beside else "rerun",
        max_chars=MOST,
        placeholder=words("pick.placeholder"),
        persist_state="session",
        autocomplete="off",
    )


def _kept(words: Words) -> None:
    """Which rows are read where they are not typed."""
    if own := private.uploaded():
        steps = f"{len(own.rows.values):,}"
        of_file = words("yours.rows_of", steps=steps, name=shown(own.rows.name))
        st.caption(of_file if own.rows.name else words("yours.rows_drawn", steps=steps))
