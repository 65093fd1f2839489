"""Figures of gradients over distance, on a logarithmic scale that stays readable whatever explodes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import plotly.graph_objects as go

from ui.figures.axes import DIAMOND, FIXED, LAYOUT, LINE, OVER_TIME, time_axis
from ui.figures.figure import Figure
from ui.figures.theme import rgba

LEAST, MOST = 1e-18, 1e12  # what lies beyond is marked at the edge


@dataclass(frozen=True)
class NormCurve:
    """Geometric means over distance with their spread, a factor; what goes through the memory alone; quotes.

    `quoted` are (distance, value) pairs.
    """

    name: str
    colour: str
    means: np.ndarray
    spreads: np.ndarray | None = None
    alone: np.ndarray | None = None
    quoted: Sequence[tuple[int, float]] = field(default=())


def over_distance(curves: Sequence[NormCurve], across: str, up: str, says: tuple[str, str, str]) -> go.Figure:
    """A line for each network with a band for its spread; `says` names the band, the dotted line, a quote."""
    bottom, top = _range([curve.means for curve in curves])
    data: list[dict[str, Any]] = []
    layout = _layout(bottom, top, up)
    labels: list[tuple[float, NormCurve]] = []
    for curve in curves:
        x = np.arange(1, len(curve.means) + 1)
        shown = np.clip(curve.means, bottom, top)
        if curve.spreads is not None and np.isfinite(curve.spreads).all():
            ends = np.concatenate((curve.means * curve.spreads, (curve.means / curve.spreads)[::-1]))
            data.append(
                {
                    "type": "scatter",
                    "x": np.concatenate((x, x[::-1])),
                    "y": np.clip(ends, bottom, top),
                    "fill": "toself",
                    "fillcolor": rgba(curve.colour, 0.18),
                    "line": {"width": 0},
                    "mode": "lines",
                    "hoverinfo": "skip",
                    "name": f"{curve.name} {says[0]}",
                }
            )
        spread = [""] * len(x) if curve.spreads is None else [f"×/÷ {one:.2f}" for one in curve.spreads]
        data.append(
            _line(curve.name, x, shown, curve.colour, "solid", 2.5)
            | {
                "customdata": [
                    f"{mean:.3g} {how}".strip() for mean, how in zip(curve.means, spread, strict=True)
                ],
                "hovertemplate": f"{curve.name}<br>{across} %{{x}}<br><b>%{{customdata}}</b><extra></extra>",
            }
        )
        if curve.alone is not None:
            name = f"{curve.name}, {says[1]}"
            data.append(
                _line(name, x, np.where(curve.alone < bottom, np.nan, curve.alone), curve.colour, "dot", 1.5)
            )
        if curve.quoted:
            data.append(_quotes(curve, bottom, top, says[2]))
        data += _beyond(curve.name, x, curve.means, curve.colour, bottom, top)
        end = shown[-1] if np.isfinite(shown[-1]) else top
        labels.append((float(np.log10(end)), curve))
    layout["annotations"] = _names(labels, layout["yaxis"]["range"])
    longest = max(len(curve.means) for curve in curves)
    layout["xaxis"] = FIXED | {
        "range": [0, longest + 0.5],
        "title": {"text": across},
        "automargin": True,
        **({"dtick": 1} if longest < 8 else {}),  # no fractions of a step
    }
    layout["margin"] = LAYOUT["margin"] | {"r": 58}
    return Figure(data, layout)


def over_tokens(
    curves: Sequence[NormCurve],
    marks: tuple[str, np.ndarray] | None,
    tokens: Sequence[str],
    first: int,
    up: str,
    letters: int,
    reverse: bool = False,
) -> go.Figure:
    """Lines over the tokens of a text, up to the step they lead to; `marks` are diamonds, one a token.

    The diamonds have a scale of their own below the lines, since they can be far from all of those.
    Curves hold the tokens that were read: the first ones, in `reverse` the last ones.
    """
    bottom, top = _range([curve.means for curve in curves])
    layout = _layout(bottom, top, up)
    steps = np.arange(first, first + len(tokens))
    data: list[dict[str, Any]] = []
    for place, curve in enumerate(curves):
        x = steps[-len(curve.means) :] if reverse else steps[: len(curve.means)]
        y = np.where(curve.means < bottom, np.nan, np.minimum(curve.means, top))
        data.append(_line(curve.name, x, y, curve.colour, ("solid", "dot", "dash")[place], 2.5))
        data += _beyond(curve.name, x, curve.means, curve.colour, bottom, top)
    if marks:
        name, values = marks
        low, high = _around(values)
        data.append(
            _line(name, steps, np.where(values < low, np.nan, values), DIAMOND, "solid", 2)
            | {"mode": "markers", "marker": {"symbol": "diamond-open", "size": 9, "color": DIAMOND}}
            | {"yaxis": "y2"}
        )
        layout["yaxis"] |= {"domain": [0.46, 1.0]}
        layout["yaxis2"] = _log_axis(low, high, "") | {"domain": [0.0, 0.36]}
    layout |= {
        "meta": OVER_TIME["meta"],
        "xaxis": time_axis(steps, tokens, letters)
        | {"showticklabels": True, "anchor": "y2" if marks else "y"},
        "showlegend": True,
        "legend": {"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0},
    }
    return Figure(data, layout)


def _range(curves: Sequence[np.ndarray]) -> tuple[float, float]:
    """A bottom and a top that hold all curves as far as they can be read, 1 always among them."""
    values = np.concatenate(list(curves))
    values = values[np.isfinite(values) & (values > 0)]
    low, high = (values.min(), values.max()) if len(values) else (1.0, 1.0)
    return float(max(LEAST, min(low / 2, 0.5))), float(min(MOST, max(high * 2, 2.0)))


def _around(values: np.ndarray) -> tuple[float, float]:
    """A bottom and a top that hold the values as far as they can be read, and no more."""
    values = values[np.isfinite(values) & (values > 0)]
    low, high = (values.min(), values.max()) if len(values) else (1.0, 1.0)
    low = float(np.clip(low / 2, LEAST, MOST / 10))
    return low, float(np.clip(high * 2, 4 * low, MOST))


def _line(name: str, x: np.ndarray, y: np.ndarray, colour: str, dash: str, width: float) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines+markers" if len(x) == 1 else "lines",
        "name": name,
        "x": x,
        "y": y,
        "line": {"color": colour, "dash": dash, "width": width},
        "hovertemplate": f"{name}<br>%{{x}}: <b>%{{y:.3g}}</b><extra></extra>",
    }


def _quotes(curve: NormCurve, bottom: float, top: float, says: str) -> dict[str, Any]:
    distances, values = zip(*curve.quoted, strict=True)
    return {
        "type": "scatter",
        "mode": "markers",
        "name": f"{curve.name}, {says}",
        "x": list(distances),
        "y": np.clip(values, bottom, top),
        "customdata": list(values),
        "cliponaxis": False,
        "marker": {
            "symbol": "diamond",
            "size": 10,
            "color": curve.colour,
            "line": {"width": 1, "color": "white"},
        },
        "hovertemplate": f"{curve.name}, {says}<br>%{{x}}: <b>%{{customdata:.3g}}</b><extra></extra>",
    }


def _beyond(
    name: str, x: np.ndarray, values: np.ndarray, colour: str, bottom: float, top: float
) -> list[dict[str, Any]]:
    """Triangles at the edge for what lies beyond it, with the true number, ∞ included."""
    marks = []
    for outside, edge, symbol in (
        (np.logical_not(values <= top), top, "triangle-up"),
        (values < bottom, bottom, "triangle-down"),
    ):
        if outside.any():
            told = [
                "∞" if np.isposinf(one) else "?" if np.isnan(one) else f"{one:.3g}" for one in values[outside]
            ]
            marks.append(
                {
                    "type": "scatter",
                    "mode": "markers",
                    "name": name,
                    "x": x[outside],
                    "y": np.full(outside.sum(), edge),
                    "customdata": told,
                    "marker": {"symbol": symbol, "size": 9, "color": colour},
                    "hovertemplate": f"{name}<br>%{{x}}: <b>%{{customdata}}</b><extra></extra>",
                    "showlegend": False,
                    "cliponaxis": False,
                }
            )
    return marks


def _names(labels: list[tuple[float, NormCurve]], height: Sequence[float]) -> list[dict[str, Any]]:
    """Names at the right ends of the lines, kept apart and within the picture: outside they are not drawn."""
    apart = (height[1] - height[0]) / 14
    labels = sorted(labels, key=lambda label: label[0])
    at: list[float] = []
    for end, _ in labels:
        at.append(max([end, height[0], *(below + apart for below in at[-1:])]))
    ceiling = height[1]
    for place in reversed(range(len(at))):
        if at[place] <= ceiling:
            break
        at[place] = ceiling
        ceiling -= apart
    return [
        {
            "text": f"<b>{curve.name}</b>",
            "x": 1.005,
            "xshift": 5,
            "xref": "paper",
            "y": y,
            "xanchor": "left",
            "showarrow": False,
            "font": {"color": curve.colour, "size": 13},
        }
        for y, (_, curve) in zip(at, labels, strict=True)
    ]


def _log_axis(bottom: float, top: float, up: str) -> dict[str, Any]:
    ends = [float(np.log10(bottom)), float(np.log10(top))]
    decades = ends[1] - ends[0]
    return FIXED | {
        "range": ends,
        "type": "log",
        "dtick": max(1, round(decades / 7)) if decades > 2 else "D2",
        "exponentformat": "power",
        "title": {"text": up},
        "automargin": True,
    }


def _layout(bottom: float, top: float, up: str) -> dict[str, Any]:
    return {
        **LAYOUT,
        "yaxis": _log_axis(bottom, top, up),
        "shapes": [
            {
                "type": "line",
                "xref": "paper",
                "x0": 0,
                "x1": 1,
                "y0": 1,
                "y1": 1,
                "line": {"color": LINE, "width": 1},
            }
        ],
    }
