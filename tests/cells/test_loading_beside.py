"""What lies beside recurrent weights under PyTorch's names: another cell, a copy, a learned state."""

from __future__ import annotations

import io

import numpy as np
import pytest

from cells import Network
from cells.live.loaded import inspected
from cells.loading.errors import LoadError
from cells.loading.files import inspect
from cells.loading.understood import Understood
from cells.saving import state_dict
from tests.cells.hostile import op, saved, tensor

WEIGHTS = {"weight_ih": (16, 3), "weight_hh": (16, 4), "bias_ih": (16,), "bias_hh": (16,)}


def found(arrays: dict[str, np.ndarray]) -> Understood:
    file = io.BytesIO()
    np.savez(file, **arrays)
    return inspect(file.getvalue(), "a.npz")


def drawn(**shapes: tuple[int, ...]) -> dict[str, np.ndarray]:
    rng = np.random.default_rng(1)
    return {name: rng.normal(size=shape).astype("f4") for name, shape in shapes.items()}


def cell(prefix: str, suffix: str = "") -> dict[str, np.ndarray]:
    return drawn(**{f"{prefix}{name}{suffix}": shape for name, shape in WEIGHTS.items()})


@pytest.mark.parametrize(
    ("prefix", "beside"),
    [
        ("cell.", {"cell.ln_ih.weight": (16,), "cell.ln_ih.bias": (16,)}),
        ("cell.", {"cell.weight_ci": (4,), "cell.weight_cf": (4,), "cell.weight_co": (4,)}),
        ("rnn.cells.0.", {"rnn.cells.0.bias": (16,)}),
        ("", {"bias": (16,)}),
        ("", {"weight_ci": (4,)}),
        ("", {"layernorm_i.weight": (16,), "layernorm_h.weight": (16,)}),
    ],
)
def test_a_cell_with_more_than_its_weights_is_another_cell(
    prefix: str, beside: dict[str, tuple[int, ...]]
) -> None:
    for suffix in ("", "_l0"):
        with pytest.raises(LoadError, match="another kind of cell") as caught:
            found({**cell(prefix, suffix), **drawn(**beside)})
        assert next(iter(beside)) in str(caught.value)


def test_another_cell_is_one_inside_a_checkpoint_too() -> None:
    weights = {
        "cell.weight_ih": tensor((8, 3)),
        "cell.weight_hh": tensor((8, 2)),
        "cell.norm.weight": tensor((8,)),
    }
    with pytest.raises(LoadError, match=r"cell holds cell\.norm\.weight beside"):
        inspect(checkpoint(weights), "a.pt")


def test_what_stands_ahead_stands_ahead_inside_a_checkpoint_too() -> None:
    lstm = {"lstm.weight_ih_l0": tensor((8, 3)), "lstm.weight_hh_l0": tensor((8, 2))}
    before = {"inp.weight": tensor((5, 3))}
    assert dict(inspect(checkpoint(before | lstm), "a.pt").answers) == {"embedding": "yes"}
    assert dict(inspect(checkpoint(lstm | before), "a.pt").answers) == {}


def checkpoint(tensors: dict[str, bytes]) -> bytes:
    """A .pt of {"model": a state_dict}."""
    return saved(
        b"}" + op("model") + b"}(" + b"".join(op(name) + made for name, made in tensors.items()) + b"us"
    )


def test_a_model_that_is_an_lstm_itself_may_have_layers_of_its_own() -> None:
    read = found({**cell("", "_l0"), **drawn(**{"fc.weight": (2, 4), "fc.bias": (2,)})})
    assert read.network.readout is not None and read.unused == ()


@pytest.mark.parametrize("copied", [True, False])
@pytest.mark.parametrize(("outer", "inner"), [("rnns.0.", "rnns.0.module."), ("rnn.", "rnn.")])
def test_a_weight_that_dropout_tears_is_read_whole(outer: str, inner: str, copied: bool) -> None:
    arrays = cell(inner, "_l0")
    torn = arrays.pop(f"{inner}weight_hh_l0")
    whole = drawn(w=(16, 4))["w"]
    arrays |= {f"{outer}weight_hh_l0_raw": whole} | ({f"{inner}weight_hh_l0": torn} if copied else {})
    read = found(arrays)
    expected = found({**cell(inner, "_l0"), f"{inner}weight_hh_l0": whole}).network
    rows = np.random.default_rng(2).normal(size=(5, 3))
    np.testing.assert_array_equal(
        read.network.run(rows).layers[0].forward["h"], expected.run(rows).layers[0].forward["h"]
    )
    assert "note.raw" in [note.key for note in read.conventions]
    assert read.unused == ()


@pytest.mark.parametrize(
    "names", [("h0", "c0"), ("init_h", "init_c"), ("initial_hidden", "initial_cell"), ("rnn_h0", "rnn_c0")]
)
@pytest.mark.parametrize("shape", [(4,), (1, 4), (1, 1, 4)])
def test_first_states_that_were_learned_are_told_and_the_readout_stays(
    names: tuple[str, str], shape: tuple[int, ...]
) -> None:
    arrays = {
        **cell("lstm.", "_l0"),
        **drawn(**{"fc.weight": (2, 4), "fc.bias": (2,), **dict.fromkeys(names, shape)}),
    }
    read = found(arrays)
    assert read.network.readout is not None
    assert [note for note in map(str, read.conventions) if ", ".join(names) in note]


def test_a_table_as_wide_as_the_states_is_none_of_them() -> None:
    read = found({**cell("lstm.", "_l0"), **drawn(hidden=(2, 4))})
    assert read.network.readout is not None and "note.learned" not in [note.key for note in read.conventions]


def test_arrays_without_numbers_stand_in_nobodys_way() -> None:
    network = Network.random("LSTM", 3, 4, dtype="float32")
    usual = {**state_dict(network), **drawn(**{"fc.weight": (2, 4), "fc.bias": (2,)})}
    assert found({**usual, "flag": np.zeros(0, "f4")}).network.readout is not None


def answers(*parts: dict[str, np.ndarray]) -> dict[str, str]:
    """What is taken of these arrays, in their order, without a word of the reader's."""
    return dict(found({name: array for part in parts for name, array in part.items()}).answers)


LAYER, TABLE = cell("rnn.", "_l0"), (10, 3)


@pytest.mark.parametrize("name", ["encoder.weight", "embedding.weight", "drop_emb.weight", "inp.weight"])
def test_a_table_before_the_network_is_read_whatever_its_name(name: str) -> None:
    decoder = drawn(**{"decoder.weight": (10, 4), "decoder.bias": (10,)})
    assert answers(drawn(**{name: TABLE}), LAYER, decoder) == {"embedding": "yes", "readout": "linear"}


def test_a_product_without_bias_is_asked_for_and_not_taken_for_a_table() -> None:
    assert answers(drawn(**{"char_proj.weight": TABLE}), LAYER) == {"embedding": "no"}


def test_of_two_tables_behind_the_network_none_is_taken() -> None:
    assert answers(LAYER, drawn(**{"a.weight": TABLE, "b.weight": TABLE})) == {}


def test_a_layer_before_the_network_that_makes_what_it_reads_is_no_readout_unless_asked_for() -> None:
    before = drawn(**{"a_in.weight": (3, 4), "a_in.bias": (3,)})
    assert answers(before, LAYER) == {"readout": "none"}
    assert answers(LAYER, before) == {"readout": "linear"}  # one-hot letters in, letters out


def cells(*sizes: tuple[int, int], prefix: str = "lstm{}.") -> dict[str, np.ndarray]:
    """Single LSTM cells of these features and units."""
    return {
        name: array
        for number, (features, units) in enumerate(sizes, 1)
        for name, array in drawn(
            **{
                f"{prefix.format(number)}weight_ih": (4 * units, features),
                f"{prefix.format(number)}weight_hh": (4 * units, units),
            }
        ).items()
    }


@pytest.mark.parametrize("prefix", ["lstm{}.", "cells.{}."])
def test_cells_that_can_read_each_other_are_offered_as_layers_too(prefix: str) -> None:
    arrays = {
        **cells((1, 5), (5, 4), prefix=prefix),
        **drawn(**{"linear.weight": (2, 4), "linear.bias": (2,)}),
    }
    first, second = (prefix.format(number).rstrip(".") for number in (1, 2))
    asked = found(arrays).questions[0]
    assert (asked.choices, asked.default) == ((first, second, f"{first} + {second}"), first)
    file = io.BytesIO()
    np.savez(file, **arrays)
    read = inspect(file.getvalue(), "a.npz", part=f"{first} + {second}")
    assert "note.guess" in {note.key for note in read.conventions}
    assert "note.guess" not in {note.key for note in found(arrays).conventions}
    stack = read.network
    lower, upper = (inspect(file.getvalue(), "a.npz", part=part).network for part in (first, second))
    rows = np.random.default_rng(3).normal(size=(6, 1))
    h = upper.run(lower.run(rows).layers[0].forward["h"]).layers[0].forward["h"]
    np.testing.assert_allclose(stack.run(rows).layers[1].forward["h"], h, rtol=1e-5, atol=1e-7)
    assert stack.readout is not None and len(stack.layers) == 2


@pytest.mark.parametrize("sizes", [((1, 5), (4, 4)), ((1, 5),)])
def test_cells_that_cannot_are_not(sizes: tuple[tuple[int, int], ...]) -> None:
    choices = [choice for question in found(cells(*sizes)).questions for choice in question.choices]
    assert not [choice for choice in choices if " + " in choice]


def test_that_a_head_of_several_layers_is_why_there_are_no_answers_is_told() -> None:
    sizes = {"rnn.weight_ih_l0": (16, 3), "rnn.weight_hh_l0": (16, 4)}
    heads = {"head.0.weight": (8, 4), "head.0.bias": (8,), "head.2.weight": (1, 8), "head.2.bias": (1,)}
    arrays = {name: np.ones(size) for name, size in (sizes | heads).items()}
    one = inspected({**arrays}, {})
    assert one.network.readout is None
    assert [note.key for note in one.conventions].count("note.head") == 1
    alone = inspected({name: array for name, array in arrays.items() if "head.2" not in name}, {})
    assert alone.network.readout is not None and "note.head" not in {note.key for note in alone.conventions}
