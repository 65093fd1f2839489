"""Which parts of a trained LSTM are critical (Greff et al. 2017)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from cells import shipped
from cells.ablation import Ablation, ablation
from cells.phenomena.figures import Figure, Table
from cells.phenomena.findings import Finding
from cells.training.materials import material

CRITICAL = {"f": "forget gate", "h": "output tanh"}
AMONG = 2  # the places that Greff et al. give them
# LSTMs whose test sequences are generated, but for those that have not learned their task.
GENERATED = (
    *("count10-lstm", "count50-lstm", "brackets-lstm", "first-lstm-3", "first-lstm-chrono"),
    *("parity-lstm", "adding-lstm"),
)


def critical_parts(ablations: Sequence[Ablation]) -> Table:
    """How critical forget gate and output activation are among the five parts that an LSTM can be without.

    A network that answers as well with a memory that stays empty (i = 0) has not learned its task: left out.
    """
    figures = []
    for found in ablations:
        if not found.without_tanh or found.lost(found.gates["i"].erased) <= 0:
            continue
        scores = {gate: held.kept for gate, held in found.gates.items()} | dict(found.without_tanh)
        lost = {part: found.lost(score) for part, score in scores.items()}
        for part, name in CRITICAL.items():
            worse = sum(other > lost[part] for other in lost.values())
            place = 1 + worse if lost[part] > 0 else len(lost)
            figures.append(Figure(f"{found.name}, {name}", AMONG, place, 0, place, np.inf))
    return Table(
        "Forget gate and output activation (tanh) are what an LSTM needs most (Greff et al. 2015)",
        "place by what is lost with a part: a gate that is 1, c̃ or c without tanh; last if nothing is lost\n"
        "  theirs were trained anew without it, ours lose it after training",
        "the first two places",
        tuple(figures),
    )


def critical() -> Iterator[Finding]:
    """The same of the trained LSTMs, network by network."""
    for name in GENERATED:
        card = shipped.card(name)
        found = ablation(card, shipped.network(name, "float32"), material(card.task))
        for part, figure in zip(CRITICAL, critical_parts([found]).figures, strict=True):
            yield Finding(f"place_{part}", name, figure.found, high=AMONG)
