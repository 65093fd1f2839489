"""The run as the page shows it: a trace, what was answered, the names along the axes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from cells.arrays import Steps
from cells.trace import Trace
from cells.weights import Weights
from ui.figures.unit_order import ORDERS
from ui.networks.tokenize import shown
from ui.runs.viewed import Viewed
from ui.stepper import answer_track
from ui.stepper.answer_track import Track


class Original(NamedTuple):
    """Beside an edited run the one without edits: its trace, and what was answered."""

    trace: Trace
    belief: Track | None


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
    original: Original | None = None


def view_of(chosen: Viewed, report: Callable[[float], None] = lambda _: None) -> View:
    """Run the network, `report` hearing the share that is done, and name what is on the axes."""
    selection, source, words = chosen.selection, chosen.source, chosen.words
    run = chosen.run(report)
    trace = run.trace(selection.at)
    first, last = chosen.window
    tokens, strange = chosen.tokens[first:last], set(chosen.inputs.unknown)
    original = _original(chosen) if chosen.changed else None
    return View(
        trace,
        run.weights_of(selection.at),
        _belief(chosen, run.output),
        first + 1,
        len(chosen.tokens),
        [shown(token) for token in tokens],
        [place for place, token in enumerate(tokens) if token in strange],
        [*map(words.names("unit"), source.unit_names(trace["h"].shape[1]))],
        chosen.inputs.features
        if selection.at.layer == 1
        else [str(feature + 1) for feature in range(trace["x"].shape[1])],
        ORDERS[selection.display.sort](trace if original is None else original.trace),
        original,
    )


def _original(chosen: Viewed) -> Original:
    run = chosen.original.run()
    return Original(run.trace(chosen.selection.at), _belief(chosen, run.output))


def _belief(chosen: Viewed, output: Steps | None) -> Track | None:
    answers = chosen.source.answers()
    if answers is None or output is None:
        return None
    return answer_track.of(answers, output, chosen.tokens, chosen.window[0], chosen.words)
