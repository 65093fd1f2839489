"""The stage: one trace, stepped through in the browser, its heatmaps below."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import plotly.graph_objects as go
import streamlit as st

from cells import CELLS
from ui.figures.axes import LETTERS
from ui.figures.heatmaps import heatmaps
from ui.networks import registry
from ui.networks.defaults import Selection
from ui.networks.registry import Inputs
from ui.networks.tokenize import Reading
from ui.page import charts, notices
from ui.page.progress import Progress
from ui.session import cache
from ui.session.screen import PHONE_LETTERS, narrow
from ui.stepper import stepper
from ui.stepper.run_message import data_of
from ui.stepper.view import View, view_of
from ui.words import Words

COLUMNS = {1: 1, 2: 2, 3: 3, 4: 4, 5: 3, 6: 3, 7: 4, 8: 4, 9: 5}  # heatmaps: in how many columns


def show(selection: Selection, words: Words) -> None:
    """What the chosen network makes of the text, or what is wrong and how to mend it."""
    reading = legible(selection, words)
    if reading is not None:
        draw(selection, reading, words)


def legible(selection: Selection, words: Words) -> Reading | None:
    """The text as tokens; None once it has been said what is wrong."""
    reading = registry.read(selection)
    if broken := cache.fault(selection):
        st.error(words("fault.weights", message=broken))
        return None
    if not can_be_read(selection, reading):
        notices.fault(reading, selection, words)
        return None
    return reading


def can_be_read(selection: Selection, reading: Reading) -> bool:
    """Whether there is something to step through: tokens, or a network that writes its own."""
    writes = registry.story(selection.network).writes and selection.write > 0
    return not reading.fault or (reading.fault == "empty" and writes)


def draw(selection: Selection, reading: Reading, words: Words) -> None:
    """Run the chosen network on the tokens, then stepper, notices and heatmaps."""
    reading, stopped = notices.unless_stopped(selection, reading)
    typed, (reading, own) = reading, cache.completed(selection, reading)
    inputs = registry.inputs(selection, reading)
    if own is not None:  # what the network wrote itself is never strange to it
        inputs = replace(inputs, unknown=registry.inputs(selection, typed).unknown if typed.tokens else ())
    view = viewed(selection, reading, inputs, words)
    step(message(selection, view, inputs, own, words))
    notices.notices(selection, len(reading.tokens), words, stopped)
    symbols = _symbols(selection)
    if not symbols:
        st.info(words("fault.no_symbols"))
        return
    titles = words.under("title")
    figure = heatmaps(
        view.trace,
        symbols,
        view.tokens,
        view.units,
        view.features,
        view.order,
        titles,
        columns=1 if narrow() else COLUMNS[len(symbols)],
        first=view.first,
        letters=PHONE_LETTERS if narrow() else LETTERS,
    )
    told = ", ".join(titles[symbol] for symbol in symbols)
    heat(figure, told, words("heat.alt", symbols=told))


def viewed(selection: Selection, reading: Reading, inputs: Inputs, words: Words) -> View:
    """The run as the page shows it, with progress and a way to stop where that takes long."""
    progress = Progress(
        words("notice.reading", total=f"{len(reading.tokens):,}"),
        words("notice.stop"),
        on_stop=lambda: st.session_state.update(stopped=cache.computed(selection)),
    )
    view = view_of(selection, reading, inputs, words, progress.report)
    progress.done()
    return view


def message(
    selection: Selection, view: View, inputs: Inputs, own: int | None, words: Words
) -> dict[str, Any]:
    """What the stepper is sent on this page."""
    look = notices.look(selection, view, inputs, words)
    link = notices.linkless(selection)
    return {**data_of(selection, view, inputs, own, words, look=look, linkless=link, narrow=narrow())}


def said(sentence: str) -> None:
    """A sentence in the place of what can't be shown."""
    st.info(sentence)


def heat(figure: go.Figure, says: str, alt: str, rows: int = 0, above: bool = False) -> None:
    """Heatmaps, or plots in so many `rows` on a phone, where the stepper lays its cursors over them.

    They fill the window, but for the room of a table that they stand `above`.
    """
    tall = 300  # on wide pages the room fills the window
    if narrow():
        tall = max(220, 150 * rows) if rows else 150 * len(figure.data)
    with (
        st.container(key="room_above" if above else "room"),
        st.container(key="heat", height=tall, border=False),
    ):
        charts.draw(figure, "heatmaps", says, "stretch", "heat", alt)


@st.fragment
def step(data: dict[str, Any], below: Callable[[], None] = lambda: None) -> None:
    """The stepper, and what hangs on its step; a report reruns no more, unless the page must change."""
    # A foldable cell is shown when the reader asks for it: what she asks about lies below.
    # Assigned, since the switch is forgotten where a run doesn't draw it.
    whole = st.session_state["whole"] = st.session_state.get("whole", False)
    result = stepper(data | {"folded": data["foldable"] and not whole}, key="stepper", on_change=_heard)
    if result.large is not None:
        st.session_state["large"] = result.large
        st.rerun()
    if result.lead is not None:
        st.session_state["lead"] = result.lead
        st.rerun()
    if result.narrow is not None and result.narrow != data["narrow"]:
        st.session_state["narrow"] = result.narrow
        st.rerun()
    below()


def _heard() -> None:
    at = st.session_state["stepper"].at
    if at:
        st.session_state["step"], st.session_state["unit"] = int(at["step"]), int(at["unit"])


def _symbols(selection: Selection) -> list[str]:
    offered = ("x", *CELLS[selection.cell].symbols)
    if selection.large in offered:
        return [selection.large]
    return [symbol for symbol in offered if symbol in selection.symbols]
