"""What every page begins with: its configuration, the selection, the menu and the language."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

import streamlit as st

from ui.networks import registry
from ui.networks.cards import scores
from ui.networks.defaults import Selection
from ui.networks.uploaded import YOURS
from ui.page import charts, controls
from ui.page.styles import style
from ui.session import cache
from ui.session.selection import asked, current
from ui.words import LANGUAGES, Words

PAGES = {
    "step": "app.py",
    "compare": "pages/compare.py",
    "memory": "pages/memory.py",
    "applications": "pages/applications.py",
    "yours": "pages/yours.py",
}
SEEDS = {"handbuilt": "S = {}", "yours": ""}  # what stands for the seed where there is none
_STYLE = style()


def begin(page: str, stories: Sequence[str] | None = None, alone: bool = True) -> tuple[Selection, Words]:
    """Configure the page, draw the menu, and give the reader's selection and language.

    `stories` are the networks that the page is about, usually all, none where it has nothing to show yet; not
    `alone` where it shows several at once.
    """
    language = st.session_state.get("lang", st.query_params.get("lang", "en"))
    title = Words(language if language in LANGUAGES else "en")
    st.set_page_config(
        page_title=f"{title('app.title')} · {title(f'menu.{page}')}",
        page_icon="▒",
        layout="wide",
        initial_sidebar_state="collapsed",
    )
    stories = registry.offered() if stories is None else stories
    selection = current(stories)
    charts.shown().clear()
    words = Words(selection.lang)
    st.html(_STYLE)
    with st.container(horizontal=True, vertical_alignment="center", key="menu"):
        # The switches for layer and direction take the room of the subtitle, and some of the badge's.
        layers, directions = registry.shape(selection) if stories and alone else (1, 1)
        subtitle = f" <span>{words('app.subtitle')}</span>" if layers == directions == 1 else ""
        st.html(f"<b>{words('app.title')}</b>{subtitle}", width="content")
        for name, path in PAGES.items():
            st.page_link(path, label=words(f"menu.{name}"))
        if stories:
            told = badge(selection, words, alone)
            with st.container(key="badge"):
                st.html(f'<span class="badge{" short" if layers > 1 else ""}" title="{told}">{told}</span>')
            if alone:
                controls.depth(selection, words)
        st.segmented_control(
            words("menu.language"),
            list(LANGUAGES),
            format_func=LANGUAGES.__getitem__,
            key="lang",
            label_visibility="collapsed",
            required=True,
        )
    if faults := asked(selection).faults:
        gone = faults == (YOURS,)
        names = ", ".join(name[:40] for name in faults)
        st.warning(words("fault.link_yours") if gone else words("fault.link", names=names))
    return selection, words


def badge(selection: Selection, words: Words, alone: bool) -> str:
    """What the numbers on the screen are: trained or not, which cell, how large, which seed, how good."""
    if cache.fault(selection):
        return ""
    network, story, card = (
        cache.network(selection),
        registry.story(selection.network),
        registry.card(selection),
    )
    if story.kind == "published":
        return " · ".join((words("kind.published"), selection.cell, words(f"badge.{selection.network}")))
    kind = "untrained" if selection.twin and card else story.kind
    units = network.layers[0].forward.b[0].shape[0]
    directions = registry.directions(selection)
    several = len(network.layers) * directions > 1
    shape = words(f"directions.{directions}")
    if len(network.layers) > 1:
        shape = words("badge.shape", layers=str(len(network.layers)), directions=shape)
    seed = card.seed if card and kind == "trained" else selection.seed
    if not alone:
        alike = words(f"badge.matched_{selection.matched}") if story.shaped else ""
        parts = [words(f"kind.{kind}"), words("badge.seed", seed=str(seed)), alike]
        return " · ".join(part for part in parts if part)
    parts = [
        words(f"kind.{kind}"),
        selection.cell,
        words("badge.units", units=str(units)),
        shape if several else "",
        SEEDS.get(kind, words("badge.seed", seed=str(seed))).format(selection.sharpness),
        words("badge.parameters", count=f"{registry.parameters(selection) or network.parameters:,}"),
        *(islice(scores(card, words), 1) if card and kind == "trained" else ()),
    ]
    return " · ".join(part for part in parts if part)
