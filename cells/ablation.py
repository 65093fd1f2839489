"""Ablation: a part of a trained network taken away at every step, and how well it then does its task.

A gate is held at 0, at 1, or at each unit's mean over texts that neither trained nor chose the weights. A
tanh is taken away by making its argument small and its value as large again: tanh(εa) / ε with ε = 2⁻²⁰ is a
to all digits of float32, and a power of two costs none itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from cells import shipped
from cells.altered_weights import Alteration, altered
from cells.arrays import Vector
from cells.bptt import forward
from cells.cell import named
from cells.edits import Edit
from cells.layers import directions_of
from cells.network import Network
from cells.shipped import Card
from cells.symbols import SYMBOLS
from cells.tasks import TASKS
from cells.training import packages
from cells.training.batches import Sample, side_by_side
from cells.training.materials import Material, material
from cells.training.packages import PACKAGES
from cells.training.scores import Score, fresh
from cells.weights import Weights

GATES = tuple(symbol.name for symbol in SYMBOLS.values() if (symbol.low, symbol.high) == (0, 1))
SMALL = 2.0**-20
LONGEST = 500  # steps of a sequence; longer ones, Shakespeare's, are cut
Means = Mapping[tuple[int, str], Mapping[str, Vector]]  # {(1, "forward"): {"f": (unit,), …}, …}


class Held(NamedTuple):
    """The score with a gate at 0, at 1, and at each unit's mean."""

    erased: float
    kept: float
    mean: float


class Ablation(NamedTuple):
    """The first score of a network's card, and what is left of it; `more` says whether more is better.

    `without_tanh` has the scores of an LSTM whose candidate, c_tilde, or whose output, h, has no tanh.
    """

    name: str
    score: str
    more: bool
    usual: float
    gates: Mapping[str, Held]
    without_tanh: Mapping[str, float]

    def lost(self, score: float) -> float:
        """How much worse than usual a score is."""
        return self.usual - score if self.more else score - self.usual


class Trial(NamedTuple):
    """What the parts are tried on: the first score of the network's card, and sequences for the means."""

    name: str
    score: Score
    usual: Sequence[Sample]


def ablation(card: Card, network: Network, of_task: Material) -> Ablation:
    """Every gate of a network in turn, in all units, layers and directions."""
    trial = trial_of(card.task, of_task)
    score, means = trial.score, averages(network, trial.usual)
    gates = {gate: held(network, gate, score, means) for gate in gates_of(card.cell)}
    without_tanh = {symbol: without(network, symbol, score) for symbol in tanhs_of(card.cell)}
    return Ablation(card.name, trial.name, score.more, score(network), gates, without_tanh)


def trial_of(name: str, of_task: Material, longest: int = 0) -> Trial:
    """What an ablation of a network of a task is measured with; `longest` as in the recipe it came of."""
    (first, whole), *_ = of_task.scores().items()
    score = Score(whole.measure, [shortened(sample) for sample in whole.samples], whole.more)
    task = TASKS[name].up_to(longest) if name in TASKS else None
    return Trial(first, score, fresh(task, *task.sizes) if task else score.samples)


def gates_of(cell: str) -> tuple[str, ...]:
    """The gates of a cell, in reading order."""
    return tuple(symbol for symbol in named(cell).symbols if symbol in GATES)


def tanhs_of(cell: str) -> tuple[str, ...]:
    """The symbols whose tanh can be taken away: those of an LSTM."""
    return tuple(LINEAR) if "o" in gates_of(cell) else ()


def held(network: Network, gate: str, score: Score, means: Means) -> Held:
    """One gate: what is left of a score with it held."""
    return Held(*(score(network, edits) for edits in holding(network, gate, means).values()))


def holding(network: Network, gate: str, means: Means) -> Mapping[str, Sequence[Edit]]:
    """The edits that hold a gate, by the fields of `Held`."""
    edits = (everywhere(network, gate, 0), everywhere(network, gate, 1), at_means(means, gate))
    return dict(zip(Held._fields, edits, strict=True))


def without(network: Network, symbol: str, score: Score) -> float:
    """What is left of a score where a symbol is computed without its tanh."""
    return score(*LINEAR[symbol](network))


def printed() -> Iterator[Ablation]:
    """The networks that ship and have gates, one after the other, each printed once it is measured."""
    print("Gates of the trained networks held at every step, in all units: what is left of the score")
    print(f"  on sequences of at most {LONGEST} steps; means over texts that did not train")
    print(f"  {'network, score; gate':44}{'usual':>10}{'erased (0)':>12}{'kept (1)':>12}{'at its mean':>12}")
    for name, card in shipped.cards().items():
        if not gates_of(card.cell):
            continue
        if not at_hand(card):
            print(f"  {name} is left out: `python -m cells.training.corpora` brings its text, {card.text}")
            continue
        found = ablation(card, shipped.network(name, "float32"), material(card.task))
        print("\n".join(lines(found)), flush=True)
        yield found


def lines(found: Ablation) -> Iterator[str]:
    """An ablation as text: a line for each part."""
    measured = found.score if found.more else f"{found.score} (less is better)"
    yield f"  {f'{found.name}, {measured}':44}{found.usual:10.4g}"
    for gate, held in found.gates.items():
        yield f"    {gate:52}" + "".join(f"{score:12.4g}" for score in held)
    for symbol, score in found.without_tanh.items():
        yield f"    {symbol + ' without its tanh':52}{score:12.4g}"


def at_hand(card: Card) -> bool:
    """Whether the text of a network's task is generated or was downloaded before."""
    package = card.text.split(" ")[0]
    return package not in PACKAGES or packages.at_hand(package)


def shortened(sample: Sample) -> Sample:
    """The beginning of a sequence that is very long."""
    rows, truth, counts = sample
    return Sample(rows[:LONGEST], truth[:LONGEST], counts[:LONGEST])


def everywhere(network: Network, symbol: str, value: float, how: str = "set") -> list[Edit]:
    """A symbol edited in all units of all layers and directions."""
    return [
        Edit(symbol, how=how, value=value, layer=depth + 1, direction=way)
        for depth, way, _ in directions_of(network.layers)
    ]


def at_means(means: Means, symbol: str) -> list[Edit]:
    """A symbol held at the mean of each unit."""
    return [
        Edit(symbol, value=tuple(found[symbol].tolist()), layer=layer, direction=way)
        for (layer, way), found in means.items()
    ]


def averages(network: Network, samples: Sequence[Sample], size: int = 128) -> Means:
    """The mean of each symbol over all steps of all sequences, unit by unit."""
    symbols, steps = named(network.cell).symbols, sum(len(sample.rows) for sample in samples)
    sums: dict[tuple[int, str], dict[str, Vector]] = {}
    for start in range(0, len(samples), size):
        batch = side_by_side(samples[start : start + size])
        passes = forward(network, batch.rows, batch.lengths)
        inside = np.arange(len(batch.rows))[:, None] < batch.lengths
        for depth, way, _ in directions_of(network.layers):
            one = passes.layers[depth][way == "backward"]
            assert one is not None
            into = sums.setdefault((depth + 1, way), dict.fromkeys(symbols, np.zeros(())))
            for symbol, array in zip(symbols, one.computed, strict=True):
                into[symbol] = into[symbol] + array[inside].sum(axis=0, dtype="float64")
    return {
        place: {symbol: total / steps for symbol, total in found.items()} for place, found in sums.items()
    }


def linear_output(network: Network) -> tuple[Network, list[Edit]]:
    """h = o ∘ c: the memory is small, and what it shows is as large as before."""
    return network, [
        *everywhere(network, "c_tilde", SMALL, "scale"),
        *everywhere(network, "h", 1 / SMALL, "scale"),
    ]


def linear_candidate(network: Network) -> tuple[Network, list[Edit]]:
    """c̃ = W x + U h + b, without the tanh around it."""
    small = [
        Alteration(f"{kind}.c", how="scale", value=SMALL, layer=depth + 1, direction=way)
        for depth, way, _ in directions_of(network.layers)
        for kind in Weights._fields
    ]
    return altered(network, small), everywhere(network, "c_tilde", 1 / SMALL, "scale")


LINEAR: Mapping[str, Callable[[Network], tuple[Network, list[Edit]]]] = {
    "c_tilde": linear_candidate,
    "h": linear_output,
}
