"""The codes that leave with a run: NumPy's is run here, the others were run when `code.json` was recorded."""

from __future__ import annotations

import ast
import io
import json
import re
import runpy
from contextlib import redirect_stdout
from itertools import product
from pathlib import Path
from zipfile import ZipFile

import numpy as np
import pytest

from cells import CELLS, equations
from cells.encoder_decoder import g2p
from cells.equations import written
from cells.recomputing.folder import as_zip, codes, files
from tests.goldens.code_cases import GOLDEN, cases, digest, made

TOLERANCE = {"float64": 1e-13, "float32": 1e-5}


def printed(passes, folder: Path) -> float:
    """What NumPy's script says when it is run beside its files."""
    with ZipFile(io.BytesIO(as_zip(passes))) as archive:
        archive.extractall(folder)
    return again(folder)


def again(folder: Path) -> float:
    """What it says of the files in a folder."""
    said = io.StringIO()
    with redirect_stdout(said):
        runpy.run_path(str(folder / "with_numpy.py"))
    found = re.fullmatch(r"largest difference from the exported trace: (\S+)\n", said.getvalue())
    assert found
    return float(found[1])


@pytest.mark.parametrize(("cell", "layers", "bidirectional"), list(product(CELLS, (1, 2), (False, True))))
def test_numpy_computes_the_same_again(cell, layers, bidirectional, tmp_path):
    for dtype, kind in (("float64", "softmax"), ("float32", "")):
        (tmp_path / dtype).mkdir()
        assert printed([made(cell, layers, bidirectional, dtype, kind)], tmp_path / dtype) <= TOLERANCE[dtype]


def test_numpy_computes_encoder_and_decoder_again(tmp_path):
    pair = g2p()
    assert printed(pair.passes(pair.translate(tuple("knight"))), tmp_path) <= 1e-5


def test_a_wrong_trace_does_not_pass(tmp_path):
    one = made("LSTM", 1, False, "float64", "")
    other = made("LSTM", 1, False, "float64", "", seed=8)
    (tmp_path / "mixed").mkdir()
    assert printed([type(one)(one.network, one.given, one.tokens, other.run)], tmp_path / "mixed") > 0.01


def test_every_number_that_leaves_is_compared(tmp_path):
    one = made("LSTM", 1, True, "float64", "softmax")
    assert printed([one], tmp_path) <= TOLERANCE["float64"]
    with np.load(tmp_path / "trace.npz") as file:
        trace = dict(file)
    numbers = [name for name, array in trace.items() if array.dtype.kind == "f"]
    assert {"x", "output", "layers.0.backward.f", "layers.0.forward.initial.c"} < set(numbers)
    for name in numbers:
        np.savez(tmp_path / "trace.npz", **{**trace, name: trace[name] + 0.5})
        assert again(tmp_path) > 1e-3, name


def test_the_same_passes_give_the_same_archive():
    with ZipFile(io.BytesIO(as_zip([made("RNN", 1, False, "float64", "")]))) as archive:
        assert {info.date_time for info in archive.infolist()} == {(2020, 1, 1, 0, 0, 0)}


@pytest.mark.parametrize("cell", CELLS)
def test_the_rows_are_those_of_the_screen(cell):
    (numpy, *_) = codes(cell)
    text = numpy.write([made(cell, 1, False, "float64", "")])
    step = next(
        one for one in ast.parse(text).body if isinstance(one, ast.FunctionDef) and one.name == "step"
    )
    rows = [ast.get_source_segment(text, line) for line in step.body if isinstance(line, ast.Assign)]
    assert tuple(rows) == written(cell)
    assert [row.split(" = ")[0] for row in rows] == [row.symbol for row in equations(cell)]


def test_only_true_codes_are_given():
    has = {cell: {code.framework for code in codes(cell)} for cell in CELLS}
    assert has["LSTM"] == has["RNN"] == has["GRU (reset after)"] == {"NumPy", "PyTorch", "Keras"}
    assert has["GRU"] == {"NumPy", "Keras"} and has["LSTM (as printed)"] == {"NumPy"}
    for cell, found in has.items():
        assert ("network.safetensors" in files([made(cell, 1, False, "float64", "")])) == ("PyTorch" in found)


def test_the_codes_of_the_frameworks_are_those_that_were_run():
    recorded = json.loads(GOLDEN.read_text(encoding="utf-8"))
    assert set(recorded) == set(cases())
    changed = [name for name, case in cases().items() if digest(case) != recorded[name]["digest"]]
    assert changed == [], "run tests/goldens/record_code.py again"
    assert all(0 <= one["difference"] <= one["allowed"] for one in recorded.values())


def test_every_framework_that_has_the_cell_was_run():
    wanted = {(code.framework, cell) for cell in CELLS for code in codes(cell) if code.framework != "NumPy"}
    assert {(one.framework, one.passes()[0].network.cell) for one in cases().values()} == wanted


def test_rows_of_an_embedding_that_are_added_up_are_added_up_again(tmp_path):
    one = made("RNN", 1, False, "float64", "linear", embedded=2)
    assert one.given.ndim == 2
    assert printed([one], tmp_path) <= 1e-13
    assert np.isfinite(one.run.output).all()
