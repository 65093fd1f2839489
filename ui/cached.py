"""What is worth keeping between reruns: bounded, keyed on values; a long text stays in its own session."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, TypeVar

import streamlit as st

from cells import Network
from cells.trace import Trace
from cells.weights import Weights
from ui import networks, payload
from ui.networks import Inputs
from ui.state import Selection
from ui.words import Words

Directed = TypeVar("Directed", Trace, Weights)

WINDOW = 2_000  # steps kept and shown at once
LONG = 5_000  # tokens from which the pass shows its progress and stays in the session


def computed(selection: Selection) -> Selection:
    """The selection without what only changes how its numbers are looked at."""
    plain = Selection()
    return replace(
        selection,
        symbols=plain.symbols,
        large=plain.large,
        sort=plain.sort,
        notation=plain.notation,
        step=plain.step,
        unit=plain.unit,
        lang=plain.lang,
    )


def weights_only(selection: Selection) -> Selection:
    """The selection without what the weights do not depend on: the same network for every text."""
    plain = Selection()
    return replace(
        computed(selection), text="", layer=plain.layer, direction=plain.direction, start=plain.start
    )


# A selection is hashed as one string: field by field it takes 0.46 ms instead of 0.03, four times a run.
@st.cache_resource(max_entries=64, show_spinner=False, hash_funcs={Selection: repr})
def _network(selection: Selection) -> Network:
    return networks.network(selection)


def network(selection: Selection) -> Network:
    """The chosen network, drawn once for all who choose it."""
    return _network(weights_only(selection))


@st.cache_resource(max_entries=48, show_spinner=False, hash_funcs={Selection: repr})
def _trace(selection: Selection, _inputs: Inputs) -> Trace:
    return _shown(selection, _inputs, None)


def trace(selection: Selection, inputs: Inputs, report: Callable[[float], None]) -> Trace:
    """The chosen layer and direction over the window of steps shown.

    A long text is read once a session and choice; `report` hears the share that is done.
    """
    key = computed(selection)
    if len(inputs.rows) <= LONG:
        return _trace(key, inputs)
    kept = st.session_state.get("long_trace")
    if kept is None or kept[0] != key:
        kept = st.session_state["long_trace"] = (key, _shown(key, inputs, report))
    long: Trace = kept[1]
    return long


def _shown(selection: Selection, inputs: Inputs, report: Callable[[float], None] | None) -> Trace:
    first, last = window(selection, len(inputs.rows))
    run = network(selection).run(inputs.rows, keep=(first, last), report=report)
    layer = run.layers[selection.layer - 1]
    return _directed(selection, layer.forward, layer.backward)


def weights(selection: Selection) -> Weights:
    """The weights of the chosen layer and direction."""
    layer = network(selection).layers[selection.layer - 1]
    return _directed(selection, layer.forward, layer.backward)


def _directed(selection: Selection, forward: Directed, backward: Directed | None) -> Directed:
    chosen = backward if selection.direction == "backward" else forward
    assert chosen is not None, "a selection that fits shows the backward direction only where there is one"
    return chosen


def window(selection: Selection, steps: int) -> tuple[int, int]:
    """First and last-plus-one of the steps shown, counted from 0."""
    first = max(0, min(selection.start - 1, steps - WINDOW))
    return first, min(steps, first + WINDOW)


@st.cache_resource(max_entries=64, show_spinner=False)
def cell(name: str, notation: str, language: str) -> Mapping[str, Any]:
    """Rows and diagram of a cell for the stepper."""
    words = Words(language)
    return payload.of_cell(name, notation, words.under("title"), words.under("sentence"))
