"""Questions about two formulas with the same weights: whether they are the same function."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from cells.alternative_formulas import negated, reread, unroll_z_keeps
from cells.arrays import Steps
from cells.network import Network
from ui.lessons.records import Ask
from ui.lessons.truth import Truth, trace_of
from ui.runs.viewed import Viewed
from ui.text.numbers import digits, rounding

SAME = 1e-12  # what rounding makes of one function that is computed in two ways


def _keeps(network: Network, x: Steps) -> Steps:
    """h where z = 1 keeps, the signs of the update block turned."""
    return unroll_z_keeps(network.cell, negated(network.layers[0].forward), x)


def _unturned(network: Network, x: Steps) -> Steps:
    """h where z = 1 keeps, and nobody turned the signs."""
    return unroll_z_keeps(network.cell, network.layers[0].forward, x)


def _reset(network: Network, x: Steps) -> Steps:
    """h of the sister that resets elsewhere."""
    return reread(network, "GRU (reset after)").run(x).layers[0].forward["h"]


OTHERS: Mapping[str, Callable[[Network, Steps], Steps]] = {
    "keeps": _keeps,
    "unturned": _unturned,
    "reset": _reset,
}


def gap(viewed: Viewed, other: str) -> float:
    """By how much h differs at most, over all units and steps, with another formula on the page's weights."""
    trace = trace_of(viewed)
    return float(np.abs(trace["h"] - OTHERS[other](viewed.network, trace["x"])).max())


def same_function(viewed: Viewed, ask: Ask) -> Truth:
    """Whether h is the same with the formula that `symbol` names."""
    found = gap(viewed, ask.symbol)
    same = found < SAME
    blanks = {"gap": rounding(found) if same else digits(found)}
    return Truth("same" if same else "differs", ("same", "differs"), blanks)


def which_differs(viewed: Viewed, ask: Ask) -> Truth:
    """Which of two formulas, the options, makes another function: one of them, both or neither."""
    differs = [name for name in ask.options if gap(viewed, name) >= SAME]
    right = differs[0] if len(differs) == 1 else "both" if differs else "neither"
    return Truth(right, (*ask.options, "both", "neither"))
