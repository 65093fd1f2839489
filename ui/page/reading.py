"""Another text draws its box and what shows it anew; the rest of the page stays, and costs nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import streamlit as st

from ui.networks.defaults import made_consistent
from ui.page import beside
from ui.page.text_box import text_box
from ui.session import cache, private
from ui.session.chosen import Chosen
from ui.session.chosen import chosen as resolved
from ui.session.selection import from_widgets, keep

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

ALONE = {"text", "start", "step", "unit", "lines"}  # fields on which nothing hangs but what shows the text


def follow(chosen: Chosen, place: DeltaGenerator, show: Callable[[Chosen], None]) -> None:
    """Draw the text's box into its place, and what shows the text: now, and at each other one."""
    # Streamlit lets a part of the page end before it hears of a click in it: Stop must be heard at once.
    if chosen.source.private or long(chosen):
        _draw(chosen, place, show)
    else:
        _part(iter((chosen,)), chosen, place, show)


def long(chosen: Chosen) -> bool:
    """Whether reading the text takes so long that it shows its progress."""
    return len(chosen.typed.tokens) > cache.LONG


@st.fragment
def _part(
    present: Iterator[Chosen], before: Chosen, place: DeltaGenerator, show: Callable[[Chosen], None]
) -> None:
    """`present` gives what the whole page has found, once: what is drawn later looks itself."""
    now = next(present, None) or _now(before)
    _draw(now, place, show, beside.answers(now))


def _draw(chosen: Chosen, place: DeltaGenerator, show: Callable[[Chosen], None], aside: bool = False) -> None:
    with place:
        text_box(chosen, aside)
    show(chosen)


def _now(before: Chosen) -> Chosen:
    """What is chosen now; where more hangs on it than the text, the whole page is drawn."""
    selection, _ = made_consistent(from_widgets(), private.present())
    now, was = resolved(selection), before.selection.flat()
    others = {name for name, value in selection.flat().items() if value != was[name]} - ALONE
    if others or beside.told(before) or now.changed != before.changed or long(now):
        st.rerun()
    keep(selection)
    return now
