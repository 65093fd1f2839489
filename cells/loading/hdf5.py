"""HDF5 files of others: only what lies in the file itself, and only once its size is known."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from io import BytesIO
from math import prod
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from cells.loading.errors import LoadError, shown
from cells.loading.tensors import FLOATS, MOST_NUMBERS, Stored, check_floats, floats

if TYPE_CHECKING:
    import h5py

ROOT, SECONDS = Path(__file__).parents[2], 10
WORK = 2  # seconds of a processor for a file, and one more for each 20 MB of it
# Groups of Keras beside those of the layers: slots of an optimizer are twice as many numbers as the weights.
ASIDE = {"optimizer", "optimizer_weights", "metrics", "_metrics", "seed_generator"}
DEEPEST, MOST_OBJECTS, LONGEST_TEXT = 16, 20_000, 16 << 20


class Tree(NamedTuple):
    """The arrays by their paths, and what the file's attributes `model_config` and `keras_version` say."""

    arrays: Mapping[str, Stored]
    config: str | None
    version: str = ""


def read(data: bytes) -> Tree:
    """Everything in the file."""
    words, _, body = ask(data).partition(b"\n")
    about = json.loads(words)
    if "error" in about:
        key, blanks = about["error"]
        raise LoadError(key, **dict(blanks))
    found, at = {}, 0
    for path, shape, dtype in about["arrays"]:
        size = prod(shape) * np.dtype(FLOATS[dtype]).itemsize if dtype in FLOATS else 0
        found[path] = sent(path, tuple(shape), dtype, memoryview(body)[at : at + size])
        at += size
    return Tree(found, about["config"], about["version"])


def ask(data: bytes) -> bytes:
    """What `answer` says, in a process of its own: the HDF5 library can hang or crash on damaged files."""
    command = [sys.executable, "-m", "cells.loading.hdf5"]
    try:
        done = subprocess.run(  # noqa: S603 - the command is ours
            command, input=data, capture_output=True, timeout=SECONDS, cwd=ROOT, check=False
        )
    except subprocess.TimeoutExpired:
        raise LoadError("hdf5.endless") from None
    if done.returncode != 0:
        raise LoadError("hdf5.damaged")
    return done.stdout


def sent(path: str, shape: tuple[int, ...], dtype: str, body: memoryview) -> Stored:
    """An array as the other process sent it."""
    return Stored(path, shape, lambda: floats(body, check_floats(path, dtype)).reshape(shape))


def answer(data: bytes) -> bytes:
    """What the other process says: a line of JSON, then the numbers of every array of floats."""
    try:
        kept, config, version = tree(data)
        total = sum(one.size for one in kept.values())
        if total > MOST_NUMBERS:
            raise LoadError("hdf5.many", count=f"{total:,}", most=f"{MOST_NUMBERS:,}")
    except LoadError as error:
        return json.dumps({"error": error.sentence}).encode() + b"\n"
    said = [(path, one.shape, one.dtype) for path, one in kept.items()]
    words = json.dumps({"arrays": said, "config": config, "version": version}).encode()
    return b"".join((words, b"\n", *(one.raw() for one in kept.values() if one.dtype in FLOATS)))


class Kept(NamedTuple):
    """An array in the file, not read yet."""

    name: str
    shape: tuple[int, ...]
    dtype: str
    raw: Callable[[], bytes]

    @property
    def size(self) -> int:
        """How many numbers it holds."""
        return prod(self.shape)


def tree(data: bytes) -> tuple[dict[str, Kept], str | None, str]:
    """Everything in the file; links out of it, raw storage elsewhere and views of other files are refused."""
    try:
        import h5py
    except ImportError:
        raise LoadError("hdf5.library") from None
    file = h5py.File(BytesIO(data), "r")
    return dict(arrays(file)), text(file, "model_config"), text(file, "keras_version") or ""


def arrays(group: h5py.Group) -> Iterator[tuple[str, Kept]]:
    """Every dataset beneath a group, but for those that no layer computes with."""
    import h5py

    waiting, seen = [("", group, 0)], 0
    while waiting:
        path, here, depth = waiting.pop()
        for name in here:
            if not depth and name in ASIDE:
                continue
            seen += 1
            where = f"{path}{name}"
            if seen > MOST_OBJECTS or depth > DEEPEST:
                raise LoadError("hdf5.groups", name=shown(where))
            if not isinstance(here.get(name, getlink=True), h5py.HardLink):
                raise LoadError("hdf5.link", name=shown(where))
            inside = here[name]
            if isinstance(inside, h5py.Group):
                waiting.append((f"{where}/", inside, depth + 1))
            elif isinstance(inside, h5py.Dataset):
                yield where, dataset(where, inside)


def dataset(path: str, found: h5py.Dataset) -> Kept:
    """An array, if its numbers lie in this file."""
    if found.external or found.is_virtual:
        raise LoadError("hdf5.elsewhere", name=shown(path))
    shape, dtype = tuple(found.shape or ()), found.dtype
    if dtype.kind == "f" and found.chunks is None and found.id.get_storage_size() != found.nbytes:
        raise LoadError("hdf5.cut", name=shown(path), shape=shown(shape))
    return Kept(path, shape, dtype.name, lambda: found[()].astype(dtype.newbyteorder("<")).tobytes())


def text(file: h5py.File, name: str) -> str | None:
    """An attribute that holds text."""
    if name not in file.attrs:
        return None
    if file.attrs.get_id(name).get_storage_size() > LONGEST_TEXT:
        raise LoadError("hdf5.attribute", name=name)
    found = file.attrs[name]
    return found.decode() if isinstance(found, bytes) else str(found)


def bounded(size: int) -> None:
    """End this process where the library finds no end; what waits for a busy machine is not counted."""
    try:
        import resource
    except ImportError:  # Windows has the clock of `ask` alone
        return
    most = WORK + size // 20_000_000
    resource.setrlimit(resource.RLIMIT_CPU, (most, most))


if __name__ == "__main__":
    given = sys.stdin.buffer.read()
    bounded(len(given))
    sys.stdout.buffer.write(answer(given))
