"""Dots of saturated gates: each unit at its two shares, gates beside each other."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go
import pytest

from ui.figures.saturation import spread
from ui.figures.theme import HUES

SAYS = ("shut", "open", "twin")
SHUT, OPEN = np.array([0.0, 0.25, 0.0, 1.0]), np.array([0.5, 0.75, 0.5, 0.0])


def drawn(gates: str = "fio", twins: bool = False, units: int = 4) -> go.Figure:
    shares = {gate: (np.resize(SHUT, units), np.resize(OPEN, units)) for gate in gates}
    titles = {gate: f"gate {gate}" for gate in gates}
    return spread(shares, shares if twins else None, titles, [f"unit {n}" for n in range(units)], 1, SAYS)


def test_a_dot_stands_at_its_shares_and_names_its_units() -> None:
    (dots,) = drawn("f").data
    assert (list(dots.x), list(dots.y)) == ([0, 0.25, 1], [0.5, 0.75, 0])
    assert [list(members) for members in dots.customdata] == [[0, 2], [1], [3]]
    assert list(dots.text) == ["unit 0, unit 2", "unit 1", "unit 3"]
    assert dots.marker.color == HUES["f"]
    assert dots.marker.size[0] > dots.marker.size[2]


def test_of_many_units_at_one_place_twelve_are_named() -> None:
    figure = spread(
        {"f": (np.zeros(13), np.zeros(13))}, None, {"f": "f"}, [str(n) for n in range(13)], 0, SAYS
    )
    assert figure.data[0].text[0] == "0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11…"
    twelve = spread(
        {"f": (np.zeros(12), np.zeros(12))}, None, {"f": "f"}, [str(n) for n in range(12)], 0, SAYS
    )
    assert twelve.data[0].text[0].endswith("10, 11")


@pytest.mark.parametrize("twins", [False, True])
def test_gates_stand_beside_each_other_with_their_names_above(twins: bool) -> None:
    figure = drawn(twins=twins)
    axes = [figure.layout.xaxis, figure.layout.xaxis2, figure.layout.xaxis3]
    assert len(figure.data) == 3 * (1 + twins)
    for place, (axis, heading, gate) in enumerate(zip(axes, figure.layout.annotations, "fio", strict=True)):
        left, right = axis.domain
        assert place / 3 < left < right < (place + 1) / 3
        assert left - place / 3 == pytest.approx((place + 1) / 3 - right)
        assert f"gate {gate}" in heading.text and HUES[gate] in heading.text
        assert (heading.x, heading.y) == (left, 1)
        assert axis.range[0] < 0 and axis.range[1] > 1
        assert axis.title.text == "shut"
    assert [getattr(figure.layout, f"yaxis{n}").title.text for n in ("", "2", "3")] == ["open", "", ""]
    for trace, axis in zip(figure.data, np.repeat(["", "2", "3"], 1 + twins), strict=True):
        assert (trace.xaxis, trace.yaxis) == (f"x{axis}", f"y{axis}")
    if twins:
        assert figure.data[0].name == "twin" and figure.data[1].name == "gate f"
