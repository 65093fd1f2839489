"""What every page begins with: its configuration, the selection, the menu and the language."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from operator import attrgetter

import streamlit as st

from cells.loading.errors import shown
from ui.networks.learned import UPDATES
from ui.networks.own import YOURS
from ui.networks.registry import offered
from ui.networks.tokenize import plain
from ui.networks.uploaded import FILE
from ui.page import charts, controls, hiding, lesson, room
from ui.page.around import around
from ui.page.styles import style
from ui.runs.badge import badge
from ui.session import private
from ui.session.chosen import Chosen, chosen
from ui.session.selection import link_request, load_selection
from ui.words import LANGUAGES, Words

PAGES = {
    "step": "app.py",
    "lessons": "pages/lessons.py",
    "compare": "pages/compare.py",
    "memory": "pages/memory.py",
    "applications": "pages/applications.py",
    "train": "pages/train.py",
    "yours": "pages/yours.py",
}
TEACH = "teach"  # the page on which parts are chosen to be hidden hides none


class _Style:
    """The sheets as they stand: of a string Streamlit would look for the margin, at each run anew."""

    sheets = style()

    def _repr_html_(self) -> str:
        return self.sheets


_STYLE = _Style()


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
    led, query = lesson.leads_to()
    if led and led != page:
        st.switch_page(PAGES[led], query_params=query)
    networks = offered(private.present()) if networks is None else networks
    present = chosen(load_selection(page, networks))
    charts.shown().clear()
    words, path = present.words, "" if page == "step" else page
    st.html(_STYLE)
    if page != TEACH:
        hiding.hide(present.selection.display.hide)
    with st.container(horizontal=True, vertical_alignment="center", key="menu"):
        _menu(page, present, bool(networks), alone, changed)
        st.segmented_control(
            words("menu.language"),
            list(LANGUAGES),
            format_func=LANGUAGES.__getitem__,
            key="lang",
            label_visibility="collapsed",
            required=True,
        )
        around(present, path)
    room.bar(page, path, words)
    if faults := link_request(present.link).faults:
        names = ", ".join(name[:40] for name in faults)
        st.warning(_asked(words) if faults == (YOURS,) else words("fault.link", names=names))
        if faults == (YOURS,) and UPDATES in st.session_state.get(private.WANTED, {}) and page != "train":
            st.page_link(PAGES["train"], label=words("menu.train"))
    if page != TEACH:
        hiding.way_back(present.selection.display.hide, words)
        st.session_state["viewed"] = page
    with st.empty():  # with a lesson or without, what follows stays in its place for the browser
        lesson.panel(present, page)
    return present


def _asked(words: Words) -> str:
    """What brings back the network that a link is to, which cannot carry it."""
    wanted = st.session_state.get(private.WANTED, {})
    update = wanted.get(UPDATES, "")
    if update.isdecimal() and len(update) < 7:
        return words("fault.link_learned", update=update)
    file = plain(shown(wanted.get(FILE, "")))
    return words("fault.link_file", name=file) if file else words("fault.link_yours")


def _menu(page: str, present: Chosen, shows: bool, alone: bool, changed: Callable[[Chosen], bool]) -> None:
    """Title and pages; where the page `shows` a network, what its numbers are."""
    words, source = present.words, present.source
    # The switches for layer and direction take the room of the subtitle, and some of the badge's.
    layers, directions = (source.layers, source.directions) if shows and alone else (1, 1)
    subtitle = f" <span>{words('app.subtitle')}</span>" if layers == directions == 1 else ""
    here = f'<span class="unseen"> · {words(f"menu.{page}")}</span>'
    st.html(f"<h1>{words('app.title')}{here}</h1>{subtitle}", width="content")
    for name, path in PAGES.items():
        st.page_link(path, label=words(f"menu.{name}"))
    if shows:
        told = badge(present, alone, changed(present))
        with st.container(key="badge"):
            st.html(f'<span class="badge{" short" if layers > 1 else ""}" title="{told}">{told}</span>')
        if alone:
            controls.depth(present)
