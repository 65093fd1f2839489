"""Networks before training, as their gradients are quoted for: three choices and a seed draw one.

The quoted figures came without a word on inputs and W: what stands here was chosen because it comes closest.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from cells.arrays import Steps
from cells.cell import named
from cells.layers import Layer
from cells.network import Network
from cells.weights import INITIALISATIONS, Weights, with_biases

UNITS, SEEDS = 32, 20
LENGTHS = (1, 10, 20, 50)  # steps after which the gradients are quoted
FEATURES = {"RNN": 16, "LSTM": 9, "GRU": 9}
DRAWS = {"RNN": "orthogonal", "LSTM": "uniform", "GRU": "uniform"}
GATES = {"LSTM": "f", "GRU": "u"}  # whose bias decides what is kept; an RNN has none


class Start(NamedTuple):
    """A network before training: U is multiplied by `gain`, biases are 0 but for that of f, in a GRU of u."""

    cell: str
    units: int = UNITS
    gain: float = 1
    bias: float = 0

    def network(self, features: int, rng: np.random.Generator) -> Network:
        """One drawn network of it."""
        kind = named(self.cell)
        W, U, b = INITIALISATIONS[DRAWS[self.cell]](kind, features, self.units, rng)
        held = {gate: self.bias if gate == GATES.get(self.cell) else 0.0 for gate in kind.biases}
        weights = Weights(W, kind.Blocks(*(self.gain * block for block in U)), b)
        biases = {gate: np.full(self.units, bias) for gate, bias in held.items()}
        return Network(self.cell, (Layer(with_biases(kind, weights, biases)),))

    def on_noise(self, steps: int, seed: int) -> tuple[Network, Steps]:
        """A network and its inputs, normal numbers drawn after the weights: more steps only go on."""
        rng, features = np.random.default_rng(seed), FEATURES[self.cell]
        return self.network(features, rng), rng.normal(size=(steps, features))


# Geometric means over 20 seeds of ‖∂state_T/∂state_0‖₂ after LENGTHS, of an LSTM ‖∂c_T/∂c_0‖₂.
QUOTED: Mapping[Start, tuple[float, ...]] = {
    Start("RNN", gain=0.9): (0.90, 0.028, 2.4e-4, 1.1e-10),
    Start("RNN"): (1.0, 0.070, 1.5e-3, 9.1e-9),
    Start("RNN", gain=1.5): (1.5, 2.1, 0.70, 0.021),
    Start("LSTM"): (0.64, 0.0125, 1.3e-4, 8.6e-11),
    Start("LSTM", bias=1): (0.83, 0.26, 0.061, 4.7e-4),
    Start("LSTM", bias=3): (0.97, 2.4, 4.8, 13),
    Start("LSTM", bias=5): (1.0, 3.5, 9.3, 49),
    Start("GRU"): (0.72, 0.018, 2.3e-4, 2.6e-10),
    Start("GRU", bias=-3): (0.98, 0.73, 0.53, 0.20),
}
