"""Figures of single units: how they fade, with which label they go, what another token would make of them."""

from __future__ import annotations

import html
from collections.abc import Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from ui.figures.axes import AROUND_ZERO, BARRED, DIAMOND, FIXED, LAYOUT, LINE, OVER_TIME, time_axis
from ui.figures.contributions import ROOTS, colour_bar
from ui.figures.figure import Figure
from ui.figures.theme import HUES

MOST_GREYS = 400  # steps of a strip of greys: one among more could fall between two dots of a narrow screen
GREY = "rgba(128,128,128,0.45)"


def fading(
    bias: np.ndarray,
    units: np.ndarray | None,
    chosen: int,
    product: np.ndarray | None,
    hue: str,
    says: tuple[str, str, str],
    names: Sequence[str],
    across: str,
) -> go.Figure:
    """What is left after k steps: by the bias alone, of every unit (k, unit) on the mean, of one as it was.

    `says` names the bias's curve, a unit's mean, and the chosen unit's product.
    """
    data: list[dict[str, Any]] = []
    if units is not None:
        for unit in range(units.shape[1]):
            mine = unit == chosen
            data.append(
                _line(
                    units[:, unit], HUES["h"] if mine else GREY, "dash" if mine else "solid", 2 if mine else 1
                )
                | {"hovertemplate": f"{says[1]} {names[unit]}<br>%{{x}}: <b>%{{y:.3f}}</b><extra></extra>"}
            )
    if product is not None:
        data.append(
            _line(product, HUES["h"], "solid", 2)
            | {
                "mode": "markers",
                "marker": {"size": 6, "color": HUES["h"]},
                "hovertemplate": f"{says[2]}<br>%{{x}}: <b>%{{y:.3f}}</b><extra></extra>",
            }
        )
    data.append(
        _line(bias, hue, "solid", 3.5)
        | {"hovertemplate": f"{says[0]}<br>%{{x}}: <b>%{{y:.3f}}</b><extra></extra>"}
    )
    layout = {
        **LAYOUT,
        "xaxis": FIXED | {"range": [0, len(bias) - 1], "title": {"text": across}, "automargin": True},
        "yaxis": FIXED | {"range": [-0.02, 1.04], "tickvals": [0, 0.25, 0.5, 0.75, 1], "automargin": True},
        "shapes": [
            {
                "type": "line",
                "xref": "paper",
                "x0": 0,
                "x1": 1,
                "y0": 0.5,
                "y1": 0.5,
                "line": {"color": LINE, "dash": "dot", "width": 1},
            }
        ],
    }
    return Figure(data, layout)


def _line(y: np.ndarray, colour: str, dash: str, width: float) -> dict[str, Any]:
    x = np.arange(len(y))
    return {
        "type": "scatter",
        "mode": "lines",
        "x": x,
        "y": y,
        "line": {"color": colour, "dash": dash, "width": width},
    }


def beside(
    label: np.ndarray,
    values: np.ndarray,
    hue: str,
    tokens: Sequence[str],
    first: int,
    says: tuple[str, str],
    letters: int,
) -> go.Figure:
    """A label of every step as a strip, and below it on the same time axis a unit's own curve.

    `says` names label and unit.
    """
    steps = np.arange(first, first + len(tokens))
    strip, range_of_strip = _strip(label, steps, says[0])
    curve = {
        "type": "scatter",
        "mode": "lines+markers" if len(tokens) <= 60 else "lines",
        "x": steps,
        "y": values,
        "line": {"color": hue, "width": 2.5},
        "hovertemplate": f"%{{x}}<br>{says[1]} <b>%{{y:.6f}}</b><extra></extra>",
    }
    layout = {
        **OVER_TIME,
        "xaxis": time_axis(steps, tokens, letters) | {"showticklabels": True, "anchor": "y"},
        "yaxis": AROUND_ZERO | {"domain": [0, 0.74]},
        "yaxis2": FIXED | range_of_strip | {"domain": [0.82, 1], "showticklabels": False},
    }
    return Figure([strip, curve], layout)


def _strip(label: np.ndarray, steps: np.ndarray, says: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """The label as a strip of greys, of more steps than there are dots across as an area; its axis' range."""
    hover = {"yaxis": "y2", "hovertemplate": f"%{{x}}<br>{says} <b>%{{customdata:.3g}}</b><extra></extra>"}
    if len(label) > MOST_GREYS:
        area = _line(label, "rgba(128,128,128,0.95)", "solid", 1) | {"x": steps, "fill": "tozeroy"}
        return area | hover | {"customdata": label}, {"autorange": True}
    greys = {
        "type": "heatmap",
        "z": label[None],
        "customdata": label[None],
        "x0": int(steps[0]),
        "dx": 1,
        "colorscale": [(0.0, "rgba(128,128,128,0.05)"), (1.0, "rgba(128,128,128,0.95)")],
        "showscale": False,
    }
    return greys | hover, {"range": [-0.5, 0.5]}


def instead(
    values: np.ndarray,
    others: np.ndarray,
    changes: np.ndarray,
    at: int,
    symbol: str,
    units: Sequence[str],
    chosen: int,
    tokens: Sequence[str],
    first: int,
    says: tuple[str, str, str],
    letters: int,
) -> go.Figure:
    """A unit as it was and as it would be, and below it how every unit would differ, (time, unit).

    The `chosen` unit's row is named. `at` is the number of the step that would read another token; `says`
    names both lines and the difference.
    """
    steps, bound = np.arange(first, first + len(tokens)), float(np.abs(changes).max()) or 1.0
    data: list[dict[str, Any]] = []
    for name, y, colour, dash in (
        (says[0], values, HUES[symbol], "solid"),
        (says[1], others, DIAMOND, "dash"),
    ):
        data.append(
            {
                "type": "scatter",
                "mode": "lines+markers" if len(tokens) <= 60 else "lines",
                "name": name,
                "x": steps,
                "y": y,
                "line": {"color": colour, "dash": dash, "width": 2.5},
                "hovertemplate": f"{name}<br>%{{x}} <b>%{{y:.6f}}</b><extra></extra>",
            }
        )
    data.append(
        {
            "type": "heatmap",
            "z": np.ascontiguousarray(changes.T, dtype=np.float32),
            "x0": first,
            "dx": 1,
            "y": list(range(len(units))),
            "zmin": -bound,
            "zmax": bound,
            "colorscale": ROOTS,
            "colorbar": colour_bar(bound, halves=False) | {"len": 0.46, "y": 0.18},
            "yaxis": "y2",
            "text": [list(units)[row : row + 1] * len(tokens) for row in range(len(units))],
            "hovertemplate": f"%{{text}}<br>%{{x}}<br>{says[2]} <b>%{{z:.6f}}</b><extra></extra>",
        }
    )
    layout = {
        **OVER_TIME,
        **BARRED,
        "showlegend": True,
        "legend": {"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0},
        "xaxis": time_axis(steps, tokens, letters) | {"showticklabels": True, "anchor": "y2"},
        "yaxis": AROUND_ZERO | {"domain": [0.44, 1]},
        "yaxis2": FIXED
        | {
            "range": [len(units) - 0.5, -0.5],
            "domain": [0, 0.36],
            "tickvals": [chosen],
            "ticktext": [f"▸ {html.escape(units[chosen], quote=False)}"],
            "automargin": True,
        },
        "shapes": [
            {
                "type": "line",
                "x0": at,
                "x1": at,
                "yref": "paper",
                "y0": 0,
                "y1": 1,
                "line": {"color": LINE, "dash": "dot"},
            }
        ],
    }
    return Figure(data, layout)
