"""The view that all pages are measured with: 7 heatmaps of 32 units of a random LSTM."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go

from ui.figures.heatmaps import heatmaps
from ui.selection.records import Selection
from ui.session.chosen import chosen as resolved
from ui.words import Words

UNITS = 32
SYMBOLS = ("x", "f", "i", "o", "c_tilde", "c", "h")


def selection(text: str, units: int = UNITS) -> Selection:
    """The app's selection of the view."""
    return Selection().but(network="random", units=units, text=text, step=1, symbols=SYMBOLS)


def figure(text: str) -> go.Figure:
    """The app's own figure, from the app's own network."""
    chosen = resolved(selection(text))
    inputs = chosen.inputs
    trace = chosen.run().trace(chosen.selection.at)
    units = [str(unit + 1) for unit in range(UNITS)]
    titles = Words("en").under("title")
    return heatmaps(
        trace, SYMBOLS, chosen.tokens, units, inputs.features, np.arange(UNITS), titles, columns=4
    )
