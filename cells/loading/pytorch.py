"""PyTorch's .pt and .pth: a zip of one pickle and raw storages, read without PyTorch and without pickle."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import NamedTuple
from zipfile import ZipFile

import numpy as np
from numpy.lib.stride_tricks import as_strided

from cells.arrays import Array
from cells.loading.archive import opened
from cells.loading.contents import PICKLED
from cells.loading.errors import LoadError, shown
from cells.loading.fragment import Part
from cells.loading.pickled import Machine, Name, Opaque, Value
from cells.loading.state_dict import parts
from cells.loading.tensors import FLOATS, Stored, check_floats, floats, shape_of

DEEPEST = 4  # dictionaries within dictionaries: {"model_state_dict": {"lstm.weight_ih_l0": …}}
TYPES = {"Float": "float32", "Double": "float64", "Half": "float16", "BFloat16": "bfloat16"}
ZIP = b"PK\x03\x04"


class Storage(NamedTuple):
    """Numbers in a row, in a file of the archive."""

    key: str
    dtype: str
    numbers: int


class Tensor(NamedTuple):
    """A view of a storage; several may share one."""

    storage: Storage
    offset: int
    shape: tuple[int, ...]
    strides: tuple[int, ...]


def read(data: bytes) -> tuple[Part, ...]:
    """The recurrent networks in a state_dict or a checkpoint."""
    if data.startswith(PICKLED):
        raise LoadError("pt.old")
    if not data.startswith(ZIP):
        raise LoadError("pt.other")
    with opened(data) as archive:
        names = archive.namelist()
        if any(name.rpartition("/")[2] == "constants.pkl" for name in names):
            raise LoadError("pt.script")
        pickles = [name for name in names if name.rpartition("/")[2] == "data.pkl"]
        if len(pickles) != 1:
            raise LoadError("pt.no_pickle")
        root = pickles[0].removesuffix("data.pkl")
        machine = Machine(call, storage)
        whole = machine.run(BytesIO(archive.read(pickles[0])))
        order = ">" if root + "byteorder" in names and archive.read(root + "byteorder") == b"big" else "<"
    storages = Storages(data, root, order)
    found = {
        place: {name: stored(place, name, tensor, storages) for name, tensor in tensors.items()}
        for place, tensors in state_dicts(whole)
    }
    if not found and machine.unmade:
        raise LoadError("pt.code", name=shown(machine.unmade[0]))
    return parts(found)


def call(name: Name, arguments: tuple[Value, ...]) -> Value:
    """What the few things that a file of weights may name make of their arguments."""
    match name.path, arguments:
        case ("collections.OrderedDict", ()) | ("collections.defaultdict", _):
            return {}
        case "torch._utils._rebuild_parameter", (Tensor() as tensor, *_):
            return tensor
        case "torch._utils._rebuild_tensor_v2", (Storage() as kept, int(offset), (*shape,), (*strides,), *_):
            return Tensor(kept, offset, shape_of(kept.key, shape), shape_of(kept.key, strides))
    if any(hint in name.path for hint in ("quant", "_rebuild_qtensor", "ScriptObject")):
        raise LoadError("pt.quantised", name=shown(name.path))
    return Opaque()


def storage(given: Value) -> Storage:
    """What ("storage", torch.FloatStorage, key, location, numbers) stands for."""
    match given:
        case ("storage", Name(path), str(key), _, int(numbers)):
            module, _, kind = path.rpartition(".")
            if module == "torch" and kind.endswith("Storage"):
                kind = kind.removesuffix("Storage")
                return Storage(key, TYPES.get(kind, kind), numbers)
            raise LoadError("pt.code", name=shown(path))
    raise LoadError("pt.no_storage", found=shown(given))


def state_dicts(whole: Value) -> Iterator[tuple[str, Mapping[str, Tensor]]]:
    """Every dictionary with tensors in it, each once, by where it is: "", "model_state_dict"."""
    if not isinstance(whole, (dict, Opaque)):
        raise LoadError("pt.no_dictionary")
    waiting, seen = [("", whole, 0)], set[int]()
    while waiting:
        place, here, depth = waiting.pop()
        if not isinstance(here, dict) or id(here) in seen:
            continue
        seen.add(id(here))
        tensors = {str(name): value for name, value in here.items() if isinstance(value, Tensor)}
        if tensors:
            yield place, tensors
        inner = [
            (f"{place}.{name}" if place else str(name), value, depth + 1) for name, value in here.items()
        ]
        waiting += reversed(inner if depth < DEEPEST else ())


def stored(place: str, name: str, tensor: Tensor, storages: Storages) -> Stored:
    """A tensor as an array that can be fetched."""
    return Stored(f"{place}.{name}" if place else name, tensor.shape, lambda: storages.view(name, tensor))


class Storages:
    """The storages of an archive, each read once."""

    def __init__(self, data: bytes, root: str, order: str) -> None:
        self.data, self.root, self.order = data, root, order
        self.read: dict[Storage, Array] = {}

    def view(self, name: str, tensor: Tensor) -> Array:
        """The tensor's numbers, all of them inside its storage."""
        kept, offset, shape, strides = tensor
        if len(shape) != len(strides):
            raise LoadError("pt.strides", name=shown(name), sizes=len(shape), strides=len(strides))
        last = offset + sum((size - 1) * stride for size, stride in zip(shape, strides, strict=True))
        numbers = self.numbers(name, kept)
        if offset < 0 or last >= len(numbers):
            raise LoadError("pt.beyond", name=shown(name))
        steps = [stride * numbers.itemsize for stride in strides]
        return as_strided(numbers[offset:], shape, steps, writeable=False).copy()

    def numbers(self, name: str, kept: Storage) -> Array:
        """All numbers of a storage."""
        if kept not in self.read:
            dtype = check_floats(name, kept.dtype)
            with ZipFile(BytesIO(self.data)) as archive:
                found = archive.read(f"{self.root}data/{kept.key}")
            if len(found) < kept.numbers * np.dtype(FLOATS[dtype]).itemsize:
                raise LoadError("pt.cut", name=shown(name))
            self.read[kept] = floats(found, dtype, self.order)
        return self.read[kept]
