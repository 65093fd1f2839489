"""How often each gate of each unit is nearly closed and nearly open: a dot a unit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from ui.figures.axes import DIAMOND, FIXED, LAYOUT
from ui.figures.figure import Figure
from ui.figures.theme import HUES


def spread(
    shares: Mapping[str, tuple[np.ndarray, np.ndarray]],
    twins: Mapping[str, tuple[np.ndarray, np.ndarray]] | None,
    titles: Mapping[str, str],
    units: Sequence[str],
    chosen: int,
    says: tuple[str, str, str],
) -> go.Figure:
    """For each gate a square of dots, one for each unit: how often it is nearly closed, and nearly open.

    Units at one place share a dot, whose customdata are their indices; `twins` are hollow. `says` names the
    two axes and the twin.
    """
    data: list[dict[str, Any]] = []
    share = FIXED | {
        "range": [-0.09, 1.09],
        "tickvals": [0, 0.5, 1],
        "ticktext": ["0 %", "50 %", "100 %"],
        "automargin": True,
    }
    layout: dict[str, Any] = {**LAYOUT, "annotations": [], "margin": LAYOUT["margin"] | {"t": 24}}
    for place, (gate, both) in enumerate(shares.items()):
        axis, width = str(place + 1) if place else "", 1 / len(shares)
        left = place * width + 0.03
        if twins:
            data.append(_dots(twins[gate], "", units, axis, says) | {"name": says[2]})
        data.append(_dots(both, HUES[gate], units, axis, says, chosen) | {"name": titles[gate]})
        layout[f"xaxis{axis}"] = share | {
            "domain": [left, place * width + width - 0.03],
            "anchor": f"y{axis}",
            "title": {"text": says[0], "standoff": 4},
        }
        layout[f"yaxis{axis}"] = share | {
            "anchor": f"x{axis}",
            "title": {"text": "" if place else says[1]},
            "showticklabels": not place,  # the same for all
        }
        layout["annotations"].append(
            {
                "text": f'<span style="color:{HUES[gate]}">■</span> {titles[gate]}',
                "x": left,
                "y": 1,
                "xref": "paper",
            }
            | {
                "yref": "paper",
                "xanchor": "left",
                "yanchor": "bottom",
                "showarrow": False,
                "font": {"size": 12},
            }
        )
    return Figure(data, layout)


def _dots(
    both: tuple[np.ndarray, np.ndarray],
    colour: str,
    units: Sequence[str],
    axis: str,
    says: tuple[str, str, str],
    chosen: int = -1,
) -> dict[str, Any]:
    """Units with the same two shares as one dot, the larger the more they are; the chosen one's is a star."""
    places: dict[tuple[float, float], list[int]] = {}
    for unit, place in enumerate(zip(both[0].tolist(), both[1].tolist(), strict=True)):
        places.setdefault(place, []).append(unit)
    mine = [chosen in members for members in places.values()]
    sizes = [
        11 + 3 * (len(members) - 1) ** 0.5 + 4 * one
        for members, one in zip(places.values(), mine, strict=True)
    ]
    hollow = {"symbol": "circle-open", "size": [size + 5 for size in sizes], "color": DIAMOND, "opacity": 0.8}
    solid = {
        "symbol": ["star" if one else "circle" for one in mine],
        "size": sizes,
        "color": colour,
        "opacity": 0.85,
        "line": {"width": 0.5, "color": "white"},
    }
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [left for left, _ in places],
        "y": [right for _, right in places],
        "customdata": list(places.values()),
        "text": [
            ", ".join(units[unit] for unit in members[:12]) + "…" * (len(members) > 12)
            for members in places.values()
        ],
        "cliponaxis": False,
        "marker": solid if colour else hollow | {"line": {"width": 1.5}},
        "selected": {"marker": {"opacity": 0.85}},
        "unselected": {"marker": {"opacity": 0.85}},
        "xaxis": f"x{axis}",
        "yaxis": f"y{axis}",
        "hovertemplate": f"%{{text}}<br>{says[0]} %{{x:.0%}}<br>{says[1]} %{{y:.0%}}<extra></extra>",
    }
