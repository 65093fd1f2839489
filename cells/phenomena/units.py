"""What gates and units of the network that reads Shakespeare do (Karpathy, Johnson & Fei-Fei 2015)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

import numpy as np

from cells import shipped
from cells.arrays import Steps, Vector
from cells.network import Network
from cells.phenomena.findings import Finding
from cells.phenomena.verse import VERSE
from cells.saturation import saturation
from cells.tracks import correlations, inside_quotes, line_position

NAME = "shakespeare-lstm"
TWIN = 0  # seed of the untrained network beside it
OFTEN = 0.1  # share of steps, over all units, from which gates are called saturated
MOSTLY = 0.9  # share of steps from which a unit's gate is said to be always open, or always closed
TEXTS = 20  # that are made of the same lines
SIDES: Mapping[str, Callable[[], Network]] = {
    NAME: lambda: shipped.network(NAME),
    f"{NAME} twin": lambda: shipped.card(NAME).twin(TWIN),
}


def saturated() -> Iterator[Finding]:
    """How often forget gates are nearly open and nearly closed, and in how many units they always are."""
    for of, network in SIDES.items():
        run = network().run(shipped.card(NAME).read(list(VERSE)))
        left, right = saturation(run.layers[0].forward)["f"]
        if of == NAME:
            yield Finding("f_right", of, float(right.mean()), low=OFTEN)
            yield Finding("f_left", of, float(left.mean()))
            yield Finding("always_open", of, int((right > MOSTLY).sum()), low=1)
            yield Finding("always_closed", of, int((left > MOSTLY).sum()), high=0)
        else:
            yield Finding("f_right", of, float(right.mean()), high=OFTEN)
            yield Finding("f_left", of, float(left.mean()))


def telling() -> Iterator[Finding]:
    """The unit that goes closest with a label on half of the texts, and how closely on the other half."""
    texts, read = [quoted(seed) for seed in range(TEXTS)], shipped.card(NAME).read
    for of, drawn in SIDES.items():
        network = drawn()
        states = [network.run(read(text)).layers[0].forward["c"] for text in texts]
        yield Finding("in_line", of, _closest(states, [line_position(text) for text in texts]))
        yield Finding("in_quotes", of, _closest(states, [inside_quotes(text) for text in texts]))


def _closest(states: Sequence[Steps], labels: Sequence[Vector]) -> float:
    half = TEXTS // 2
    chosen = np.nan_to_num(correlations(np.concatenate(states[:half]), np.concatenate(labels[:half])))
    other = correlations(np.concatenate(states[half:]), np.concatenate(labels[half:]))
    return float(abs(other[np.abs(chosen).argmax()]))


def quoted(seed: int) -> list[str]:
    """The lines in another order, half of them in quotes."""
    rng, lines = np.random.default_rng(seed), VERSE.splitlines()
    order, within = rng.permutation(len(lines)), rng.permutation(len(lines)) < len(lines) // 2
    marks = [
        f'"{lines[place]}"\n' if inside else f"{lines[place]}\n"
        for place, inside in zip(order, within, strict=True)
    ]
    return list("".join(marks))
