"""What a file is by its bytes, whatever it is called."""

from __future__ import annotations

import re
from collections.abc import Mapping
from io import BytesIO
from zipfile import ZipFile

from cells.loading.errors import LoadError

PICKLED = b"\x80\x02\x8a\x0al\xfc\x9cF\xf9 j\xa8P\x19."  # how torch.save began before it wrote archives
HDF = b"\x89HDF\r\n\x1a\n"
# What is none of ours, by how it begins: the sentence that names it and the remedy.
OTHERS: Mapping[str, re.Pattern[bytes]] = {
    "is.lfs": re.compile(rb"version https://git-lfs"),
    "is.gguf": re.compile(rb"GGUF"),
    "is.tflite": re.compile(rb".{4}TFL3", re.DOTALL),
    "is.npy": re.compile(rb"\x93NUMPY"),
    "is.index": re.compile(rb'\s*\{.{0,4000}?"weight_map"\s*:', re.DOTALL),
    "is.tar": re.compile(rb".{257}ustar", re.DOTALL),
    "is.gzip": re.compile(rb"\x1f\x8b"),
    "is.pickle": re.compile(rb"\x80[\x02-\x05]"),
}
# The usual suffix of a format: what the names in its archive end with.
ARCHIVES: Mapping[str, tuple[str, ...]] = {
    ".pt": ("data.pkl",),
    ".keras": ("config.json", "model.weights.h5"),
    ".npz": (".npy",),
}


def content(data: bytes) -> str | None:
    """The usual suffix of the format, by first bytes or the names in an archive; None where they don't tell.

    ONNX has no sign of its own. LoadError names what is known and not read.
    """
    if data.startswith(b"PK"):
        with ZipFile(BytesIO(data)) as archive:
            names = archive.namelist()
        fits = (
            known
            for known, endings in ARCHIVES.items()
            if all(any(name.endswith(ending) for name in names) for ending in endings)
        )
        return next(fits, None)
    if data.startswith(PICKLED):
        return ".pt"
    if data.startswith(HDF):
        return ".h5"
    if _is_safetensors(data):
        return ".safetensors"
    for key, begins in OTHERS.items():
        if begins.match(data):
            raise LoadError(key)
    return None


def _is_safetensors(data: bytes) -> bool:
    """Whether the length of a header stands first, and the header is there."""
    size = int.from_bytes(data[:8], "little")
    return data[8:9] == b"{" and size <= len(data) - 8 and data[7 + size : 8 + size] in (b"}", b" ")
