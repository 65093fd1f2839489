"""A whole run as a file: every layer, both directions, every digit; as CSV, JSON and npz."""

from __future__ import annotations

import json
from codecs import BOM_UTF8
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from math import isfinite

import numpy as np

from cells.arrays import Array, Given, Integers, Steps
from cells.cell import named
from cells.edit_text import written
from cells.edits import Edit, Means
from cells.layers import LayerRun, directions_of
from cells.network import Network, Run
from cells.trace import Trace

COLUMNS = ("layer", "direction", "symbol", "step", "token", "unit", "value")
FORMULAS = frozenset("=+-@\t\r＝＋－＠")  # what a spreadsheet takes for the beginning of a formula
QUOTED = frozenset(',"\r\n')  # what a field may not hold without quotes (RFC 4180)
QUOTE = "'"  # what keeps it from that; so a token that begins with one gets another


@dataclass(frozen=True, eq=False)
class Pass:
    """One pass of a network over tokens, as it goes into files.

    `given` is what the network was given at the steps of `run`: rows of numbers, or places in its embedding.
    Where a token has no place in it, the rows themselves stand there, as they were looked up.
    `first` is the number of the first step, `name` tells apart the passes of one file. `edits` are those that
    the run was made with, `means` what "mean" among them put there: `network.means` of the whole input.
    """

    network: Network
    given: Given
    tokens: tuple[str, ...]
    run: Run
    first: int = 1
    name: str = ""
    edits: tuple[Edit, ...] = ()
    means: Mapping[tuple[int, str], Means] = field(default_factory=dict)

    @property
    def x(self) -> Steps:
        """What the first layer read: (time, feature)."""
        return self.run.layers[0].forward["x"]

    @property
    def places(self) -> Integers | None:
        """Places in the embedding, where those were given: (time,), or (time, several that are added up)."""
        looked_up = self.network.embedding is not None and self.given.dtype.kind in "iu"
        return self.given if looked_up else None  # type: ignore[return-value]  # the kind says that it fits


def size(network: Network, steps: int) -> int:
    """How many numbers a pass over so many steps writes."""
    computed = sum(len(weights.U[0]) for *_, weights in directions_of(network.layers)) * len(
        named(network.cell).symbols
    )
    answered = 0 if network.readout is None else len(network.readout.b)
    return steps * (network.features + computed + answered)


def traces(run: Run) -> Iterator[tuple[int, str, Trace]]:
    """Every trace as (depth, "forward" or "backward", trace), from the bottom up."""
    for depth, layer in enumerate(run.layers):
        for direction, trace in zip(LayerRun._fields, layer, strict=True):
            if trace is not None:
                yield depth, direction, trace


def _blocks(one: Pass) -> Iterator[tuple[int, str, str, Steps]]:
    """Layer (from 1), direction, symbol, values: x first, what each layer computed, the output last."""
    all_ways = "forward" if one.run.layers[0].backward is None else "both"
    yield 1, all_ways, "x", one.x
    for depth, direction, trace in traces(one.run):
        for symbol in trace.symbols:
            yield depth + 1, direction, symbol, trace[symbol]
    if one.run.output is not None:
        yield len(one.run.layers), all_ways, "output", one.run.output


def as_csv(passes: Sequence[Pass], named: bool = False) -> bytes:
    """A row for each number: layer, direction, symbol, step, token, unit, value, counted from 1.

    It is UTF-8 with a byte order mark, by which spreadsheets know it: in Python open it as "utf-8-sig".
    Values are the shortest decimals that give the same number again. x is what layer 1 read, a unit of it a
    feature; the output stands with the top layer; what belongs to both directions says "both". A token that a
    spreadsheet would compute gets an apostrophe before it (see `plain`). Where passes are `named`, a first
    column "network" has their names. Of an edited run a last column is named by the edits, as in a link,
    and in a row stands which of them, counted from 1, put its number there.
    """
    edits = written([edit for one in passes for edit in one.edits])
    columns = (*(("network",) if named else ()), *COLUMNS, *((f"edit: {edits}",) if edits else ()))
    lines, before = [",".join(columns)], 0
    for one in passes:
        tokens = [_field(token) for token in one.tokens]
        whose = f"{_field(one.name)}," if named else ""
        for layer, direction, symbol, values in _blocks(one):
            for step, (token, row) in enumerate(zip(tokens, values, strict=True), start=one.first):
                start = f"{whose}{layer},{direction},{symbol},{step},{token},"
                ends = [""] * len(row)
                if edits:
                    which = in_force(one.edits, layer, direction, symbol, step, len(row))
                    ends = [f",{before + place}" if place else "," for place in which]
                lines += [
                    f"{start}{unit},{value!s}{end}"
                    for unit, (value, end) in enumerate(zip(row, ends, strict=True), start=1)
                ]
        before += len(one.edits)
    return BOM_UTF8 + _encoded("\r\n".join([*lines, ""]))


def in_force(
    edits: Sequence[Edit], layer: int, direction: str, symbol: str, step: int, units: int
) -> list[int]:
    """For each unit of a row at a step, counted from 1, which edit put its value there; 0 where none did."""
    found = [0] * units
    for place, edit in enumerate(edits, start=1):
        if (edit.layer, edit.direction, edit.symbol) == (layer, direction, symbol) and edit.covers(step - 1):
            for unit in range(units) if edit.units is None else edit.units:
                found[unit] = place
    return found


def _field(token: str) -> str:
    """A token as a field of CSV: harmless to spreadsheets, and quoted where it has to be."""
    safe = harmless(token)
    return '"' + safe.replace('"', '""') + '"' if QUOTED & set(safe) else safe


def harmless(token: str) -> str:
    """The token with an apostrophe before it if a spreadsheet would compute it; numbers stay as they are."""
    acts = token[:1] in FORMULAS and not _is_number(token)
    return QUOTE + token if acts or token.startswith(QUOTE) else token


def plain(field: str) -> str:
    """What `harmless` was given."""
    return field.removeprefix(QUOTE)


def _is_number(token: str) -> bool:
    try:
        float(token)
    except ValueError:
        return False
    return token[-1].isdigit() and not token[0].isspace()


def as_json(passes: Sequence[Pass]) -> bytes:
    """One object: tokens, steps, x, layers with their symbols and initial states, output; one for each pass.

    Arrays are lists of rows, a row a step. A number that is not finite is null. An edited run has `edits`,
    each as in a link.
    """
    told = {one.name: _told(one) for one in passes}
    whole = told[""] if len(told) == 1 and "" in told else told
    return _encoded(json.dumps(whole, ensure_ascii=False, separators=(",", ":")))


def _told(one: Pass) -> dict[str, object]:
    def told(trace: Trace | None) -> dict[str, object] | None:
        if trace is None:
            return None
        initial = {state: _listed(row) for state, row in trace.initial.items()}
        return {"initial": initial, **{symbol: _listed(trace[symbol]) for symbol in trace.symbols}}

    rows = {} if one.places is None else {"rows": one.places.tolist()}
    edits = {"edits": [written([edit]) for edit in one.edits]} if one.edits else {}
    return {
        "cell": one.network.cell,
        "dtype": one.network.dtype,
        **edits,
        "tokens": list(one.tokens),
        "steps": _steps(one).tolist(),
        **rows,
        "x": _listed(one.x),
        "layers": [
            {direction: told(trace) for direction, trace in zip(LayerRun._fields, layer, strict=True)}
            for layer in one.run.layers
        ],
        "output": None if one.run.output is None else _listed(one.run.output),
    }


def _listed(array: Array) -> object:
    """The array as lists of the shortest decimals: those of float32 are found through their text."""
    exact = array if array.dtype == np.float64 else array.astype(str).astype(np.float64)
    if np.isfinite(exact).all():
        return exact.tolist()
    return [[number if isfinite(number) else None for number in row] for row in np.atleast_2d(exact).tolist()]


def as_npz(passes: Sequence[Pass]) -> bytes:
    """Every array under its path, `layers.0.forward.f` and `layers.0.forward.initial.h`; a pass's name first.

    Beside them `x`, `rows` (places in the embedding, where those were given), `output`, `tokens`, `steps`
    and `cell`; of an edited run also `edits`, each as in a link, and the `means` that were put there.
    """
    arrays = {path: array for one in passes for path, array in _by_path(one).items()}
    file = BytesIO()
    np.savez(file, **arrays)  # type: ignore[arg-type]  # no array is called allow_pickle
    return file.getvalue()


def _by_path(one: Pass) -> dict[str, np.ndarray]:
    found: dict[str, np.ndarray] = {"cell": np.array(one.network.cell), "steps": _steps(one), "x": one.x}
    # NumPy takes NUL for the end of a string.
    found["tokens"] = np.array([token.replace("\0", "\N{SYMBOL FOR NULL}") for token in one.tokens])
    if one.places is not None:
        found["rows"] = one.places
    if one.edits:
        found["edits"] = np.array([written([edit]) for edit in one.edits])
    for edit in one.edits:
        if edit.how == "mean":
            path = f"layers.{edit.layer - 1}.{edit.direction}"
            found[f"means.{path}.{edit.symbol}"] = one.means[edit.layer - 1, edit.direction][edit.symbol]
    for depth, direction, trace in traces(one.run):
        path = f"layers.{depth}.{direction}"
        found |= {f"{path}.initial.{state}": row for state, row in trace.initial.items()}
        found |= {f"{path}.{symbol}": trace[symbol] for symbol in trace.symbols}
    if one.run.output is not None:
        found["output"] = one.run.output
    place = f"{one.name}." if one.name else ""
    return {place + path: array for path, array in found.items()}


def _steps(one: Pass) -> np.ndarray:
    return np.arange(one.first, one.first + len(one.tokens))


def _encoded(text: str) -> bytes:
    """UTF-8; half an emoji, which a browser can send and UTF-8 cannot say, becomes \\ud83d."""
    return text.encode("utf-8", "backslashreplace")
