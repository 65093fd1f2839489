"""The places where a unit moves most are those that a loop over every step finds."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cells import CELLS, Network, moments


@given(
    st.sampled_from([*CELLS]),
    st.lists(st.integers(1, 6), min_size=1, max_size=4),
    st.sampled_from(["forward", "backward"]),
    st.integers(0, 10**6),
)
def test_they_are_the_largest_moves_of_all(cell: str, lengths: list[int], direction: str, seed: int) -> None:
    network = Network.random(cell, 3, 4, bidirectional=True, seed=seed)
    rng = np.random.default_rng(seed)
    sequences = [rng.normal(size=(steps, 3)) for steps in lengths]
    for symbol in CELLS[cell].symbols:
        moves = []
        for place, rows in enumerate(sequences):
            trace = getattr(network.run(rows).layers[0], direction)
            order = range(len(rows)) if direction == "forward" else range(len(rows) - 1, -1, -1)
            before = 0.0 if symbol in trace.initial else None
            for step in order:
                value = trace[symbol][step, 2]
                moves.append((place, step, value, 0.0 if before is None else value - before))
                before = value
        expected = sorted((abs(move) for *_, move in moves), reverse=True)[:5]
        found = moments(network, sequences, symbol, direction=direction, count=5)[2]
        np.testing.assert_allclose([abs(one.moved) for one in found], expected, atol=1e-12)
        known = {(place, step): (value, move) for place, step, value, move in moves}
        for one in found:
            np.testing.assert_allclose((one.value, one.moved), known[one.sequence, one.step], atol=1e-12)


def test_a_symbol_that_is_not_there_is_named_and_every_unit_is_there() -> None:
    network = Network.random("GRU", 3, 4)
    with pytest.raises(KeyError, match="no symbol 'c'"):
        moments(network, [np.eye(3)], "c")
    assert len(moments(network, [np.eye(3)], "h")) == 4
