"""The link of the view on the screen: copied, scanned, or prepared for a class."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from ui.export.buttons import buttons
from ui.export.groups import group
from ui.page import notices, qr
from ui.page.frame import PAGES
from ui.page.shared import address
from ui.session.chosen import Chosen
from ui.session.selection import PAGE


def offer_link(chosen: Chosen, spoken: Mapping[str, str]) -> None:
    """Buttons that copy it and show its code, and the way to what a class needs; `spoken` is on the first."""
    words, lacks = chosen.words, notices.linkless(chosen)
    with group("take.link", words):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            copied = {"copied": words(f"stepper.{lacks or 'copied'}")}
            buttons({"take": "link", "words": {**spoken, **copied}}, key="take_link")
            code = st.toggle(words("take.qr"), key="take_qr")
            st.page_link("pages/teach.py", label=words("take.teach"))
        if code:
            if lacks:
                st.caption(words(f"teach.{lacks}"))
            qr.show(address(chosen.selection, PAGES[st.session_state[PAGE]]), words)
