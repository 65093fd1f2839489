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

from cells import CELLS, Edit, Network, equations
from cells.encoder_decoder import g2p
from cells.equations import written
from cells.exporting import Pass
from cells.recomputing.folder import as_zip, codes, files
from tests.goldens.code_cases import GOLDEN, cases, changed, digest, every_edit, made

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


@pytest.mark.parametrize(("cell", "layers", "bidirectional"), list(product(CELLS, (1, 2), (False, True))))
def test_numpy_repeats_the_edits(cell, layers, bidirectional, tmp_path):
    line = every_edit(cell, layers, bidirectional)
    for dtype, kind in (("float64", "softmax"), ("float32", "")):
        (tmp_path / dtype).mkdir()
        one = made(cell, layers, bidirectional, dtype, kind)
        assert printed([changed(one, line)], tmp_path / dtype) <= TOLERANCE[dtype]


@pytest.mark.parametrize("place", range(6))
def test_each_single_edit_is_repeated(place, tmp_path):
    one = made("LSTM", 1, True, "float64", "linear")
    edit = every_edit("LSTM", 1, True).split(";")[6 + place]
    (tmp_path / "with").mkdir()
    assert printed([changed(one, edit)], tmp_path / "with") <= 1e-13
    text = (tmp_path / "with" / "with_numpy.py").read_text(encoding="utf-8")
    kept = [line for line in text.splitlines() if not re.match(r" {8}\w+\[.*\] = ", line)]
    assert len(kept) == len(text.splitlines()) - 1
    without = "\n".join(re.sub(r"^( {4}if path .*:)  # edit .*", r"\1 pass", line) for line in kept) + "\n"
    (tmp_path / "with" / "with_numpy.py").write_text(without, encoding="utf-8")
    assert again(tmp_path / "with") > 1e-3


def test_edits_fall_on_the_steps_of_the_whole_text_where_a_window_of_it_leaves(tmp_path):
    one = changed(made("LSTM", 2, True, "float64", "softmax"), "f.1@2-4=0;2b:h.2@3-=mean;c@3=1", (1, 4))
    assert len(one.tokens) == 3
    assert printed([one], tmp_path) <= 1e-13


def test_an_edited_row_stands_above_what_replaces_it():
    one = changed(made("GRU", 1, False, "float64", ""), "u.2@2-4=0.5;u*2;h.1.3@3=0.5,-0.5")
    for code in codes("GRU", edits=True):
        lines = [line.strip() for line in code.write([one]).splitlines()]
        for row in written("GRU"):
            symbol, beneath = row.split(" = ")[0], lines[lines.index(row) + 1]
            assert beneath.startswith({"u": "computed = u.", "h": 'if path == "'}.get(symbol, "")), (
                code.framework
            )
        first = lines.index('if path == "layers.0.forward" and 2 <= t <= 4:  # edit 1: u.2@2-4=0.5')
        assert lines[first + 1] == "u[1] = 0.5"
        assert lines[first + 3] == "u[:] = computed[:] * 2.0"


def test_numbers_of_many_units_stand_in_lines_that_can_be_read(tmp_path):
    network = Network.random("LSTM", 3, 128)
    given = np.random.default_rng(4).normal(size=(5, 3))
    edits = (Edit("c", tuple(range(128)), (2, 3), "set", tuple(given.ravel().tolist() * 8 + [0.5] * 8)),)
    one = Pass(network, given, tuple("gates"), network.run(given, edits=edits), edits=edits)
    assert printed([one], tmp_path) <= 1e-13
    assert max(map(len, (tmp_path / "with_numpy.py").read_text(encoding="utf-8").splitlines())) <= 120


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
    assert has["GRU"] == has["LSTM (hard sigmoid 5)"] == {"NumPy", "Keras"} and has["LSTM (as printed)"] == {
        "NumPy"
    }
    for cell, found in has.items():
        assert ("network.safetensors" in files([made(cell, 1, False, "float64", "")])) == ("PyTorch" in found)


def test_edited_code_is_a_loop_of_every_cell_and_no_layer_of_a_framework():
    for cell in CELLS:
        found = files([changed(made(cell, 1, False, "float64", ""), "h@3=0")])
        assert set(found) == {"with_numpy.py", "with_pytorch.py", "network.npz", "trace.npz"}
        assert b"torch.nn" not in found["with_pytorch.py"]


def test_the_codes_of_the_frameworks_are_those_that_were_run():
    recorded = json.loads(GOLDEN.read_text(encoding="utf-8"))
    assert set(recorded) == set(cases())
    changed = [name for name, case in cases().items() if digest(case) != recorded[name]["digest"]]
    assert changed == [], "run tests/goldens/record_code.py again"
    assert all(0 <= one["difference"] <= one["allowed"] for one in recorded.values())


def test_every_framework_that_has_the_cell_was_run():
    wanted = {
        (code.framework, cell, edits)
        for cell in CELLS
        for edits in (False, True)
        for code in codes(cell, edits)
        if code.framework != "NumPy"
    }
    ran = [(one.framework, one.passes()[0]) for one in cases().values()]
    assert {(framework, one.network.cell, bool(one.edits)) for framework, one in ran} == wanted


def test_rows_of_an_embedding_that_are_added_up_are_added_up_again(tmp_path):
    one = made("RNN", 1, False, "float64", "linear", embedded=2)
    assert one.given.ndim == 2
    assert printed([one], tmp_path) <= 1e-13
    assert np.isfinite(one.run.output).all()
