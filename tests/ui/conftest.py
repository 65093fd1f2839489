"""Runs that the tests of the pictures share."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import numpy as np
import pytest

from cells import Network
from cells.trace import Trace
from cells.weights import Weights

Traced: TypeAlias = Callable[..., tuple[Trace, Weights]]


@pytest.fixture
def traced() -> Traced:
    """(cell, reverse=, steps=, units=) → a trace of a random network's second layer and its weights."""

    def make(cell: str, reverse: bool = False, steps: int = 9, units: int = 5) -> tuple[Trace, Weights]:
        network = Network.random(cell, 3, units, layers=2, bidirectional=True, seed=4)
        direction = "backward" if reverse else "forward"
        inputs = np.random.default_rng(4).normal(size=(steps, 3))
        return getattr(network.run(inputs).layers[1], direction), getattr(network.layers[1], direction)

    return make
