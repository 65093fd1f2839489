"""Plots over the tokens of a text, beside each other under one cursor: lines, bars, logarithmic scales."""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import plotly.graph_objects as go

from ui.figures.axes import FIXED, LETTERS, LINE, time_axis
from ui.figures.figure import Figure
from ui.figures.theme import FIGURE
from ui.text.numbers import digits, minus

DECADES = 16  # of a logarithmic scale, at most: what is smaller is drawn at its lower end
GAP = 0.055  # between plots, as a share of the width
ROOM = 0.3  # above each plot of a column, for its title, as a share of its height
STROKES = {"solid": "━━", "dash": "╍╍", "dot": "┈┈", "dashdot": "━╍", "longdash": "━ ━"}


@dataclass(frozen=True)
class Curve:
    """A number for each step, NaN where there is none; a "line", or a "bar" on a linear scale."""

    name: str
    values: np.ndarray
    colour: str
    dash: str = "solid"
    kind: str = "line"
    width: float = 2.5


@dataclass(frozen=True)
class Plot:
    """Curves on one scale: `bounds` of it, or as wide as the values; logarithmic scales hold no sign."""

    title: str
    curves: Sequence[Curve]
    bounds: tuple[float, float] | None = None
    log: bool = False
    marked: int | None = None  # a step that is set off from the others, from 0


def curves(
    plots: Sequence[Plot],
    tokens: Sequence[str],
    first: int = 1,
    columns: int | None = None,
    letters: int = LETTERS,
) -> go.Figure:
    """The plots beside each other, or in rows of `columns` where there is little width, each over all steps.

    `first` is the number of the first step. On a logarithmic scale an exact 0 stands on a line of its own
    below, an infinity on one above.
    """
    wide, columns = columns is None, columns or len(plots)
    rows = -(-len(plots) // columns)
    steps = np.arange(first, first + len(tokens))
    time = time_axis(steps, tokens, letters // columns)
    data: list[dict[str, Any]] = []
    layout: dict[str, Any] = {
        **FIGURE,
        "showlegend": False,
        "bargap": 0.3,
        "annotations": [],
        "shapes": [],
    }
    for place, plot in enumerate(plots):
        axis, column, row = str(place + 1) if place else "", place % columns, place // columns
        width, height = (1 - GAP * (columns - 1)) / columns, 1 / rows
        left, bottom = column * (width + GAP), 1 - (row + 1) * height
        top = bottom + height * (1 if wide else 1 - ROOM)
        layout[f"xaxis{axis}"] = time | {
            "domain": [left, left + width],
            "anchor": f"y{axis}",
            "showticklabels": place + columns >= len(plots),
        }
        scale = _log_axis(plot) if plot.log else _linear_axis(plot)
        layout[f"yaxis{axis}"] = scale | {"domain": [bottom, top], "anchor": f"x{axis}", "automargin": True}
        layout["annotations"].append(_title(plot, left, top, wide))
        if plot.marked is not None:
            layout["shapes"].append(_band(first + plot.marked, axis))
        data += [_drawn(curve, plot, steps, axis, scale) for curve in plot.curves]
    return Figure(data, layout)


def _drawn(curve: Curve, plot: Plot, steps: np.ndarray, axis: str, scale: dict[str, Any]) -> dict[str, Any]:
    low, high = 10.0 ** np.array(scale["range"]) if plot.log else (-np.inf, np.inf)
    shown = on_log(curve.values, low, high) if plot.log else curve.values
    trace: dict[str, Any] = {
        # The stepper reads a name with "@" as "no symbol of the cell whose numbers are shown".
        "name": f"{curve.name}@{plot.title}",
        "x": steps,
        "y": shown,
        "customdata": [digits(value) for value in curve.values],
        "xaxis": f"x{axis}",
        "yaxis": f"y{axis}",
        "hovertemplate": f"{html.escape(curve.name)}<br>%{{x}} <b>%{{customdata}}</b><extra></extra>",
    }
    if curve.kind == "bar":
        return {**trace, "type": "bar", "marker": {"color": curve.colour}}
    marks = np.select([np.isinf(curve.values), curve.values == 0], ["triangle-up", "circle-open"], "circle")
    return {
        **trace,
        "type": "scatter",
        "mode": "lines+markers" if len(steps) <= 60 and curve.width > 1 else "lines",
        "line": {"color": curve.colour, "dash": curve.dash, "width": curve.width},
        "marker": {"size": 6, "symbol": marks.tolist() if plot.log else "circle"},
    }


def on_log(values: np.ndarray, low: float, high: float) -> np.ndarray:
    """Heights on a logarithmic scale from `low` (where 0 stands) to `high` (where ∞ stands); NaN stays."""
    with np.errstate(invalid="ignore"):
        held = np.clip(np.abs(values), low * 10, high / 10)
    held = np.where(values == 0, low * 10**0.4, held)
    return np.where(np.isinf(values), high / 10**0.4, held)


def _log_axis(plot: Plot) -> dict[str, Any]:
    """Powers of ten from a decade below the least value to one above the largest: there 0 and ∞ are."""
    every = np.concatenate([np.abs(curve.values) for curve in plot.curves] or [np.ones(1)])
    some = every[np.isfinite(every) & (every > 0)]
    top = int(np.ceil(np.log10(some.max()) - 1e-9)) if some.size else 0
    low = int(np.floor(np.log10(some.min()) + 1e-9)) if some.size else -1
    cut, low = low < top - DECADES, max(min(low, top - 1), top - DECADES)
    powers = list(range(low, top + 1, max(1, -(-(top - low) // 4))))
    ticks = {float(power): minus(f"10<sup>{power}</sup>") for power in powers}
    if cut:
        ticks[float(low)] = "≤ " + ticks[float(low)]
    if (every == 0).any():
        ticks[low - 1 + 0.4] = "0"
    if np.isinf(every).any():
        ticks[top + 1 - 0.4] = "∞"
    return FIXED | {
        "type": "log",
        "range": [low - 1, top + 1],
        "tickvals": [10.0**power for power in ticks],
        "ticktext": list(ticks.values()),
        "tickfont": {"size": 10},
        "showgrid": True,
        "gridcolor": "rgba(128,128,128,0.2)",
    }


def _linear_axis(plot: Plot) -> dict[str, Any]:
    low, high = plot.bounds or extent(np.concatenate([curve.values for curve in plot.curves]))
    margin = 0.06 * (high - low)
    return FIXED | {
        "range": [low - (margin if low else 0), high + margin],
        "nticks": 5,
        "tickfont": {"size": 10},
        "zeroline": True,
        "zerolinecolor": LINE,
        "showexponent": "all",
        "exponentformat": "power",
    }


def extent(values: np.ndarray) -> tuple[float, float]:
    """A range that holds all finite values and 0, as wide as 1 where none of them moves."""
    finite = np.append(values[np.isfinite(values)], 0.0)
    low, high = float(finite.min()), float(finite.max())
    return (low, high) if high > low else (-0.5, 0.5)


def _band(step: int, axis: str) -> dict[str, Any]:
    """The step that is set off, over the whole height."""
    return {
        "type": "rect",
        "xref": f"x{axis}",
        "yref": f"y{axis} domain",
        "x0": step - 0.5,
        "x1": step + 0.5,
        "y0": 0,
        "y1": 1,
        "line": {"width": 1, "dash": "dot", "color": LINE},
        "fillcolor": "rgba(128,128,128,0.18)",
        "layer": "below",
    }


def _title(plot: Plot, left: float, top: float, wide: bool) -> dict[str, Any]:
    keys = [
        f'<span style="color:{curve.colour}">{"■" if curve.kind == "bar" else STROKES[curve.dash]}</span> '
        f"{html.escape(curve.name if wide else curve.name.partition(' · ')[0], quote=False)}"
        for curve in plot.curves
        if curve.name
    ]
    beside = max(1, len(keys)) if wide else 2  # a phone has room for two names, without what each reached
    rows = ["   ".join(keys[at : at + beside]) for at in range(0, len(keys), beside)]
    lines = [f"<b>{plot.title}</b>"] * bool(plot.title) + rows
    return {
        "text": ("   " if wide else "<br>").join(lines),
        "align": "left",
        "x": left,
        "y": top,
        "xref": "paper",
        "yref": "paper",
        "xanchor": "left",
        "yanchor": "bottom",
        "showarrow": False,
        "font": {"size": 12 if wide else 10},
    }
