"""How long training goes on, how fast, and when it is looked at."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, pi

import numpy as np


@dataclass(frozen=True)
class Schedule:
    """How long and how fast: Adam steps, the first learning rate, the gradient's greatest length.

    The rate falls along half a cosine to a twentieth of the first. `looks` times the held-out loss is taken;
    `checkpoints` weights on the way are kept. `dropout` is the share of the top h that each batch goes
    without (Srivastava et al. 2014), `decay` what each step takes off the weights, times the learning rate.
    With `average` it is a running mean of the weights that is looked at and kept (Polyak & Juditsky 1992):
    the share of the old mean that stays at each step.
    """

    steps: int
    rate: float
    clip: float = 1.0
    looks: int = 40
    checkpoints: int = 0
    dropout: float = 0.0
    decay: float = 0.0
    average: float = 0.0

    def at(self, step: int) -> float:
        """The learning rate of a step."""
        return self.rate * (0.05 + 0.95 * 0.5 * (1 + cos(pi * step / self.steps)))

    @property
    def every(self) -> int:
        """After how many steps the held-out loss is taken again."""
        return max(1, self.steps // self.looks)

    @property
    def kept(self) -> frozenset[int]:
        """The steps after which weights are kept: dense early, when the most changes."""
        return frozenset(spread(self.steps, self.checkpoints)[1:]) if self.checkpoints else frozenset()


def spread(steps: int, times: int) -> tuple[int, ...]:
    """At most so many steps from 0 to the last, dense early, when the most changes; each once."""
    shares = np.linspace(0, 1, times) ** 2
    return (0, *sorted({max(1, round(float(share) * steps)) for share in shares[1:]}))
