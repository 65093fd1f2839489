"""What an edit of each single step and unit does to an answer."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from ui.figures.axes import BARRED, FIXED, OVER_TIME, labels, thin, time_axis
from ui.figures.contributions import RISING, ROOTS, colour_bar
from ui.figures.figure import Figure

DOWN = 16  # labels down the axis of units, at most
GAPS = (80, 20)  # steps and units up to which there is a line between cells


def effects(
    values: np.ndarray,
    signed: bool,
    tokens: Sequence[str],
    first: int,
    units: Sequence[str],
    says: tuple[str, str],
    letters: int,
) -> go.Figure:
    """Effects (time, unit) on an answer, or not `signed` distances of all answers, units from top to bottom.

    `says` names a token and a unit. A click on a cell is heard by the stepper: the trace's meta says so.
    Colours go with the square root.
    """
    bound = float(np.nanmax(np.abs(values))) or 1.0
    steps = np.arange(first, first + len(values))
    cells = {
        "type": "heatmap",
        "meta": "cells",
        "z": np.ascontiguousarray(values.T, dtype=np.float32),
        "x0": first,
        "dx": 1,
        "zmin": -bound if signed else 0,
        "zmax": bound,
        "colorscale": ROOTS if signed else RISING,
        "colorbar": colour_bar(bound, signed=signed),
        "xgap": int(len(values) <= GAPS[0]),
        "ygap": int(len(units) <= GAPS[1]),
        "hoverongaps": False,
        "hovertemplate": f"{says[0]} %{{x}} · {says[1]} %{{y}}<br><b>%{{z:.6f}}</b><extra></extra>",
    }
    down = FIXED | {
        "range": [len(units) - 0.5, -0.5],
        "tickvals": thin(np.arange(len(units)), DOWN),
        "labelalias": labels([str(place) for place in range(len(units))], units),
        "tickfont": {"size": 10},
        "automargin": True,
    }
    across = time_axis(steps, tokens, letters) | {"automargin": True}
    return Figure([cells], {**OVER_TIME, **BARRED, "xaxis": across, "yaxis": down})
