"""Plots over tokens, by what is in them: exact zeros and infinities on a scale that stays readable."""

from __future__ import annotations

import numpy as np

from ui.figures.curves import Curve, Plot, curves
from ui.text.numbers import digits


def test_zero_and_infinity_have_places_of_their_own_on_a_logarithmic_scale() -> None:
    values = np.array([0, 1e-3, 1e-300, np.inf, 1.0, np.nan])
    figure = curves([Plot("", [Curve("a", values, "#000000")], log=True)], list("abcdef"))
    (trace,), axis = figure.data, figure.layout.yaxis
    y, low, high = np.asarray(trace.y), *axis.range
    assert 10.0**low < y[0] < y[2] < y[1] < y[4] < y[3] < 10.0**high and np.isnan(y[5])
    assert high - low < 20
    assert list(trace.customdata) == ["0", "0.001", "1e−300", "∞", "1", "–"]
    assert digits(-np.inf) == "−∞" and digits(-0.5) == "−0.5"
    assert {"0", "∞"} < set(axis.ticktext) and any(tick.startswith("≤") for tick in axis.ticktext)


def test_every_plot_spans_all_steps_and_no_curve_is_a_symbol_of_the_cell() -> None:
    plots = [Plot("x", [Curve("x", np.ones(3), "#000000")]), Plot("h", [Curve("h", np.ones(3), "#000000")])]
    figure = curves(plots, list("abc"), first=5)
    assert figure.layout.xaxis.range == figure.layout.xaxis2.range == (4.5, 7.5)
    assert all("@" in trace.name for trace in figure.data)
