"""Checks on random networks: what their gates keep before anything is learned."""

from __future__ import annotations

import numpy as np

from cells.saturation import GATES
from ui.claims.subjects import Subject, mean

TEXT = "hello, world"
NEAR = 0.06


def around_half(subject: Subject) -> float:
    """Gates whose mean over steps and units is near ½."""
    trace = subject.trace(TEXT)
    return mean([abs(float(trace[gate].mean()) - 0.5) < NEAR for gate in trace.symbols if gate in GATES])


def keeps(subject: Subject) -> float:
    """What is kept of the memory at a step, mean over steps and units."""
    trace = subject.trace(TEXT)
    return float(np.mean(trace["f"] if "f" in trace.symbols else 1 - trace["u"]))
