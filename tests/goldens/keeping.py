"""Keeps files of a framework with what their networks read and computed: one archive that tests read."""

from __future__ import annotations

import io
import json
import tarfile
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import NamedTuple

import numpy as np
from cases import FOLDER


class Kept(NamedTuple):
    """A file with what its network reads and computes: h of the top layer, or its output."""

    name: str
    cell: str
    data: bytes
    inputs: np.ndarray
    h: np.ndarray
    answers: Mapping[str, str] = MappingProxyType({})
    output: bool = False


def keep(framework: str, recorded: Iterable[Kept]) -> None:
    """One archive for each framework: its files, and answers.npz with what they read and compute."""
    path, answers, about, files = FOLDER / "files" / f"{framework}.tar.xz", {}, {}, {}
    for kept in recorded:
        files[kept.name] = kept.data
        answers |= {f"{kept.name}/inputs": kept.inputs, f"{kept.name}/expected": kept.h}
        about[kept.name] = {"cell": kept.cell, "answers": dict(kept.answers), "output": kept.output}
    packed = io.BytesIO()
    np.savez_compressed(packed, **answers)
    files |= {"answers.npz": packed.getvalue(), "about.json": json.dumps(about).encode()}
    with tarfile.open(path, "w:xz", preset=9) as archive:
        for name, data in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))
    print(f"{path.name}: {len(about)} files, {path.stat().st_size / 1024:.0f} kB")
