"""Nothing is computed twice, and nothing is shared that differs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cells.trace import Trace
from ui.networks import registry
from ui.networks.defaults import FIELDS, OF_THE_VIEW, Selection, home
from ui.networks.tokenize import read
from ui.selection.fields import Between, OneOf, Some, Text
from ui.session import cache
from ui.stepper import network_message

CHOICE = Selection(network="random", text="hello", cell="GRU", layers=2, directions=2)
WEIGHTS: dict[str, Any] = {
    "cell": "LSTM",
    "units": 7,
    "layers": 3,
    "directions": 1,
    "seed": 8,
    "initialisation": "chrono",
}


@pytest.fixture(autouse=True)
def _empty() -> None:
    cache._network.clear()
    cache._run.clear()


def shown(selection: Selection, report: Callable[[float], None] = lambda _: None) -> cache.Shown:
    reading, _ = cache.completed(selection, read(selection.text, selection.mode))
    return cache.run(selection, registry.inputs(selection, reading), report)


def trace(selection: Selection) -> Trace:
    return shown(selection).trace


def test_every_other_field_is_one_that_numbers_depend_on() -> None:
    given = {"network", "model", "twin", "mode", "text", "sharpness", "write", "temperature"}
    assert set(FIELDS) - set(OF_THE_VIEW) == {*given, *WEIGHTS, "layer", "direction", "start"}


def another(name: str) -> Any:
    """A value of this field that the choice does not have."""
    match FIELDS[name]:
        case OneOf(options):
            return next(option for option in options if option != getattr(CHOICE, name))
        case Between(low, high):
            return high if getattr(CHOICE, name) == low else low
        case Some(options):
            return options[:1]
        case Text():
            return "another"


@pytest.mark.parametrize("field", OF_THE_VIEW)
def test_what_only_changes_the_view_shares_the_trace(field: str) -> None:
    other = replace(CHOICE, **{field: another(field)})
    assert other != CHOICE
    assert trace(other) is trace(CHOICE)


@pytest.mark.parametrize("text", ["other", "hello!", "你好"])
def test_every_text_shares_the_network(text: str) -> None:
    other = replace(CHOICE, text=text)
    assert cache.network(other) is cache.network(CHOICE)
    assert trace(other) is not trace(CHOICE)


@pytest.mark.parametrize("field", WEIGHTS)
def test_what_changes_the_weights_draws_others(field: str) -> None:
    other = replace(CHOICE, **{field: WEIGHTS[field]})
    assert cache.network(other) is not cache.network(CHOICE)
    assert trace(other) is not trace(CHOICE)


def test_layer_and_direction_choose_among_the_traces_of_one_network() -> None:
    run = cache.network(CHOICE).run(registry.inputs(CHOICE, read("hello", "characters")).rows)
    for layer in (1, 2):
        for direction in ("forward", "backward"):
            shown = trace(replace(CHOICE, layer=layer, direction=direction))
            expected = getattr(run.layers[layer - 1], direction)
            assert shown.reverse == expected.reverse == (direction == "backward")
            np.testing.assert_array_equal(shown["h"], expected["h"])


def test_a_hand_built_network_hangs_on_its_sharpness_alone() -> None:
    counter = home("counter")
    h = trace(counter)["h"]
    np.testing.assert_array_equal(trace(replace(counter, seed=1, units=3))["h"], h)
    assert np.abs(trace(replace(counter, sharpness=3))["h"] - h).max() > 1e-3


@given(st.integers(1, 100_000), st.integers(1, 100_000))
def test_a_window_lies_within_the_text_and_holds_what_was_asked_for(start: int, steps: int) -> None:
    first, last = cache.window(replace(CHOICE, start=start), steps)
    assert 0 <= first < last <= steps
    assert last - first == min(steps, cache.WINDOW)
    assert first < start <= last or start > steps or start - 1 > first


def test_a_window_is_cut_from_the_whole_pass() -> None:
    """The steps shown of a long text are those of reading it from its beginning."""
    long = replace(CHOICE, text="abc" * 1000, start=700, cell="LSTM")
    inputs = registry.inputs(long, read(long.text, long.mode))
    for direction in ("forward", "backward"):
        whole = getattr(cache.network(long).run(inputs.rows).layers[0], direction)
        window = trace(replace(long, direction=direction))
        assert len(window) == cache.WINDOW
        np.testing.assert_allclose(window["c"], whole["c"][699 : 699 + cache.WINDOW], atol=1e-12)
        np.testing.assert_allclose(
            window.previous("c"), whole.previous("c")[699 : 699 + cache.WINDOW], atol=1e-12
        )


@pytest.mark.parametrize("view", [{"write": 5}, {"temperature": 100}, {"seed": 8}])
def test_what_is_written_does_not_hang_on_other_weights(view: dict[str, int]) -> None:
    writer = replace(home("shakespeare"), write=20)
    other = replace(writer, **view)  # type: ignore[arg-type]  # whole numbers, all of them
    assert cache.network(other) is cache.network(writer)
    assert shown(other) is not shown(writer)


def test_a_trained_network_and_its_twin_are_two() -> None:
    trained = home("count10")
    twin = replace(trained, twin=1)
    assert cache.network(replace(trained, seed=8)) is cache.network(trained)
    assert cache.network(twin) is not cache.network(trained)
    assert cache.network(replace(twin, seed=8)) is not cache.network(twin)


def test_a_cell_is_prepared_once_for_each_notation_and_language() -> None:
    rows = network_message.cell_rows
    english = rows("GRU", "standard", "en")
    assert rows("GRU", "standard", "en") is english
    assert rows("GRU", "article", "en")[0]["mathml"] != english[0]["mathml"]
    assert rows("GRU", "standard", "zh")[0]["title"] != english[0]["title"]
