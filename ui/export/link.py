"""The link of the view on the screen: copied, scanned, framed on another page, or prepared for a class."""

from __future__ import annotations

from html import escape

import streamlit as st

from ui.export.groups import group
from ui.page import notices, qr
from ui.page.frame import PAGES
from ui.page.shared import address
from ui.session.chosen import Chosen
from ui.session.selection import PAGE
from ui.stepper.bundle import bundle

TITLE = 40  # letters of a text in a frame's title
HEIGHT = 820  # of a frame in which a view fits at 1,280
_copied = st.components.v2.component(
    "gates.link",
    js=bundle("hosts/streamlit_link.js"),
    isolate_styles=False,
)


def offer_link(chosen: Chosen) -> None:
    """Buttons that copy it, show its code and that of a frame, and the way to what a class needs."""
    words, lacks = chosen.words, notices.linkless(chosen)
    with group("take.link", words):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            says = {"link": "link", "copied": lacks or "copied", "link_field": "link_field"}
            data = {"words": {name: words(f"stepper.{key}") for name, key in says.items()}}
            _copied(data=data, key="take_link", width="content", height="content")
            code = st.toggle(words("take.qr"), key="take_qr")
            frame = st.toggle(words("take.embed"), key="take_embed")
            st.page_link("pages/teach.py", label=words("take.teach"))
        if lacks and (code or frame):
            st.caption(words(f"teach.{lacks}"))
        link = address(chosen.selection, PAGES[st.session_state[PAGE]])
        if code:
            qr.show(link, words)
        if frame:
            st.code(embedded(link, chosen), language="html", wrap_lines=True)
            st.caption(words("take.embed_says"))


def embedded(link: str, chosen: Chosen) -> str:
    """The code of a frame that shows the view of a link."""
    words, text = chosen.words, chosen.selection.text.text
    title = words(
        "take.embed_title",
        network=words.names("network")(chosen.choice.network),
        text=text if len(text) <= TITLE else f"{text[: TITLE - 1]}…",
    )
    attributes = {
        "src": f"{link}&embed=true",
        "title": title,
        "aria-description": words("take.embed_describes"),
        "width": "100%",
        "height": str(HEIGHT),
        "loading": "lazy",
        "allow": "clipboard-write; fullscreen",
        "style": "border: 0",
    }
    written = " ".join(f'{name}="{escape(value)}"' for name, value in attributes.items())
    return f"<iframe {written}></iframe>"
