"""The stage: one trace, stepped through in the browser, its heatmaps below."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import plotly.graph_objects as go
import streamlit as st

from cells import CELLS
from cells.trace import Trace
from cells.weights import Weights
from ui import belief, cached, charts, choose, networks, payload
from ui.heatmap import LETTERS, heatmaps
from ui.networks import Inputs
from ui.numerals import decimals
from ui.progress import Progress
from ui.reading import Reading, shown
from ui.selection import Selection, home
from ui.sorting import ORDERS
from ui.state import asked
from ui.stepper import stepper
from ui.words import Words

PHONE_LETTERS = 50
COLUMNS = {1: 1, 2: 2, 3: 3, 4: 4, 5: 3, 6: 3, 7: 4, 8: 4, 9: 5}  # heatmaps: in how many columns


@dataclass(frozen=True)
class View:
    """What the stepper and the heatmaps both show: a trace, what was answered, the names along the axes."""

    trace: Trace
    weights: tuple[tuple[int, Weights], ...]
    belief: Mapping[str, Any] | None
    first: int
    total: int
    tokens: Sequence[str]
    strange: Sequence[int]
    units: Sequence[str]
    features: Sequence[str]
    order: np.ndarray


def show(selection: Selection, words: Words) -> None:
    """What the chosen network makes of the text, or what is wrong and how to mend it."""
    reading = legible(selection, words)
    if reading is not None:
        draw(selection, reading, words)


def legible(selection: Selection, words: Words) -> Reading | None:
    """The text as tokens; None once it has been said what is wrong."""
    reading = networks.read(selection)
    if broken := cached.fault(selection):
        st.error(words("fault.weights", message=broken))
        return None
    if not can_be_read(selection, reading):
        choose.fault(reading, selection, words)
        return None
    return reading


def can_be_read(selection: Selection, reading: Reading) -> bool:
    """Whether there is something to step through: tokens, or a network that writes its own."""
    writes = networks.story(selection.network).writes and selection.write > 0
    return not reading.fault or (reading.fault == "empty" and writes)


def draw(selection: Selection, reading: Reading, words: Words) -> None:
    """Run the chosen network on the tokens, then stepper, notices and heatmaps."""
    reading, stopped = unless_stopped(selection, reading)
    typed, (reading, own) = reading, cached.completed(selection, reading)
    inputs = networks.inputs(selection, reading)
    if own is not None:  # what the network wrote itself is never strange to it
        inputs = replace(inputs, unknown=networks.inputs(selection, typed).unknown if typed.tokens else ())
    view = view_of(selection, reading, inputs, words)
    step(data_of(selection, view, inputs, own, words))
    notices(selection, len(reading.tokens), words, stopped)
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


def view_of(selection: Selection, reading: Reading, inputs: Inputs, words: Words) -> View:
    """Run the network, with progress where that takes long, and name what is on the axes."""
    total = len(reading.tokens)
    progress = Progress(
        words("notice.reading", total=f"{total:,}"),
        words("notice.stop"),
        on_stop=lambda: st.session_state.update(stopped=cached.computed(selection)),
    )
    trace, output, weights = cached.run(selection, inputs, progress.report)
    progress.done()
    first, last = cached.window(selection, total)
    tokens, strange = reading.tokens[first:last], set(inputs.unknown)
    names = networks.unit_names(selection, trace["h"].shape[1])
    answers = networks.answers(selection)
    return View(
        trace,
        weights,
        belief.of(answers, output, reading.tokens, first, words) if answers and output is not None else None,
        first + 1,
        total,
        [shown(token) for token in tokens],
        [place for place, token in enumerate(tokens) if token in strange],
        [*map(words.names("unit"), names)],
        inputs.features
        if selection.layer == 1
        else [str(feature + 1) for feature in range(trace["x"].shape[1])],
        ORDERS[selection.sort](trace),
    )


def data_of(
    selection: Selection, view: View, inputs: Inputs, own: int | None, words: Words
) -> dict[str, Any]:
    """What the browser is sent to step through the view by itself."""
    return {
        "first": view.first,
        "total": view.total,
        "tokens": view.tokens,
        "unknown": view.strange,
        "strange": words(f"strange.{inputs.strange}"),
        "units": view.units,
        "features": view.features,
        "tracks": [view.belief] if view.belief else [],
        "lead": 0,
        "leads": [],
        "who": f"{selection.network} {networks.named(selection)}",
        "fixed": False,
        "foldable": False,
        "own": own,
        "parts": [start + 1 for start, _ in view.weights[1:]],
        "order": view.order.tolist(),
        "step": selection.step,
        "unit": selection.unit,
        "link": selection.link(),
        "linkless": linkless(selection),
        "large": selection.large,
        "narrow": narrow(),
        "look": missing(selection, view, words)
        or _broken(view, words)
        or unknown(inputs, words)
        or _look(selection, words),
        "words": words.under("stepper"),
        **payload.of_rows(view.trace, view.weights),
        **payload.of_trace(view.trace),
        **cached.cell(selection.cell, selection.notation, selection.lang),
    }


def linkless(selection: Selection) -> str:
    """The word for what the link can't carry, if there is anything."""
    if networks.private(selection):
        return "link_without_network"
    long = selection.text != home(selection.network).text and "text=" not in selection.link()
    return "link_without" if long else ""


def _look(selection: Selection, words: Words) -> str:
    if selection.twin:
        return words("look.twin")
    if selection.cell == "LSTM (as printed)":
        return words("look.as_printed")
    card = networks.card(selection)
    if card is None:
        return words("look.no_gates" if selection.cell == "RNN" else f"look.{selection.network}")
    if selection.direction == "backward":  # the card's r is of the other direction
        return words("look.reverse")
    what = words.names("answer")(card.tells)
    return words(
        f"look.{selection.network}", unit=str(card.unit), what=what, r=words("look.r", r=decimals(card.r))
    )


def narrow() -> bool:
    """Whether the page is as narrow as a phone: the browser says so; before it has, its name is a guess."""
    if "narrow" not in st.session_state:
        st.session_state["narrow"] = "Mobile" in (st.context.headers.get("User-Agent") or "")
    return bool(st.session_state["narrow"])


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


def missing(selection: Selection, view: View, words: Words) -> str:
    """The step and the unit that the link asks for, where the view lacks them."""
    first, last, units = view.first, view.first + len(view.tokens) - 1, len(view.units)
    link, told = asked(selection), []
    if link.step and not first <= link.step <= last:
        told.append(words("notice.no_step", step=str(link.step), first=str(first), last=str(last)))
    if link.unit > units:
        told.append(words("notice.no_unit", unit=str(link.unit), units=str(units)))
    return words.joined(*told)


def _broken(view: View, words: Words) -> str:
    """Where the numbers of a network grew beyond what can be computed, if they did."""
    finite = np.isfinite(view.trace["h"]).all(axis=1)
    return "" if finite.all() else words("notice.not_finite", step=str(view.first + int(finite.argmin())))


def unknown(inputs: Inputs, words: Words) -> str:
    """What the network can't read of this text, if anything: the reader needs that before any advice."""
    few = " ".join(shown(token) for token in inputs.unknown[:12])
    more = " …" if len(inputs.unknown) > 12 else ""
    return words(f"notice.{inputs.strange}", tokens=few + more) if inputs.unknown else ""


def notices(selection: Selection, total: int, words: Words, stopped: int) -> None:
    """What a reader of a long text should know: what is shown of it, and how to see the rest."""
    if stopped:
        st.caption(words("notice.stopped", most=f"{total:,}", total=f"{stopped:,}"))
        st.button(words("notice.go_on"), on_click=lambda: st.session_state.pop("stopped", None))
    elif total > cached.widest(selection):
        first, last = cached.window(selection, total)
        blanks = {"total": f"{total:,}", "first": f"{first + 1:,}", "last": f"{last:,}"}
        st.caption(words("notice.window", **blanks))
        st.session_state["start"] = first + 1
        st.slider(words("pick.start"), 1, total - cached.widest(selection) + 1, key="start")


def unless_stopped(selection: Selection, reading: Reading) -> tuple[Reading, int]:
    """The reading, cut to one window where the reader stopped a long pass over this very choice."""
    total = len(reading.tokens)
    if st.session_state.get("stopped") != cached.computed(selection) or total <= cached.LONG:
        return reading, 0
    most = cached.widest(selection)
    values = reading.values[:most] if reading.values is not None else None
    return replace(reading, tokens=reading.tokens[:most], values=values), total
