"""Colours and ranges: one hue for each symbol everywhere, one diverging scale for all states.

Hues are Okabe and Ito's, told apart by colour-blind eyes. Scales run from transparent, so a closed gate or a
zero is the page's own background in light and dark alike.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

import numpy as np

Scale: TypeAlias = list[tuple[float, str]]

HUES: Mapping[str, str] = {
    "x": "#5F656E",
    "f": "#D55E00",
    "i": "#009E73",
    "o": "#0072B2",
    "u": "#D55E00",
    "r": "#009E73",
    "c_tilde": "#CC79A7",
    "c": "#E69F00",
    "h": "#56B4E9",
}
# Of whole networks: no gate's hue and no state's. A second network of one architecture takes a free one.
NETWORKS: Mapping[str, str] = {"RNN": "#B0416B", "LSTM": "#2A8C82", "GRU": "#5B7BC0", "Bi-LSTM": "#8A8A2B"}
QUIET = "#8A9099"  # what stands beside: the other direction, the other formula
GATES = ("f", "i", "o", "u", "r")
NEGATIVE, POSITIVE = "#6A51C7", "#E07B00"

# What pictures that leave are drawn on and written with.
LIGHT = {"paper": "#FFFFFF", "ink": "#1D1F24"}
DARK = {"paper": "#131417", "ink": "#ECEBE7"}

FIGURE: dict[str, Any] = {
    "margin": {"l": 8, "r": 8, "t": 22, "b": 4, "pad": 0},
    "paper_bgcolor": "rgba(0,0,0,0)",
    "plot_bgcolor": "rgba(128,128,128,0.06)",
    "dragmode": False,
    "hovermode": "closest",
}  # what all figures have in common: the page's own background shows through


def rgba(colour: str, alpha: float) -> str:
    """A #rrggbb colour at an opacity."""
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return f"rgba({red},{green},{blue},{alpha:g})"


def scale(symbol: str) -> Scale:
    """The colour scale of a symbol: sequential in its hue for a gate, diverging for a state."""
    if symbol in GATES:
        return [(0.0, rgba(HUES[symbol], 0)), (1.0, rgba(HUES[symbol], 1))]
    middle = rgba("#888888", 0)
    return [
        (0.0, rgba(NEGATIVE, 1)),
        (0.4999, rgba(NEGATIVE, 0)),
        (0.5, middle),
        (0.5001, rgba(POSITIVE, 0)),
        (1.0, rgba(POSITIVE, 1)),
    ]


def limits(symbol: str, values: np.ndarray, bounded: bool = True) -> tuple[float, float]:
    """The fixed range of a symbol's colours: gates 0..1, states -1..1; c and x symmetric and round.

    c and x are unbounded, and with relu states are: their range is the first of 1, 2, 5, 10, 20, 50, … that
    holds the largest value.
    """
    if symbol in GATES:
        return 0.0, 1.0
    if bounded and symbol not in ("c", "x"):
        return -1.0, 1.0
    finite = np.abs(values[np.isfinite(values)])
    bound = round_up(float(finite.max())) if finite.size else 1.0
    return -bound, bound


def round_up(largest: float) -> float:
    """The first of 1, 2, 5, 10, 20, 50, … that is not less than `largest`."""
    step = 0
    while (bound := (1.0, 2.0, 5.0)[step % 3] * 10.0 ** (step // 3)) < largest * (1 - 1e-9):
        step += 1
    return bound
