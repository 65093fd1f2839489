"""Keras files as Keras 2 wrote them, made of those of Keras 3: what they left out, and their names."""

from __future__ import annotations

import io
import json
from zipfile import ZipFile

import h5py
import numpy as np
import pytest

from cells.loading import hdf5
from cells.loading.files import inspect
from tests.cells.formats_keras import edited
from tests.cells.test_loading import recorded, top


@pytest.fixture(autouse=True)
def one_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hdf5, "ask", hdf5.answer)


def without(key: str, about: object) -> object:
    """A configuration without a setting, wherever it stands."""
    if isinstance(about, dict):
        return {name: without(key, value) for name, value in about.items() if name != key}
    return [without(key, value) for value in about] if isinstance(about, list) else about


def older(data: bytes, key: str) -> bytes:
    """A .keras whose configuration never heard of a setting."""
    file = io.BytesIO()
    with ZipFile(io.BytesIO(data)) as archive, ZipFile(file, "w") as made:
        made.writestr("config.json", json.dumps(without(key, json.loads(archive.read("config.json")))))
        made.writestr("model.weights.h5", archive.read("model.weights.h5"))
    return file.getvalue()


@pytest.mark.parametrize("both", [True, False])
def test_layers_that_disagree_which_axis_is_time_are_not_one_network(both: bool) -> None:
    """A layer with time_major would hand steps to the next as sequences of a batch."""
    name = "LSTM time=7 features=3 units=4 layers=2 directions=1.keras"
    data = edited(
        name, lambda layers: [one["config"].update(time_major=True) for one in layers[1 : 2 + both]]
    )
    assert (inspect(data, name).questions == ()) == both


SIZES = "time=7 features=3 units=4 layers=2 directions=2"


@pytest.mark.parametrize("cell", ["GRU", "GRU (reset after)"])
def test_where_a_model_does_not_say_where_its_reset_gate_acts_the_bias_does(cell: str) -> None:
    data, _, inputs, expected = recorded("keras")[f"{cell} {SIZES}.keras"]
    found = inspect(older(data, "reset_after"), "a.keras")
    assert (found.network.cell, found.questions) == (cell, ())
    np.testing.assert_allclose(top(found.network, inputs), expected, rtol=0, atol=1e-6)


@pytest.mark.parametrize("cell", ["GRU", "GRU (reset after)"])
def test_where_there_is_no_bias_either_it_is_asked(cell: str) -> None:
    data, _, inputs, expected = recorded("keras")[f"{cell} unbiased.keras"]
    bare = older(data, "reset_after")
    (asked,) = inspect(bare, "a.keras").questions
    assert (asked.name, asked.default) == ("reset", "before")
    assert "note.reset_before" not in {note.key for note in inspect(bare, "a.keras").conventions}
    found = inspect(bare, "a.keras", reset="after" if "after" in cell else "before").network
    np.testing.assert_allclose(found.run(inputs).output, expected, rtol=0, atol=1e-6)
    assert inspect(data, "a.keras").questions == ()


@pytest.mark.parametrize(("cell", "kind"), [("LSTM", "CuDNNLSTM"), ("GRU (reset after)", "CuDNNGRU")])
def test_cudnn_layers_of_keras_2_are_turned(cell, kind):
    """Keras writes LSTM as CuDNNLSTM with kernels transposed block by block, and the bias in two halves."""
    name = f"{cell} time=7 features=3 units=4 layers=1 directions=1.weights.h5"
    data, _, inputs, expected = recorded("keras")[name]
    with h5py.File(io.BytesIO(data)) as file:
        kernel, recurrent, bias = (
            file[f"layers/{cell[:4].strip().lower()}/cell/vars/{n}"][()] for n in range(3)
        )
    gates = recurrent.shape[1] // recurrent.shape[0]
    turned = {
        "kernel:0": np.hstack([k.T.reshape(k.shape, order="C") for k in np.hsplit(kernel, gates)]),
        "recurrent_kernel:0": np.hstack([k.T for k in np.hsplit(recurrent, gates)]),
        "bias:0": np.tile(0.5 * bias, 2) if cell == "LSTM" else bias.ravel(),
    }
    packed = io.BytesIO()
    with h5py.File(packed, "w") as file:
        for role, array in turned.items():
            file[f"{kind.lower()}/{kind.lower()}/{role}"] = array
    found = inspect(packed.getvalue(), "old.h5")
    network = found.network
    assert network.cell == cell and found.unused == ()
    assert "note.cudnn" in {note.key for note in found.conventions}
    assert {theirs for theirs, _ in found.names} == {
        f"{kind.lower()}/{kind.lower()}/{role}" for role in turned
    }
    np.testing.assert_allclose(top(network, inputs), expected, rtol=0, atol=1e-6)
