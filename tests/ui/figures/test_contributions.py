"""What each token left in a memory: signs by colour and place, each step where it belongs."""

from __future__ import annotations

import numpy as np
import pytest

from ui.figures.contributions import ROOTS, contributions, step_by_step
from ui.figures.theme import NEGATIVE, POSITIVE

VALUES = np.array([0.5, -1.0, 0.0])


def test_bars_stand_at_their_steps_and_signs_have_colours() -> None:
    figure = contributions(VALUES, -VALUES, "xyz", 7, ("left", "without"), 50)
    bars, marks = figure.data
    assert bars.type == "bar" and marks.mode == "markers"
    assert list(bars.x) == list(marks.x) == [7, 8, 9]
    assert list(bars.y) == list(VALUES) and list(marks.y) == list(-VALUES)
    assert list(bars.marker.color) == [POSITIVE, NEGATIVE, POSITIVE]
    assert "left" in bars.hovertemplate and "without" in marks.hovertemplate
    assert tuple(figure.layout.xaxis.range) == (6.5, 9.5) and figure.layout.xaxis.showticklabels
    assert len(contributions(VALUES, None, "xyz", 7, ("left", "without"), 50).data) == 1


def test_a_square_has_tokens_across_and_steps_down() -> None:
    values = np.arange(9.0).reshape(3, 3)
    figure = step_by_step(values, "xyz", 5, "says", ("across", "down"), 2.0, 50)
    (square,), layout = figure.data, figure.layout
    np.testing.assert_array_equal(square.z, values)
    assert (square.x0, square.dx, square.y0, square.dy) == (5, 1, 5, 1)
    assert (square.zmin, square.zmax) == (-2, 2)
    assert tuple(layout.xaxis.range) == (4.5, 7.5) and tuple(layout.yaxis.range) == (7.5, 4.5)
    assert (layout.xaxis.title.text, layout.yaxis.title.text) == ("across", "down")
    assert list(layout.yaxis.labelalias.values()) == ["5 x", "6 y", "7 z"]


def test_down_a_square_stand_at_most_sixteen_steps() -> None:
    for steps in (16, 17, 60):
        axis = step_by_step(np.eye(steps), "x" * steps, 1, "", ("", ""), 1.0, 50).layout.yaxis
        assert len(axis.tickvals) == (16 if steps == 16 else -(-steps // -(-steps // 16)))


def opacity(colour: str) -> float:
    return float(colour.rpartition(",")[2].rstrip(")"))


def test_colours_are_as_strong_as_the_root_of_what_they_stand_for_and_turn_at_zero() -> None:
    """A sixteenth of the strongest number is a quarter as strong, on either side."""
    places = [place for place, _ in ROOTS]
    assert places == sorted(places) and places[0] == 0 and places[-1] == pytest.approx(1)
    for place, colour in ROOTS:
        number = 2 * place - 1
        assert opacity(colour) == pytest.approx(abs(number) ** 0.5, abs=0.02)
        hue = (NEGATIVE if number < 0 else POSITIVE).lstrip("#")
        assert f"{int(hue[:2], 16)},{int(hue[2:4], 16)},{int(hue[4:], 16)}," in colour.replace(" ", "")
