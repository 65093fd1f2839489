"""An order of units is every unit once."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cells.trace import Trace
from ui.figures.unit_order import ORDERS


def trace_of(h: np.ndarray) -> Trace:
    """A trace of which only h matters."""
    return Trace("RNN", {"h": h}, np.zeros((len(h), 1)), {"h": np.zeros(h.shape[1])})


HIDDEN = st.tuples(st.integers(1, 12), st.integers(1, 20), st.integers(0, 999)).map(
    lambda shape: np.tanh(np.random.default_rng(shape[2]).normal(size=shape[:2]))
)


@pytest.mark.parametrize("name", ORDERS)
@settings(deadline=None)
@given(h=HIDDEN | st.just(np.zeros((3, 4))) | st.just(np.ones((1, 1))))
def test_every_unit_stands_in_the_order_once(name: str, h: np.ndarray) -> None:
    assert sorted(ORDERS[name](trace_of(h)).tolist()) == list(range(h.shape[1]))


@settings(deadline=None)
@given(HIDDEN)
def test_activity_goes_down(h: np.ndarray) -> None:
    moves = h.std(axis=0)[ORDERS["activity"](trace_of(h))]
    assert (np.diff(moves) <= 0).all()


@settings(deadline=None)
@given(pairs=st.integers(1, 6), seed=st.integers(0, 999))
def test_units_that_move_alike_stand_side_by_side(pairs: int, seed: int) -> None:
    """Alike is what rises and falls together, be it faint or strong."""
    rng = np.random.default_rng(seed)
    strong = np.tanh(rng.normal(size=(30, pairs)))
    faint = strong * rng.uniform(0.05, 1, pairs)
    places = rng.permutation(2 * pairs)
    h = np.concatenate((strong, faint), axis=1)[:, places]
    who = places[ORDERS["similarity"](trace_of(h))] % pairs
    assert (who[::2] == who[1::2]).all()


def test_units_as_they_are() -> None:
    assert ORDERS["index"](trace_of(np.zeros((2, 5)))).tolist() == [0, 1, 2, 3, 4]
