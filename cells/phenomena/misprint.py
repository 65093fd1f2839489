"""The article's h = o ∘ tanh(c of the step before), beside the LSTM's: the same weights, one letter apart."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from cells import shipped
from cells.alternative_formulas import reread
from cells.handbuilt import counter
from cells.phenomena.findings import Finding
from cells.tokens import one_hot
from cells.training.scores import counting

LSTM, PRINTED = "LSTM", "LSTM (as printed)"
SHARP = 40
TEXT = "abbabba"
TRAINED = ("count10-lstm", "count50-lstm")
EXACT = 1e-12


def as_printed() -> Iterator[Finding]:
    """At which steps h shows the memory after its token, and how far the trained networks count so."""
    built = counter(SHARP)
    for cell in (LSTM, PRINTED):
        network = replace(built.network, cell=cell)
        trace = network.run(one_hot(TEXT, built.alphabet)).layers[0].forward
        gaps = np.abs(trace["h"] - trace["o"] * np.tanh(trace["c"])).max(axis=1)
        yield Finding("shows", _of("counter", cell), float((gaps < EXACT).mean()), low=1)
    for name in TRAINED:
        network = shipped.network(name, "float32")
        longest = counting(network)["longest"]
        yield Finding("longest", name, longest)
        printed = counting(reread(network, PRINTED))["longest"]
        yield Finding("longest", _of(name, PRINTED), printed, low=longest)


def _of(name: str, cell: str) -> str:
    return name if cell == LSTM else f"{name} printed"
