"""Keeping the memory that one training step leaves to the next."""

from __future__ import annotations

import numpy as np

LARGE = 24 << 20  # bytes; glibc goes along up to 32 MB


def keep_memory() -> None:
    """Let the process keep what it frees: else a third of a training step goes into asking for it again.

    glibc gives arrays back to the system when they are freed, until it has seen a large one go: then it keeps
    up to twice that. No byte of it is touched, so this costs nothing; elsewhere it does nothing.
    """
    np.empty(LARGE, np.uint8)
