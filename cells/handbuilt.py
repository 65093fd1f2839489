"""Networks built by hand, exact where their gates are sharp.

`sharpness` is S: every gate of every step has pre-activation +S (open) or at most -S (closed). At S = 40
gates are 0 and 1 exactly, in floating point too; at S = 3 the same networks leak.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from string import ascii_lowercase

import numpy as np

from cells.layers import Layer
from cells.lstm import Blocks
from cells.network import Network
from cells.weights import Weights


@dataclass(frozen=True)
class HandBuilt:
    """A network with names for what it reads (`alphabet`) and for what each unit holds (`unit_names`)."""

    key: str
    network: Network
    alphabet: tuple[str, ...]
    unit_names: tuple[str, ...]


def counter(sharpness: float) -> HandBuilt:
    """Counts a and b.

    With gates of σ(S), "a − b" levels off at i · c̃ / (1 - f): 148.4 for S = 5, 20.0 for S = 3.
    A token outside the alphabet is a row of zeros: it finds f and o open, i closed, and so changes nothing.
    """
    S = sharpness
    #                  units: a − b    a   b   b in a row
    W = Blocks(
        f=np.array([[0, 0, 0, -2 * S], [0, 0, 0, 0]]),
        i=np.array([[2 * S, 2 * S, 0, 0], [2 * S, 0, 2 * S, 2 * S]]),
        o=np.array([[0, 0, 0, -2 * S], [0, 0, 0, 0]]),
        c=np.array([[S, S, S, S], [-S, S, S, S]]),
    )
    U = Blocks(*np.zeros((4, 4, 4)))
    b = Blocks(f=np.full(4, S), i=np.full(4, -S), o=np.full(4, S), c=np.zeros(4))
    return _handbuilt("counter", Weights(W, U, b), ("a", "b"), ("a − b", "a", "b", "b in a row"))


def latch(sharpness: float) -> HandBuilt:
    """Remembers the first letter: its unit goes to c = 1 and stays, whatever comes after.

    Unit "started" is 1 from the first letter on; its h = tanh(1) = .76 then closes every input gate, because
    S - 3S · .76 < -S.
    """
    S, letters = sharpness, len(ascii_lowercase)
    units = letters + 1
    W = Blocks(
        f=np.zeros((letters, units)),
        i=2 * S * np.column_stack((np.eye(letters), np.ones(letters))),
        o=np.zeros((letters, units)),
        c=np.full((letters, units), S),
    )
    closes = np.zeros((units, units))
    closes[-1] = -3 * S
    U = Blocks(f=np.zeros((units, units)), i=closes, o=np.zeros((units, units)), c=np.zeros((units, units)))
    b = Blocks(f=np.full(units, S), i=np.full(units, -S), o=np.full(units, S), c=np.zeros(units))
    alphabet = tuple(ascii_lowercase)
    return _handbuilt("latch", Weights(W, U, b), alphabet, (*alphabet, "started"))


def _handbuilt(key: str, weights: Weights, alphabet: Sequence[str], unit_names: Sequence[str]) -> HandBuilt:
    return HandBuilt(key, Network("LSTM", (Layer(weights),)), tuple(alphabet), tuple(unit_names))


HANDBUILT: Mapping[str, Callable[[float], HandBuilt]] = {"counter": counter, "latch": latch}
