"""Losses, one for each kind of readout: each is the mean over what counts, with its gradient.

With the readout's own function inside, the gradient of all three is (answer - truth) times a constant.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

import numpy as np

from cells.arrays import Steps
from cells.functions import sigmoid, softmax

# (sums (time, batch, output), truth of the same shape, counts (time, batch)) → (loss, ∂loss/∂sums)
Loss: TypeAlias = Callable[[Steps, Steps, Steps], tuple[float, Steps]]


def cross_entropy(sums: Steps, truth: Steps, counts: Steps) -> tuple[float, Steps]:
    """Nats a step between the true shares and the softmax."""
    answer = softmax(sums)
    wrong = -np.log(np.maximum(answer, 1e-30)) * truth
    return _mean(wrong, answer - truth, counts)


def binary_cross_entropy(sums: Steps, truth: Steps, counts: Steps) -> tuple[float, Steps]:
    """Nats a step, over all outputs, each a yes or no by a sigmoid of its own."""
    wrong = np.logaddexp(0, sums) - truth * sums
    return _mean(wrong, sigmoid(sums) - truth, counts)


def squared_error(sums: Steps, truth: Steps, counts: Steps) -> tuple[float, Steps]:
    """Squared distance a step."""
    away = sums - truth
    return _mean(away * away, 2 * away, counts)


def _mean(wrong: Steps, slope: Steps, counts: Steps) -> tuple[float, Steps]:
    total = max(float(counts.sum()), 1.0)
    share = (counts / total)[..., None].astype(slope.dtype)
    return float((wrong * share).sum()), slope * share


LOSSES: Mapping[str, Loss] = {
    "softmax": cross_entropy,
    "sigmoid": binary_cross_entropy,
    "linear": squared_error,
}
