"""The heatmaps are read, not looked at: what they draw is what the trace holds."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from itertools import combinations
from typing import TYPE_CHECKING, Any

import numpy as np
import plotly.graph_objects as go
import pytest

from cells import CELLS
from cells.trace import Trace
from ui.figures.axes import LONGEST
from ui.figures.heatmaps import heatmaps
from ui.figures.theme import GATES, HUES, round_up, scale
from ui.figures.unit_order import ORDERS
from ui.words import Words

if TYPE_CHECKING:
    from tests.ui.conftest import Traced

TITLES = Words("en").under("title")
FEATURES = tuple(f"feature {letter}" for letter in "abcdefghij")


def drawn(trace: Trace, symbols: Sequence[str] = (), columns: int = 3, **options: Any) -> go.Figure:
    """The heatmaps of a trace, all symbols unless told otherwise."""
    units = trace["h"].shape[1]
    usual: dict[str, Any] = {
        "tokens": [f"t{step}" for step in range(len(trace))],
        "units": [f"unit {unit + 1}" for unit in range(units)],
        "features": FEATURES,
        "order": np.arange(units),
        "titles": TITLES,
    }
    return heatmaps(trace, symbols or ("x", *trace.symbols), columns=columns, **{**usual, **options})


def axis(figure: go.Figure, letter: str, place: int) -> Any:
    return figure.layout[f"{letter}axis{place + 1 if place else ''}"]


@pytest.mark.parametrize("reverse", [False, True])
@pytest.mark.parametrize("sort", ORDERS)
@pytest.mark.parametrize("cell", CELLS)
def test_the_picture_is_the_trace(traced: Traced, cell: str, sort: str, reverse: bool) -> None:
    trace, _ = traced(cell, reverse)
    order = ORDERS[sort](trace)
    figure = drawn(trace, order=order)
    assert [heat.name for heat in figure.data] == ["x", *trace.symbols]
    for heat in figure.data:
        values = trace[heat.name] if heat.name == "x" else trace[heat.name][:, order]
        np.testing.assert_array_equal(heat.z, values.T.astype("float32"))


@pytest.mark.parametrize("cell", CELLS)
def test_colours_and_ranges_are_the_symbols_own(traced: Traced, cell: str) -> None:
    trace, _ = traced(cell)
    for heat in drawn(trace).data:
        free = heat.name == "x" or CELLS[cell].bounds(heat.name)[1] is None
        bound = round_up(float(np.abs(trace[heat.name]).max())) if free else 1.0
        assert (heat.zmin, heat.zmax) == ((0, 1) if heat.name in GATES else (-bound, bound))
        assert [tuple(stop) for stop in heat.colorscale] == scale(heat.name)


@pytest.mark.parametrize("columns", [1, 2, 3, 9])
@pytest.mark.parametrize("cell", CELLS)
def test_plotly_accepts_every_property(traced: Traced, cell: str, columns: int) -> None:
    go.Figure(drawn(traced(cell)[0], columns=columns).to_dict())


def test_validation_would_notice_a_property_that_plotly_lacks(traced: Traced) -> None:
    wrong = drawn(traced("RNN")[0]).to_dict()
    wrong["data"][0]["zminimum"] = 0
    with pytest.raises(ValueError, match="zminimum"):
        go.Figure(wrong)


@pytest.mark.parametrize("columns", [1, 2, 3, 4, 9])
@pytest.mark.parametrize("cell", CELLS)
def test_pictures_stand_apart_in_at_most_that_many_columns(traced: Traced, cell: str, columns: int) -> None:
    figure = drawn(traced(cell)[0], columns=columns)
    places = [
        (*axis(figure, "x", place).domain, *axis(figure, "y", place).domain)
        for place in range(len(figure.data))
    ]
    assert all(0 <= edge <= 1 + 1e-9 for place in places for edge in place)
    assert len({place[0] for place in places}) == min(columns, len(places))
    for (left, right, low, high), (other_left, other_right, other_low, other_high) in combinations(places, 2):
        assert right < other_left or other_right < left or high < other_low or other_high < low


def test_one_column_uses_the_whole_width(traced: Traced) -> None:
    figure = drawn(traced("LSTM")[0], columns=1)
    assert {axis(figure, "x", place).domain for place in range(len(figure.data))} == {(0, 1)}


@pytest.mark.parametrize("first", [1, 501, 9_998, 98_001])
def test_ticks_are_the_tokens_of_their_steps(traced: Traced, first: int) -> None:
    trace, _ = traced("GRU", steps=40)
    tokens = [f"<b>{step}</b> & Co" for step in range(40)]
    figure = drawn(trace, tokens=tokens, first=first)
    for place in range(len(figure.data)):
        time = axis(figure, "x", place)
        assert time.range == (first - 0.5, first + 39.5)
        assert time.tickvals
        for step in time.tickvals:
            assert html.unescape(time.labelalias[str(step)]) == tokens[step - first]
        assert not re.search("[<>]", "".join(time.labelalias.values()))


@pytest.mark.parametrize("first", [9_998, 98_001])
def test_step_numbers_are_written_out_so_that_tokens_can_stand_for_them(traced: Traced, first: int) -> None:
    """Plotly writes 10,000 as 10k unless its format is "d", and the alias of "10000" is then never found."""
    for time in drawn(traced("GRU", steps=40)[0], first=first).select_xaxes():
        assert time.tickformat == "d" or time.ticktext


def test_units_and_features_are_named_from_top_to_bottom(traced: Traced) -> None:
    trace, _ = traced("LSTM")
    order = np.array([3, 1, 4, 0, 2])
    figure = drawn(trace, ("x", "f"), order=order, units=("<i>", "b", "c", "d", "e"))
    features, units = figure.layout.yaxis, figure.layout.yaxis2
    assert units.range == (4.5, -0.5)
    assert [units.labelalias[str(row)] for row in range(5)] == ["d", "b", "e", "&lt;i&gt;", "c"]
    assert features.labelalias["0"] == FEATURES[0]
    assert features.range == (trace["x"].shape[1] - 0.5, -0.5)


def test_a_long_token_is_shortened_and_an_empty_one_keeps_its_place(traced: Traced) -> None:
    figure = drawn(traced("RNN", steps=2)[0], tokens=["w" * 60, ""])
    assert figure.layout.xaxis.labelalias["1"] == "w" * (LONGEST - 1) + "…"
    assert figure.layout.xaxis.labelalias["2"].strip(" ") == ""
    assert figure.layout.xaxis.labelalias["2"] != ""


def test_labels_thin_out_before_they_run_into_each_other(traced: Traced) -> None:
    trace, _ = traced("RNN", steps=200)
    time = drawn(trace, columns=1, letters=50).layout.xaxis
    shown = [time.labelalias[str(step)] for step in time.tickvals]
    assert 0 < sum(len(label) for label in shown) <= 50


@pytest.mark.parametrize("cell", CELLS)
def test_hovering_tells_symbol_token_unit_and_value(traced: Traced, cell: str) -> None:
    for heat in drawn(traced(cell)[0]).data:
        for part in (TITLES[heat.name], "%{x}", "%{y}", "%{z"):
            assert part in heat.hovertemplate


@pytest.mark.parametrize("cell", CELLS)
def test_headings_say_title_colour_and_range(traced: Traced, cell: str) -> None:
    figure = drawn(traced(cell)[0])
    for heat, heading in zip(figure.data, figure.layout.annotations, strict=True):
        assert TITLES[heat.name] in heading.text
        assert HUES[heat.name] in heading.text
        assert f"{heat.zmax:g}" in heading.text


@pytest.mark.parametrize(("steps", "units"), [(1, 1), (1, 128), (2000, 1)])
def test_any_shape_can_be_drawn(traced: Traced, steps: int, units: int) -> None:
    trace, _ = traced("LSTM", steps=steps, units=units)
    go.Figure(drawn(trace, ("h", "c")).to_dict())
