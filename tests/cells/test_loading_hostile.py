"""Hostile files: one clear sentence, no code run, no other file read, soon, and in bounded memory."""

from __future__ import annotations

import resource
import subprocess
import sys
import tracemalloc
from pathlib import Path
from time import process_time

import pytest

from cells.loading import hdf5
from cells.loading.errors import LoadError
from cells.loading.files import inspect, load
from tests.cells.hostile import (
    EMPTY,
    FILES,
    HDF5,
    MARKER,
    OTHERS,
    TEXT,
    called,
    named,
    op,
    saved,
    tensor,
    touch,
)

pytestmark = pytest.mark.slow  # HDF5 files are read in a process each

CASES = [
    *((suffix, name, *case) for suffix, cases in FILES.items() for name, case in cases.items()),
    *((suffix, "another suffix", *case) for suffix, case in OTHERS.items()),
    *((suffix, "empty", *case) for suffix, case in EMPTY.items()),
    *((suffix, "a page", *case) for suffix, case in TEXT.items()),
]
BEATS, BYTES = 150, 256 << 20


def beat() -> float:
    """The processor time of counting to a million, the measure of how fast this machine is just now."""
    began = process_time()
    for _ in range(10**6):
        pass
    return process_time() - began


@pytest.mark.parametrize(
    ("suffix", "name", "make", "said"), CASES, ids=[f"{suffix} {name}" for suffix, name, *_ in CASES]
)
def test_a_hostile_file_is_refused_in_one_sentence(suffix, name, make, said, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    data = make()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = process_time()
    with pytest.raises(LoadError, match=said) as caught:
        inspect(data, f"hostile{suffix}")
    taken = process_time() - began
    grown = 1024 * (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
    sentence = str(caught.value)
    assert sentence.startswith(f"hostile{suffix}: ") and "\n" not in sentence and len(sentence) < 400
    assert taken < BEATS * beat()
    assert grown < BYTES and peak_of(data, suffix) < BYTES
    assert not Path(MARKER).exists() and not list(tmp_path.iterdir())


def peak_of(data: bytes, suffix: str) -> int:
    """The most bytes held at once; counted apart, for counting takes its time."""
    tracemalloc.start()
    with pytest.raises(LoadError):
        inspect(data, f"hostile{suffix}")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak


BESIDE = {
    "os.system": called("os.system", op(f"touch {MARKER}")),
    "exec": called("builtins.exec", touch),
    "an object of code": named("__main__.Args") + b"(tR}(" + op("seed") + op(1) + b"ub",
    "a namespace": named("argparse.Namespace") + b")\x81}(" + op("lr") + op(0.1) + b"ub",
    "a number of NumPy": called(
        "numpy.core.multiarray.scalar", called("numpy.dtype", op("f8")), called("_codecs.encode", op("x"))
    ),
    "a date": called("datetime.datetime", op(2026)),
    "a frozen set": b"(" + op(1) + b"\x91",
    "with names": named("a.B") + b")}\x92",
    "a call of what was made": called("functools.partial", named("os.system")) + b"(tR",
    "appended": named("a.B") + b"(tR(" + op(1) + b"e",
}


@pytest.mark.parametrize("beside", BESIDE)
def test_what_lies_beside_weights_is_nothing_and_is_not_run(beside, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    weights = {"weight_ih_l0": tensor((8, 3)), "weight_hh_l0": tensor((8, 2))}
    model = b"}(" + b"".join(op(f"lstm.{name}") + made for name, made in weights.items()) + b"u"
    data = saved(b"}(" + op("args") + BESIDE[beside] + op("model") + model + b"u")
    assert inspect(data, "checkpoint.pt").units == 2
    assert not list(tmp_path.iterdir())


def test_there_are_many():
    assert len(CASES) >= 40


def test_a_file_of_which_neither_name_nor_bytes_say_what_it_is_is_refused(tmp_path):
    (tmp_path / "weights.exe").write_bytes(b"MZ")
    with pytest.raises(LoadError, match=r"\.safetensors"):
        load(tmp_path / "weights.exe")


def test_a_file_in_which_the_hdf5_library_hangs_is_given_up(tmp_path, monkeypatch):
    endless = tmp_path / "cells" / "loading" / "hdf5.py"
    endless.parent.mkdir(parents=True)
    endless.write_text("while True:\n    pass\n", encoding="utf-8")
    monkeypatch.setattr(hdf5, "ROOT", tmp_path)  # where the other process finds its code
    monkeypatch.setattr(hdf5, "SECONDS", 1)
    with pytest.raises(LoadError, match="finds no end in it"):
        inspect(HDF5["NaN"][0](), "hangs.h5")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows counts no processor time for a process")
def test_work_without_an_end_ends():
    endless = "from cells.loading import hdf5; hdf5.WORK = 1; hdf5.bounded(0)\nwhile True: pass"
    done = subprocess.run([sys.executable, "-c", endless], cwd=hdf5.ROOT, timeout=120, check=False)
    assert done.returncode < 0  # by a signal
