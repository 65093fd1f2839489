"""What every page begins with: its configuration, the selection, the menu and the language."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from ui import cached, choose
from ui.networks import CATALOGUE
from ui.state import Selection, current
from ui.words import LANGUAGES, Words

PAGES = {"step": "app.py"}
_STYLE = (Path(__file__).parent / "frame.css").read_text(encoding="utf-8")


def begin(page: str) -> tuple[Selection, Words]:
    """Configure the page, draw the menu, and give the reader's selection and language."""
    language = st.session_state.get("lang", "en")
    title = Words(language if language in LANGUAGES else "en")
    st.set_page_config(
        page_title=f"{title('app.title')} · {title(f'menu.{page}')}",
        page_icon="▒",
        layout="wide",
        initial_sidebar_state="collapsed",
    )
    selection = current()
    words = Words(selection.lang)
    st.html(f"<style>{_STYLE}</style>")
    with st.container(horizontal=True, vertical_alignment="center", key="menu"):
        st.html(f"<b>{words('app.title')}</b> <span>{words('app.subtitle')}</span>", width="content")
        if len(PAGES) > 1:
            for name, path in PAGES.items():
                st.page_link(path, label=words(f"menu.{name}"))
        st.html(f'<span class="badge">{badge(selection, words)}</span>')
        choose.depth(selection, words)
        st.segmented_control(
            words("menu.language"),
            list(LANGUAGES),
            format_func=LANGUAGES.__getitem__,
            key="lang",
            label_visibility="collapsed",
            required=True,
        )
    # The warning stays until the reader changes something: other reruns would take it away unread.
    faults = st.session_state["link_faults"]
    if faults and st.session_state.setdefault("link_faulty", selection.link()) == selection.link():
        st.warning(words("fault.link", names=", ".join(name[:40] for name in faults)))
    return selection, words


def badge(selection: Selection, words: Words) -> str:
    """What the numbers on the screen are: hand-built or untrained, which cell, how large, which seed."""
    network = cached.network(selection)
    kind = CATALOGUE[selection.network].kind
    units = network.layers[0].forward.b[0].shape[0]
    parts = [
        words(f"kind.{kind}"),
        selection.cell,
        words("badge.units", units=str(units)),
        words(
            "badge.shape",
            layers=str(len(network.layers)),
            directions=words(f"directions.{selection.directions}"),
        )
        if selection.layers * selection.directions > 1 and CATALOGUE[selection.network].shaped
        else "",
        words("badge.seed", seed=str(selection.seed))
        if kind == "untrained"
        else f"S = {selection.sharpness}",
        words("badge.parameters", count=f"{network.parameters:,}"),
    ]
    return " · ".join(part for part in parts if part)
