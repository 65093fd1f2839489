"""What every page begins with: its configuration, the selection, the menu and the language."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import islice
from operator import attrgetter

import streamlit as st

from ui.networks.cards import scores
from ui.networks.registry import offered
from ui.networks.uploaded import YOURS
from ui.page import charts, controls
from ui.page.styles import style
from ui.session import private
from ui.session.chosen import Chosen, chosen
from ui.session.selection import link_request, load_selection
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


def begin(
    page: str,
    networks: Sequence[str] | None = None,
    alone: bool = True,
    changed: Callable[[Chosen], bool] = attrgetter("changed"),
) -> Chosen:
    """Configure the page, draw the menu, and give what the reader chose.

    `networks` are those that the page is about, usually all, none where it has nothing to show yet; not
    `alone` where it shows several at once; `changed` says whether what it shows is edited.
    """
    language = st.session_state.get("lang", st.query_params.get("lang", "en"))
    title = Words(language if language in LANGUAGES else "en")
    st.set_page_config(
        page_title=f"{title('app.title')} · {title(f'menu.{page}')}",
        page_icon="▒",
        layout="wide",
        initial_sidebar_state="collapsed",
    )
    networks = offered(private.uploaded()) if networks is None else networks
    present = chosen(load_selection(page, networks))
    charts.shown().clear()
    words = present.words
    st.html(_STYLE)
    with st.container(horizontal=True, vertical_alignment="center", key="menu"):
        _menu(present, bool(networks), alone, changed)
        st.segmented_control(
            words("menu.language"),
            list(LANGUAGES),
            format_func=LANGUAGES.__getitem__,
            key="lang",
            label_visibility="collapsed",
            required=True,
        )
    if faults := link_request(present.link).faults:
        gone = faults == (YOURS,)
        names = ", ".join(name[:40] for name in faults)
        st.warning(words("fault.link_yours") if gone else words("fault.link", names=names))
    return present


def _menu(present: Chosen, shows: bool, alone: bool, changed: Callable[[Chosen], bool]) -> None:
    """Title and pages; where the page `shows` a network, what its numbers are."""
    words, source = present.words, present.source
    # The switches for layer and direction take the room of the subtitle, and some of the badge's.
    layers, directions = (source.layers, source.directions) if shows and alone else (1, 1)
    subtitle = f" <span>{words('app.subtitle')}</span>" if layers == directions == 1 else ""
    st.html(f"<b>{words('app.title')}</b>{subtitle}", width="content")
    for name, path in PAGES.items():
        st.page_link(path, label=words(f"menu.{name}"))
    if shows:
        told = badge(present, alone, changed(present))
        with st.container(key="badge"):
            st.html(f'<span class="badge{" short" if layers > 1 else ""}" title="{told}">{told}</span>')
        if alone:
            controls.depth(present)


def badge(present: Chosen, alone: bool, changed: bool) -> str:
    """What the numbers on the screen are: edited, trained or not, which cell and seed, how large and good."""
    if present.fault:
        return ""
    choice, source, words = present.choice, present.source, present.words
    network, entry, card = present.network, source.entry, source.card
    if entry.kind == "published":
        return " · ".join((words("kind.published"), choice.cell, words(f"badge.{choice.network}")))
    kind, moment = "untrained" if choice.twin and card else entry.kind, source.recorded
    told = words(f"kind.{kind}")
    if card and moment:
        told = words("badge.recorded", update=f"{moment.update:,}", steps=f"{card.steps:,}")
    units = network.layers[0].forward.b[0].shape[0]
    several = len(network.layers) * source.directions > 1
    shape = words(f"directions.{source.directions}")
    if len(network.layers) > 1:
        shape = words("badge.shape", layers=str(len(network.layers)), directions=shape)
    seed = card.seed if card and kind == "trained" else choice.seed
    if not alone:
        alike = words(f"badge.matched_{present.selection.compare.matched_by}") if entry.shaped else ""
        parts = [words("badge.edited") if changed else "", told, words("badge.seed", seed=str(seed)), alike]
        return " · ".join(part for part in parts if part)
    known = kind == "trained" and not changed
    reached = islice(scores(card, words, moment), 1) if card and known else ()
    parts = [
        words("badge.edited") if changed else "",
        told,
        choice.cell,
        words("badge.units", units=str(units)),
        shape if several else "",
        SEEDS.get(kind, words("badge.seed", seed=str(seed))).format(choice.sharpness),
        words("badge.parameters", count=f"{source.parameters or network.parameters:,}"),
        *reached,
    ]
    return " · ".join(part for part in parts if part)
