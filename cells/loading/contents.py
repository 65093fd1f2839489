"""What a file is by its bytes, whatever it is called."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from io import BytesIO
from zipfile import ZipFile

from cells.loading.errors import LoadError

PICKLED = b"\x80\x02\x8a\x0al\xfc\x9cF\xf9 j\xa8P\x19."  # how torch.save began before it wrote archives
HDF = b"\x89HDF\r\n\x1a\n"
# What is none of ours, by its first bytes and where they stand: the sentence that names it and the remedy.
OTHERS: Mapping[str, tuple[int, bytes]] = {
    "is.lfs": (0, b"version https://git-lfs"),
    "is.gguf": (0, b"GGUF"),
    "is.tflite": (4, b"TFL3"),
    "is.npy": (0, b"\x93NUMPY"),
    "is.tar": (257, b"ustar"),
    "is.gzip": (0, b"\x1f\x8b"),
    "is.pickle": (0, b"\x80"),
}


def content(data: bytes) -> str | None:
    """The usual suffix of the format, by first bytes or the names in an archive; None where they don't tell.

    LoadError names what is known and not read.
    """
    for known, tells in FORMATS.items():
        if tells(data):
            return known
    for key, (place, magic) in OTHERS.items():
        if data[place : place + len(magic)] == magic:
            raise LoadError(key)
    return None


def _archive_with(*endings: str) -> Callable[[bytes], bool]:
    """Whether it is a zip archive in which names end so."""

    def tells(data: bytes) -> bool:
        if not data.startswith(b"PK"):
            return False
        with ZipFile(BytesIO(data)) as archive:
            names = archive.namelist()
        return all(any(name.endswith(ending) for name in names) for ending in endings)

    return tells


def _safetensors(data: bytes) -> bool:
    size = int.from_bytes(data[:8], "little")
    return data[8:9] == b"{" and size <= len(data) - 8 and data[7 + size : 8 + size] in (b"}", b" ")


# Suffix of the format → whether the bytes are of it. ONNX has no sign of its own.
FORMATS: Mapping[str, Callable[[bytes], bool]] = {
    ".pt": lambda data: data.startswith(PICKLED) or _archive_with("data.pkl")(data),
    ".keras": lambda data: data.startswith(HDF) or _archive_with("config.json", "model.weights.h5")(data),
    ".npz": _archive_with(".npy"),
    ".safetensors": _safetensors,
}
