"""The QR code of a link on the page, or why there is none."""

from __future__ import annotations

from html import escape

import streamlit as st

from ui.text.codes import HOLDS, picture, reach
from ui.words import Words


def show(link: str, words: Words) -> None:
    """The code, or why there is none, and what those who scan it must know."""
    source = picture(link)
    if source is None:
        length = f"{len(link.encode()):,}"
        st.caption(words("qr.long", length=length, most=str(HOLDS)))
        return
    st.html(f'<img class="qr" alt="{words("qr.alt")}" src="{escape(source)}">')
    if whom := reach(link):
        st.caption(words(f"qr.reach.{whom}"))
