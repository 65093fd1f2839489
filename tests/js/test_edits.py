"""Edits in the browser: read and written as by Python, and what they do to a pass is what NumPy says."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from cells import CELLS, Edit, Network, shipped
from cells.edit_text import LARGEST, LONGEST, parsed, written
from cells.edits import MOST
from cells.layers import LayerState, Readout
from tests.cells.test_edit_text import ODD, edits_of, lines
from tests.js.conftest import Core, unpacked
from tests.js.test_pass import EXACT, ROUNDED, exact, message, rows_for

many = settings(
    max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
MEETING = "f.1=0.5;f*0;f.1@2-3=mean;f.2@2-=1"


@pytest.fixture(autouse=True)
def _whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.stepper.network_message.MOST", 10**9)


@st.composite
def edited(draw: st.DrawFn) -> tuple[Network, int, str]:
    """A network, a number of steps, and edits of it, some of them of units and steps that it lacks."""
    cell, units = draw(st.sampled_from(list(CELLS))), draw(st.integers(1, 6))
    layers, both, seed = draw(st.integers(1, 3)), draw(st.booleans()), draw(st.integers(0, 99))
    plain, rng = Network.random(cell, 3, units, layers, both, seed), np.random.default_rng(seed)
    readout = Readout(rng.normal(size=(units * (1 + both), 2)), rng.normal(size=2), "softmax")
    steps = draw(st.integers(1, 14))
    drawn = st.lists(edits_of(CELLS[cell].symbols, units, steps, layers, both), max_size=5)
    return replace(plain, readout=readout), steps, written(draw(drawn))


def worst(found: dict[str, Any], expected: Any) -> float:
    """The largest difference of any number, as a share of the largest number where that is above 1."""
    pairs = [(found["output"], expected.output)]
    for layer, traces in zip(found["layers"], expected.layers, strict=True):
        for direction, trace in zip(traces._fields, traces, strict=True):
            pairs += [(layer[direction][symbol], trace[symbol]) for symbol in trace.symbols] if trace else []
    return max(
        float(np.abs(unpacked(text, *array.shape) - array).max() / max(1.0, np.abs(array).max()))
        for text, array in pairs
    )


@many
@given(edited())
def test_what_edits_do_is_what_numpy_says(core: Core, drawn: tuple[Network, int, str]) -> None:
    network, steps, line = drawn
    rows, edits = rows_for(network, steps, 8), parsed(line)
    assert edits is not None
    known = exact(network)
    found = core("pass", message=message(known), inputs=rows.tolist(), edits=line)
    assert worst(found, known.run(rows, edits=edits)) <= EXACT
    found = core("pass", message=message(network), inputs=rows.tolist(), edits=line)
    assert worst(found, network.run(rows, edits=edits)) <= ROUNDED


@pytest.mark.parametrize("name", ["count10-lstm", "count10-gru", "tags-bilstm"])
def test_edits_of_a_shipped_network_do_what_numpy_says(core: Core, name: str) -> None:
    network, rng = shipped.network(name), np.random.default_rng(1)
    given = rng.integers(len(network.embedding), size=30) if network.embedding is not None else None
    rows = np.eye(network.features)[rng.integers(network.features, size=30)] if given is None else given
    read = rows if network.embedding is None else network.embedding[rows]
    for line in ("h.1.2@4-9*0.5", "h=mean", f"{'b:' if network.layers[0].backward else ''}h.3@7-=-1"):
        found = core("pass", message=message(network), inputs=read.tolist(), edits=line)
        assert worst(found, network.run(rows, edits=parsed(line))) <= EXACT
        assert worst(found, network.run(rows)) > 1e-3


@pytest.mark.parametrize("cell", ["LSTM", "LSTM (as printed)"])
def test_of_edits_that_meet_the_last_alone_is_in_force(core: Core, cell: str) -> None:
    network = replace(exact(Network.random(cell, 3, 4, 2, True, seed=3)), readout=None)
    rows = rows_for(network, 6, 9)
    found = core("pass", message=message(network), inputs=rows.tolist(), edits=MEETING)
    f = unpacked(found["layers"][0]["forward"]["f"], 6, 4)
    usual = network.run(rows).layers[0].forward["f"]
    expected = np.zeros((6, 4))
    expected[1:3, 0], expected[1:, 1] = usual[:, 0].mean(), 1
    np.testing.assert_allclose(f, expected, rtol=0, atol=EXACT)


def test_edits_and_the_states_that_a_pass_begins_with_go_together(core: Core) -> None:
    network, rng = exact(Network.random("LSTM", 3, 4, 1, True, seed=5)), np.random.default_rng(5)
    network = replace(network, readout=Readout(np.ones((8, 1)), np.zeros(1), "linear"))
    rows = rows_for(network, 7, 5)
    states = [{name: rng.normal(size=4) for name in "hc"} for _ in range(2)]
    sent = {way: {name: row.tolist() for name, row in one.items()} for way, one in
            zip(("forward", "backward"), states, strict=True)}  # fmt: skip
    line = "c.2@3=mean;b:f@1-2=0"
    found = core("pass", message=message(network), inputs=rows.tolist(), initial=[sent], edits=line)
    assert worst(found, network.run(rows, [LayerState(*states)], edits=parsed(line))) <= EXACT


@many
@example((exact(Network.random("LSTM", 3, 2, seed=1)), 5, "f@2=mean"), "f@2=mean", 4, 3)
@example((exact(Network.random("GRU", 3, 2, seed=1)), 5, "u.1@4=0"), "u.1@2-3=1;u.1@4=0", 5, 0)
@given(edited(), st.data(), st.integers(0, 14), st.integers(0, 5))
def test_a_pass_that_goes_on_from_another_text_and_other_edits_is_the_whole_pass(
    core: Core, drawn: tuple[Network, int, str], data: Any, t: int, more: int
) -> None:
    """Bit for bit, also where means change with the text, and where edits came, went, changed places."""
    network, steps, line = drawn
    rows = rows_for(network, steps, 6)
    if isinstance(data, str):
        before = data
    else:
        now = line.split(";") if line else []
        kept = data.draw(st.lists(st.sampled_from(now), unique=True)) if now else []
        other = data.draw(edits_of(CELLS[network.cell].symbols, 3, steps, len(network.layers), False))
        before = data.draw(st.sampled_from([line, ";".join(kept), ";".join([*kept, written([other])])]))
    t = min(t, steps)
    earlier = np.concatenate((rows[:t], rows_for(network, more, 7))) if more or t < steps else rows
    earlier = earlier if len(earlier) else rows_for(network, 1, 7)
    asked = {"message": message(network), "inputs": rows.tolist(), "edits": line}
    again = core("pass", **asked, before=earlier.tolist(), edited=before, **{"from": t})
    assert again == core("pass", **asked)


def browsers(edit: Edit) -> dict[str, Any]:
    """An edit as the browser holds it."""
    first, last = edit.steps or (0, None)
    held = asdict(edit) | {"from": first, "to": last, "units": edit.units and list(edit.units)}
    if isinstance(edit.value, tuple):
        held["value"] = list(edit.value)
    del held["steps"]
    return held


def hold(core: Core, asked: list[str]) -> None:
    """Both read each line alike or not at all, and write it alike."""
    for line, found in zip(asked, core("edits", lines=asked), strict=True):
        edits = parsed(line)
        assert (found is None) == (edits is None), line
        if edits is not None:
            assert found == [[browsers(edit) for edit in edits], written(edits)], line


@many
@given(st.lists(lines | st.text(max_size=12), max_size=30))
def test_both_read_and_write_any_line_alike(core: Core, asked: list[str]) -> None:
    hold(core, asked)


@many
@given(st.lists(st.floats(-LARGEST, LARGEST), min_size=1, max_size=60))
def test_both_write_any_number_alike(core: Core, values: list[float]) -> None:
    hold(core, [written([Edit("f", value=value)]) for value in values])


def test_both_refuse_the_same_nonsense(core: Core) -> None:
    full = "f=0;" * (MOST - 1) + "f=0"
    long = f"f=0.{'1' * (LONGEST - 4)}"
    hold(core, [*ODD, full, f"{full};f=0", long, f"{long}1"])
    assert [found is None for found in core("edits", lines=[full, f"{full};f=0", long, f"{long}1"])] == [
        False, True, False, True,
    ]  # fmt: skip
