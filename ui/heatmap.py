"""Heatmaps of a trace: one for each symbol, units down, steps across, in a grid that shares the time axis."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from cells.trace import Trace
from ui.theme import HUES, limits, scale

LETTERS = 165  # letters along all time axes of a row, at most: what a projector has room for
LONGEST = 20  # letters of one token on an axis
LABELS = 16  # labels down all unit axes of a column, at most
ACROSS = 0.035  # gap between columns, as a share of the width
DOWN = 0.32  # all gaps between rows together, about, as a share of the height: room for titles


def heatmaps(
    trace: Trace,
    symbols: Sequence[str],
    tokens: Sequence[str],
    units: Sequence[str],
    features: Sequence[str],
    order: np.ndarray,
    titles: Mapping[str, str],
    columns: int,
    first: int = 1,
    letters: int = LETTERS,
) -> go.Figure:
    """The symbols of a trace as one figure.

    `order` lists the units from top to bottom, `first` is the number of the first step shown, `titles` names
    each symbol and a token, unit and feature, `letters` is the room for tick labels across; colours have fixed ranges (theme.limits), so pictures stay comparable from text to text.
    """
    columns = max(1, min(columns, len(symbols)))
    rows = -(-len(symbols) // columns)
    steps = np.arange(first, first + len(trace))
    names_of_steps = [token if len(token) <= LONGEST else token[: LONGEST - 1] + "…" for token in tokens]
    times = _labels([str(step) for step in steps], names_of_steps)
    widest = 1 + max(map(len, names_of_steps), default=0)
    ticks = _thin(steps, max(1, letters // columns // widest))
    data: list[dict[str, Any]] = []
    layout: dict[str, Any] = {
        "margin": {"l": 8, "r": 8, "t": 22, "b": 4, "pad": 0},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(128,128,128,0.06)",
        "dragmode": False,
        "hovermode": "closest",
        "annotations": [],
        "uirevision": "heat",
    }
    for place, symbol in enumerate(symbols):
        axis = str(place + 1) if place else ""
        column, row = place % columns, place // columns
        across, down = _domain(column, columns, ACROSS), _domain(rows - 1 - row, rows, DOWN / rows)
        values = trace[symbol] if symbol == "x" else trace[symbol][:, order]
        names = features if symbol == "x" else [units[unit] for unit in order]
        rows_are = "feature" if symbol == "x" else "unit"
        low, high = limits(symbol, trace[symbol])
        data.append(
            {
                "type": "heatmap",
                "name": symbol,
                "z": np.ascontiguousarray(values.T, dtype=np.float32),
                "x0": int(steps[0]) if len(steps) else 1,
                "dx": 1,
                "zmin": low,
                "zmax": high,
                "colorscale": scale(symbol),
                "showscale": False,
                "xaxis": f"x{axis}",
                "yaxis": f"y{axis}",
                "hoverongaps": False,
                "xgap": 1 if len(steps) <= 80 else 0,
                "ygap": 1 if values.shape[1] <= 20 else 0,
                "hovertemplate": f"{titles[symbol]}<br>{titles['token']} %{{x}} · {titles[rows_are]} %{{y}}"
                "<br><b>%{z:.6f}</b><extra></extra>",
            }
        )
        layout[f"xaxis{axis}"] = {
            "domain": across,
            "anchor": f"y{axis}",
            **({"matches": "x"} if place else {}),
            "autorange": False,
            "range": [steps[0] - 0.5, steps[-1] + 0.5] if len(steps) else [0.5, 1.5],
            "tickvals": ticks,
            "tickangle": 0,
            "tickformat": "d",
            "tickfont": {"size": 11},
            "labelalias": times,
            "ticks": "",
            "showgrid": False,
            "zeroline": False,
            "fixedrange": True,
            "showticklabels": row == rows - 1 or place + columns >= len(symbols),
        }
        layout[f"yaxis{axis}"] = {
            "domain": down,
            "anchor": f"x{axis}",
            "autorange": False,
            "range": [len(names) - 0.5, -0.5],
            "tickvals": _thin(np.arange(len(names)), LABELS // rows),
            "labelalias": _labels([str(place) for place in range(len(names))], names),
            "tickfont": {"size": 10},
            "ticks": "",
            "showgrid": False,
            "zeroline": False,
            "fixedrange": True,
            "automargin": True,
            "showticklabels": column == 0 or (symbol == "x" or symbols[place - 1] == "x"),
        }
        bounds = "0…1" if low == 0 else f"±{high:g}"
        layout["annotations"].append(
            {
                "text": f'<span style="color:{HUES[symbol]}">■</span> {titles[symbol]}  <i>{bounds}</i>',
                "x": across[0],
                "y": down[1],
                "xref": "paper",
                "yref": "paper",
                "xanchor": "left",
                "yanchor": "bottom",
                "showarrow": False,
                "font": {"size": 12},
            }
        )
    # Validation costs more than drawing: the dictionary is ours, and tests read the figure.
    return go.Figure({"data": data, "layout": layout}, _validate=False)


def _domain(place: int, count: int, gap: float) -> list[float]:
    size = (1 - gap * (count - 1)) / count
    return [place * (size + gap), place * (size + gap) + size]


def _thin(values: np.ndarray, most: int) -> list[int]:
    stride = max(1, -(-len(values) // most))
    return [int(value) for value in values[::stride]]


def _labels(keys: Sequence[str], names: Sequence[str]) -> dict[str, str]:
    # Plotly reads labels as a little HTML: people's text must stay text.
    return {key: html.escape(name, quote=False) or " " for key, name in zip(keys, names, strict=True)}
