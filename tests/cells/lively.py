"""Networks whose every unit listens: with relu, a unit whose sum is below 0 passes nothing on."""

from __future__ import annotations

from dataclasses import replace

from cells.layers import Layer
from cells.network import Network
from cells.weights import Weights


def lively(network: Network, more: float = 3.0) -> Network:
    """The network with all biases raised where relu is its candidate's, so that sums are above 0."""
    if not network.cell.endswith("relu)"):
        return network

    def raised(weights: Weights) -> Weights:
        return weights._replace(b=type(weights.b)(*(row + more for row in weights.b)))

    layers = tuple(Layer(*(one and raised(one) for one in layer)) for layer in network.layers)
    return replace(network, layers=layers)
