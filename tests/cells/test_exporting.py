"""What leaves comes back: every number of a run from CSV, JSON and npz, bit by bit; tokens as they were."""

from __future__ import annotations

import csv
import json
import re
from dataclasses import replace
from io import BytesIO, StringIO
from itertools import product

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cells import CELLS, Network
from cells.edit_text import parsed, written
from cells.encoder_decoder import g2p
from cells.exporting import COLUMNS, Pass, as_csv, as_json, as_npz, harmless, plain, size, traces
from cells.layers import Readout

TOKENS = ("=1+1", "'", '"', "a,b", "\n", "\r", "👩‍🚀", "-0.5", "@SUM", "长", "", "\0", "\ud83d")
ACTS = "=+-@\t\r＝＋－＠"  # what makes a spreadsheet compute


def passed(
    cell: str = "LSTM",
    layers: int = 2,
    bidirectional: bool = True,
    dtype: str = "float64",
    first: int = 1,
    around: int = 0,
) -> Pass:
    """A pass over TOKENS; with so many steps `around` it, which leave it states to begin with."""
    plain = Network.random(cell, 3, 2, layers, bidirectional, seed=4)
    rng = np.random.default_rng(5)
    readout = Readout(rng.normal(size=(2 * (1 + bidirectional), 4)), rng.normal(size=4), "softmax")
    network = Network(cell, plain.layers, rng.normal(size=(6, 3)), readout).astype(dtype)
    window = around, around + len(TOKENS)
    rows = rng.integers(0, 6, size=(len(TOKENS) + 2 * around, 2))
    return Pass(network, rows[slice(*window)], TOKENS, network.run(rows, keep=window), first)


def table(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(data.decode("utf-8-sig"), newline="")))


def lines(one: Pass) -> dict[tuple[int, str, str], np.ndarray]:
    """What is in the CSV by layer, direction and symbol: (step, unit)."""
    ways = "both" if one.run.layers[0].backward else "forward"
    found = {(depth + 1, way, symbol): t[symbol] for depth, way, t in traces(one.run) for symbol in t.symbols}
    return {
        (1, ways, "x"): one.run.layers[0].forward["x"],
        **found,
        (len(one.run.layers), ways, "output"): one.run.output,
    }


@pytest.mark.parametrize(
    ("cell", "bidirectional", "dtype"), list(product(CELLS, (False, True), ("float32", "float64")))
)
def test_csv_holds_every_number_of_every_layer_and_direction(cell, bidirectional, dtype):
    one = passed(cell, 2, bidirectional, dtype, first=7)
    rows = table(as_csv([one]))
    assert tuple(rows[0]) == COLUMNS and len(rows) == size(one.network, len(TOKENS))
    expected = lines(one)
    assert {(int(row["layer"]), row["direction"], row["symbol"]) for row in rows} == set(expected)
    for (layer, way, symbol), array in expected.items():
        found = [
            row
            for row in rows
            if (row["layer"], row["direction"], row["symbol"]) == (str(layer), way, symbol)
        ]
        values = np.array([row["value"] for row in found]).astype(dtype).reshape(array.shape)
        np.testing.assert_array_equal(values, array)
        places = [(int(row["step"]), int(row["unit"])) for row in found]
        assert places == [(7 + t, 1 + unit) for t, unit in np.ndindex(*array.shape)]


def test_tokens_come_back_and_no_spreadsheet_computes_one():
    rows = table(as_csv([passed()]))
    fields = {int(row["step"]): row["token"] for row in rows}
    assert [plain(fields[step]) for step in sorted(fields)] == [*TOKENS[:-1], "\\ud83d"]
    assert fields[1] == "'=1+1" and fields[8] == "-0.5"
    assert all(harmless(f"{act}SUM") == f"'{act}SUM" for act in ACTS)


@example("\r0")
@given(
    st.text()
    | st.from_regex(rf"[{re.escape(ACTS)}'][-+a1.,'_]*|[-+](inf|nan|1_0|1e[-+]?1|１)", fullmatch=True)
)
def test_a_harmless_token_is_no_formula_and_can_be_taken_back(token):
    field = harmless(token)
    assert plain(field) == token
    if field[:1] in tuple(ACTS):
        assert field[0] in "+-" and field[-1].isdigit()
        float(field)


@pytest.mark.parametrize(("bidirectional", "dtype"), list(product((False, True), ("float32", "float64"))))
def test_json_holds_the_run(bidirectional, dtype):
    one = passed("GRU", 2, bidirectional, dtype, first=4, around=3)
    told = json.loads(as_json([one]))
    assert told["cell"] == "GRU" and tuple(told["tokens"]) == TOKENS
    assert told["rows"] == one.given.tolist() and told["steps"] == list(range(4, 4 + len(TOKENS)))
    same(told["x"], one.x)
    same(told["output"], one.run.output)
    assert (told["layers"][0]["backward"] is None) is not bidirectional
    for depth, direction, trace in traces(one.run):
        layer = told["layers"][depth][direction]
        assert list(layer) == ["initial", *trace.symbols]
        for symbol in trace.symbols:
            same(layer[symbol], trace[symbol])
        for state, row in trace.initial.items():
            assert row.any()
            same(layer["initial"][state], row)


def test_json_writes_a_float32_in_the_nine_digits_that_tell_it_apart():
    output = json.loads(as_json([passed(dtype="float32")]))["output"]
    assert all(float(f"{value:.9g}") == value for row in output for value in row)


def same(listed: object, array: np.ndarray) -> None:
    np.testing.assert_array_equal(np.array(listed, dtype=array.dtype), array)


def test_json_stays_json_where_a_number_is_not_finite():
    one = passed()
    output = np.full_like(one.run.output, np.inf)
    broken = Pass(one.network, one.given, one.tokens, type(one.run)(one.run.layers, output))

    def refuse(name: str) -> None:
        raise AssertionError(name)

    assert json.loads(as_json([broken]), parse_constant=refuse)["output"][0] == [None] * 4


@pytest.mark.parametrize("around", [0, 3])
def test_npz_holds_what_the_network_computes_again(around):
    one = passed("LSTM", 2, True, "float32", first=3, around=around)
    with np.load(BytesIO(as_npz([one])), allow_pickle=False) as file:
        assert file["tokens"].tolist() == [token.replace("\0", "␀") for token in TOKENS]
        assert file["steps"].tolist() == list(range(3, 3 + len(TOKENS)))
        assert str(file["cell"]) == "LSTM" and file["x"].dtype == np.float32
        again = one.network.run(file["rows"]) if not around else one.run
        np.testing.assert_array_equal(file["output"], again.output)
        for depth, direction, trace in traces(again):
            for symbol in trace.symbols:
                np.testing.assert_array_equal(file[f"layers.{depth}.{direction}.{symbol}"], trace[symbol])
            for state, row in trace.initial.items():
                assert row.any() == bool(around)
                np.testing.assert_array_equal(file[f"layers.{depth}.{direction}.initial.{state}"], row)


EDITS = parsed("f.2@1-9=0.5;2b:h=mean;h.1+1;h.1@12-=-1;c@2-3=mean")


def edited(dtype: str = "float64", around: int = 0) -> Pass:
    """The pass over TOKENS with edits, some of them before what is kept."""
    one = passed("LSTM", 2, True, dtype, 1 + around, around)
    rng = np.random.default_rng(5)
    rng.normal(size=(4, 4)), rng.normal(size=4), rng.normal(size=(6, 3))
    rows = rng.integers(0, 6, size=(len(TOKENS) + 2 * around, 2))
    np.testing.assert_array_equal(rows[around : around + len(TOKENS)], one.given)
    run = one.network.run(rows, keep=(around, around + len(TOKENS)), edits=EDITS)
    return replace(one, run=run, edits=EDITS, means=one.network.means(rows))


def test_spreadsheets_are_told_that_csv_is_utf_8():
    data = as_csv([passed()])
    assert data.startswith(b"\xef\xbb\xbf" + COLUMNS[0].encode()) and data.count(b"\xef\xbb\xbf") == 1
    assert [*table(data)[0]] == [*COLUMNS]


@pytest.mark.parametrize("around", [0, 3])
def test_csv_tells_the_edits_and_which_of_them_put_a_number_there(around):
    one = edited(around=around)
    rows = table(as_csv([one]))
    *columns, last = rows[0]
    assert tuple(columns) == COLUMNS and last == f"edit: {written(EDITS)}"
    for row in rows:
        here = (int(row["layer"]), row["direction"], row["symbol"])
        which = [
            place
            for place, edit in enumerate(EDITS, start=1)
            if (edit.layer, edit.direction, edit.symbol) == here
            and edit.covers(int(row["step"]) - 1)
            and (edit.units is None or int(row["unit"]) - 1 in edit.units)
        ]
        assert row[last] == (str(which[-1]) if which else "")
        if which and EDITS[which[-1] - 1].how == "set":
            assert float(row["value"]) == EDITS[which[-1] - 1].value
    assert {row[last] for row in rows} == {"", "1", "2", "3", "4", *(() if around else "5")}


def test_json_and_npz_tell_the_edits_and_what_was_put_there():
    one = edited("float32", 3)
    told = json.loads(as_json([one]))
    assert parsed(";".join(told["edits"])) == EDITS
    with np.load(BytesIO(as_npz([one])), allow_pickle=False) as file:
        assert parsed(";".join(file["edits"])) == EDITS
        assert [name for name in file if name.startswith("means.")] == [
            "means.layers.1.backward.h",
            "means.layers.0.forward.c",
        ]
        mean = file["means.layers.1.backward.h"]
        h = file["layers.1.backward.h"]
        np.testing.assert_array_equal(h, np.broadcast_to(mean.astype("f4"), h.shape))


def test_of_a_run_without_edits_no_file_speaks_of_them():
    one = passed()
    assert b"edit" not in as_csv([one]) and "edits" not in json.loads(as_json([one]))
    with np.load(BytesIO(as_npz([one])), allow_pickle=False) as file:
        assert not [name for name in file if name.startswith(("edits", "means"))]


def test_an_encoder_and_its_decoder_stand_in_one_file():
    pair = g2p()
    both = pair.translate(tuple("rain"))
    passes = pair.passes(both)
    rows = table(as_csv(passes))
    assert len(rows) == sum(size(one.network, len(one.tokens)) for one in passes)
    steps = dict.fromkeys((int(row["step"]), row["token"]) for row in rows)
    assert list(steps) == list(enumerate(both.tokens, start=1))
    told = json.loads(as_json(passes))
    assert told["encoder"]["output"] is None
    same(told["decoder"]["output"], both.decoder.output)
    with np.load(BytesIO(as_npz(passes)), allow_pickle=False) as file:
        for one in passes:
            again = one.network.run(
                file[f"{one.name}.rows"], initial=both.encoder.final if one.first > 1 else None
            )
            np.testing.assert_array_equal(
                file[f"{one.name}.layers.0.forward.h"], again.layers[0].forward["h"]
            )
