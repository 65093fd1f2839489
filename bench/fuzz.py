"""Damages good files in many ways and reads them: `python -m bench.fuzz [count] [format …]`.

Every one of `count` (10,000) damaged files a format must give a network or a LoadError, within seconds;
anything else ends the run with the seed of that file. The same count gives the same files. The app reads each
HDF5 file in a process of its own; here one such process reads many, and another takes its place when it dies.
"""

from __future__ import annotations

import faulthandler
import io
import json
import random
import sys
import tarfile
import time
import warnings
from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path, PurePath
from unittest.mock import patch
from zipfile import ZipFile

from cells.loading import hdf5
from cells.loading.errors import LoadError
from cells.loading.files import inspect

FILES = Path(__file__).parents[1] / "tests" / "goldens" / "files"
MODELS = Path(__file__).parents[1] / "cells" / "models"
SUFFIXES = (".pt", ".safetensors", ".keras", ".h5", ".onnx", ".npz")
ZIPS = (".pt", ".keras", ".npz")
SMALL, SEEDS, SLOW = 40_000, 12, 20.0
EDGES = [bytes([0]), b"\xff", b"\x7f", b"\x80", bytes(8), b"\xff" * 8, b"\xff" * 7 + b"\x7f", b"\0\0\0\x80"]


def good(suffix: str) -> list[bytes]:
    """Small files of this kind, as frameworks write them."""
    found = []
    if suffix == ".npz":
        files = sorted(MODELS.glob("*.npz"), key=lambda path: path.stat().st_size)
        found = [path.read_bytes() for path in files[:SEEDS]]
    for path in sorted(FILES.glob("*.tar.xz")):
        with tarfile.open(path) as packed:
            names = json.load(packed.extractfile("about.json"))
            for name in names:
                if PurePath(name).suffix == suffix:
                    data = packed.extractfile(name).read()
                    found += [data] if len(data) < SMALL else []
    return found[:: max(1, len(found) // SEEDS)]


def flip(data: bytearray, rng: random.Random) -> None:
    for _ in range(rng.choice((1, 1, 2, 8, 64))):
        data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)


def edge(data: bytearray, rng: random.Random) -> None:
    for _ in range(rng.choice((1, 1, 4))):
        value, at = rng.choice(EDGES), rng.randrange(len(data))
        data[at : at + len(value)] = value


def cut(data: bytearray, rng: random.Random) -> None:
    at = rng.randrange(len(data))
    del data[at : at + rng.choice((1, 2, 8, 100, len(data)))]


def copy(data: bytearray, rng: random.Random) -> None:
    start, at, size = rng.randrange(len(data)), rng.randrange(len(data)), rng.choice((1, 4, 8, 40, 400))
    data[at : at + rng.choice((0, size))] = data[start : start + size]


def digits(data: bytearray, rng: random.Random) -> None:
    places = [at for at, byte in enumerate(data) if 48 <= byte <= 57]
    if places:
        data[rng.choice(places)] = rng.choice(b"0123456789-e.")


WAYS: tuple[Callable[[bytearray, random.Random], None], ...] = (flip, edge, cut, copy, digits)


def damaged(data: bytes, suffix: str, rng: random.Random) -> bytes:
    """The file with one to three faults, in an archive often inside of one of its files."""
    if suffix in ZIPS and rng.random() < 0.7:
        with ZipFile(io.BytesIO(data)) as archive:
            inside = {name: archive.read(name) for name in archive.namelist()}
        pickles = [name for name in inside if name.endswith((".pkl", ".json", ".h5", ".npy"))]
        name = rng.choice(pickles or list(inside))
        inside[name] = faulty(inside[name], rng)
        packed = io.BytesIO()
        with ZipFile(packed, "w") as archive:
            for name, part in inside.items():
                archive.writestr(name, part)
        return packed.getvalue()
    return faulty(data, rng)


def faulty(data: bytes, rng: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(rng.choice((1, 1, 2, 3))):
        if changed:
            rng.choice(WAYS)(changed, rng)
    return bytes(changed)


class Apart:
    """`hdf5.ask` with a process that stays for the next file; `died` counts those that did not."""

    def __init__(self) -> None:
        self.died = 0
        self.start()

    def start(self) -> None:
        """Another process."""
        spawned = get_context("spawn")
        self.line, far = spawned.Pipe()
        self.process = spawned.Process(target=answers, args=(far,), daemon=True)
        self.process.start()
        far.close()

    def __call__(self, data: bytes) -> bytes:
        """What the other process says of a file."""
        try:
            self.line.send_bytes(data)
            said = self.line.recv_bytes() if self.line.poll(hdf5.SECONDS) else None
        except (EOFError, OSError):
            said = None
        if said is None:
            self.died += 1
            self.process.kill()
            self.process.join()
            self.start()
        if not said:
            raise LoadError("hdf5.damaged")
        return said


def answers(line: Connection) -> None:
    """The other process; it says nothing where the app's would have ended with a fault."""
    warnings.simplefilter("ignore")
    while True:
        data = line.recv_bytes()
        try:
            said = hdf5.answer(data)
        except Exception:
            said = b""
        line.send_bytes(said)


def fuzz(suffix: str, count: int) -> None:
    """Read `count` damaged files of a kind."""
    files, networks, refused, slowest = good(suffix), 0, 0, 0.0
    for seed in range(count):
        rng = random.Random(f"{suffix} {seed}")
        data = damaged(rng.choice(files), suffix, rng)
        sentence, began = "", time.perf_counter()
        try:
            inspect(data, f"damaged{suffix}")
            networks += 1
        except LoadError as error:
            refused += 1
            sentence = str(error)
        except BaseException:
            print(f"{suffix} seed {seed}")
            raise
        assert "\n" not in sentence, f"{suffix} seed {seed}: {sentence!r}"
        slowest = max(slowest, time.perf_counter() - began)
        assert slowest < SLOW, f"{suffix} seed {seed} took {slowest:.1f} s"
    print(
        f"{suffix:13}{count:8,} files: {networks:7,} networks, {refused:7,} refused, slowest {slowest:.2f} s"
    )


if __name__ == "__main__":
    faulthandler.enable()
    warnings.simplefilter("ignore")  # numbers of damaged files overflow when they are cast
    given = sys.argv[1:]
    count = int(next((word for word in given if word.isdigit()), "10000"))
    apart = Apart()
    with patch.object(hdf5, "ask", apart):
        for suffix in [word for word in given if word in SUFFIXES] or SUFFIXES:
            fuzz(suffix, count)
    print(f"{apart.died:,} processes of the HDF5 library hung or crashed")
