"""A survey over many sequences says of each unit what a loop over all steps would say."""

from __future__ import annotations

import csv
import io

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cells import CELLS, Network, survey
from cells.survey import NEARLY_ALWAYS, STILL, as_csv


@given(
    st.sampled_from([*CELLS]),
    st.lists(st.integers(1, 7), min_size=1, max_size=4),
    st.booleans(),
    st.integers(0, 10**6),
)
def test_it_counts_every_step_of_every_sequence(cell: str, lengths: list[int], both: bool, seed: int) -> None:
    network = Network.random(cell, 3, 4, layers=2, bidirectional=both, seed=seed)
    rng = np.random.default_rng(seed)
    sequences = [rng.normal(size=(steps, 3)) * 4 for steps in lengths]
    found = survey(network, sequences)
    assert [(one.layer, one.direction) for one in found] == [
        (layer, direction) for layer in (1, 2) for direction in ("forward", "backward")[: 1 + both]
    ]
    for one in found:
        traces = [getattr(network.run(rows).layers[one.layer - 1], one.direction) for rows in sequences]
        h = np.concatenate([trace["h"] for trace in traces])
        assert one.steps == len(h) == sum(lengths)
        np.testing.assert_array_equal((one.least, one.most), (h.min(axis=0), h.max(axis=0)))
        for gate in one.closed:
            values = np.concatenate([trace[gate] for trace in traces])
            np.testing.assert_allclose(one.closed[gate], (values < 0.1).mean(axis=0))
            np.testing.assert_allclose(one.opened[gate], (values > 0.9).mean(axis=0))
            for opened, shares in ((False, one.closed), (True, one.opened)):
                assert one.stuck(gate, opened).tolist() == [
                    unit for unit, share in enumerate(shares[gate]) if share >= NEARLY_ALWAYS
                ]
        assert one.dead.tolist() == [unit for unit in range(4) if np.ptp(h[:, unit]) <= STILL]


def test_a_unit_that_writes_nothing_is_dead_and_its_gate_stuck() -> None:
    network = Network.random("LSTM", 3, 4)
    weights = network.layers[0].forward
    bias = weights.b.o.copy()
    bias[2] = -50
    shut = Network(
        "LSTM", (network.layers[0]._replace(forward=weights._replace(b=weights.b._replace(o=bias))),)
    )
    (one,) = survey(shut, [np.random.default_rng(0).normal(size=(30, 3))])
    assert one.dead.tolist() == [2] and one.stuck("o", opened=False).tolist() == [2]


def test_its_table_has_a_row_for_each_unit() -> None:
    network = Network.random("GRU", 3, 4, layers=2)
    rows = [*csv.DictReader(io.StringIO(as_csv(survey(network, [np.eye(3)]))))]
    assert [(row["layer"], row["unit"]) for row in rows] == [
        (str(k), str(u)) for k in (1, 2) for u in range(1, 5)
    ]
    assert float(rows[0]["h_most"]) == survey(network, [np.eye(3)])[0].most[0]
    assert {"u_below_0.1", "u_above_0.9", "r_below_0.1", "r_above_0.9"} <= {*rows[0]}


def test_it_tells_how_far_it_is_and_needs_a_sequence() -> None:
    heard: list[float] = []
    survey(Network.random("RNN", 3, 4), [np.eye(3)] * 4, heard.append)
    assert heard == [0, 0.25, 0.5, 0.75]
    with pytest.raises(ValueError, match="at least one sequence"):
        survey(Network.random("RNN", 3, 4), [])
