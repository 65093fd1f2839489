"""A network before training: the start of every recipe, and the untrained twin of what came of it."""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

import numpy as np

from cells.cell import named
from cells.layers import Layer, Readout
from cells.network import Network
from cells.weights import INITIALISATIONS

Settings: TypeAlias = tuple[tuple[str, float], ...]  # what an initialisation is told, by name


MARKED = 2  # numbers that stand for a marked number


class Shape(NamedTuple):
    """Everything about a network of one layer but its numbers.

    `reads` is a key of `tokens.READERS`; `embedding` is how many numbers stand for a token, 0 where they are
    read as such; `kind` is the readout's.
    """

    cell: str
    units: int
    bidirectional: bool
    reads: str
    vocabulary: int
    embedding: int
    answers: int
    kind: str

    @property
    def features(self) -> int:
        """How many numbers the layer reads at a step."""
        return self.embedding or (self.vocabulary or MARKED)


def untrained(shape: Shape, seed: int, initialisation: str = "uniform", settings: Settings = ()) -> Network:
    """The network of a seed: layer, embedding and readout are drawn, the readout's bias is 0."""
    rng, cell = np.random.default_rng(seed), named(shape.cell)
    draw, given = INITIALISATIONS[initialisation], dict(settings)
    forward = draw(cell, shape.features, shape.units, rng, **given)
    backward = draw(cell, shape.features, shape.units, rng, **given) if shape.bidirectional else None
    width = shape.units * (2 if shape.bidirectional else 1)
    bound = 1 / np.sqrt(width)
    embedding = rng.normal(0, 0.5, (shape.vocabulary, shape.embedding)) if shape.embedding else None
    readout = Readout(rng.uniform(-bound, bound, (width, shape.answers)), np.zeros(shape.answers), shape.kind)
    return Network(shape.cell, (Layer(forward, backward),), embedding, readout)
