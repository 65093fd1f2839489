"""One door for every file of weights: what it holds, as a network of ours or as one clear sentence."""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path, PurePath
from tokenize import TokenError
from typing import NamedTuple, cast
from zipfile import BadZipFile

from cells.loading.contents import content
from cells.loading.errors import LoadError, shown
from cells.loading.fragment import Part
from cells.loading.sentences import sentence
from cells.loading.tensors import MOST_BYTES
from cells.loading.understood import Understood, understood
from cells.network import Network


class Format(NamedTuple):
    """What a file is called, and the module whose `read` knows it."""

    name: str
    module: str


FORMATS: Mapping[str, Format] = {
    ".pt": Format("PyTorch", "pytorch"),
    ".pth": Format("PyTorch", "pytorch"),
    ".ckpt": Format("PyTorch", "pytorch"),
    ".bin": Format("PyTorch", "pytorch"),
    ".safetensors": Format("safetensors", "safetensors"),
    ".keras": Format("Keras", "keras"),
    ".h5": Format("Keras", "keras"),
    ".hdf5": Format("Keras", "keras"),
    ".onnx": Format("ONNX", "onnx"),
    ".npz": Format("npz", "numpy_archive"),
}

SHARD = re.compile(r"-(\d{5})-of-(\d{5})\.")  # as Hugging Face names them

# What readers meet in bytes that are not what they say.
DAMAGE = (
    *(ValueError, KeyError, IndexError, TypeError, OverflowError, MemoryError, RecursionError),
    *(OSError, EOFError, RuntimeError, SyntaxError, TokenError, struct.error, zlib.error, BadZipFile),
)


def load(path: str | Path, **answers: str) -> Network:
    """The network in a file; LoadError says what is wrong with it. `answers` are to `inspect`'s questions."""
    return inspect_path(path, **answers).network


def inspect_path(path: str | Path, **answers: str) -> Understood:
    """What a file holds, and what it does not say."""
    path = Path(path)
    check_size(path.name, path.stat().st_size)
    return inspect(path.read_bytes(), path.name, **answers)


def inspect(data: bytes, name: str, **answers: str) -> Understood:
    """What the bytes of a file of this name hold, and what it does not say."""
    check_size(name, len(data))
    check_whole(name)
    format_ = format_of(data, name)
    read = cast("Callable[[bytes], tuple[Part, ...]]", import_module(f"cells.loading.{format_.module}").read)
    try:
        return understood(format_.name, read(data), answers)
    except LoadError as error:
        raise LoadError("named", name=shown(name), fault=error.sentence) from None
    except DAMAGE as error:
        raise LoadError(
            "damaged", name=shown(name), format=format_.name, kind=type(error).__name__, error=shown(error)
        ) from None


def format_of(data: bytes, name: str) -> Format:
    """The format of the bytes of a file of this name: what they say themselves, else what the name says."""
    suffix = PurePath(name).suffix.lower()
    try:
        suffix = content(data) or suffix
    except LoadError as error:
        raise LoadError("named", name=shown(name), fault=error.sentence) from None
    except DAMAGE:
        pass  # the reader of its suffix says what is wrong
    if suffix not in FORMATS:
        raise LoadError("suffix", name=shown(name), suffixes=", ".join(FORMATS))
    return FORMATS[suffix]


def check_whole(name: str) -> None:
    """A file is no shard of a model, of which other arrays lie in other files."""
    shard = SHARD.search(name)
    if shard and int(shard[2]) > 1:
        raise LoadError("named", name=shown(name), fault=sentence("is.shard", one=shard[1], all=shard[2]))


def check_size(name: str, size: int) -> None:
    """A file is no larger than what is read into memory."""
    if size > MOST_BYTES:
        raise LoadError("large", name=shown(name), size=size >> 20, most=MOST_BYTES >> 20)
