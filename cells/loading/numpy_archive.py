"""Npz files of anybody's, read without pickles: by our names or somebody else's."""

from __future__ import annotations

from io import BytesIO
from math import prod

import numpy as np
from numpy.lib import format as npy
from numpy.typing import NDArray

from cells.arrays import Array
from cells.loading.archive import opened
from cells.loading.errors import LoadError, shown
from cells.loading.fragment import NAMELESS, Answers, Part
from cells.loading.names import parts
from cells.loading.npz import Arrays, beneath, network_of
from cells.loading.sentences import sentence
from cells.loading.tensors import MOST_AXES, Stored, check_floats, fetched
from cells.network import Network

HEADERS = {(1, 0): npy.read_array_header_1_0, (2, 0): npy.read_array_header_2_0}


def read(data: bytes) -> tuple[Part, ...]:
    """Every network in the file."""
    with opened(data) as archive:
        names = [name for name in archive.namelist() if name.endswith(".npy")]
        arrays = {name.removesuffix(".npy"): array(name, archive.read(name)) for name in names}
    places = [name.removesuffix("cell") for name in arrays if name == "cell" or name.endswith(".cell")]
    if not places:
        return parts({name: stored(name, found) for name, found in arrays.items()})
    return tuple(ours(place.rstrip("."), beneath(arrays, place.rstrip("."))) for place in places)


def array(name: str, data: bytes) -> NDArray[np.generic]:
    """One array, which holds as much as its header says and no objects."""
    file = BytesIO(data)
    version = npy.read_magic(file)
    if version not in HEADERS:
        raise LoadError("npz.version", name=shown(name), version=version)
    shape, columns_first, dtype = HEADERS[version](file)
    body = memoryview(data)[file.tell() :]
    if dtype.hasobject:
        raise LoadError("npz.objects", name=shown(name))
    if len(shape) > MOST_AXES or prod(shape) * dtype.itemsize != len(body):
        raise LoadError("npz.bytes", name=shown(name), shape=shown(shape), type=dtype, bytes=f"{len(body):,}")
    return np.frombuffer(body, dtype).reshape(shape, order="F" if columns_first else "C")


def stored(name: str, found: NDArray[np.generic]) -> Stored:
    """An array that is already there."""

    def fetch() -> Array:
        check_floats(name, found.dtype.name)
        return found.astype("float64" if found.dtype.name == "float64" else "float32")

    return Stored(name, found.shape, fetch)


def ours(place: str, arrays: Arrays) -> Part:
    """A network under our own names."""
    kept = [stored(name, found) for name, found in arrays.items() if found.dtype.kind == "f"]

    def network(_: Answers) -> Network:
        numbers = {one.name: fetched(one) for one in kept}
        wide = any(number.dtype == "float64" for number in numbers.values())
        return network_of({**arrays, **numbers}, "float64" if wide else "float32")

    said = (sentence("note.ours"),)
    return Part(place or NAMELESS, tuple((one, one.name) for one in kept), said, (), (), network)
