"""Live models are read as they compute: their weights, what they really saw, and how far ours agrees."""

from __future__ import annotations

import json

import numpy as np
import pytest

from cells import LoadError, Network, load, recorded
from cells.live import torch_modules
from cells.live.loaded import inspected
from cells.saving import as_npz
from tests.cells.live_models import AT, Module, arranged, layer_of, of_torch
from tests.cells.test_goldens import Golden, goldens
from tests.goldens.live_cases import GOLDEN, digest

RECORD = json.loads(GOLDEN.read_text("utf-8"))
TORCH = [golden for golden in goldens() if golden.layout.format == "PyTorch"]
SMALL = [golden for golden in TORCH if golden.name.startswith("time=7 features=3 units=4")]
BOUNDS = {"float64": 1e-10, "float16": 5e-3, "bfloat16": 4e-2}


def refused(model: object, *inputs: object, **asked: int) -> str:
    with pytest.raises(LoadError) as error:
        recorded(model, *inputs, **asked)
    return error.value.sentence.key


def test_real_models_were_recorded_with_this_very_code() -> None:
    assert RECORD["digest"] == digest(), "run tests/goldens/record_live.py again: its first lines say how"


@pytest.mark.parametrize(
    "name", [name for name, found in RECORD["recorded"].items() if isinstance(found, dict)]
)
def test_layers_of_real_models_agree(name: str) -> None:
    bound = next((BOUNDS[dtype] for dtype in BOUNDS if dtype in name), 1e-5)
    for _, by in RECORD["recorded"][name].values():
        assert by <= bound


def test_of_real_models_what_cannot_be_computed_is_refused_and_what_is_read_is_as_long_as_it_was() -> None:
    told = {name: found for name, found in RECORD["recorded"].items() if isinstance(found, str)}
    assert told == {
        "torch a subclass that changes h": "live.apart",
        "torch proj_size": "torch.proj_size",
        "torch nothing recurrent": "live.none",
        "keras masked in the midst": "live.mask",
        "keras go_backwards": "keras.setting",
        "keras sum of both": "live.merged",
    }
    steps = {
        name: found for name, found in RECORD["recorded"].items() if "packed" in name or "at the end" in name
    }
    assert [{count for count, _ in found.values()} for found in steps.values()] == [{3}, {7}, {5}, {3}]
    assert max(RECORD["loaded"].values()) <= 1e-6


@pytest.mark.parametrize("how", ["alone", "first", "second", "packed"])
@pytest.mark.parametrize("golden", TORCH, ids=str)
def test_a_layer_is_recorded_however_its_inputs_are_arranged(golden: Golden, how: str) -> None:
    layer = layer_of(golden, how)
    (found,) = recorded(
        layer, arranged(golden.arrays["inputs"], how), sequence=0 if how == "alone" else AT
    ).values()
    assert found.agrees <= 1e-6
    np.testing.assert_array_equal(found.inputs, golden.arrays["inputs"])
    assert found.sequences == (1 if how == "alone" else 3)
    assert layer.hooks == {} and layer.training


@pytest.mark.parametrize("golden", SMALL, ids=str)
def test_a_layer_that_computes_something_else_is_refused_with_both_numbers(golden: Golden) -> None:
    layer = layer_of(golden, "alone")
    name = next(iter(layer.arrays))
    layer.arrays[name] = layer.arrays[name][::-1].copy()
    with pytest.raises(LoadError, match=r"h of unit \d+.* is -?\d\.\d{6} here and -?\d\.\d{6} in the model"):
        recorded(layer, golden.arrays["inputs"])
    assert layer.hooks == {} and layer.training


def test_a_model_is_left_as_it_was_whatever_happens() -> None:
    layer = layer_of(SMALL[0], "alone")
    calm = Module({}, lambda x: x)
    calm.training = False

    def fails(_: object) -> None:
        assert not layer.training, "dropout must not act"
        layer(SMALL[0].arrays["inputs"])
        raise RuntimeError("the model's own")

    model = Module({}, fails)
    model.children = {"rnn": layer, "calm": calm}
    with pytest.raises(RuntimeError, match="the model's own"):
        recorded(model, 1)
    assert layer.hooks == {} and layer.training and model.training and not calm.training


def cell_in_a_loop(golden: Golden, handed: bool) -> tuple[Module, np.ndarray]:
    """A GRUCell that is called step by step; its state is `handed` on, or each step begins anew."""
    h, rows = golden.states("float32")[0, 0, 0], golden.arrays["inputs"]
    arrays = {
        name.removesuffix("_l0"): array for name, array in golden.arrays.items() if name.endswith("_l0")
    }
    at = iter(range(len(rows)))
    cell = of_torch("GRUCell")(arrays, lambda x, hx=None: h[next(at)][None])

    def loop(given: np.ndarray) -> None:
        state = None
        for row in given:
            made = cell(row[None], state)
            state = made if handed else np.zeros_like(made)

    model = Module({}, loop)
    model.children = {"cell": cell}
    return model, rows


def test_a_cell_in_a_loop_is_one_run_while_its_state_is_handed_on() -> None:
    golden = next(
        one for one in SMALL if one.layout.cell.startswith("GRU") and "layers=1 directions=1" in one.name
    )
    found = recorded(*cell_in_a_loop(golden, handed=True))
    assert list(found) == ["cell"] and len(found["cell"].inputs) == 7
    assert found["cell"].agrees <= 1e-6


def test_a_cell_that_begins_anew_at_each_step_is_no_run() -> None:
    golden = next(
        one for one in SMALL if one.layout.cell.startswith("GRU") and "layers=1 directions=1" in one.name
    )
    model, rows = cell_in_a_loop(golden, handed=False)
    assert refused(model, rows) == "live.apart"  # the stand-in answers as if its state had been handed on


def test_what_is_no_model_or_was_not_called_or_lacks_the_sequence_is_said() -> None:
    layer, rows = layer_of(SMALL[0], "second"), arranged(SMALL[0].arrays["inputs"], "second")
    silent = Module({}, lambda x: x)
    silent.children = {"rnn": layer}
    assert refused(silent, rows) == "live.silent"
    assert refused(3) == "live.unknown"
    assert refused(Module({}, lambda x: x), rows) == "live.none"
    assert refused(layer, rows, sequence=3) == "live.sequence"
    assert refused(layer, rows, sequence=-1) == "live.sequence"


@pytest.mark.parametrize("golden", TORCH, ids=str)
def test_a_live_layer_is_loaded_as_its_file_would_be(golden: Golden) -> None:
    found = load(layer_of(golden, "alone"))
    run = found.run(golden.arrays["inputs"])
    np.testing.assert_allclose(run.layers[-1].forward["h"], golden.states("float32")[-1, 0, 0], atol=1e-6)
    same = load(dict(layer_of(golden, "alone").arrays))
    np.testing.assert_array_equal(same.layers[0].forward.W[0], found.layers[0].forward.W[0])


def test_our_own_arrays_are_loaded_from_a_dictionary_too(tmp_path) -> None:
    network = Network.random("GRU", 3, 4, layers=2)
    path = tmp_path / "ours.npz"
    path.write_bytes(as_npz({"": network}))
    with np.load(path) as arrays:
        found = load(dict(arrays))
    np.testing.assert_array_equal(found.layers[1].forward.U.u, network.layers[1].forward.U.u)


def test_a_class_of_its_own_is_refused_where_nothing_runs_to_tell() -> None:
    own = type("Own", (of_torch("LSTM"),), {"forward": lambda self, x: x})
    golden = next(one for one in SMALL if one.layout.cell == "LSTM")
    with pytest.raises(LoadError) as error:
        load(own(layer_of(golden, "alone").arrays, lambda x: x))
    assert error.value.sentence.key == "live.another"
    assert torch_modules.kind(own({}, lambda x: x)) == "LSTM"


def test_what_the_class_says_is_no_question() -> None:
    golden = next(one for one in SMALL if one.layout.cell == "RNN")
    layer = layer_of(golden, "alone")
    assert load(layer).cell == "RNN"
    layer.nonlinearity = "relu"
    assert load(layer).cell == "RNN (relu)"


def test_cells_that_differ_in_their_nonlinearity_are_no_one_network() -> None:
    golden = next(
        one for one in SMALL if str(one).startswith("PyTorch RNN time=7 features=3 units=4 layers=1")
    )
    arrays = {name.removesuffix("_l0"): array for name, array in golden.arrays.items() if "_l0" in name}
    arrays["weight_ih"] = np.zeros((4, 4), "float32")
    model = Module({}, lambda x: x)
    names = ("tanh", "relu")
    model.children = {name: of_torch("RNNCell")(arrays, lambda x: x, nonlinearity=name) for name in names}
    with pytest.raises(LoadError) as error:
        load(model, part="tanh + relu")
    assert error.value.sentence.key == "live.mixed"


@pytest.mark.parametrize("of", ["table", "product"])
def test_whether_a_table_is_looked_up_in_is_said_by_its_class(of: str) -> None:
    golden = next(one for one in SMALL if one.layout.cell == "LSTM" and "layers=1 directions=1" in one.name)
    layer, rows = layer_of(golden, "alone"), np.ones((9, 3), "float32")
    around = Module({"weight": rows}, lambda x: x, **({"num_embeddings": 9} if of == "table" else {}))
    model = Module({}, lambda x: x)
    model.children = {"embed": around, "rnn": layer}
    found = inspected(model, {})
    assert (found.network.embedding is not None) == (of == "table")
    assert "embedding" not in {question.name for question in found.questions}
