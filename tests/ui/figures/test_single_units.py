"""Figures of one unit among others: what fades, what a label goes with, what another token changes."""

from __future__ import annotations

import numpy as np
import pytest

from ui.figures.theme import HUES
from ui.figures.units import beside, fading, instead

SAYS = ("one", "two", "three")
VALUES = np.array([0.5, -1.0, 0.25])


def test_every_unit_fades_from_one_and_the_chosen_one_is_set_off() -> None:
    units = np.array([1.0, 0.5, 0.9]) ** np.arange(4)[:, None]
    product, bias = np.array([1.0, 0.4, 0.3]), 0.7 ** np.arange(4)
    figure = fading(bias, units, 1, product, "#123456", SAYS, ("a", "b", "c"), "steps")
    *lines, dots, alone = figure.data
    for unit, line in enumerate(lines):
        assert list(line.x) == [0, 1, 2, 3] and list(line.y) == list(units[:, unit])
        assert (line.line.color == HUES["h"], line.line.dash == "dash") == (unit == 1, unit == 1)
        assert "abc"[unit] in line.hovertemplate
    assert (dots.mode, list(dots.y)) == ("markers", list(product))
    assert (list(alone.y), alone.line.color) == (list(bias), "#123456")
    assert tuple(figure.layout.xaxis.range) == (0, 3)
    low, high = figure.layout.yaxis.range
    assert low < 0 < 1 < high < 1.1
    (half,) = figure.layout.shapes
    assert (half.y0, half.y1, half.x0, half.x1) == (0.5, 0.5, 0, 1)


def test_a_label_stands_above_the_curve_at_the_same_steps() -> None:
    label = np.array([1.0, 0.0, 2.0])
    strip, curve = beside(label, VALUES, "#123456", "xyz", 5, ("label", "unit"), 50).data
    assert (strip.x0, strip.dx, list(strip.z[0])) == (5, 1, list(label))
    assert (list(curve.x), list(curve.y), curve.line.color) == ([5, 6, 7], list(VALUES), "#123456")
    layout = beside(label, VALUES, "#123456", "xyz", 5, ("label", "unit"), 50).layout
    assert layout.yaxis.domain[0] == 0 and layout.yaxis2.domain[1] == 1
    assert 0.5 < layout.yaxis.domain[1] < layout.yaxis2.domain[0]
    assert tuple(layout.yaxis2.range) == (-0.5, 0.5)


@pytest.mark.parametrize(("steps", "mode"), [(60, "lines+markers"), (61, "lines")])
def test_points_of_a_curve_are_drawn_where_they_can_be_told_apart(steps: int, mode: str) -> None:
    one = np.ones(steps)
    assert beside(one, one, "#123456", "x" * steps, 1, ("", ""), 50).data[1].mode == mode
    figure = instead(one, one, one[:, None], 1, "h", "a", 0, "x" * steps, 1, SAYS, 50)
    assert [line.mode for line in figure.data[:2]] == [mode, mode]


def test_what_would_be_stands_beside_what_was_and_below_it_every_units_difference() -> None:
    changes = np.array([[0.0, 0.0], [0.5, -2.0], [0.25, 1.0]])
    figure = instead(VALUES, -VALUES, changes, 6, "c", ("a", "b"), 0, "xyz", 5, SAYS, 50)
    was, would, map_ = figure.data
    assert list(was.x) == list(would.x) == [5, 6, 7]
    assert (list(was.y), list(would.y)) == (list(VALUES), list(-VALUES))
    assert (was.name, would.name, was.line.color) == ("one", "two", HUES["c"])
    np.testing.assert_array_equal(map_.z, changes.T)
    assert (map_.x0, map_.dx, list(map_.y), map_.zmin, map_.zmax) == (5, 1, [0, 1], -2, 2)
    assert [list(row) for row in map_.text] == [["a"] * 3, ["b"] * 3]
    (mark,) = figure.layout.shapes
    assert (mark.x0, mark.x1, mark.y0, mark.y1) == (6, 6, 0, 1)
    upper, lower = figure.layout.yaxis, figure.layout.yaxis2
    assert lower.domain[0] == 0 and lower.domain[1] < upper.domain[0] and upper.domain[1] == 1
    assert tuple(lower.range) == (1.5, -0.5)
    bar = map_.colorbar
    assert bar.y - bar.len / 2 < lower.domain[1] / 2 < bar.y + bar.len / 2 < upper.domain[0]


def test_where_nothing_would_differ_colours_have_a_range_still() -> None:
    map_ = instead(VALUES, VALUES, np.zeros((3, 1)), 1, "h", "a", 0, "xyz", 1, SAYS, 50).data[2]
    assert (map_.zmin, map_.zmax) == (-1, 1)
