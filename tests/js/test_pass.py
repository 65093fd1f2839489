"""The browser's pass is NumPy's: every symbol of every layer, both directions, the readout.

The browser computes in float64 with weights that went over in float32. Where those are exact, as in all
networks that are shipped, the two differ by the order of their sums alone; else also by what rounding does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from cells import CELLS, Network, shipped
from cells.layers import LayerState, Readout
from cells.network import Run
from tests.js.conftest import Core, unpacked, wired
from ui.stepper import network_message

EXACT = 1e-12
ROUNDED = 1e-6
SMALL = 1e-3
HALF = 2.0**-24  # what rounding to float32 changes, as a share of the number

shapes = st.fixed_dictionaries(
    {
        "cell": st.sampled_from(list(CELLS)),
        "features": st.integers(1, 7),
        "units": st.integers(1, 9),
        "layers": st.integers(1, 3),
        "bidirectional": st.booleans(),
        "seed": st.integers(0, 99),
    }
)
many = settings(
    max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@pytest.fixture(autouse=True)
def _whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(network_message, "MOST", 10**9)


def message(network: Network) -> dict[str, object]:
    sent: dict[str, object] = wired(network_message.network_message(network))
    return sent


def difference(core: Core, network: Network, rows: np.ndarray, expected: Run, **given: object) -> float:
    """The largest difference between the two passes, of any number that either computes."""
    found = core("pass", message=message(network), inputs=rows.tolist(), **given)
    worst = 0.0
    for layer, traces in zip(found["layers"], expected.layers, strict=True):
        for direction in ("forward", "backward"):
            trace = getattr(traces, direction)
            assert (layer[direction] is None) == (trace is None)
            for symbol in trace.symbols if trace is not None else ():
                array = unpacked(layer[direction][symbol], *trace[symbol].shape)
                worst = max(worst, float(np.abs(array - trace[symbol]).max()))
    assert (found["output"] is None) == (expected.output is None)
    if expected.output is not None:
        output = unpacked(found["output"], *expected.output.shape)
        worst = max(worst, float(np.abs(output - expected.output).max()))
    return worst


def exact(network: Network) -> Network:
    """The network with weights that float32 holds."""
    return network.astype("float32").astype("float64")


def rows_for(network: Network, steps: int, seed: int) -> np.ndarray:
    return np.random.default_rng(seed).normal(size=(steps, network.features))


@pytest.mark.parametrize("name", shipped.cards())
def test_of_every_shipped_network_the_pass_is_numpys(core: Core, name: str) -> None:
    network = shipped.network(name)
    rng = np.random.default_rng(1)
    if network.embedding is not None:
        given_rows = rng.integers(len(network.embedding), size=40)
        rows = network.embedding[given_rows]
    else:
        given_rows = rows = np.eye(network.features)[rng.integers(network.features, size=40)]
    assert network.dtype == "float64"
    assert difference(core, network, rows, network.run(given_rows)) <= EXACT


@many
@example({"cell": "LSTM", "features": 5, "units": 64, "layers": 3, "bidirectional": True, "seed": 1}, 60)
@given(shapes, st.integers(1, 25))
def test_of_exact_weights_the_pass_is_numpys(core: Core, shape: dict[str, object], steps: int) -> None:
    network = exact(Network.random(**shape))
    rows = rows_for(network, steps, 2)
    assert difference(core, network, rows, network.run(rows)) <= EXACT


@many
@given(shapes, st.integers(1, 25))
def test_of_rounded_weights_it_is_within_what_rounding_does(
    core: Core, shape: dict[str, object], steps: int
) -> None:
    network = Network.random(**shape)
    rows = rows_for(network, steps, 3)
    assert difference(core, network, rows, network.run(rows)) <= ROUNDED


@pytest.mark.parametrize("kind", ["linear", "sigmoid", "softmax"])
@pytest.mark.parametrize("bidirectional", [False, True])
def test_each_readout_is_numpys(core: Core, kind: str, bidirectional: bool) -> None:
    network, rng = Network.random("GRU", 4, 5, bidirectional=bidirectional, seed=4), np.random.default_rng(4)
    readout = Readout(30 * rng.normal(size=(10 if bidirectional else 5, 3)), rng.normal(size=3), kind)
    network = exact(replace(network, readout=readout))
    rows = rows_for(network, 12, 4)
    assert difference(core, network, rows, network.run(rows)) <= EXACT


@pytest.mark.parametrize("cell", CELLS)
def test_a_pass_begins_with_the_states_that_it_is_given(core: Core, cell: str) -> None:
    network, rng = (
        exact(Network.random(cell, 3, 4, layers=2, bidirectional=True, seed=5)),
        np.random.default_rng(5),
    )
    rows = rows_for(network, 9, 5)

    def state() -> dict[str, np.ndarray]:
        return {name: rng.normal(size=4) for name in CELLS[cell].states}

    states = [LayerState(state(), state()) for _ in network.layers]
    sent = [
        {
            side: {name: row.tolist() for name, row in getattr(one, side).items()}
            for side in ("forward", "backward")
        }
        for one in states
    ]
    assert difference(core, network, rows, network.run(rows, initial=states), initial=sent) <= EXACT
    assert difference(core, network, rows, network.run(rows), initial=sent) > 1e-3


@many
@given(shapes, st.integers(1, 12), st.data())
def test_a_pass_that_goes_on_from_a_step_is_the_whole_pass(
    core: Core, shape: dict[str, object], steps: int, data: st.DataObject
) -> None:
    """Bit for bit: what is kept of another text's pass is what would be computed again."""
    network = Network.random(**shape)
    rows = rows_for(network, steps, 6)
    t = data.draw(st.integers(0, steps))
    before = np.concatenate((rows[:t], rows_for(network, data.draw(st.integers(0, 5)), 7)))
    sent = message(network)
    whole = core("pass", message=sent, inputs=rows.tolist())
    assert core("pass", message=sent, inputs=rows.tolist(), before=before.tolist(), **{"from": t}) == whole


@pytest.mark.parametrize("edits", ["", "f@4=1;c@2-5=mean"])
@pytest.mark.parametrize(("layers", "bidirectional"), [(1, False), (2, False), (2, True)])
def test_a_pass_with_pauses_is_the_pass(core: Core, layers: int, bidirectional: bool, edits: str) -> None:
    """It pauses after each step of each layer; what else is computed meanwhile changes nothing."""
    network = Network.random("LSTM", 3, 5, layers=layers, bidirectional=bidirectional, seed=8)
    network = replace(
        network, readout=Readout(np.ones((10 if bidirectional else 5, 2)), np.zeros(2), "softmax")
    )
    one, other = rows_for(network, 9, 8), rows_for(network, 9, 8)
    other[6:] += 1
    found = core("turns", message=message(network), one=one.tolist(), other=other.tolist(), t=6, edits=edits)
    assert (found["alike"], found["untouched"]) == (True, True)
    if not bidirectional and not edits:
        assert found["pauses"] == [9 * (layers + 1), 3 * (layers + 1)]


@pytest.mark.parametrize("gain", [1, 4, 16])
@pytest.mark.parametrize("seed", range(4))
def test_a_wild_network_differs_by_no_more_than_its_own_bound(core: Core, gain: float, seed: int) -> None:
    """A plain network of large weights makes any difference grow: a bound says how far, and while it is small
    enough to say something, it holds.

    |Δh_t| ≤ |U| |Δh_t-1| + what rounding does to one step's sum: tanh makes nothing larger. |U| is the
    largest sum of a column.
    """
    network = Network.random("RNN", 3, 12, seed=seed)
    (W,), (U,), (b,) = network.layers[0].forward
    weights = type(network.layers[0].forward)(
        *(type(blocks)(gain * blocks[0]) for blocks in network.layers[0].forward)
    )
    network = replace(network, layers=(network.layers[0]._replace(forward=weights),))
    (W,), (U,), (b,) = network.layers[0].forward
    rows = rows_for(network, 40, seed)
    expected = network.run(rows).layers[0].forward["h"]
    found = core("pass", message=message(network), inputs=rows.tolist())
    h = unpacked(found["layers"][0]["forward"]["h"], *expected.shape)
    bounds = growing(
        np.abs(rows) @ np.abs(W) + np.abs(U).sum(axis=0) + np.abs(b), np.abs(U).sum(axis=0).max()
    )
    compared = [t for t, bound in enumerate(bounds) if bound < SMALL]
    assert compared[:1] == [0]
    for t in compared:
        assert np.abs(h[t] - expected[t]).max() <= bounds[t]


def growing(sums: np.ndarray, factor: float) -> Sequence[float]:
    """The bound at each step, from what one step adds."""
    bounds, bound = [], 0.0
    for row in sums:
        bound = factor * bound + HALF * float(row.max()) + EXACT
        bounds.append(bound)
    return bounds
