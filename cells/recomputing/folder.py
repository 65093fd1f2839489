"""The codes with the files that they read, all in one archive."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from io import BytesIO
from typing import NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from cells.exporting import Pass, as_npz
from cells.loading.layouts import LAYOUTS
from cells.recomputing import with_keras, with_numpy, with_pytorch, with_pytorch_loop
from cells.recomputing.parts import edited
from cells.saving import as_npz as network_as_npz
from cells.saving import as_safetensors


class Code(NamedTuple):
    """One script: whose it is, what its file is called, and who writes it."""

    framework: str
    file: str
    write: Callable[[Sequence[Pass]], str]


CODES = (
    Code("NumPy", "with_numpy.py", with_numpy.code),
    Code("PyTorch", "with_pytorch.py", with_pytorch.code),
    Code("Keras", "with_keras.py", with_keras.code),
)
# A framework's own layer can't be edited: these compute the rows themselves, so of every cell.
LOOPS = (CODES[0], Code("PyTorch", "with_pytorch.py", with_pytorch_loop.code))


def codes(cell: str, edits: bool = False) -> tuple[Code, ...]:
    """The scripts that are true of a cell, edited or not: NumPy's, and those of frameworks that have it."""
    if edits:
        return LOOPS
    return tuple(code for code in CODES if code.framework == "NumPy" or (code.framework, cell) in LAYOUTS)


def files(passes: Sequence[Pass]) -> Mapping[str, bytes]:
    """Each script, and the network and the trace that it reads, by their names."""
    networks = {one.name: one.network for one in passes}
    cell, edits = passes[0].network.cell, edited(passes)
    found = {code.file: code.write(passes).encode() for code in codes(cell, edits)}
    found |= {"network.npz": network_as_npz(networks), "trace.npz": as_npz(passes)}
    if ("PyTorch", cell) in LAYOUTS and not edits:
        found["network.safetensors"] = as_safetensors(networks)
    return found


def as_zip(passes: Sequence[Pass]) -> bytes:
    """All of them in one archive; the same passes give the same bytes."""
    archive = BytesIO()
    with ZipFile(archive, "w", ZIP_DEFLATED) as file:
        for name, data in files(passes).items():
            file.writestr(ZipInfo(name, (2020, 1, 1, 0, 0, 0)), data, ZIP_DEFLATED, 1)
    return archive.getvalue()
