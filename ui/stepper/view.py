"""The run as the page shows it: a trace, what was answered, the names along the axes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from cells.trace import Trace
from cells.weights import Weights
from ui.figures.unit_order import ORDERS
from ui.networks import registry
from ui.networks.defaults import Selection
from ui.networks.registry import Inputs
from ui.networks.tokenize import Reading, shown
from ui.session import cache
from ui.stepper import answer_track
from ui.stepper.answer_track import Track
from ui.words import Words


@dataclass(frozen=True)
class View:
    """What the stepper and the heatmaps both show: a trace, what was answered, the names along the axes."""

    trace: Trace
    weights: tuple[tuple[int, Weights], ...]
    belief: Track | None
    first: int
    total: int
    tokens: Sequence[str]
    strange: Sequence[int]
    units: Sequence[str]
    features: Sequence[str]
    order: np.ndarray


def view_of(
    selection: Selection, reading: Reading, inputs: Inputs, words: Words, report: Callable[[float], None]
) -> View:
    """Run the network, `report` hearing the share that is done, and name what is on the axes."""
    total = len(reading.tokens)
    trace, output, weights = cache.run(selection, inputs, report)
    first, last = cache.window(selection, total)
    tokens, strange = reading.tokens[first:last], set(inputs.unknown)
    names = registry.unit_names(selection, trace["h"].shape[1])
    answers = registry.answers(selection)
    return View(
        trace,
        weights,
        answer_track.of(answers, output, reading.tokens, first, words)
        if answers and output is not None
        else None,
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
