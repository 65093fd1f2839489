"""Questions about many units or steps at once: what goes along, what is saturated, what moves farther."""

from __future__ import annotations

import numpy as np

from cells.saturation import saturated_share
from cells.tracks import TRACKS, found
from ui.lessons.records import Ask
from ui.lessons.truth import Truth, trace_of, unit_of
from ui.runs.viewed import Viewed
from ui.text.numbers import correlation, decimals, percent

LOOSE, CLOSE = 0.3, 0.8  # of |r|: below, two curves are said to go loosely together; above, closely
FEW, MOST = 0.1, 0.5  # of all gates at all steps
ALIKE = 0.01  # so much farther at least is said to be farther, as a share


def best_r(viewed: Viewed, _ask: Ask) -> Truth:
    """How closely any unit of any symbol goes with a label of the text; the label is the page's `track`."""
    first, last = viewed.window
    labels = TRACKS[viewed.selection.memory.track](viewed.tokens)[first:last]
    trace = trace_of(viewed)
    best = found(trace, np.asarray(labels))[0]
    if best.r is None:
        raise ValueError("the label is the same at every step: take another, or another text")
    right = "loosely" if abs(best.r) < LOOSE else "closely" if abs(best.r) > CLOSE else "somewhat"
    curves = sum(trace[symbol].shape[1] for symbol in trace.symbols)
    blanks = {"r": correlation(best.r), "unit": str(best.unit + 1), "curves": str(curves)}
    return Truth(right, ("loosely", "somewhat", "closely"), blanks)


def saturated(viewed: Viewed, _ask: Ask) -> Truth:
    """How many of all gates, over all steps, are nearly closed or nearly open."""
    share = saturated_share(trace_of(viewed))
    if share is None:
        raise ValueError(f"{viewed.network.cell} has no gates: ask of an LSTM or a GRU")
    right = "few" if share < FEW else "most" if share > MOST else "some"
    return Truth(right, ("few", "some", "most"), {"share": percent(share)})


def strides(viewed: Viewed, ask: Ask) -> Truth:
    """Which of two tokens, the options, moves a state of the unit farther, on average over the text."""
    trace, unit = trace_of(viewed), unit_of(viewed)
    moves = np.abs(trace[ask.symbol] - trace.previous(ask.symbol))[:, unit]
    tokens = np.array(viewed.tokens[slice(*viewed.window)])
    far = {token: float(moves[tokens == token].mean()) for token in ask.options}
    one, other = sorted(ask.options, key=lambda token: -far[token])
    right = "same" if far[one] - far[other] < ALIKE * far[one] else one
    blanks = {token: decimals(length) for token, length in far.items()}
    return Truth(right, (*ask.options, "same"), blanks)
