"""Where memory and gradients go: one view at a time, at the step and unit of the stepper."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial

import streamlit as st

from cells.provenance import PARTS
from ui.figures.axes import LETTERS
from ui.figures.heatmaps import heatmaps
from ui.memory import (
    contributions,
    counterfactual,
    gradients,
    half_life,
    provenance_maps,
    saturation,
    unit_finder,
)
from ui.memory.context import Seen
from ui.networks import registry
from ui.networks.defaults import Selection
from ui.networks.registry import CATALOGUE
from ui.page import controls, notices, workspace
from ui.session.screen import PHONE_LETTERS, narrow
from ui.session.selection import held
from ui.words import Words

STORIES = tuple(story for story in CATALOGUE if CATALOGUE[story].kind != "published")
VIEWS: Mapping[str, Callable[[Seen], None]] = {
    "written": contributions.show,
    "swapped": counterfactual.show,
    "map": provenance_maps.survives,
    "erased": provenance_maps.erases,
    "gradient": gradients.show,
    "lasting": half_life.show,
    "saturation": saturation.show,
    "finder": unit_finder.show,
}
ADDS_UP = ("written", "map", "erased")  # views of a memory that is a sum: an RNN has none
GATED = (*ADDS_UP, "saturation")  # views that show nothing of a cell without gates
ADVICE: Mapping[str, Callable[[Seen], str]] = {  # views whose advice depends on what there is to see
    "saturation": lambda seen: "" if saturation.has_twin(seen) else "_alone",
    "gradient": lambda seen: "_this" if seen.selection.flow == "this" else "",
    "lasting": lambda seen: "" if half_life.measured(seen) is not None else "_alone",
    "written": lambda seen: "" if contributions.removes(seen) else "_alone",
}


def show(selection: Selection, words: Words) -> Callable[[], None]:
    """The stepper, the view of the memory that was chosen, and the memory's heatmap.

    What takes long is left for the end of the page, and handed back.
    """
    reading = workspace.legible(selection, words)
    if reading is None:
        return lambda: None
    inputs = registry.inputs(selection, reading)
    view = workspace.viewed(selection, reading, inputs, words)
    seen = Seen(selection, inputs, reading, view, words, 0, 0)
    draws = selection.measure == "gradient" and selection.flow != "this"
    waits = draws and not gradients.quickly_drawn(seen)
    sent = st.session_state.setdefault("sent", 0)
    data = workspace.message(selection, view, inputs, None, words)
    # Another name makes the stepper take the unit that it is sent, as it does for another network.
    data |= {"fixed": True, "foldable": True, "who": f"{data['who']} {sent}"}
    with st.container(key="brief"):
        workspace.step(data, partial(_below, seen, sent))
        with st.container(key="drawing"):
            bar = gradients.progress(seen) if waits else None
    notices.notices(selection, len(reading.tokens), words, 0)
    titles = words.under("title")
    figure = heatmaps(
        view.trace,
        [seen.memory],
        view.tokens,
        view.units,
        view.features,
        view.order,
        titles,
        columns=1,
        first=view.first,
        letters=PHONE_LETTERS if narrow() else LETTERS,
    )
    workspace.heat(figure, titles[seen.memory], words("heat.alt", symbols=titles[seen.memory]))
    return partial(gradients.draw_on, seen, bar) if bar is not None else lambda: None


def _below(seen: Seen, sent: int) -> None:
    """The chosen view at the step and unit that the stepper told last."""
    state, selection, words = st.session_state, seen.selection, seen.words
    now = replace(held(), step=selection.step, unit=selection.unit)
    if now != selection or state["sent"] != sent:
        st.rerun()  # the link in the address and all that hangs on the choice are drawn with the whole page
    step = min(max(int(state["step"]) - seen.view.first, 0), len(seen.trace) - 1)
    unit = min(max(int(state["unit"]) - 1, 0), len(seen.view.units) - 1)
    here = replace(seen, step=step, unit=unit)
    st.toggle(words("memory.whole"), key="whole")
    asked = {"lasting": "lasting_gru"} if seen.trace.cell.startswith("GRU") else {}
    controls.among("measure", {name: partial(_view, name, here) for name in VIEWS}, words, asked)


def _view(name: str, seen: Seen) -> None:
    gates = seen.trace.cell in PARTS
    if gates or name not in GATED:
        other = ADVICE[name](seen) if name in ADVICE else ""
        st.caption(seen.words.explained(seen.words(f"seek.{name}{other}")), unsafe_allow_html=True)
    if name in ADDS_UP and not gates:
        st.info(seen.words("memory.rnn"))
    else:
        VIEWS[name](seen)
