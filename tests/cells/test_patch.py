"""Patches: a text's own states change nothing, another's whole state makes it go on as that text would."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cells import CELLS, Network, Readout, patch, shipped

FEATURES, UNITS = 3, 4
EXACT = 1e-12
many = settings(max_examples=40, deadline=None)
RNG = np.random.default_rng(0)
SOURCE, TARGET = RNG.normal(size=(6, FEATURES)), RNG.normal(size=(8, FEATURES))
steps = {"s": st.integers(0, len(SOURCE) - 1), "t": st.integers(0, len(TARGET) - 1)}


def network_of(cell: str, layers: int = 1, both: bool = False) -> Network:
    rng = np.random.default_rng(2)
    readout = Readout(rng.normal(size=(UNITS * (1 + both), 2)), rng.normal(size=2), "softmax")
    return replace(Network.random(cell, FEATURES, UNITS, layers, both, 1), readout=readout)


@many
@given(st.sampled_from(list(CELLS)), st.booleans(), st.integers(1, 2), steps["t"])
def test_a_text_s_own_states_change_nothing(cell, both, layer, t):
    network = network_of(cell, 2, both)
    usual = network.run(TARGET)
    for direction in ("forward", "backward") if both else ("forward",):
        edits = patch(usual, t, t, *CELLS[cell].symbols, layer=layer, direction=direction)
        found = network.run(TARGET, edits=edits)
        np.testing.assert_allclose(found.output, usual.output, rtol=0, atol=EXACT)


@many
@given(st.sampled_from(list(CELLS)), st.integers(1, 3), steps["s"], steps["t"])
def test_with_the_whole_state_it_goes_on_as_a_text_that_began_as_the_source(cell, layers, s, t):
    network = network_of(cell, layers)
    source = network.run(SOURCE)
    edits = [edit for layer in range(1, layers + 1) for edit in patch(source, s, t, layer=layer)]
    found = network.run(TARGET, edits=edits)
    spliced = network.run(np.concatenate((SOURCE[: s + 1], TARGET[t + 1 :])))
    np.testing.assert_allclose(found.output[t:], spliced.output[s:], rtol=0, atol=EXACT)
    np.testing.assert_array_equal(found.output[:t], network.run(TARGET).output[:t])


@many
@given(st.sampled_from(list(CELLS)), steps["s"], steps["t"])
def test_the_direction_that_reads_from_the_end_goes_on_towards_the_beginning(cell, s, t):
    network = network_of(cell, both=True)
    edits = patch(network.run(SOURCE), s, t, direction="backward")
    found = network.run(TARGET, edits=edits).layers[0].backward
    spliced = network.run(np.concatenate((TARGET[:t], SOURCE[s:]))).layers[0].backward
    for symbol in found.initial:
        np.testing.assert_allclose(found[symbol][: t + 1], spliced[symbol][: t + 1], rtol=0, atol=EXACT)


@pytest.mark.parametrize("cell", CELLS)
def test_some_units_of_some_symbols_alone_are_exchanged(cell):
    network = network_of(cell)
    source, usual = network.run(SOURCE), network.run(TARGET).layers[0].forward
    first = CELLS[cell].symbols[0]
    found = network.run(TARGET, edits=patch(source, 2, 5, first, units=(3, 1))).layers[0].forward
    theirs = source.layers[0].forward[first][2]
    np.testing.assert_array_equal(found[first][5, [3, 1]], theirs[[3, 1]])
    np.testing.assert_allclose(found[first][5, [0, 2]], usual[first][5, [0, 2]], rtol=0, atol=EXACT)
    assert [edit.symbol for edit in patch(source, 2, 5)] == list(usual.initial)


@pytest.mark.parametrize("step", [-1, 6])
def test_a_step_that_the_source_lacks_is_refused(step):
    with pytest.raises(IndexError, match=rf"step {step} is not in the source; choose 0..5"):
        patch(network_of("GRU").run(SOURCE), step, 0)


@pytest.mark.parametrize("place", [{"layer": 0}, {"layer": 2}, {"direction": "backward"}])
def test_a_place_that_the_source_lacks_is_refused(place):
    with pytest.raises(ValueError, match=r"the source has no \w+ direction in layer \d"):
        patch(network_of("GRU").run(SOURCE), 0, 0, **place)


def ends_after(network: Network, card: shipped.Card, m: int, n: int, *symbols: str, **some) -> int:
    """How many b's end a^n b…, once the state after a^m was put where a^n ends."""
    source = network.run(card.read("a" * m))
    edits = patch(source, m - 1, n - 1, *symbols, **some)
    end = card.answers.index("end")
    says = network.run(card.read("a" * n + "b" * 30), edits=edits).output[n:, end] > 0.5
    return int(says.argmax()) + 1 if says.any() else 0


def test_the_count_of_count10_lstm_is_in_c_and_in_more_units_than_the_one_that_goes_with_it():
    card, network = shipped.card("count10-lstm"), shipped.network("count10-lstm")
    pairs = [(m, n) for m in range(1, 11) for n in range(1, 11) if m != n]

    def share(*symbols: str, **some) -> float:
        return np.mean([ends_after(network, card, m, n, *symbols, **some) == m for m, n in pairs])

    assert share("c") == share() == 1
    assert share("h") < 0.05
    assert share("c", units=(card.unit - 1,)) == 0  # though its r with a − b is -0.999
    assert share("c", units=(2, 5, 8)) > 0.9
