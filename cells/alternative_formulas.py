"""The same weights under another formula: what one letter, or its place, makes of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from cells.arrays import Array, Matrix, Steps
from cells.cell import named
from cells.functions import sigmoid
from cells.gru import Blocks
from cells.gru_reset_after import Biases
from cells.layers import Layer
from cells.network import Network
from cells.weights import Weights

# The cell that differs in one place and takes the same weights.
SISTERS: Mapping[str, str] = {
    "LSTM": "LSTM (as printed)",
    "LSTM (as printed)": "LSTM",
    "GRU": "GRU (reset after)",
    "GRU (reset after)": "GRU",
}


def reread(network: Network, cell: str) -> Network:
    """The network's weights as the weights of its own cell or its sister's.

    Only "GRU (reset after)" has a bias that the reset acts on, `b.hc`. On the way to a GRU it is dropped, on
    the way back it is 0, so that two networks of one `reread` differ in the formula alone.
    """
    if cell not in (network.cell, SISTERS.get(network.cell)):
        raise ValueError(f"a {cell} can't read the weights of a {network.cell}")
    return replace(network, cell=cell, layers=tuple(_layer(layer, cell) for layer in network.layers))


def _layer(layer: Layer, cell: str) -> Layer:
    return Layer(_weights(layer.forward, cell), layer.backward and _weights(layer.backward, cell))


def _weights(weights: Weights, cell: str) -> Weights:
    if cell not in ("GRU", "GRU (reset after)"):
        return weights
    u, r, c = weights.b[:3]
    return weights._replace(b=Blocks(u, r, c) if cell == "GRU" else Biases(u, r, c, np.zeros_like(c)))


def negated(weights: Weights) -> Weights:
    """The update gate's block with the opposite sign: 1 - σ(a) = σ(-a), so u becomes z = 1 - u, and back."""
    return Weights(*(blocks._replace(u=-blocks.u) for blocks in weights))  # type: ignore[attr-defined]  # a GRU's


def z_keeps(cell: str, weights: Weights, x: Array, h_prev: Array) -> Array:
    """h after a step of a GRU as PyTorch, Keras and ONNX write it: z = 1 keeps."""
    W, U, b = weights
    z = sigmoid(x @ W.u + h_prev @ U.u + b.u)  # type: ignore[attr-defined]  # a GRU's
    c_tilde: Array = named(cell).step(W, U, b, x, h_prev)[2]  # which no update gate has a part in
    h: Array = z * h_prev + (1 - z) * c_tilde
    return h


def unroll_z_keeps(cell: str, weights: Weights, inputs: Matrix) -> Steps:
    """h after each step of inputs (time, feature), from a state of zeros: (time, unit)."""
    h = np.zeros(len(weights.U[0]), weights.U[0].dtype)
    rows = []
    for x in inputs:
        h = z_keeps(cell, weights, x, h)
        rows.append(h)
    return np.array(rows)
