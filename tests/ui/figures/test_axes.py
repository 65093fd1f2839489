"""Axes that figures share: as many ticks as have room, and rooms that do not overlap."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import plotly.graph_objects as go
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.figures.axes import LONGEST, domain, labels, thin, time_axis
from ui.figures.contributions import contributions, step_by_step
from ui.figures.curves import Curve, Plot, curves
from ui.figures.gradients import NormCurve as Line
from ui.figures.gradients import over_distance, over_tokens
from ui.figures.saturation import spread
from ui.figures.units import beside, fading, instead


@given(st.integers(1, 400), st.integers(1, 90), st.integers(1, 50))
def test_ticks_are_evenly_far_apart_and_as_many_as_there_is_room_for(
    count: int, most: int, first: int
) -> None:
    values = np.arange(first, first + count)
    shown = thin(values, most)
    assert shown[0] == first and len(shown) <= most
    assert len(set(np.diff(shown))) <= 1
    stride = shown[1] - shown[0] if len(shown) > 1 else count
    assert stride == 1 or -(-count // (stride - 1)) > most


@given(st.lists(st.text("abc", max_size=30), min_size=1, max_size=60), st.integers(10, 200))
def test_ticks_and_a_space_behind_each_fit_into_the_letters(tokens: list[str], letters: int) -> None:
    axis = time_axis(np.arange(5, 5 + len(tokens)), tokens, letters)
    widest = max(len(name.strip()) for name in axis["labelalias"].values())
    assert widest <= LONGEST
    assert len(axis["tickvals"]) == 1 or len(axis["tickvals"]) * (widest + 1) <= letters
    assert axis["range"] == [4.5, len(tokens) + 4.5]
    assert set(axis["labelalias"]) == {str(step) for step in range(5, 5 + len(tokens))}


def test_a_token_is_shortened_only_where_it_is_too_long() -> None:
    whole, long = "a" * LONGEST, "b" * (LONGEST + 1)
    assert list(time_axis(np.arange(2), [whole, long], 90)["labelalias"].values()) == [
        whole,
        "b" * (LONGEST - 1) + "…",
    ]


@given(st.integers(1, 9), st.floats(0, 0.1))
def test_rooms_fill_the_axis_with_gaps_between_and_are_of_one_size(count: int, gap: float) -> None:
    rooms = [domain(place, count, gap) for place in range(count)]
    assert rooms[0][0] == 0 and rooms[-1][1] == pytest.approx(1)
    assert np.diff(rooms, axis=1) == pytest.approx(rooms[0][1])
    for (_, end), (begin, _) in pairwise(rooms):
        assert begin - end == pytest.approx(gap)


def test_texts_of_people_stay_texts_and_an_empty_one_keeps_its_place() -> None:
    assert labels(["1", "2", "3"], ["<b>", "", '"']) == {"1": "&lt;b&gt;", "2": " ", "3": '"'}


def every_figure() -> list[go.Figure]:
    """One of each figure that draws on these axes."""
    one = np.array([0.5, -1.0, 0.25])
    line, says = Line("h", "#123456", np.abs(one)), ("a", "b", "c")
    return [
        contributions(one, None, "xyz", 1, ("bar", "mark"), 50),
        step_by_step(np.eye(3), "xyz", 1, "says", ("across", "down"), 1.0, 50),
        over_distance([line], "across", "up", says),
        over_tokens([line], None, "xyz", 1, "up", 50),
        spread({"f": (one, one)}, None, {"f": "f"}, "xyz", 0, says),
        beside(one, one, "#123456", "xyz", 1, ("label", "unit"), 50),
        fading(one, None, 0, None, "#123456", says, "x", "across"),
        instead(one, one, np.eye(3), 1, "h", "xyz", 0, "xyz", 1, says, 50),
        curves(
            [Plot("", [Curve("a", one, "#123456")]), Plot("", [Curve("a", one, "#123456")], log=True)], "xyz"
        ),
    ]


def test_a_range_that_is_given_holds_and_a_title_has_room() -> None:
    """Plotly passes over a range where it is told to find one."""
    for figure in every_figure():
        for axis in (*figure.select_xaxes(), *figure.select_yaxes()):
            assert axis.range is None or axis.autorange is False
            assert axis.fixedrange
            assert not axis.title.text or axis.automargin


def test_names_that_stand_in_the_picture_are_not_said_again_beside_it() -> None:
    shown = [bool(figure.layout.showlegend) for figure in every_figure()]
    assert shown == [False, False, False, True, False, False, False, True, False]
