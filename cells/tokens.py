"""Tokens as rows of x."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import shake_256

import numpy as np

from cells.arrays import Matrix


def one_hot(tokens: Sequence[str], alphabet: Sequence[str], dtype: str = "float64") -> Matrix:
    """One feature for each token of the alphabet, 1 where it stands: (time, feature); zeros for others."""
    column = {token: index for index, token in enumerate(alphabet)}
    rows = np.zeros((len(tokens), len(alphabet)), dtype)
    for t, token in enumerate(tokens):
        if token in column:
            rows[t, column[token]] = 1
    return rows


def unknown(tokens: Sequence[str], alphabet: Sequence[str]) -> tuple[str, ...]:
    """The tokens that the alphabet lacks, each once, as they first appear."""
    known = frozenset(alphabet)
    return tuple(dict.fromkeys(token for token in tokens if token not in known))


def token_vectors(tokens: Sequence[str], features: int, seed: int, dtype: str = "float64") -> Matrix:
    """A vector of standard normal numbers for each token: (time, feature).

    A token's vector hangs on the seed and its own letters alone, so no other text ever changes it.
    """
    distinct = {token: row for row, token in enumerate(dict.fromkeys(tokens))}
    # Two 32-bit integers for each number; lone surrogates, which a browser can send, have no UTF-8.
    digests = b"".join(
        shake_256(f"{seed} {token}".encode("utf-8", "surrogatepass")).digest(8 * features)
        for token in distinct
    )
    uniform = (np.frombuffer(digests, "<u4").reshape(len(distinct), 2, features) + 0.5) / 2**32
    normal = np.sqrt(-2 * np.log(uniform[:, 0])) * np.cos(2 * np.pi * uniform[:, 1])  # Box & Muller (1958)
    rows: Matrix = normal.astype(dtype)[[distinct[token] for token in tokens]]
    return rows
