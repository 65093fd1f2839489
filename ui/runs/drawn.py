"""How far the beginning reaches in networks that are drawn for it, each drawn and run once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import product
from typing import NamedTuple

import numpy as np

from cells.arrays import Matrix, Vector
from cells.drawn_networks import Start
from cells.reach import Reach, reach
from cells.tokens import token_vectors

FEATURES = 16  # numbers that stand for a token


class Read(NamedTuple):
    """What the networks read: so much noise, or else tokens, or numbers."""

    noise: int = 0
    tokens: tuple[str, ...] = ()
    values: tuple[float, ...] = ()


class Means(NamedTuple):
    """Over seeds: all norms (seed, step); their geometric mean, its spread, a factor; the memory alone's."""

    norms: Matrix
    mean: Vector
    spread: Vector | None
    alone: Vector
    share: Vector


@lru_cache(maxsize=1024)
def of_seed(start: Start, read: Read, seed: int) -> Reach:
    """The reach in the network of a seed: bounded, keyed on values alone."""
    if read.noise:
        network, inputs = start.on_noise(read.noise, seed)
    else:
        inputs = np.array(read.values)[:, None] if read.values else token_vectors(read.tokens, FEATURES, seed)
        network = start.network(inputs.shape[1], np.random.default_rng(seed))
    return reach(network.run(inputs).layers[0].forward, network.layers[0].forward)


def of_seeds(
    starts: Sequence[Start], read: Read, first: int, seeds: int, report: Callable[[float], None]
) -> tuple[Means, ...]:
    """The means over seeds of each start; `report` hears the share that is done before each network."""
    found: dict[Start, list[Reach]] = {start: [] for start in starts}
    for done, (seed, start) in enumerate(product(range(first, first + seeds), starts)):
        report(done / (seeds * len(starts)))
        found[start].append(of_seed(start, read, seed))
    return tuple(_means(reaches) for reaches in found.values())


def _means(reaches: Sequence[Reach]) -> Means:
    norms = np.array([one.memory for one in reaches])
    with np.errstate(divide="ignore", invalid="ignore"):
        logs = np.log(norms)
        spread = np.exp(logs.std(axis=0, ddof=1)) if len(reaches) > 1 else None
        alone = np.exp(np.log([one.alone for one in reaches]).mean(axis=0))
        share = np.array([one.share for one in reaches]).mean(axis=0)
        return Means(norms, np.exp(logs.mean(axis=0)), spread, alone, share)
