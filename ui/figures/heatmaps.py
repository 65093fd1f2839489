"""Heatmaps of a trace: one for each symbol, units down, steps across, in a grid that shares the time axis."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from cells.trace import Trace
from ui.figures.axes import FIXED, LETTERS, domain, labels, thin, time_axis
from ui.figures.figure import Figure
from ui.figures.panels import Panel, panels_of, range_said
from ui.figures.theme import FIGURE, HUES, scale

LABELS = 16  # labels down all unit axes of a column, at most
FAR = 6  # the same where they are read from afar
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
    run: str = "",
    original: Trace | None = None,
    afar: bool = False,
) -> go.Figure:
    """The symbols of a trace as one figure.

    `order` lists the units from top to bottom, `first` is the number of the first step shown, `titles` names
    each symbol and a token, a unit, a feature; `letters` is the room for tick labels across. Colours have
    fixed ranges (theme.limits), so pictures stay comparable from text to text. `run` tells a page that paints
    other runs in the same axes whose they are. Colours of an edited run keep the ranges of the `original`.
    What is read from `afar` has few labels, and large ones.
    """
    panels = panels_of(trace, symbols, units, features, order, titles, original)
    return grid(panels, tokens, titles["token"], columns, first, letters, run, afar)


def grid(
    panels: Sequence[Panel],
    tokens: Sequence[str],
    token: str,
    columns: int,
    first: int = 1,
    letters: int = LETTERS,
    run: str = "",
    afar: bool = False,
) -> go.Figure:
    """Panels that share one time axis, in a grid; `token` is the word for a token."""
    columns = max(1, min(columns, len(panels)))
    rows = -(-len(panels) // columns)
    time = time_axis(np.arange(first, first + len(tokens)), tokens, letters // columns)
    data: list[dict[str, Any]] = []
    layout: dict[str, Any] = {**FIGURE, "annotations": []}
    if run:
        layout["meta"] = {"run": run, "letters": letters // columns, "difference": scale("h")}
    for place, panel in enumerate(panels):
        axis = str(place + 1) if place else ""
        column, row = place % columns, place // columns
        across, down = domain(column, columns, ACROSS), domain(rows - 1 - row, rows, DOWN / rows)
        bounds = panel.limits
        says = f"{panel.title}<br>{token} %{{x}} · {panel.row} %{{y}}"
        data.append(_heatmap(panel, first, bounds, axis, says))
        layout[f"xaxis{axis}"] = time | {
            "domain": across,
            "anchor": f"y{axis}",
            "showticklabels": place + columns >= len(panels),
            **({"matches": "x"} if place else {}),
        }
        layout[f"yaxis{axis}"] = _unit_axis(panel.rows, (FAR if afar else LABELS) // rows) | {
            "domain": down,
            "anchor": f"x{axis}",
            "showticklabels": column == 0 or panel.rows != panels[place - 1].rows,
        }
        if afar:
            layout[f"xaxis{axis}"]["tickfont"] = layout[f"yaxis{axis}"]["tickfont"] = {"size": 16}
        layout["annotations"].append(_title(panel, across[0], down[1], 16 if afar else 12))
    return Figure(data, layout)


def _heatmap(panel: Panel, first: int, limits: tuple[float, float], axis: str, says: str) -> dict[str, Any]:
    return {
        "type": "heatmap",
        "name": panel.name,
        "z": np.ascontiguousarray(panel.values.T, dtype=np.float32),
        "x0": first,
        "dx": 1,
        "zmin": limits[0],
        "zmax": limits[1],
        "colorscale": scale(panel.symbol),
        "showscale": False,
        "xaxis": f"x{axis}",
        "yaxis": f"y{axis}",
        "hoverongaps": False,
        "xgap": 1 if len(panel.values) <= 80 else 0,
        "ygap": 1 if panel.values.shape[1] <= 20 else 0,
        "hovertemplate": f"{says}<br><b>%{{z:.6f}}</b><extra></extra>",
    }


def _unit_axis(names: Sequence[str], most: int) -> dict[str, Any]:
    return FIXED | {
        "range": [len(names) - 0.5, -0.5],
        "tickvals": thin(np.arange(len(names)), most),
        "labelalias": labels([str(place) for place in range(len(names))], names),
        "tickfont": {"size": 10},
        "automargin": True,
    }


def _title(panel: Panel, x: float, y: float, size: int) -> dict[str, Any]:
    square = f'<span style="color:{HUES[panel.symbol]}">■</span>'
    return {
        "text": f"{square} {panel.title}  <i>{range_said(panel.limits)}</i>",
        "x": x,
        "y": y,
        "xref": "paper",
        "yref": "paper",
        "xanchor": "left",
        "yanchor": "bottom",
        "showarrow": False,
        "font": {"size": size},
    }
