"""The bytes say what a file is, whatever it is called."""

from __future__ import annotations

import gzip
import io
import pickle
import tarfile

import numpy as np
import pytest

from cells import Network
from cells.loading.contents import OTHERS
from cells.loading.errors import LoadError
from cells.loading.files import inspect
from cells.saving import as_npz, as_safetensors
from tests.cells.hostile import h5_lstm, state

NETWORK = Network.random("LSTM", 3, 2, dtype="float32")
FILES = {
    "PyTorch": state(),
    "safetensors": as_safetensors({"": NETWORK}),
    "npz": as_npz({"": NETWORK}),
    "Keras": h5_lstm()(),
}
NAMES = (
    "model_best.pth.tar",
    "halo.pkl",
    "attn.model",
    "policy.zip",
    "weights",
    "a.pt",
    "a.onnx",
    "a.safetensors",
)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("format_", FILES)
def test_a_file_is_read_under_any_name(format_: str, name: str) -> None:
    found = inspect(FILES[format_], name)
    assert (found.format, found.network.cell, found.units) == (format_, "LSTM", 2)


def single() -> bytes:
    file = io.BytesIO()
    np.save(file, np.zeros((2, 3)))
    return file.getvalue()


def packed() -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as archive:
        entry = tarfile.TarInfo("model.pt")
        entry.size = len(FILES["PyTorch"])
        archive.addfile(entry, io.BytesIO(FILES["PyTorch"]))
    return file.getvalue()


REFUSED = {
    "is.lfs": b"version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 132\n",
    "is.gguf": b"GGUF" + bytes(60),
    "is.tflite": b"\x1c\0\0\0TFL3" + bytes(60),
    "is.npy": single(),
    "is.index": b'{"metadata": {}, "weight_map": {"a": "b"}}',
    "is.tar": packed(),
    "is.gzip": gzip.compress(FILES["PyTorch"]),
    "is.pickle": pickle.dumps({"lstm.weight_ih_l0": [1.0]}),
}


@pytest.mark.parametrize("key", OTHERS)
@pytest.mark.parametrize("name", ["a.pt", "a.bin", "a.tar", "a"])
def test_what_is_none_of_ours_is_named_with_its_remedy(key: str, name: str) -> None:
    with pytest.raises(LoadError) as caught:
        inspect(REFUSED[key], name)
    (_, _), (_, fault) = caught.value.sentence.blanks
    assert getattr(fault, "key", "") == key
