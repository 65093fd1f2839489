"""Figures of the memory page: bars, one for each token, and lines over distance."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from ui.figures.axes import AROUND_ZERO, BARRED, DIAMOND, OVER_TIME, time_axis
from ui.figures.figure import Figure
from ui.figures.theme import NEGATIVE, POSITIVE, rgba
from ui.text.numbers import digits

DOWN = 16  # labels down an axis of steps, at most


# Colours of small numbers would be the page's own: a sixteenth of the strongest is a quarter as strong.
SHARES = [place / 8 for place in range(9)]
ROOTS = [
    *((0.4999 * (1 - share), rgba(NEGATIVE, share**0.5)) for share in reversed(SHARES)),
    *((0.5001 + 0.4999 * share, rgba(POSITIVE, share**0.5)) for share in SHARES),
]
RISING = [(share, rgba(POSITIVE, share**0.5)) for share in SHARES]  # of what has no sign


def colour_bar(bound: float, halves: bool = True, signed: bool = True) -> dict[str, Any]:
    """The bar of ROOTS, or of RISING: its ends, and where there is room the `halves` of the strength."""
    rising = [*([bound / 4] if halves else []), bound]
    ticks = [*(-tick for tick in reversed(rising) if signed), 0.0, *rising]
    return {
        "thickness": 8,
        "len": 1,
        "outlinewidth": 0,
        "tickvals": ticks,
        "ticktext": [digits(tick) for tick in ticks],
        "tickfont": {"size": 10},
    }


def contributions(
    values: np.ndarray,
    others: np.ndarray | None,
    tokens: Sequence[str],
    first: int,
    says: tuple[str, str],
    letters: int,
    bound: float | None = None,
) -> go.Figure:
    """A bar for what each token left in a memory, signs by colour and direction; diamonds for `others`.

    `values` and `others` are (step,), `says` names bar and diamond, `first` is the number of the first step;
    `bound` fixes the scale on both sides of 0.
    """
    steps = np.arange(first, first + len(values))
    scale = {} if bound is None else {"autorange": False, "range": [-bound, bound]}
    bars = {
        "type": "bar",
        "x": steps,
        "y": values,
        "marker": {"color": np.where(values < 0, NEGATIVE, POSITIVE)},
        "hovertemplate": f"%{{x}}<br>{says[0]} <b>%{{y:.6f}}</b><extra></extra>",
    }
    marks = {
        "type": "scatter",
        "mode": "markers",
        "x": steps,
        "y": others,
        "marker": {"symbol": "diamond-open", "size": 9, "line": {"width": 2}, "color": DIAMOND},
        "hovertemplate": f"%{{x}}<br>{says[1]} <b>%{{y:.6f}}</b><extra></extra>",
    }
    layout = {
        **OVER_TIME,
        "bargap": 0.25,
        "xaxis": time_axis(steps, tokens, letters) | {"showticklabels": True},
        "yaxis": AROUND_ZERO | scale,
    }
    return Figure([bars] if others is None else [bars, marks], layout)


def step_by_step(
    values: np.ndarray,
    tokens: Sequence[str],
    first: int,
    says: str,
    axes: tuple[str, str],
    bound: float,
    letters: int,
) -> go.Figure:
    """A square: what the token of a column holds of the memory at the step of a row, (step, token)."""
    steps = np.arange(first, first + len(values))
    square = {
        "type": "heatmap",
        "z": values.astype(np.float32),
        "x0": first,
        "dx": 1,
        "y0": first,
        "dy": 1,
        "zmin": -bound,
        "zmax": bound,
        "colorscale": ROOTS,
        "colorbar": colour_bar(bound),
        "hovertemplate": f"{says} <b>%{{z:.6f}}</b><extra></extra>",
    }
    across = time_axis(steps, tokens, letters) | {"title": {"text": axes[0]}, "automargin": True}
    numbers = [f"{step} {token}" for step, token in zip(steps, tokens, strict=True)]
    down = time_axis(steps, numbers, DOWN * (1 + max(map(len, numbers)))) | {
        "range": [steps[-1] + 0.5, steps[0] - 0.5],
        "title": {"text": axes[1]},
        "automargin": True,
    }
    layout = {**OVER_TIME, **BARRED, "meta": "y", "xaxis": across, "yaxis": down}
    return Figure([square], layout)
