"""Altered weights: what is named changes and nothing else, and biases and U do what is said of them."""

from __future__ import annotations

import re
from dataclasses import FrozenInstanceError, replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cells import CELLS, Alteration, Edit, Network, Readout, altered, half_life
from cells.altered_weights import ALTERS
from cells.cell import named
from cells.parameters import by_name
from cells.time_scale import decay, of_bias

STEPS, FEATURES, UNITS = 9, 3, 4
many = settings(max_examples=40, deadline=None)
inputs = np.random.default_rng(0).normal(size=(STEPS, FEATURES))


def network_of(cell: str, layers: int = 2, both: bool = True) -> Network:
    rng = np.random.default_rng(2)
    readout = Readout(rng.normal(size=(UNITS * (1 + both), 2)), rng.normal(size=2), "softmax")
    return replace(Network.random(cell, FEATURES, UNITS, layers, both, 1), readout=readout)


def blocks(cell: str) -> list[str]:
    kind = named(cell)
    gates = {"W": kind.blocks, "U": kind.blocks, "b": kind.biases}
    return [
        name for letter, ours in gates.items() for name in (letter, *(f"{letter}.{gate}" for gate in ours))
    ]


@st.composite
def cases(draw):
    cell = draw(st.sampled_from(list(CELLS)))
    return cell, Alteration(
        draw(st.sampled_from(blocks(cell))),
        draw(st.none() | st.lists(st.integers(0, UNITS - 1), min_size=1, unique=True).map(tuple)),
        draw(st.sampled_from(ALTERS)),
        draw(st.floats(-3, 3)),
        draw(st.integers(1, 2)),
        draw(st.sampled_from(["forward", "backward"])),
    )


@many
@given(cases())
def test_what_is_named_becomes_what_is_said_and_all_else_stays(case):
    cell, change = case
    before, after = (by_name(network) for network in (network_of(cell), altered(network_of(cell), [change])))
    assert list(before) == list(after)
    place = f"layers.{change.layer - 1}.{change.direction}.{change.block}"
    for name, array in before.items():
        expected = array.copy()
        if name == place or name.startswith(f"{place}."):
            for unit in range(UNITS) if change.units is None else change.units:
                old = array[..., unit]
                expected[..., unit] = {
                    "set": change.value,
                    "add": old + change.value,
                    "scale": old * change.value,
                }[change.how]
        np.testing.assert_array_equal(after[name], expected, err_msg=name)


@many
@given(cases())
def test_scaling_by_one_and_adding_nothing_is_the_network_itself(case):
    cell, change = case
    network = network_of(cell)
    same = altered(network, [replace(change, how="scale", value=1.0), replace(change, how="add", value=0.0)])
    np.testing.assert_array_equal(same.run(inputs).output, network.run(inputs).output)


def test_of_several_each_changes_what_the_one_before_left():
    network = network_of("LSTM")
    steps = [
        Alteration("b.f", value=2.0),
        Alteration("b.f", (1,), "add", 1.0),
        Alteration("b", (1,), "scale", 2.0),
    ]
    b = altered(network, steps).layers[0].forward.b
    assert b.f.tolist() == [2, 6, 2, 2]
    np.testing.assert_array_equal(b.i, network.layers[0].forward.b.i * [1, 2, 1, 1])
    assert altered(network, []).layers[0].forward.b.f.tolist() == network.layers[0].forward.b.f.tolist()


@pytest.mark.parametrize(
    ("cell", "gate", "sign"), [("LSTM", "f", 1), ("GRU", "u", -1), ("GRU (reset after)", "u", -1)]
)
@pytest.mark.parametrize("bias", [-1.0, 0.0, 2.5])
def test_a_gate_that_only_its_bias_holds_remembers_as_long_as_its_bias_says(cell, gate, sign, bias):
    """W and U of the gate cut: f = σ(b) at every step, and the measured decay has the half-life of b."""
    alone = [Alteration(f"{letter}.{gate}", (2,), "scale", 0.0) for letter in "WU"]
    network = altered(network_of(cell), [*alone, Alteration(f"b.{gate}", (2,), "set", bias)])
    trace = network.run(inputs).layers[0].forward
    expected = of_bias(sign * bias)
    kept = trace[gate][:, 2] if sign == 1 else 1 - trace[gate][:, 2]
    np.testing.assert_allclose(kept, expected.f, rtol=1e-12)
    np.testing.assert_allclose(half_life(kept), expected.half_life, rtol=1e-9)
    assert decay(trace).half_life[2] == pytest.approx(float(expected.half_life), rel=1e-9)


CARRIES = {
    "RNN": (),
    "LSTM": ("c", "h"),
    "LSTM (as printed)": ("c", "h"),
    "GRU": ("h",),
    "GRU (reset after)": ("h",),
}


@pytest.mark.parametrize("direction", ["forward", "backward"])
@pytest.mark.parametrize("cell", CELLS)
def test_with_the_recurrent_line_cut_a_step_knows_its_own_input_alone_but_for_what_is_carried(
    cell, direction
):
    cut = altered(network_of(cell, 1), [Alteration("U", how="scale", value=0.0, direction=direction)])
    trace = cut.run(inputs).layers[0]._asdict()[direction]
    alone = [cut.run(x[None]).layers[0]._asdict()[direction] for x in inputs]
    # The GRU's candidate multiplies h by U after the reset: it is cut as well.
    for symbol in trace.symbols:
        same = np.allclose(trace[symbol], [one[symbol][0] for one in alone], rtol=0, atol=1e-15)
        assert same == (symbol not in CARRIES[CELLS[cell].family]), symbol
    if "c" in trace.symbols:
        kept = trace["f"] * trace.previous("c") + trace["i"] * trace["c_tilde"]
        np.testing.assert_allclose(trace["c"], kept, rtol=0, atol=1e-15)


def test_the_two_biases_of_a_candidate_are_two():
    network = network_of("GRU (reset after)", 1, False)
    outer = altered(network, [Alteration("b.c", value=3.0)]).layers[0].forward.b
    inner = altered(network, [Alteration("b.hc", value=3.0)]).layers[0].forward.b
    both = network.layers[0].forward.b
    assert outer.c.tolist() == [3] * UNITS and outer.hc.tolist() == both.hc.tolist()
    assert inner.hc.tolist() == [3] * UNITS and inner.c.tolist() == both.c.tolist()
    # With r = 1 at every step a shift of one is a shift of the other.
    open_reset = [Edit("r", value=1.0)]
    one, other = (
        altered(network, [Alteration(block, how="add", value=0.7)]).run(inputs, edits=open_reset)
        for block in ("b.c", "b.hc")
    )
    np.testing.assert_allclose(one.output, other.output, rtol=0, atol=1e-12)
    one, other = (
        altered(network, [Alteration(block, how="add", value=0.7)]).run(inputs) for block in ("b.c", "b.hc")
    )
    assert not np.allclose(one.output, other.output, atol=1e-3)


def test_an_altered_network_keeps_its_type_and_what_is_not_recurrent():
    rng = np.random.default_rng(5)
    network = replace(network_of("GRU"), embedding=rng.normal(size=(6, FEATURES))).astype("float32")
    found = altered(network, [Alteration("U", how="scale", value=0.5)])
    assert (found.dtype, found.parameters, found.cell) == ("float32", network.parameters, "GRU")
    np.testing.assert_array_equal(found.embedding, network.embedding)
    np.testing.assert_array_equal(found.readout.W, network.readout.W)
    assert found.readout.kind == "softmax"


WRONG = {
    "block": (Alteration("b.u"), "LSTM has no 'b.u' to alter; choose one of W, W.f, W.i, W.o, W.c, U, U.f"),
    "kind": (Alteration("V"), "LSTM has no 'V' to alter"),
    "half": (Alteration("b."), "LSTM has no 'b.' to alter"),
    "inner": (Alteration("b.hc"), "LSTM has no 'b.hc' to alter"),
    "how": (
        Alteration("b.f", how="mean"),
        "weights can't be altered by 'mean'; choose one of set, add, scale",
    ),
    "nan": (Alteration("b.f", value=float("nan")), "b.f can't become nan; give a number"),
    "infinity": (Alteration("U", how="scale", value=float("inf")), "U can't become inf; give a number"),
    "layer": (
        Alteration("U", layer=3),
        "an alteration of layer 3: layers count from 1, and this network has 2",
    ),
    "direction": (
        Alteration("U", direction="up"),
        "an alteration of direction 'up': this network has no such",
    ),
    "unit": (Alteration("b.f", (4,)), "an alteration of unit 4: units are 0..3 here"),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_cannot_be_altered_is_refused_in_one_sentence(case):
    change, says = WRONG[case]
    with pytest.raises(ValueError, match=re.escape(says)) as raised:
        altered(network_of("LSTM"), [change])
    assert "\n" not in str(raised.value)


def test_an_alteration_is_a_value():
    assert {Alteration("U", (1,)), Alteration("U", (1,))} == {Alteration("U", (1,))}
    with pytest.raises(FrozenInstanceError):
        Alteration("U").value = 1.0
