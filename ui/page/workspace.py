"""The stepper above, its heatmaps below."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import plotly.graph_objects as go
import streamlit as st

from cells import CELLS
from ui.figures.axes import AFAR_LETTERS, LETTERS
from ui.figures.heatmaps import heatmaps
from ui.figures.panels import COLUMNS
from ui.networks.defaults import parsed
from ui.page import charts, notices, projector
from ui.page.progress import Progress
from ui.page.stepper import send_network, send_training, stepper
from ui.page.text_box import BESIDE, UNANSWERED
from ui.runs import sentences
from ui.session.chosen import STOPPED, Chosen
from ui.session.components import told
from ui.session.screen import PHONE_LETTERS, narrow
from ui.stepper.run_message import Message, alone, data_of, network_of
from ui.stepper.training_message import PackedTraining, packed_training
from ui.stepper.view import View, view_of
from ui.text.lines import boxed


def show(chosen: Chosen) -> None:
    """The chosen network and what it makes of the text, or what is wrong and how to mend it."""
    send(chosen)
    read(chosen)
    send_way(chosen)


def send(chosen: Chosen) -> None:
    """The network itself, which no text changes: it is drawn once for all that are read."""
    if not chosen.fault:
        send_network(network_of(chosen))


def send_way(chosen: Chosen) -> None:
    """Its way through training, if it has one: behind the run, which can be seen without it."""
    if training := _training(chosen):
        send_training(training)


def read(chosen: Chosen) -> None:
    """What the network makes of the text, or what is wrong and how to mend it."""
    if legible(chosen):
        draw(chosen)


def legible(chosen: Chosen) -> bool:
    """Whether there is something to show; if not, it is said what is wrong."""
    if chosen.fault:
        st.error(chosen.words("fault.weights", message=chosen.fault))
        return False
    if not chosen.legible:
        notices.fault(chosen.typed, chosen.choice.mode, chosen.words)
    return chosen.legible


def draw(chosen: Chosen) -> None:
    """Run the chosen network on the tokens, then stepper, notices and heatmaps."""
    view, words = viewed(chosen), chosen.words
    data, training = message(chosen, view), _training(chosen)
    _step({**alone(data), "training": training and training.id}, read=st.session_state["text"])
    notices.of_size(chosen)
    notices.of_length(chosen)
    symbols, afar = symbols_of(chosen), bool(chosen.selection.display.projector)
    if afar:
        projector.one_of(chosen, symbols[0])
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
        letters=PHONE_LETTERS if narrow() else AFAR_LETTERS if afar else LETTERS,
        run=data["run"],
        original=view.original.trace if view.original else None,
        afar=afar,
    )
    told = ", ".join(titles[symbol] for symbol in symbols)
    heat(figure, told, words("heat.alt", symbols=told))


def viewed(chosen: Chosen) -> View:
    """The run as the page shows it, with progress and a way to stop where that takes long."""
    progress = Progress(
        chosen.words("notice.reading", total=f"{len(chosen.tokens):,}"),
        chosen.words("notice.stop"),
        on_stop=lambda: st.session_state.update({STOPPED: chosen.selection.text}),
        key=f"stop{hash((chosen.pass_over, chosen.selection.at.direction))}",  # a page may show several
    )
    view = view_of(chosen, progress.report)
    progress.done()
    return view


def message(chosen: Chosen, view: View) -> Message:
    """What the stepper is sent on this page."""
    look, resting = notices.look(chosen, view), sentences.at_rest(chosen)
    return data_of(chosen, view, look, notices.linkless(chosen), narrow(), resting)


def _training(chosen: Chosen) -> PackedTraining | None:
    """The way of the network that is shown, if it is trained and its way was recorded."""
    card = chosen.source.card
    return packed_training(card, chosen.choice, chosen.selection.display.lang) if card else None


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


def step(
    data: dict[str, Any],
    below: Callable[[], None] = lambda: None,
    picked: Callable[[int, int], None] = lambda _step, _unit: None,
) -> None:
    """The stepper of a run_message.Message, and what hangs on its step.

    `picked` hears of a cell that was clicked in a chart below: its step and unit, from 1.
    """
    send_network(data["packed"])
    _step(alone(data), below, picked)


@st.fragment
def _step(
    data: dict[str, Any],
    below: Callable[[], None] = lambda: None,
    picked: Callable[[int, int], None] = lambda _step, _unit: None,
    read: str | None = None,
) -> None:
    """A report of the stepper's reruns this and no more, unless the page must change.

    `read` is what the box held when the page was drawn, where it may hold another text since.
    """
    if read not in (None, st.session_state.get("text")) and st.session_state[BESIDE]:
        st.rerun()
    # A foldable cell is shown when the reader asks for it: what she asks about lies below.
    # Assigned, since the switch is forgotten where a run doesn't draw it.
    whole = st.session_state["whole"] = st.session_state.get("whole", False)
    result = stepper(data | {"folded": data["foldable"] and not whole}, key="stepper", on_change=_heard)
    if result.large is not None:
        st.session_state["large"] = result.large
        st.rerun()
    if result.projector is not None:
        projector.project(bool(result.projector))
        st.rerun()
    if result.lines is not None:  # drawn by the stepper already: only the link is still to know
        st.session_state["lines"] = int(result.lines)
    if result.lead is not None:
        st.session_state["lead"] = result.lead
        st.rerun()
    if result.predict is not None:
        st.session_state["predict"] = int(result.predict)
        st.rerun()
    if result.changed is not None and _changed(result.changed):
        st.rerun()
    if result.picked is not None:
        picked(int(result.picked["step"]), int(result.picked["unit"]))
    if result.narrow is not None and result.narrow != data["narrow"]:
        st.session_state["narrow"] = result.narrow
        st.rerun()
    below()


def _changed(lines: Mapping[str, str]) -> bool:
    """Take over what the reader changed by hand, if it makes sense and is new."""
    made = {name: parsed(name, str(lines[name])) for name in ("edit", "weights", "checkpoint")}
    if None in made.values() or all(st.session_state.get(name) == made[name] for name in made):
        return False
    st.session_state.update(made)
    return True


def _heard() -> None:
    at, read = told("stepper", "at"), told("stepper", "read")
    if place := read or at:  # with a text comes where she is, of which the session has not heard either
        st.session_state["step"], st.session_state["unit"] = int(place["step"]), int(place["unit"])
    if read:
        if read["fault"] == "none":
            st.session_state[UNANSWERED] = True
        text = boxed(str(read["text"]))
        if text != st.session_state.get("text"):  # its box told Streamlit nothing: that gives it this
            st.session_state["text"] = text


def symbols_of(chosen: Chosen) -> list[str]:
    """The symbols whose heatmaps the reader sees: those she chose of the cell, or the large one.

    A projector has room for one: it is the memory, unless she chose another.
    """
    offered, display = ("x", *CELLS[chosen.choice.cell].symbols), chosen.selection.display
    if display.large in offered:
        return [display.large]
    if display.projector:
        return ["c" if "c" in offered else "h"]
    return [symbol for symbol in offered if symbol in display.symbols]
