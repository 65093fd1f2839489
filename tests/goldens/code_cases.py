"""The networks whose codes are run in PyTorch and Keras, and what is kept of that."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, partial
from hashlib import sha256
from itertools import product
from pathlib import Path

import numpy as np

from cells import CELLS, Network
from cells.cell import OFFERED
from cells.edit_text import parsed
from cells.encoder_decoder import g2p
from cells.exporting import Pass
from cells.layers import Readout
from cells.recomputing.folder import Code, codes

GOLDEN = Path(__file__).parent / "code.json"
TOKENS = tuple("gates")
# Keras on this backend multiplies in single precision, whatever the layers' type: see record_keras.py.
ALLOWED = {
    ("PyTorch", "float64"): 1e-13,
    ("PyTorch", "float32"): 1e-5,
    ("Keras", "float64"): 1e-6,
    ("Keras", "float32"): 1e-5,
}


def made(
    cell: str, layers: int, bidirectional: bool, dtype: str, kind: str, embedded: int = 1, seed: int = 4
) -> Pass:
    """A pass of a network that was drawn; with a kind of readout it has an embedding too."""
    rng = np.random.default_rng(seed)
    network = Network.random(cell, 3, 5, layers, bidirectional, seed=seed)
    given = rng.normal(size=(len(TOKENS), 3))
    if kind:
        readout = Readout(rng.normal(size=(5 * (1 + bidirectional), 4)), rng.normal(size=4), kind)
        network = Network(cell, network.layers, rng.normal(size=(6, 3)), readout)
        given = rng.integers(0, 6, size=(len(TOKENS), embedded) if embedded > 1 else len(TOKENS))
    network = network.astype(dtype)
    return Pass(network, given, TOKENS, network.run(given))


def changed(one: Pass, line: str, keep: tuple[int, int] | None = None) -> Pass:
    """The same pass with the edits of a line in force, whole or the steps that are kept."""
    edits = parsed(line)
    assert edits, "a line that makes sense"
    run = one.network.run(one.given, keep=keep, edits=edits)
    first, last = keep or (0, len(one.tokens))
    means = one.network.means(one.given)
    given, tokens = one.given[first:last], one.tokens[first:last]
    return Pass(one.network, given, tokens, run, first + 1, edits=edits, means=means)


def every_edit(cell: str, layers: int, ways: bool) -> str:
    """A line of edits with each way to edit, in every layer and direction, some of which meet."""
    gate = CELLS[cell].symbols[0]
    gates = "{0}{1}.2@2-4=0.25;{0}{1}.3.1@3-=mean;{0}{1}.2.4@4*0.5"
    one = gates + ";{0}h@2-3+-0.3;{0}h.5.1@4=0.1,-0.7;{0}h.1@5-=mean"
    places = [f"{layer}{way}:" for layer in range(1, layers + 1) for way in ("", "b")[: 1 + ways]]
    return ";".join(one.format("" if place == "1:" else place, gate) for place in places)


def translated() -> Sequence[Pass]:
    """An encoder and its decoder."""
    pair = g2p()
    return pair.passes(pair.translate(tuple("knight")))


def widths() -> Sequence[Pass]:
    """A pass of a bidirectional network whose layers differ in width."""
    lower = Network.random("LSTM", 3, 5, 1, True, dtype="float32")
    upper = Network.random("LSTM", 10, 4, 1, True, seed=1, dtype="float32")
    network = Network("LSTM", lower.layers + upper.layers)
    given = np.random.default_rng(4).normal(size=(len(TOKENS), 3))
    return [Pass(network, given, TOKENS, network.run(given))]


@dataclass(frozen=True)
class Case:
    """One script: its framework and the passes that it is about."""

    code: Code
    passes: Callable[[], Sequence[Pass]]

    @property
    def framework(self) -> str:
        """Whose script it is."""
        return self.code.framework


@cache
def cases() -> dict[str, Case]:
    """Every framework × cell × layers × directions, with and without embedding and readout."""
    found = {}
    every = {cell.name for cell in OFFERED}  # of the variants one network is enough
    for cell, layers, ways in product(CELLS, (1, 2), (False, True)):
        if cell not in every and not (layers == 2 and ways):
            continue
        kind, dtype = ("softmax", "float64") if layers == 2 else ("", "float32" if ways else "float64")
        passes = partial(_one, cell, layers, ways, dtype, kind)
        for code in codes(cell):
            found[f"{code.framework} {cell} layers={layers} directions={1 + ways} {dtype}"] = Case(
                code, passes
            )
        for code in codes(cell, edits=True):
            named = f"{code.framework} {cell} layers={layers} directions={1 + ways} {dtype} edited"
            found[named] = Case(code, partial(_edited, cell, layers, ways, dtype, kind))
    for code in codes("GRU (reset after)"):
        found[f"{code.framework} encoder and decoder float32"] = Case(code, translated)
    for code in codes("LSTM"):
        found[f"{code.framework} LSTM of two widths float32"] = Case(code, widths)
    return {name: case for name, case in found.items() if case.framework != "NumPy"}


def _one(cell: str, layers: int, ways: bool, dtype: str, kind: str) -> Sequence[Pass]:
    return [made(cell, layers, ways, dtype, kind)]


def _edited(cell: str, layers: int, ways: bool, dtype: str, kind: str) -> Sequence[Pass]:
    return [changed(made(cell, layers, ways, dtype, kind), every_edit(cell, layers, ways))]


def digest(case: Case) -> str:
    """What tells one script from another."""
    return sha256(case.code.write(case.passes()).encode()).hexdigest()[:16]
