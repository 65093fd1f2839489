"""Figures of single units by what is in them: which one is chosen, and what its steps are."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go
import pytest

from ui.figures.contributions import colour_bar, contributions, step_by_step
from ui.figures.gradients import NormCurve, over_distance, over_tokens
from ui.figures.saturation import spread
from ui.figures.units import beside, fading, instead

THREE = np.array([0.5, -1.0, 0.25])
SAYS = ("one", "two", "three")


def replaced(chosen: int = 1, units: tuple[str, ...] = ("a", "<b>", "c")) -> go.Figure:
    """A unit whose token was replaced, among three."""
    changes = np.outer(THREE, [1.0, 2.0, 0.0])
    return instead(THREE, -THREE, changes, 2, "c", units, chosen, "xyz", 1, SAYS, 50)


@pytest.mark.parametrize("chosen", [0, 1, 2])
def test_the_row_of_the_chosen_unit_is_named_as_text(chosen: int) -> None:
    axis = replaced(chosen).layout.yaxis2
    assert (axis.tickvals, axis.ticktext) == ((chosen,), (f"▸ {('a', '&lt;b&gt;', 'c')[chosen]}",))


def test_a_star_is_the_chosen_unit_and_all_who_share_its_place() -> None:
    shares = {"f": (np.array([0.0, 0.0, 0.5]), np.array([1.0, 1.0, 0.2]))}
    figure = spread(shares, shares, {"f": "forget"}, ("1", "2", "3"), 1, SAYS)
    twin, dots = figure.data
    assert dots.marker.symbol == ("star", "circle") and list(dots.customdata[0]) == [0, 1]
    assert dots.marker.size[0] > dots.marker.size[1]
    assert twin.marker.symbol == "circle-open"


def test_one_scale_stands_for_all_gates() -> None:
    shares = {gate: (np.zeros(2), np.ones(2)) for gate in "fio"}
    layout = spread(shares, None, dict(zip("fio", "fio", strict=True)), ("1", "2"), 0, SAYS).layout
    axes = (layout.yaxis, layout.yaxis2, layout.yaxis3)
    assert [axis.showticklabels for axis in axes] == [True, False, False]
    assert len({axis.range for axis in axes}) == 1


def test_a_figure_says_what_its_steps_are() -> None:
    curve = NormCurve("h", "#123456", THREE)
    over_time = [
        contributions(THREE, None, "xyz", 1, ("bar", "mark"), 50),
        beside(THREE, THREE, "#123456", "xyz", 1, ("label", "unit"), 50),
        over_tokens([curve], None, "xyz", 1, "up", 50),
        replaced(),
    ]
    for figure in over_time:
        assert (figure.layout.meta, tuple(figure.layout.xaxis.range)) == ("x", (0.5, 3.5))
    square = step_by_step(np.eye(3), "xyz", 1, "says", ("across", "down"), 1.0, 50).layout
    assert (square.meta, tuple(square.yaxis.range)) == ("y", (3.5, 0.5))
    others = [
        over_distance([curve], "", "", SAYS),
        fading(THREE, None, 0, None, "#123456", SAYS, ("1",), "k"),
        spread({"f": (THREE, THREE)}, None, {"f": "f"}, SAYS, 0, SAYS),
    ]
    assert [figure.layout.meta for figure in others] == [None] * 3


def test_a_colour_bar_tells_its_ends_and_the_halves_of_its_strength() -> None:
    bar = colour_bar(0.064)
    assert bar["ticktext"] == ["−0.064", "−0.016", "0", "0.016", "0.064"]
    assert bar["tickvals"] == [-0.064, -0.016, 0.0, 0.016, 0.064]
    assert colour_bar(0.0638, halves=False)["ticktext"] == ["−0.0638", "0", "0.0638"]


@pytest.mark.parametrize(("steps", "kind"), [(400, "heatmap"), (401, "scatter")])
def test_one_marked_step_among_many_is_still_seen(steps: int, kind: str) -> None:
    label = np.zeros(steps)
    label[7] = 1
    figure = beside(label, label, "#123456", "x" * steps, 1001, ("label", "unit"), 50)
    strip = figure.data[0]
    assert (strip.type, strip.yaxis) == (kind, "y2")
    assert np.ravel(strip.customdata).tolist() == label.tolist()
    if kind == "scatter":
        assert (strip.fill, strip.x[0], strip.y[7]) == ("tozeroy", 1001, 1)
        assert figure.layout.yaxis2.autorange
