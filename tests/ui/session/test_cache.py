"""Nothing is computed twice, and nothing is shared that differs."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit.errors import StreamlitAPIException

from cells import Network
from cells.trace import Trace
from ui.networks.defaults import KNOWN, default_view
from ui.networks.own import YOURS
from ui.runs import passes
from ui.runs.passes import ShownRun
from ui.selection.fields import AlterationLine, Between, EditLine, Name, Names, OneOf, Some, Text
from ui.selection.records import PARTS, NetworkChoice, Selection, names_of
from ui.session import cache
from ui.session.chosen import chosen
from ui.stepper import network_message

CHOICE = Selection().but(network="random", text="hello", cell="GRU", layers=2, directions=2)
WEIGHTS: dict[str, Any] = {
    "cell": "LSTM",
    "units": 7,
    "layers": 3,
    "directions": 1,
    "seed": 8,
    "initialisation": "chrono",
    "weights": "U*0",
}
NUMBERS = {*names_of("network"), *names_of("text"), *names_of("edits")}


@pytest.fixture(autouse=True)
def _empty() -> None:
    cache._network.clear()
    cache._run.clear()


def shown(selection: Selection) -> ShownRun:
    return chosen(selection).run()


def network(selection: Selection) -> Network:
    return chosen(selection).network


def trace(selection: Selection) -> Trace:
    return shown(selection).trace(selection.at)


def test_numbers_depend_on_the_choice_of_network_text_and_edits_alone() -> None:
    given = {"network", "model", "twin", "checkpoint", "mode", "sharpness"}
    given |= {"text", "edit", "write", "temperature", "start"}
    assert {*given, *WEIGHTS} == NUMBERS


def another(name: str) -> Any:
    """A value of this part that the choice does not have."""
    now = PARTS[name].of(CHOICE)
    match PARTS[name].parser:
        case OneOf(options):
            return next(option for option in options if option != now)
        case Name():
            return next(option for option in KNOWN[name] if option != now)
        case Between(low, high):
            return high if now == low else low
        case Some(options):
            return options[:1]
        case Names():
            return KNOWN[name][:1]
        case Text():
            return "another"
        case EditLine():
            return "h=0"
        case AlterationLine():
            return "U*0"


@pytest.mark.parametrize("part", [name for name in PARTS if name not in NUMBERS])
def test_what_only_changes_the_view_shares_the_run(part: str) -> None:
    other = CHOICE.but(**{part: another(part)})
    assert other != CHOICE
    assert shown(other) is shown(CHOICE)


def test_no_key_that_all_sessions_share_names_a_readers_own_network() -> None:
    with pytest.raises(StreamlitAPIException, match="session alone"):
        cache._network(NetworkChoice(network=YOURS))


@pytest.mark.parametrize("text", ["other", "hello!", "你好"])
def test_every_text_shares_the_network(text: str) -> None:
    other = CHOICE.but(text=text)
    assert network(other) is network(CHOICE)
    assert trace(other) is not trace(CHOICE)


@pytest.mark.parametrize("field", WEIGHTS)
def test_what_changes_the_weights_draws_others(field: str) -> None:
    other = CHOICE.but(**{field: WEIGHTS[field]})
    assert network(other) is not network(CHOICE)
    assert trace(other) is not trace(CHOICE)


def test_an_edited_run_is_another_and_the_unedited_stays_beside_it() -> None:
    usual = shown(CHOICE)
    edited = CHOICE.but(edit="u.3@2-4=0")
    assert shown(edited) is not usual and shown(edited) is shown(edited)
    assert chosen(edited).unedited.run() is usual is shown(CHOICE)
    assert network(edited) is network(CHOICE)
    np.testing.assert_array_equal(trace(edited)["u"][1:4, 2], 0)
    np.testing.assert_array_equal(trace(edited)["u"][0], trace(CHOICE)["u"][0])


@pytest.mark.parametrize("resting", ["f=0", "u.17=0", "u@6-=1", "3:u=1", "u.17=0;f=1"])
def test_edits_that_rest_change_no_key(resting: str) -> None:
    assert shown(CHOICE.but(edit=resting)) is shown(CHOICE)
    edited = CHOICE.but(edit="u.3=0")
    assert shown(edited.but(edit=f"u.3=0;{resting}")) is shown(edited)


def test_what_lies_behind_the_end_is_cut_off() -> None:
    assert shown(CHOICE.but(edit="u.3.99@2-90=0")) is shown(CHOICE.but(edit="u.3@2-5=0"))


def test_edits_of_a_long_text_fall_on_its_own_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where a window is shown, and where the run is kept in the session."""
    long = CHOICE.but(text="abc" * 1000, start=700, edit="h.2@1-702=0.25;b:u.1@2999=mean")
    window = trace(long)["h"][:, 1]
    np.testing.assert_array_equal(window[:3], 0.25)
    assert (window[3:] != 0.25).all()
    monkeypatch.setattr(cache, "LONG", 100)
    cache._run.clear()
    np.testing.assert_array_equal(trace(long)["h"][:, 1], window)
    assert shown(long) is not shown(long.but(edit=""))


def test_layer_and_direction_choose_among_the_traces_of_one_network() -> None:
    run = network(CHOICE).run(chosen(CHOICE).inputs.rows)
    for layer in (1, 2):
        for direction in ("forward", "backward"):
            seen = trace(CHOICE.but(layer=layer, direction=direction))
            expected = getattr(run.layers[layer - 1], direction)
            assert seen.reverse == expected.reverse == (direction == "backward")
            np.testing.assert_array_equal(seen["h"], expected["h"])


def test_a_hand_built_network_hangs_on_its_sharpness_alone() -> None:
    counter = default_view("counter")
    h = trace(counter)["h"]
    np.testing.assert_array_equal(trace(counter.but(seed=1, units=3))["h"], h)
    assert np.abs(trace(counter.but(sharpness=3))["h"] - h).max() > 1e-3


@given(st.integers(1, 100_000), st.integers(1, 100_000))
def test_a_window_lies_within_the_text_and_holds_what_was_asked_for(start: int, steps: int) -> None:
    first, last = passes.window(chosen(CHOICE).network, CHOICE.but(start=start).text, steps)
    assert 0 <= first < last <= steps
    assert last - first == min(steps, passes.WINDOW)
    assert first < start <= last or start > steps or start - 1 > first


def test_a_window_is_cut_from_the_whole_pass() -> None:
    """The steps shown of a long text are those of reading it from its beginning."""
    long = CHOICE.but(text="abc" * 1000, start=700, cell="LSTM")
    inputs = chosen(long).inputs
    for direction in ("forward", "backward"):
        whole = getattr(network(long).run(inputs.rows).layers[0], direction)
        window = trace(long.but(direction=direction))
        assert len(window) == passes.WINDOW
        np.testing.assert_allclose(window["c"], whole["c"][699 : 699 + passes.WINDOW], atol=1e-12)
        np.testing.assert_allclose(
            window.previous("c"), whole.previous("c")[699 : 699 + passes.WINDOW], atol=1e-12
        )


@pytest.mark.parametrize("view", [{"write": 5}, {"temperature": 100}, {"seed": 8}])
def test_what_is_written_does_not_hang_on_other_weights(view: dict[str, int]) -> None:
    writer = default_view("shakespeare").but(write=20)
    other = writer.but(**view)  # type: ignore[arg-type]  # whole numbers, all of them
    assert network(other) is network(writer)
    assert shown(other) is not shown(writer)


def test_a_trained_network_and_its_twin_are_two() -> None:
    trained = default_view("count10")
    twin = trained.but(twin=1)
    assert network(trained.but(seed=8)) is network(trained)
    assert network(twin) is not network(trained)
    assert network(twin.but(seed=8)) is not network(twin)


def test_a_cell_is_prepared_once_for_each_notation_and_language() -> None:
    rows = network_message.cell_rows
    english = rows("GRU", "standard", "en")
    assert rows("GRU", "standard", "en") is english
    assert rows("GRU", "article", "en")[0]["mathml"] != english[0]["mathml"]
    assert rows("GRU", "standard", "zh")[0]["title"] != english[0]["title"]
