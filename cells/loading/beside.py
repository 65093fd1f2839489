"""What lies beside the weights in a file and is no weight: vocabularies, labels, the scale of training.

Nothing of it is run, and a file that cannot be read holds nothing.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from io import BytesIO
from math import prod

import numpy as np

from cells.loading.archive import opened
from cells.loading.contents import content
from cells.loading.errors import LoadError
from cells.loading.files import DAMAGE
from cells.loading.numpy_archive import array
from cells.loading.pickled import Machine, Opaque, Value
from cells.loading.pytorch import Storages, Tensor, call, storage

MOST_NUMBERS = 4096  # of an array that is no weight
MOST_VALUES = 1_000_000
DEEPEST = 8
SCALARS = (str, int, float, bool, type(None))


def beside(data: bytes) -> object:
    """Dictionaries, lists, texts, numbers, small arrays as the file nests them; {} where there are none."""
    try:
        suffix = ".pickle" if data.startswith(b"\x80") else content(data)
        return READERS[suffix](data) if suffix in READERS else {}
    except (LoadError, *DAMAGE):
        return {}


def _of_archive(data: bytes) -> object:
    """What torch.save wrote."""
    with opened(data) as archive:
        (pickle,) = (name for name in archive.namelist() if name.rpartition("/")[2] == "data.pkl")
        machine = Machine(call, storage)
        whole = machine.run(BytesIO(archive.read(pickle)))
        root = pickle.removesuffix("data.pkl")
        big = root + "byteorder" in archive.namelist() and archive.read(root + "byteorder") == b"big"
    return _Plain(Storages(data, root, ">" if big else "<")).of(whole)


def _of_pickle(data: bytes) -> object:
    """What pickle.dump wrote: a vocabulary by itself."""
    return _Plain(None).of(Machine(call, storage).run(BytesIO(data)))


class _Plain:
    """What a pickle builds as plain things; so many are looked at, for they may hold one another often."""

    def __init__(self, storages: Storages | None) -> None:
        self.storages, self.left = storages, MOST_VALUES

    def of(self, value: Value, depth: int = 0) -> object:
        """A value of the machine; what has no plain form is None."""
        self.left -= len(value) if isinstance(value, dict | list | tuple) else 1
        if depth > DEEPEST or self.left < 0:
            return None
        match value:
            case dict():
                return {name: self.of(inner, depth + 1) for name, inner in value.items()}
            case Tensor(shape=(_,) | ()) if self.storages is not None and prod(value.shape) <= MOST_NUMBERS:
                return self.storages.view("", value).tolist()
            case Tensor():
                return None
            case list() | tuple():
                return [one if isinstance(one, SCALARS) else self.of(one, depth + 1) for one in value]
            case Opaque():
                return self.made(value, depth)
        return value if isinstance(value, SCALARS) else None

    def made(self, value: Opaque, depth: int) -> object:
        """Arrays and numbers of NumPy, counters, and the attributes of anything else."""
        kind = value.path.rpartition(".")[2]
        if kind == "_reconstruct" and isinstance(value.state, tuple):
            _, shape, dtype, columns_first, kept = value.state
            return numbers(dtype, kept, shape, bool(columns_first))
        if kind == "scalar" and "multiarray" in value.path:
            dtype, kept = value.arguments
            return numbers(dtype, kept, ())
        if kind == "_frombuffer":
            kept, dtype, shape, order = value.arguments
            return numbers(dtype, bytes(kept) if isinstance(kept, bytearray) else kept, shape, order == "F")
        if kind == "Counter":
            return self.of(next(iter(value.arguments), {}), depth + 1)
        state = value.state
        attributes = (
            next((one for one in state if isinstance(one, dict)), None) if isinstance(state, tuple) else state
        )
        return self.of(attributes, depth + 1) if isinstance(attributes, dict) else None


def numbers(dtype: Value, kept: Value, shape: Value, columns_first: bool = False) -> object:
    """A small array of NumPy from what its pickle holds, a number where it has no axes."""
    if not (isinstance(dtype, Opaque) and isinstance(shape, tuple) and dtype.arguments):
        return None
    match kept:
        case Opaque(path="_codecs.encode", arguments=(str(text), *_)):
            kept = text.encode("latin-1")
    kind = np.dtype(str(dtype.arguments[0]))
    if kind.kind not in "fiu" or not isinstance(kept, bytes) or len(kept) != prod(shape) * kind.itemsize:
        return None
    if prod(shape) > MOST_NUMBERS:
        return None
    order = dtype.state[1] if isinstance(dtype.state, tuple) and len(dtype.state) > 1 else "="
    kind = kind.newbyteorder(">" if order == ">" else "<")
    found = np.frombuffer(kept, kind).reshape(shape, order="F" if columns_first else "C")
    return found.item() if not shape else found.tolist()


def _of_keras(data: bytes) -> object:
    """The configuration of a Keras model, and the lines of its assets."""
    with opened(data) as archive:
        texts = {
            name: archive.read(name) for name in archive.namelist() if name.endswith((".txt", "config.json"))
        }
    return {
        name: json.loads(text) if name.endswith(".json") else text.decode("utf-8").split("\n")
        for name, text in texts.items()
    }


def _of_npz(data: bytes) -> object:
    """Texts and small rows of numbers among the arrays."""
    found: dict[str, object] = {}
    with opened(data) as archive:
        for name in archive.namelist():
            try:
                one = array(name, archive.read(name))
            except LoadError:
                continue
            if one.ndim < 2 and one.size <= MOST_NUMBERS * 16 and one.dtype.kind in "Ufiu":
                found[name.removesuffix(".npy")] = one.tolist()
    return found


def _of_safetensors(data: bytes) -> object:
    """The metadata of a safetensors file."""
    header = json.loads(data[8 : 8 + int.from_bytes(data[:8], "little")])
    return header.get("__metadata__", {})


READERS: Mapping[str | None, Callable[[bytes], object]] = {
    ".pt": _of_archive,
    ".pickle": _of_pickle,
    ".keras": _of_keras,
    ".npz": _of_npz,
    ".safetensors": _of_safetensors,
}
