"""Figure of a patch: an answer and a unit over time, in both texts and in the patched run."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from ui.figures.axes import AROUND_ZERO, DIAMOND, FIXED, LINE, OVER_TIME, time_axis
from ui.figures.figure import Figure
from ui.figures.theme import HUES, POSITIVE

LOOKS = ((DIAMOND, "solid", 2), (HUES["o"], "solid", 3), (POSITIVE, "dot", 3))


def three_runs(
    answers: Sequence[np.ndarray] | None,
    memories: Sequence[np.ndarray],
    into: int,
    shift: int,
    tokens: Sequence[str],
    first: int,
    says: tuple[str, str, str],
    titles: tuple[str, str],
    within: tuple[float, float] | None,
    letters: int,
) -> go.Figure:
    """An answer above, if there is one, and the memory below: of the first text, the patched run, the second.

    Values are of all steps; shown are those of `tokens`, from the step with the number `first` on. The second
    text stands `shift` steps later than it was read, so that its patched step lies over `into`, the number of
    the step that took its state. `within` is the range of the answer.
    """
    steps = np.arange(first, first + len(tokens))
    data: list[dict[str, Any]] = []
    panels = (
        [("y", memories, titles[1])]
        if answers is None
        else [
            ("y2", answers, titles[0]),
            ("y", memories, titles[1]),
        ]
    )
    for axis, values, title in panels:
        for name, y, (colour, dash, width), late in zip(says, values, LOOKS, (0, 0, shift), strict=True):
            x = np.arange(1, len(y) + 1) + late
            inside = (x >= steps[0]) & (x <= steps[-1])
            data.append(
                {
                    "type": "scatter",
                    "mode": "lines+markers" if len(tokens) <= 60 else "lines",
                    "name": name,
                    "legendgroup": name,
                    "showlegend": axis == "y",
                    "x": x[inside],
                    "y": y[inside],
                    "customdata": x[inside] - late,
                    "yaxis": axis,
                    "line": {"color": colour, "dash": dash, "width": width},
                    "hovertemplate": f"{name}<br>%{{customdata}} {title} <b>%{{y:.4f}}</b><extra></extra>",
                }
            )
    layout = {
        **OVER_TIME,
        "showlegend": True,
        "legend": {"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0},
        "xaxis": time_axis(steps, tokens, letters) | {"showticklabels": True, "anchor": "y"},
        "yaxis": AROUND_ZERO | {"domain": [0, 1 if answers is None else 0.46], "title": {"text": titles[1]}},
        "shapes": [
            {
                "type": "line",
                "x0": into,
                "x1": into,
                "yref": "paper",
                "y0": 0,
                "y1": 1,
                "line": {"color": LINE, "dash": "dot"},
            }
        ],
    }
    if answers is not None:
        above = AROUND_ZERO if within is None else FIXED | {"range": within, "automargin": True}
        layout["yaxis2"] = above | {"domain": [0.56, 1], "title": {"text": titles[0]}, "anchor": "x"}
    return Figure(data, layout)
