"""What must hold when a network is held at other values than it computes, for every cell and direction."""

from __future__ import annotations

import re
from dataclasses import FrozenInstanceError, replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cells import CELLS, Edit, Network, chunks
from cells.edits import MOST
from cells.equations import equations
from cells.expression import evaluate
from cells.layers import Readout

STEPS, FEATURES, UNITS = 12, 3, 4
EXACT = 1e-12
many = settings(max_examples=60, deadline=None)


def inputs(seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).normal(size=(STEPS, FEATURES))


def network_of(cell: str, layers: int, both: bool, seed: int = 1) -> Network:
    network = Network.random(cell, FEATURES, UNITS, layers, both, seed)
    rng = np.random.default_rng(seed)
    readout = Readout(rng.normal(size=(UNITS * (1 + both), 2)), rng.normal(size=2), "softmax")
    return replace(network, readout=readout)


def traces(run):
    return {
        (depth, way): trace
        for depth, layer in enumerate(run.layers, start=1)
        for way, trace in zip(layer._fields, layer, strict=True)
        if trace is not None
    }


def assert_alike(one, other, tolerance=EXACT):
    for place, trace in traces(one).items():
        for symbol in trace.symbols:
            np.testing.assert_allclose(
                traces(other)[place][symbol],
                trace[symbol],
                rtol=0,
                atol=tolerance,
                err_msg=f"{place} {symbol}",
            )
    np.testing.assert_allclose(other.output, one.output, rtol=0, atol=tolerance)


@st.composite
def shapes(draw):
    return draw(st.sampled_from(list(CELLS))), draw(st.integers(1, 3)), draw(st.booleans())


@st.composite
def edits_of(draw, cell, layers, both, steps=STEPS, units=UNITS):
    first = draw(st.integers(0, steps - 1))
    some = draw(st.none() | st.lists(st.integers(0, units - 1), min_size=1, unique=True).map(tuple))
    wide, one = units if some is None else len(some), st.floats(-2, 2)
    return Edit(
        draw(st.sampled_from(CELLS[cell].symbols)),
        some,
        draw(st.none() | st.tuples(st.just(first), st.none() | st.integers(first, steps - 1))),
        draw(st.sampled_from(["set", "add", "scale", "mean"])),
        draw(one | st.lists(one, min_size=wide, max_size=wide).map(tuple)),
        draw(st.integers(1, layers)),
        draw(st.sampled_from(["forward", "backward"])) if both else "forward",
    )


def value_of(edit: Edit, unit: int) -> float:
    if not isinstance(edit.value, tuple):
        return edit.value
    return edit.value[unit if edit.units is None else edit.units.index(unit)]


def by_hand(network: Network, rows: np.ndarray, edits: list[Edit]):
    """Every symbol of every direction, step by step and unit by unit: written otherwise than the code."""
    usual, found = traces(network.run(rows)), {}
    for depth, layer in enumerate(network.layers, start=1):
        hidden = []
        for way, weights in zip(layer._fields, layer, strict=True):
            if weights is None:
                continue
            state = {name: np.zeros(UNITS) for name in CELLS[network.cell].states}
            kept = {symbol: np.empty((STEPS, UNITS)) for symbol in CELLS[network.cell].symbols}
            for t in range(STEPS) if way == "forward" else reversed(range(STEPS)):
                values = {"x": rows[t], **{f"{name}_prev": row for name, row in state.items()}}
                for row in equations(network.cell):
                    here = np.array(evaluate(row.expression, values, weights))
                    for unit in range(UNITS):
                        for edit in reversed(edits):
                            first, last = edit.steps or (0, None)
                            if (
                                (edit.symbol, edit.layer, edit.direction) == (row.symbol, depth, way)
                                and (edit.units is None or unit in edit.units)
                                and first <= t <= (STEPS if last is None else last)
                            ):
                                value = value_of(edit, unit)
                                here[unit] = {
                                    "set": value,
                                    "add": here[unit] + value,
                                    "scale": here[unit] * value,
                                    "mean": usual[depth, way][row.symbol][:, unit].mean(),
                                }[edit.how]
                                break
                    values[row.symbol] = kept[row.symbol][t] = here
                state = {name: values[name] for name in state}
            found[depth, way] = kept
            hidden.append(kept["h"])
        rows = np.concatenate(hidden, axis=1)
    return found


@many
@given(st.data(), shapes(), st.integers(1, 5))
def test_every_edit_is_what_it_says_and_of_those_that_meet_the_last_is_in_force(data, shape, chunk):
    network = network_of(*shape)
    edits = data.draw(st.lists(edits_of(*shape), max_size=4))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(chunks, "CHUNK", chunk * 3)
        found = traces(network.run(inputs(), edits=edits))
    for place, symbols in by_hand(network, inputs(), edits).items():
        for symbol, expected in symbols.items():
            np.testing.assert_allclose(found[place][symbol], expected, rtol=0, atol=1e-10)


@many
@given(shapes(), st.integers(0, 99))
def test_without_edits_it_is_the_run_itself(shape, seed):
    network = network_of(*shape, seed)
    assert_alike(network.run(inputs()), network.run(inputs(), edits=[]), 0)


@many
@given(st.data(), st.sampled_from(list(CELLS)), st.integers(1, 3))
def test_nothing_changes_before_an_edit_not_by_a_bit(data, cell, layers):
    network = network_of(cell, layers, False)
    edit = data.draw(edits_of(cell, layers, False))
    first = edit.steps[0] if edit.steps else 0
    usual, edited = network.run(inputs()), network.run(inputs(), edits=[edit])
    for place, trace in traces(usual).items():
        for symbol in trace.symbols:
            np.testing.assert_array_equal(traces(edited)[place][symbol][:first], trace[symbol][:first])
    np.testing.assert_array_equal(edited.output[:first], usual.output[:first])


@many
@given(st.data(), st.sampled_from(list(CELLS)))
def test_of_the_direction_that_reads_from_the_end_nothing_changes_behind_an_edit(data, cell):
    network = network_of(cell, 1, True)
    edit = replace(data.draw(edits_of(cell, 1, True)), direction="backward")
    last = STEPS - 1 if edit.steps is None or edit.steps[1] is None else edit.steps[1]
    (usual,), (edited,) = network.run(inputs()).layers, network.run(inputs(), edits=[edit]).layers
    for symbol in usual.forward.symbols:
        np.testing.assert_array_equal(edited.forward[symbol], usual.forward[symbol])
        np.testing.assert_array_equal(edited.backward[symbol][last + 1 :], usual.backward[symbol][last + 1 :])


@many
@given(st.data(), shapes())
def test_a_symbol_set_to_the_values_that_it_has_changes_nothing(data, shape):
    network = network_of(*shape)
    usual = network.run(inputs())
    edit = data.draw(edits_of(*shape))
    trace = traces(usual)[edit.layer, edit.direction]
    unit = data.draw(st.integers(0, UNITS - 1))
    same = [
        replace(edit, how="set", units=(unit,), steps=(t, t), value=float(trace[edit.symbol][t, unit]))
        for t in range(STEPS)
    ]
    assert_alike(usual, network.run(inputs(), edits=same))
    for how, value in (("add", 0.0), ("scale", 1.0)):
        assert_alike(usual, network.run(inputs(), edits=[replace(edit, how=how, value=value)]))


KEEPS = {
    "LSTM": ({"f": 1.0, "i": 0.0}, "c"),
    "LSTM (as printed)": ({"f": 1.0, "i": 0.0}, "c"),
    "GRU": ({"u": 0.0}, "h"),
    "GRU (reset after)": ({"u": 0.0}, "h"),
}


@pytest.mark.parametrize("direction", ["forward", "backward"])
@pytest.mark.parametrize("cell", KEEPS)
@many
@given(layer=st.integers(1, 2), t=st.integers(1, STEPS - 2), seed=st.integers(0, 99))
def test_a_gate_that_keeps_and_writes_nothing_keeps_the_state(cell, direction, layer, t, seed):
    network = network_of(cell, 2, True, seed)
    gates, state = KEEPS[cell]
    steps = (t, None) if direction == "forward" else (0, t)
    edits = [
        Edit(gate, steps=steps, value=value, layer=layer, direction=direction)
        for gate, value in gates.items()
    ]
    trace = traces(network.run(inputs(seed), edits=edits))[layer, direction]
    kept, held = (trace[state][t:], t - 1) if direction == "forward" else (trace[state][: t + 1], t + 1)
    np.testing.assert_array_equal(kept, np.broadcast_to(trace[state][held], kept.shape))


@pytest.mark.parametrize("cell", KEEPS)
def test_an_always_open_forgetting_gate_leaves_no_memory(cell):
    """f = 0 (u = 1): the state is what this step alone wrote."""
    network = network_of(cell, 1, False)
    symbol, value, written = ("f", 0.0, "i") if cell.startswith("LSTM") else ("u", 1.0, "u")
    trace = network.run(inputs(), edits=[Edit(symbol, value=value)]).layers[0].forward
    state = "c" if cell.startswith("LSTM") else "h"
    np.testing.assert_allclose(trace[state], trace[written] * trace["c_tilde"], rtol=0, atol=EXACT)


@pytest.mark.parametrize("cell", CELLS)
def test_a_window_of_an_edited_run_is_a_slice_of_it(cell, monkeypatch):
    monkeypatch.setattr(chunks, "CHUNK", 5)
    network, edits = network_of(cell, 2, True), [Edit("h", (1,), (2, 7), "mean"), Edit("h", (0,), (9, None))]
    whole, kept = network.run(inputs(), edits=edits), network.run(inputs(), keep=(4, 9), edits=edits)
    for place, trace in traces(whole).items():
        for symbol in trace.symbols:
            np.testing.assert_array_equal(traces(kept)[place][symbol], trace[symbol][4:9])


@pytest.mark.parametrize("cell", CELLS)
def test_an_edited_run_of_float32_stays_float32(cell):
    network = network_of(cell, 1, False).astype("float32")
    trace = network.run(inputs(), edits=[Edit("h", (0,), (3, 4), value=0.5)]).layers[0].forward
    assert {trace[symbol].dtype.name for symbol in trace.symbols} == {"float32"}


WRONG = {
    "symbol": (Edit("u"), "LSTM has no 'u' to edit; choose one of f, i, o, c_tilde, c, h"),
    "x": (Edit("x"), "LSTM has no 'x' to edit; choose one of"),
    "how": (Edit("f", how="halve"), "an edit can't 'halve'; choose one of set, add, scale, mean"),
    "nan": (Edit("f", value=float("nan")), "an edit of f holds nan; replace it with a number"),
    "nan among several": (Edit("f", (0, 1), value=(1.0, float("nan"))), "an edit of f holds nan; replace it"),
    "values": (
        Edit("f", (0, 1, 2), value=(1.0, 2.0)),
        "an edit of 3 units holds 2 values; give one for each, or one for all",
    ),
    "values of all": (Edit("f", value=(1.0,)), "an edit of 4 units holds 1 values; give one for each"),
    "infinity": (Edit("f", value=float("inf")), "an edit of f holds inf; replace it with a number"),
    "layer": (Edit("f", layer=2), "an edit of layer 2: layers count from 1, and this network has 1"),
    "layer 0": (Edit("f", layer=0), "an edit of layer 0: layers count from 1"),
    "direction": (
        Edit("f", direction="backward"),
        "an edit of direction 'backward': this network has no such",
    ),
    "attribute": (Edit("f", direction="count"), "an edit of direction 'count': this network has no such"),
    "unit": (Edit("f", (0, 4)), "an edit of unit 4: units are 0..3 here"),
    "below": (Edit("f", (-1,)), "an edit of unit -1: units are 0..3 here"),
    "step": (
        Edit("f", steps=(12, None)),
        "an edit of steps 12..None: they must be first <= last within 0..11",
    ),
    "last": (Edit("f", steps=(3, 12)), "an edit of steps 3..12: they must be first <= last within 0..11"),
    "order": (Edit("f", steps=(3, 2)), "an edit of steps 3..2: they must be first <= last within 0..11"),
    "negative": (Edit("f", steps=(-2, None)), "an edit of steps -2..None"),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_cannot_be_edited_is_refused_in_one_sentence(case):
    edit, says = WRONG[case]
    with pytest.raises(ValueError, match=re.escape(says)) as raised:
        network_of("LSTM", 1, False).run(inputs(), edits=[edit])
    assert "\n" not in str(raised.value)


def test_there_are_at_most_64():
    network, edits = network_of("LSTM", 1, False), [Edit("f", value=0.5)] * MOST
    network.run(inputs(), edits=edits)
    with pytest.raises(ValueError, match="65 edits are too many; give at most 64"):
        network.run(inputs(), edits=[*edits, Edit("f")])


def test_an_edit_is_a_value():
    assert {Edit("f", (1,)), Edit("f", (1,))} == {Edit("f", (1,))}
    with pytest.raises(FrozenInstanceError):
        Edit("f").value = 1.0
