"""The functions that cells and readouts are made of."""

from __future__ import annotations

import numpy as np

from cells.arrays import Array


def sigmoid(a: Array) -> Array:
    """1 / (1 + exp(-a)), written with tanh because that never overflows."""
    return 0.5 * (1 + np.tanh(a / 2))


def hard_sigmoid_5(a: Array) -> Array:
    """a / 5 + 1/2, cut off at 0 and 1: the hard sigmoid of Keras 1 and 2 and of ONNX, 0 at -2.5, 1 at 2.5."""
    return np.clip(a / 5 + 0.5, 0, 1)


def hard_sigmoid_6(a: Array) -> Array:
    """a / 6 + 1/2, cut off at 0 and 1: the hard sigmoid of Keras 3 and PyTorch, 0 at -3, 1 at 3."""
    return np.clip(a / 6 + 0.5, 0, 1)


def tanh(a: Array) -> Array:
    """Hyperbolic tangent, -1..1."""
    return np.tanh(a)


def relu(a: Array) -> Array:
    """a where it is positive, else 0 (Nair & Hinton 2010)."""
    return np.maximum(a, 0)


def softmax(a: Array) -> Array:
    """Shares of the last axis that add up to 1; the largest is taken off first, so exp never overflows."""
    powers = np.exp(a - a.max(axis=-1, keepdims=True))
    shares: Array = powers / powers.sum(axis=-1, keepdims=True)
    return shares
