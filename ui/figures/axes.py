"""Axes that figures share: time with its tokens, values around zero, margins, greys."""

from __future__ import annotations

import html
from collections.abc import Sequence
from typing import Any

import numpy as np

from ui.figures.theme import FIGURE

LETTERS = 165  # letters along all time axes of a row, at most: what a projector has room for


AFAR_LETTERS = 110  # where they are read from afar


LONGEST = 20  # letters of one token on an axis


FIXED = {"autorange": False, "ticks": "", "showgrid": False, "zeroline": False, "fixedrange": True}


def time_axis(steps: np.ndarray, tokens: Sequence[str], letters: int) -> dict[str, Any]:
    """A time axis whose ticks are tokens, as many as fit into so many letters."""
    names = [token if len(token) <= LONGEST else token[: LONGEST - 1] + "…" for token in tokens]
    widest = 1 + max(map(len, names), default=0)
    return FIXED | {
        "range": [steps[0] - 0.5, steps[-1] + 0.5],
        "tickvals": thin(steps, max(1, letters // widest)),
        "tickangle": 0,
        "tickformat": "d",
        "tickfont": {"size": 11},
        "labelalias": labels([str(step) for step in steps], names),
    }


def domain(place: int, count: int, gap: float) -> list[float]:
    """Where one of `count` places that share an axis's room begins and ends, as shares of it."""
    size = (1 - gap * (count - 1)) / count
    return [place * (size + gap), place * (size + gap) + size]


def thin(values: np.ndarray, most: int) -> list[int]:
    """Every so many-th value, at most `most` of them."""
    stride = max(1, -(-len(values) // most))
    return [int(value) for value in values[::stride]]


def labels(keys: Sequence[str], names: Sequence[str]) -> dict[str, str]:
    """What stands at each tick instead of its number."""
    # Plotly reads labels as a little HTML: people's text must stay text.
    return {key: html.escape(name, quote=False) or " " for key, name in zip(keys, names, strict=True)}


LAYOUT = FIGURE | {"showlegend": False}


BARRED = {"margin": LAYOUT["margin"] | {"r": 64}}  # room for the numbers of a colour bar


OVER_TIME = LAYOUT | {"meta": "x"}  # the stepper marks the present step in columns of x, or in rows of y


LINE = "rgba(128,128,128,0.55)"


AROUND_ZERO = FIXED | {"autorange": True, "zeroline": True, "zerolinecolor": LINE, "automargin": True}


DIAMOND = "#858B94"
