"""HDF5 files of others: only what lies in the file itself, and only once its size is known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from cells.arrays import Array
from cells.loading.errors import LoadError, shown
from cells.loading.stored import Stored, check_floats

if TYPE_CHECKING:
    import h5py

DEEPEST, MOST_OBJECTS, LONGEST_TEXT = 16, 20_000, 16 << 20


class Tree(NamedTuple):
    """The arrays by their paths, and what the file's attribute `model_config` says."""

    arrays: Mapping[str, Stored]
    config: str | None


def read(data: bytes) -> Tree:
    """Everything in the file; links out of it, raw storage elsewhere and views of other files are refused."""
    try:
        import h5py
    except ImportError:
        raise LoadError("reading Keras files needs h5py: pip install h5py") from None
    file = h5py.File(BytesIO(data), "r")  # left open: arrays are fetched later
    return Tree(dict(arrays(file)), text(file, "model_config"))


def arrays(group: h5py.Group) -> Iterator[tuple[str, Stored]]:
    """Every dataset beneath a group."""
    import h5py

    waiting, seen = [("", group, 0)], 0
    while waiting:
        path, here, depth = waiting.pop()
        for name in here:
            seen += 1
            where = f"{path}{name}"
            if seen > MOST_OBJECTS or depth > DEEPEST:
                raise LoadError(f"too many groups at {shown(where)}; this is no file of weights")
            if not isinstance(here.get(name, getlink=True), h5py.HardLink):
                raise LoadError(f"{shown(where)} is a link, and links are not followed; save it again")
            inside = here[name]
            if isinstance(inside, h5py.Group):
                waiting.append((f"{where}/", inside, depth + 1))
            elif isinstance(inside, h5py.Dataset):
                yield where, dataset(where, inside)


def dataset(path: str, found: h5py.Dataset) -> Stored:
    """An array, if its numbers lie in this file."""
    if found.external or found.is_virtual:
        raise LoadError(f"{shown(path)} keeps its numbers in another file, which is not read; save it again")
    shape, dtype = tuple(found.shape or ()), found.dtype
    if dtype.kind != "f" or found.shape is None:
        return Stored(path, shape, lambda: refuse(path, dtype.name))
    if found.chunks is None and found.id.get_storage_size() != found.nbytes:
        raise LoadError(
            f"{shown(path)} says {shown(shape)} and the file holds less; it is cut short or damaged"
        )
    wide = np.dtype("float64" if dtype.itemsize > 4 else "float32")
    return Stored(path, shape, lambda: found[()].astype(wide))


def refuse(path: str, dtype: str) -> Array:
    """There is an array, but none of floats."""
    check_floats(path, dtype)
    raise LoadError(f"{shown(path)} holds no numbers")


def text(file: h5py.File, name: str) -> str | None:
    """An attribute that holds text."""
    if name not in file.attrs:
        return None
    if file.attrs.get_id(name).get_storage_size() > LONGEST_TEXT:
        raise LoadError(f"the attribute {name} is too long; save the model again")
    found = file.attrs[name]
    return found.decode() if isinstance(found, bytes) else str(found)
