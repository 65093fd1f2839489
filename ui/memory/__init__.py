"""Where memory and gradients go: one view at a time, at the step and unit of the stepper."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

import streamlit as st

from cells.provenance import PARTS
from ui.figures.axes import LETTERS
from ui.figures.heatmaps import heatmaps
from ui.memory import (
    ablation,
    contributions,
    counterfactual,
    gradients,
    half_life,
    left_out,
    patch,
    provenance_maps,
    saturation,
    sweep,
    unit_finder,
)
from ui.memory.context import Measure, MemoryContext
from ui.networks.catalogue import CATALOGUE
from ui.page import controls, covered, notices, workspace
from ui.session.chosen import Chosen
from ui.session.screen import PHONE_LETTERS, narrow
from ui.session.selection import from_widgets

NETWORKS = tuple(name for name, entry in CATALOGUE.items() if entry.kind != "published")
VIEWS: Mapping[str, Measure] = {
    "written": contributions.VIEW,
    "swapped": counterfactual.VIEW,
    "left_out": left_out.VIEW,
    "map": provenance_maps.SURVIVES,
    "erased": provenance_maps.ERASES,
    "gradient": gradients.VIEW,
    "lasting": half_life.VIEW,
    "saturation": saturation.VIEW,
    "finder": unit_finder.VIEW,
    "ablation": ablation.VIEW,
    "sweep": sweep.VIEW,
    "patch": patch.VIEW,
}


def show(chosen: Chosen) -> Callable[[], None]:
    """The stepper, the view of the memory that was chosen, and the memory's heatmap.

    What takes long is left for the end of the page, and handed back.
    """
    if not workspace.legible(chosen):
        return lambda: None
    view, words, memory = workspace.viewed(chosen), chosen.words, chosen.selection.memory
    context = MemoryContext(chosen, view)
    work = VIEWS[memory.view].work
    waits = work is not None and not work.quickly(context)
    sent = st.session_state.setdefault("sent", 0)
    data: dict[str, Any] = {**workspace.message(chosen, view)}
    data |= {"fixed": True, "foldable": True, "sent": sent}
    data["editable"] = False
    data["text"] = None  # what stands below is of the text that the server has read
    with st.container(key="brief"):
        workspace.step(data, partial(_below, context, sent), partial(sweep.go_with_edit, context))
        with st.container(key="drawing"):
            bar = work.progress(context) if work is not None and waits else None
    notices.of_length(chosen)
    titles = words.under("title")
    figure = heatmaps(
        view.trace,
        [context.memory],
        view.tokens,
        view.units,
        view.features,
        view.order,
        titles,
        columns=1,
        first=view.first,
        letters=PHONE_LETTERS if narrow() else LETTERS,
    )
    workspace.heat(figure, titles[context.memory], words("heat.alt", symbols=titles[context.memory]))
    return partial(work.go_on, context, bar) if work is not None and bar is not None else lambda: None


def _below(context: MemoryContext, sent: int) -> None:
    """The chosen view at the step and unit that the stepper told last."""
    state, selection, words = st.session_state, context.chosen.selection, context.words
    now = from_widgets().but(step=selection.at.step, unit=selection.at.unit)
    if now != selection or state["sent"] != sent:
        st.rerun()  # the link in the address and all that hangs on the choice are drawn with the whole page
    step = min(max(int(state["step"]) - context.view.first, 0), len(context.trace) - 1)
    unit = min(max(int(state["unit"]) - 1, 0), len(context.view.units) - 1)
    here = replace(context, step=step, unit=unit)
    st.toggle(words("memory.whole"), key="whole")
    views = {name: partial(_view, name, here) for name in VIEWS}
    asked = {name: name + view.question(here) for name, view in VIEWS.items()}
    controls.among("measure", views, words, asked)


def _view(name: str, context: MemoryContext) -> None:
    view, words, gates = VIEWS[name], context.words, context.trace.cell in PARTS
    aside = view.aside(context) if context.chosen.edits.in_force else ""
    if aside:
        st.caption(words(f"aside.{aside}", memory=words(f"title.{context.memory}")))
        context = context.unedited
    advice = view.advice(context) if gates or not view.needs else None
    if advice is not None:
        with st.container(key="look_for"):
            st.caption(words.explained(words(f"seek.{name}{advice}")), unsafe_allow_html=True)
    if view.needs == "sum" and not gates:
        st.info(words("memory.rnn"))
    elif view.whole:
        covered.draw(context.chosen, name, partial(view.show, context))
    else:
        view.show(context)
