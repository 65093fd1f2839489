"""A figure of ours is Plotly's own: the same on the wire, and the same to who looks into it."""

from __future__ import annotations

import json

import numpy as np
import plotly.graph_objects as go
import plotly.io as pio

from ui.figures.figure import Figure
from ui.figures.heatmaps import grid
from ui.figures.panels import Panel

VALUES = np.random.default_rng(0).normal(size=(5, 3))


def made() -> Figure:
    panels = [
        Panel(symbol, symbol, symbol, VALUES, ["1", "2", "3"], "unit") for symbol in ("f", "c_tilde", "c")
    ]
    figure = grid(panels, [*"abcde"], "token", 2)
    assert isinstance(figure, Figure)
    return figure


def wired(figure: go.Figure) -> object:
    return json.loads(pio.to_json(figure.to_dict(), validate=False))


def test_what_is_sent_is_what_plotly_would_send() -> None:
    figure, sent = made(), wired(made())
    assert figure.data[1].name == "c_tilde"  # somebody looks: from here on it is Plotly's
    assert wired(figure) == sent
    assert np.array_equal(figure.data[2].z, VALUES.T.astype(np.float32))


def test_sending_changes_nothing_and_a_change_is_sent() -> None:
    figure = made()
    assert wired(figure) == wired(figure)
    figure.update_layout(height=321)
    assert figure.to_dict()["layout"]["height"] == 321
    assert len(figure.data) == 3
