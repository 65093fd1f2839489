"""What is saved can be loaded again, bit by bit; PyTorch's own names, order and types."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from cells import CELLS, Network, load
from cells.layers import Readout
from cells.loading.files import inspect
from cells.parameters import by_name
from cells.saving import as_npz, as_safetensors, state_dict
from cells.shipped import FOLDER

WRITERS = {".npz": as_npz, ".safetensors": as_safetensors}
NOT_IN_PYTORCH = {name for name, cell in CELLS.items() if name != cell.family} - {"RNN (relu)"}
NOT_IN_PYTORCH |= {"GRU", "LSTM (as printed)"}


def made(cell: str, bidirectional: bool, dtype: str) -> Network:
    plain = Network.random(cell, 3, 5, 2, bidirectional, seed=4, dtype="float64")
    rng = np.random.default_rng(5)
    readout = Readout(rng.normal(size=(5 * (1 + bidirectional), 4)), rng.normal(size=4), "softmax")
    return Network(cell, plain.layers, rng.normal(size=(6, 3)), readout).astype(dtype)


@pytest.mark.parametrize(
    ("suffix", "cell", "bidirectional", "dtype"),
    [
        case
        for case in product(WRITERS, CELLS, (False, True), ("float32", "float64"))
        if case[0] == ".npz" or case[1] not in NOT_IN_PYTORCH
    ],
)
def test_round_trip_is_bit_equal(suffix, cell, bidirectional, dtype, tmp_path):
    network = made(cell, bidirectional, dtype)
    path = tmp_path / f"saved{suffix}"
    path.write_bytes(WRITERS[suffix](network))
    unsaid = {"readout": "softmax"} | ({"nonlinearity": "relu"} if cell == "RNN (relu)" else {})
    again = load(path, **(unsaid if suffix == ".safetensors" else {}))
    assert again.cell == cell and again.dtype == dtype and again.readout.kind == "softmax"
    before, after = by_name(network), by_name(again)
    assert list(before) == list(after)
    for name, array in before.items():
        np.testing.assert_array_equal(array, after[name], err_msg=name)


@pytest.mark.parametrize("cell", sorted(NOT_IN_PYTORCH))
def test_a_cell_that_pytorch_lacks_is_not_saved_for_it(cell):
    with pytest.raises(ValueError, match=r"PyTorch has no .*save it as npz"):
        as_safetensors(Network.random(cell, 2, 3))


def test_safetensors_is_what_the_package_reads():
    safetensors = pytest.importorskip("safetensors.numpy", reason="compared with the package itself")
    network = made("LSTM", True, "float32")
    theirs, ours = safetensors.load(as_safetensors(network)), state_dict(network)
    assert set(theirs) == set(ours)
    for name, array in ours.items():
        np.testing.assert_array_equal(theirs[name], array)


@pytest.mark.parametrize(
    "path", sorted(set(FOLDER.glob("*.npz")) - set(FOLDER.glob("*.steps.npz"))), ids=lambda path: path.name
)
def test_what_ships_can_be_opened(path):
    understood = inspect(path.read_bytes(), path.name)
    assert understood.format == "npz" and understood.parameters
