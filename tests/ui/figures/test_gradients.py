"""Gradients over distance stay readable, whatever vanishes or explodes."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.figures.gradients import NormCurve, over_distance, over_tokens

NORMS = st.sampled_from((0.0, 1e-300, 1e-18, 1e-5, 0.9, 1.0, 1.1, 40.0, 1e12, 1e200, np.inf, np.nan))


@given(st.lists(st.lists(NORMS, min_size=3, max_size=3), min_size=1, max_size=4))
def test_every_line_has_its_name_apart_from_the_others_and_within_the_picture(
    means: list[list[float]],
) -> None:
    curves = [NormCurve(str(place), "#123456", np.array(row)) for place, row in enumerate(means)]
    layout = over_distance(curves, "", "", ("", "", "")).layout
    bottom, top = layout.yaxis.range
    at = sorted(name.y for name in layout.annotations)
    assert {name.text for name in layout.annotations} == {f"<b>{curve.name}</b>" for curve in curves}
    assert all(bottom <= y <= top for y in at)
    assert all(gap >= (top - bottom) / 15 for gap in np.diff(at))


def test_a_name_that_has_room_stands_where_its_line_ends() -> None:
    curves = [
        NormCurve(name, "#123456", np.array([1, end])) for name, end in (("a", 1e-6), ("b", 1e-2), ("c", 1.0))
    ]
    ends = {name.text: name.y for name in over_distance(curves, "", "", ("", "", "")).layout.annotations}
    assert ends == pytest.approx({"<b>a</b>": -6, "<b>b</b>": -2, "<b>c</b>": 0})


def test_diamonds_far_from_the_lines_leave_those_their_scale() -> None:
    lines, marks = [NormCurve("c", "#123456", np.array([1.1, 0.9, 1.0]))], np.array([1e-9, 2e-9, 0.0])
    alone = over_tokens(lines, None, "abc", 1, "", 50)
    both = over_tokens(lines, ("answer", marks), "abc", 1, "", 50)
    assert both.layout.yaxis.range == alone.layout.yaxis.range
    bottom, top = both.layout.yaxis2.range
    assert -10 < bottom < -9 < np.log10(2e-9) < top < -8
    assert both.layout.yaxis2.domain[1] < both.layout.yaxis.domain[0]
    assert (both.data[-1].yaxis, both.layout.xaxis.anchor) == ("y2", "y2")
    assert np.isnan(both.data[-1].y[2])


@given(st.lists(NORMS, min_size=3, max_size=3))
def test_the_scale_of_diamonds_is_one_whatever_they_are(values: list[float]) -> None:
    figure = over_tokens([NormCurve("c", "#123456", np.ones(3))], ("", np.array(values)), "abc", 1, "", 50)
    bottom, top = figure.layout.yaxis2.range
    assert np.isfinite([bottom, top]).all() and -19 <= bottom < top <= 12.01
