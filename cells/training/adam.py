"""Adam of Kingma & Ba (2015) on one vector, with the gradient's length clipped (Pascanu et al. 2013)."""

from __future__ import annotations

import numpy as np

from cells.arrays import Vector


class Adam:
    """Moves a vector against its gradient, each number at a pace of its own."""

    def __init__(self, vector: Vector, clip: float = 1.0, memory: float = 0.9, scale: float = 0.999) -> None:
        self.vector, self.clip, self.memory, self.scale = vector, clip, memory, scale
        self.mean, self.square = np.zeros_like(vector), np.zeros_like(vector)
        self.steps = 0

    def step(self, gradient: Vector, rate: float) -> float:
        """One step in place; gives the gradient's length before it was clipped. NaN moves nothing."""
        length = float(np.sqrt(np.dot(gradient, gradient)))
        if not np.isfinite(length):
            return length
        if length > self.clip:
            gradient = gradient * (self.clip / length)
        self.steps += 1
        self.mean += (1 - self.memory) * (gradient - self.mean)
        self.square += (1 - self.scale) * (gradient * gradient - self.square)
        # The means start at 0: divided by what they have seen of 1 they are without bias.
        pace = rate / (1 - self.memory**self.steps)
        spread = np.sqrt(self.square / (1 - self.scale**self.steps)) + 1e-8
        self.vector -= pace * self.mean / spread
        return length
