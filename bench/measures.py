"""How long the measures of a trace take: on one thread.

python bench/measures.py
"""

from __future__ import annotations

import os

# ruff: noqa: E402 - the number of threads must be set before NumPy starts
for library in ("OPENBLAS", "MKL", "OMP"):
    os.environ.setdefault(f"{library}_NUM_THREADS", "1")

import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

from cells import CELLS, Edit, Network, answer_at, provenance, sweep
from cells.arrays import Steps
from cells.counterfactual import without
from cells.gradient_flow import flow, output_gradient
from cells.layers import Readout
from cells.provenance import PARTS, erased, provenance_map, provenance_maps

UNITS, STEPS, FEATURES, ROUNDS = 64, 200, 32, 9
STARTS: dict[str, dict[str, float]] = {"uniform": {}, "forget bias": {"value": 3.0}}


def milliseconds(way: Callable[[], object]) -> tuple[float, float]:
    """Of some rounds: the median of the core's time, and the shortest by the clock."""
    way()
    clock, core = [], []
    for _ in range(ROUNDS):
        started, busy = perf_counter(), process_time()
        way()
        clock.append(1000 * (perf_counter() - started))
        core.append(1000 * (process_time() - busy))
    return median(core), min(clock)


def ways(both: Network, inputs: Steps) -> dict[str, Callable[[], object]]:
    """What is measured of a bidirectional network, by name."""
    ahead, behind = both.run(inputs).layers[0]
    weights = both.layers[0]
    one_way = Network(both.cell, (weights._replace(backward=None),))
    assert behind is not None and weights.backward is not None
    back = weights.backward
    found: dict[str, Callable[[], object]] = {
        "flow to the last step": lambda: flow(ahead, weights.forward, STEPS - 1),
        "flow, reverse": lambda: flow(behind, back, 0),
        "output gradient": lambda: output_gradient(one_way, inputs, STEPS - 1, 0),
        "without a token": lambda: without(one_way, inputs, STEPS // 2),
    }
    if both.cell in PARTS:
        found |= {
            "provenance of one step": lambda: provenance(ahead, STEPS - 1),
            "map of one unit": lambda: provenance_map(ahead, 0),
            "erased, one unit": lambda: erased(ahead, 0),
            "maps of all units": lambda: provenance_maps(ahead),
            "maps, reverse": lambda: provenance_maps(behind),
        }
    return found


def swept(cell: str, units: int = 32, steps: int = 60, features: int = 27) -> str:
    """Each (step, unit) of a gate erased in turn, beside one plain run of the same network."""
    rng = np.random.default_rng(0)
    readout = Readout(rng.normal(size=(units, 3)), np.zeros(3), "softmax")
    network = replace(Network.random(cell, features, units), readout=readout)
    letters = np.eye(features)[rng.integers(0, features, steps)]
    edit = Edit(CELLS[cell].symbols[0])
    plain, _ = milliseconds(lambda: network.run(letters))
    whole, clock = milliseconds(lambda: sweep(network, letters, edit, answer_at(-1, 0)))
    many, runs = units * steps, whole / plain
    return (
        f"{cell:6}{f'{units} x {steps} sweep of {edit.symbol}':37}{whole:8.2f} ({clock:.2f})"
        f"   {runs:.0f} plain runs of {plain:.2f}, for {many:,} edits: {many / runs:.0f} x the loop's speed"
    )


def main() -> None:
    """Prints one line for each cell, initialisation and measure."""
    print(f"{UNITS} units, {STEPS} steps, one thread; {ROUNDS} rounds")
    print("median milliseconds of the core (in brackets the least by the clock)")
    inputs = np.random.default_rng(0).normal(size=(STEPS, FEATURES))
    for cell in ("LSTM", "GRU", "RNN"):
        for start, settings in STARTS.items():
            both = Network.random(cell, FEATURES, UNITS, bidirectional=True, initialisation=start, **settings)
            for name, way in ways(both, inputs).items():
                core, clock = milliseconds(way)
                print(f"{cell:6}{start:13}{name:24}{core:8.2f} ({clock:.2f})")
        print(swept(cell))


if __name__ == "__main__":
    main()
