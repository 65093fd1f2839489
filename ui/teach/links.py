"""A link for a class: the view that a teacher has prepared, without the parts that she wants out of sight."""

from __future__ import annotations

import streamlit as st

from ui.page import qr
from ui.page.frame import PAGES
from ui.page.notices import linkless
from ui.page.shared import address
from ui.selection.hideable import HIDEABLE
from ui.selection.records import OPENS
from ui.session.chosen import Chosen

OPENED = (*OPENS, "train")
SWITCHES = ("predict", "projector")  # fields of a view that are on or off


def show(chosen: Chosen) -> None:
    """Which page the link opens, what it hides, and the link, as text and as a QR code."""
    words, last = chosen.words, st.session_state.get("viewed")
    st.header(words("teach.links"))
    st.markdown(words("teach.links_says"))
    form, made = st.columns((3, 2), gap="large")
    with form:
        page = st.selectbox(
            words("teach.page"),
            OPENED,
            index=OPENED.index(last) if last in OPENED else 0,
            format_func=words.names("menu"),
            width=260,
        )
        hidden = st.pills(
            words("teach.hide"),
            tuple(HIDEABLE),
            selection_mode="multi",
            default=list(chosen.selection.display.hide),
            format_func=words.names("hide"),
            key="to_hide",
        )
        on = {name: int(st.toggle(words(f"teach.{name}"), key=f"with_{name}")) for name in SWITCHES}
        st.caption(words("teach.no_secret"))
    view = chosen.selection.but(hide=tuple(name for name in HIDEABLE if name in hidden), **on)
    link = address(view, PAGES[page])
    with made:
        st.code(link, language=None, wrap_lines=True)
        st.link_button(words("teach.try"), link)
        if lacks := linkless(chosen):
            st.caption(words(f"teach.{lacks}"))
        qr.show(link, words)
