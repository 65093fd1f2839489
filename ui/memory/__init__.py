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
from ui.memory.context import MemoryContext
from ui.networks.catalogue import CATALOGUE
from ui.page import controls, notices, workspace
from ui.session.chosen import Chosen
from ui.session.screen import PHONE_LETTERS, narrow
from ui.session.selection import from_widgets

NETWORKS = tuple(name for name, entry in CATALOGUE.items() if entry.kind != "published")
VIEWS: Mapping[str, Callable[[MemoryContext], None]] = {
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
ADVICE: Mapping[str, Callable[[MemoryContext], str]] = {  # views whose advice depends on what there is to see
    "saturation": lambda seen: "" if saturation.has_twin(seen) else "_alone",
    "gradient": lambda seen: "_this" if seen.chosen.selection.memory.source == "this" else "",
    "lasting": lambda seen: "" if half_life.measured(seen) is not None else "_alone",
    "written": lambda seen: "" if contributions.removes(seen) else "_alone",
}


def show(chosen: Chosen) -> Callable[[], None]:
    """The stepper, the view of the memory that was chosen, and the memory's heatmap.

    What takes long is left for the end of the page, and handed back.
    """
    if not workspace.legible(chosen):
        return lambda: None
    view, words, memory = workspace.viewed(chosen), chosen.words, chosen.selection.memory
    seen = MemoryContext(chosen, view)
    draws = memory.view == "gradient" and memory.source != "this"
    waits = draws and not gradients.quickly_drawn(seen)
    sent = st.session_state.setdefault("sent", 0)
    data = workspace.message(chosen, view)
    # Another name makes the stepper take the unit that it is sent, as it does for another network.
    data |= {"fixed": True, "foldable": True, "who": f"{data['who']} {sent}"}
    with st.container(key="brief"):
        workspace.step(data, partial(_below, seen, sent))
        with st.container(key="drawing"):
            bar = gradients.progress(seen) if waits else None
    notices.of_length(chosen)
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


def _below(seen: MemoryContext, sent: int) -> None:
    """The chosen view at the step and unit that the stepper told last."""
    state, selection, words = st.session_state, seen.chosen.selection, seen.words
    now = from_widgets().but(step=selection.at.step, unit=selection.at.unit)
    if now != selection or state["sent"] != sent:
        st.rerun()  # the link in the address and all that hangs on the choice are drawn with the whole page
    step = min(max(int(state["step"]) - seen.view.first, 0), len(seen.trace) - 1)
    unit = min(max(int(state["unit"]) - 1, 0), len(seen.view.units) - 1)
    here = replace(seen, step=step, unit=unit)
    st.toggle(words("memory.whole"), key="whole")
    asked = {"lasting": "lasting_gru"} if seen.trace.cell.startswith("GRU") else {}
    controls.among("measure", {name: partial(_view, name, here) for name in VIEWS}, words, asked)


def _view(name: str, seen: MemoryContext) -> None:
    gates = seen.trace.cell in PARTS
    if gates or name not in GATED:
        other = ADVICE[name](seen) if name in ADVICE else ""
        st.caption(seen.words.explained(seen.words(f"seek.{name}{other}")), unsafe_allow_html=True)
    if name in ADDS_UP and not gates:
        st.info(seen.words("memory.rnn"))
    else:
        VIEWS[name](seen)
