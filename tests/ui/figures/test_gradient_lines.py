"""Lines of gradients: each value at its distance or token, what lies beyond marked at the edge."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go
import pytest

from ui.figures.gradients import LEAST, MOST, NormCurve, over_distance, over_tokens

SAYS = ("band", "alone", "quoted")
MEANS = np.array([1.0, 0.1, 0.01])


def named(figure: go.Figure, name: str, mode: str = "lines") -> go.Scatter:
    (found,) = [trace for trace in figure.data if trace.name == name and trace.mode == mode]
    return found


def test_a_line_its_band_its_memory_and_its_quotes_stand_at_their_distances() -> None:
    spreads, alone = np.array([1.0, 2.0, 4.0]), np.array([0.5, 0.05, 1e-300])
    curve = NormCurve("LSTM", "#123456", MEANS, spreads, alone, ((1, 0.9), (3, 0.02)))
    figure = over_distance([curve], "steps", "norm", SAYS)
    line = named(figure, "LSTM")
    assert list(line.x) == [1, 2, 3] and list(line.y) == list(MEANS)
    assert list(line.customdata) == ["1 ×/÷ 1.00", "0.1 ×/÷ 2.00", "0.01 ×/÷ 4.00"]
    band = named(figure, "LSTM band")
    assert list(band.x) == [1, 2, 3, 3, 2, 1]
    bottom, top = 10.0 ** np.array(figure.layout.yaxis.range)
    np.testing.assert_allclose(band.y, np.clip([1, 0.2, 0.04, 0.0025, 0.05, 1], bottom, top))
    assert 0 < float(band.fillcolor.rpartition(",")[2].rstrip(")")) < 0.5
    dotted = named(figure, "LSTM, alone")
    np.testing.assert_array_equal(dotted.y, [0.5, 0.05, np.nan])
    assert dotted.line.dash == "dot" and line.line.dash == "solid"
    quotes = named(figure, "LSTM, quoted", "markers")
    assert (list(quotes.x), list(quotes.y), list(quotes.customdata)) == ([1, 3], [0.9, 0.02], [0.9, 0.02])
    assert tuple(figure.layout.xaxis.range) == (0, 3.5)


def test_a_curve_without_spread_says_its_means_alone() -> None:
    figure = over_distance([NormCurve("RNN", "#123456", MEANS)], "steps", "norm", SAYS)
    assert [trace.name for trace in figure.data] == ["RNN"]
    assert list(figure.data[0].customdata) == ["1", "0.1", "0.01"]


def test_the_picture_holds_one_and_every_value_that_can_be_read() -> None:
    for means, low, high in (
        (MEANS, 0.005, 2.0),
        (np.array([1.0, 1.0]), 0.5, 2.0),
        (np.array([1.0, 300.0]), 0.5, 600.0),
        (np.array([0.0, np.nan, np.inf]), 0.5, 2.0),
        (np.array([1e-40, 1e40]), LEAST, MOST),
    ):
        bounds = over_distance([NormCurve("", "#123456", means)], "", "", SAYS).layout.yaxis.range
        assert bounds == pytest.approx((np.log10(low), np.log10(high)))


def test_what_lies_beyond_is_a_triangle_at_the_edge_that_tells_the_number() -> None:
    means = np.array([1.0, 1e40, np.inf, np.nan, 1e-40])
    figure = over_distance([NormCurve("a", "#123456", means)], "", "", SAYS)
    up, down = (trace for trace in figure.data if trace.mode == "markers")
    assert (up.marker.symbol, list(up.x), list(up.customdata)) == (
        "triangle-up",
        [2, 3, 4],
        ["1e+40", "∞", "?"],
    )
    assert (down.marker.symbol, list(down.x), list(down.customdata)) == ("triangle-down", [5], ["1e-40"])
    assert set(up.y) == {MOST} and set(down.y) == {LEAST}


@pytest.mark.parametrize(("reverse", "steps"), [(False, [4, 5, 6]), (True, [6, 7, 8])])
def test_lines_over_tokens_stand_at_the_tokens_that_were_read(reverse: bool, steps: list[int]) -> None:
    lines = [
        NormCurve("a", "#123456", MEANS),
        NormCurve("b", "#123456", MEANS / 2),
        NormCurve("c", "#123456", MEANS / 4),
    ]
    figure = over_tokens(lines, None, "abcde", 4, "up", 50, reverse)
    assert [list(trace.x) for trace in figure.data] == [steps] * 3
    for trace, curve in zip(figure.data, lines, strict=True):
        assert list(trace.y) == list(curve.means)
    assert len({trace.line.dash for trace in figure.data}) == 3
    assert tuple(figure.layout.xaxis.range) == (3.5, 8.5)
    assert figure.layout.xaxis.anchor == "y"


def test_one_token_alone_is_a_point_and_few_distances_have_no_fractions() -> None:
    figure = over_distance([NormCurve("a", "#123456", np.ones(1))], "", "", SAYS)
    assert figure.data[0].mode == "lines+markers"
    ticks = {
        steps: over_distance([NormCurve("a", "#123456", np.ones(steps))], "", "", SAYS).layout.xaxis.dtick
        for steps in (1, 7, 8)
    }
    assert ticks == {1: 1, 7: 1, 8: None}


def test_the_line_at_one_runs_from_end_to_end() -> None:
    (line,) = over_distance([NormCurve("a", "#123456", MEANS)], "", "", SAYS).layout.shapes
    assert (line.x0, line.x1, line.y0, line.y1, line.xref) == (0, 1, 1, 1, "paper")
