"""Plots beside and below each other: each in its own room, under one cursor, on a scale that holds it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.figures.curves import DECADES, GAP, Curve, Plot, curves, extent

VALUES = np.array([0.25, -0.5, 1.0])


def plots(count: int) -> list[Plot]:
    return [Plot(f"plot {n}", [Curve(f"curve {n}", VALUES + n, "#123456")]) for n in range(count)]


@given(st.integers(1, 7), st.none() | st.integers(1, 3))
def test_rooms_share_the_picture_in_reading_order(count: int, columns: int | None) -> None:
    figure = curves(plots(count), "abc", first=4, columns=columns).layout.to_plotly_json()
    across = columns or count
    rows = -(-count // across)
    for place in range(count):
        axis = str(place + 1) if place else ""
        (left, right), (bottom, top) = (figure[f"{which}axis{axis}"]["domain"] for which in "xy")
        width = (1 - GAP * (across - 1)) / across
        assert right - left == pytest.approx(width)
        assert left == pytest.approx((place % across) * (width + GAP))
        assert bottom == pytest.approx(1 - (place // across + 1) / rows)
        ceiling = 1 - (place // across) / rows
        assert top == pytest.approx(ceiling) if columns is None else bottom < top < ceiling - 0.2 / rows
        lowest = place + across >= count
        assert figure[f"xaxis{axis}"]["showticklabels"] == lowest
        assert tuple(figure[f"xaxis{axis}"]["range"]) == (3.5, 6.5)
        title = figure["annotations"][place]
        assert f"plot {place}" in title["text"]
        assert (title["x"], title["y"]) == (pytest.approx(left), pytest.approx(top))


def test_a_curve_stands_on_its_own_axes_at_its_steps() -> None:
    figure = curves(plots(3), "abc", first=4)
    for place, trace in enumerate(figure.data):
        axis = str(place + 1) if place else ""
        assert (trace.xaxis, trace.yaxis) == (f"x{axis}", f"y{axis}")
        assert list(trace.x) == [4, 5, 6] and list(trace.y) == list(VALUES + place)
        assert trace.line.color == "#123456"


def test_bars_are_bars_and_the_marked_step_is_a_band() -> None:
    plot = Plot("", [Curve("", VALUES, "#123456", kind="bar")])
    marked = Plot("", [Curve("", VALUES, "#123456")], marked=2)
    figure = curves([plot, marked], "abc", first=4)
    bars, line = figure.data
    assert (bars.type, bars.marker.color, line.type) == ("bar", "#123456", "scatter")
    (band,) = figure.layout.shapes
    assert (band.x0, band.x1, band.y0, band.y1) == (5.5, 6.5, 0, 1)
    assert (band.xref, band.yref) == ("x2", "y2 domain")


@pytest.mark.parametrize(("steps", "width", "mode"), [(60, 2.5, True), (61, 2.5, False), (60, 1, False)])
def test_points_are_set_where_they_can_be_told_apart(steps: int, width: float, mode: bool) -> None:
    (trace,) = curves([Plot("", [Curve("", np.ones(steps), "#123456", width=width)])], "x" * steps).data
    assert trace.mode == ("lines+markers" if mode else "lines")


@given(st.lists(st.floats(-1e6, 1e6) | st.sampled_from([np.nan, np.inf, -np.inf]), min_size=1, max_size=9))
def test_a_scale_holds_zero_and_all_that_is_finite(values: list[float]) -> None:
    low, high = extent(np.array(values))
    finite = [value for value in values if np.isfinite(value)]
    assert low < high and low <= 0 <= high
    assert all(low <= value <= high for value in finite)
    if any(finite):
        assert (low, high) == (min([*finite, 0]), max([*finite, 0]))
    else:
        assert high - low == 1


def test_a_linear_scale_has_a_margin_where_it_does_not_end_at_zero() -> None:
    ranges = [
        curves([Plot("", [Curve("", VALUES, "#123456")], bounds)], "abc").layout.yaxis.range
        for bounds in ((0.0, 2.0), (-1.0, 1.0), None)
    ]
    assert [tuple(map(float, one)) for one in ranges] == [
        pytest.approx((0, 2.12)),
        pytest.approx((-1.12, 1.12)),
        pytest.approx((-0.59, 1.09)),
    ]


@given(st.lists(st.floats(1e-7, 1e7), min_size=1, max_size=8))
def test_a_logarithmic_scale_reaches_a_decade_beyond_its_powers_of_ten(values: list[float]) -> None:
    axis = curves(
        [Plot("", [Curve("", np.array(values), "#123456")], log=True)], "x" * len(values)
    ).layout.yaxis
    low, high = axis.range
    assert low == int(low) and high == int(high)
    assert 10.0 ** (low + 1) <= min(values) * 1.001 and max(values) <= 10.0 ** (high - 1) * 1.001
    assert high - low <= DECADES + 2
    assert min(values) < 10.0 ** (low + 2) * 1.001 or high - low == 3
    assert max(values) > 10.0 ** (high - 2) * 0.999 or high - low == 3
    exponents = [
        float(text.removeprefix("10<sup>").removesuffix("</sup>").replace("−", "-")) for text in axis.ticktext
    ]
    np.testing.assert_allclose(np.log10(axis.tickvals), exponents, atol=1e-9)
    assert min(exponents) == low + 1 and len(exponents) <= 6


def test_names_are_beside_their_strokes_and_texts_of_people_stay_texts() -> None:
    several = [
        Curve(f"<{n}> · {n}", VALUES, f"#00000{n}", dash) for n, dash in enumerate(("solid", "dash", "dot"))
    ]
    wide, narrow = (
        curves([Plot("t", several)], "abc", columns=columns).layout.annotations[0].text
        for columns in (None, 1)
    )
    assert wide.count("<br>") == 0 and narrow.count("<br>") == 2
    for n, stroke in enumerate(("━━", "╍╍", "┈┈")):
        assert f'<span style="color:#00000{n}">{stroke}</span> &lt;{n}&gt; · {n}' in wide
        assert f"{stroke}</span> &lt;{n}&gt;" in narrow and f"· {n}" not in narrow
