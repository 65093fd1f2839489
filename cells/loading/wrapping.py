"""An embedding and a readout among the rest of a file, where names, shapes and order speak for them."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import NamedTuple

from cells.loading.stack import EMBEDDING, READOUT, Linear
from cells.loading.tensors import Stored

LIKE_AN_EMBEDDING = re.compile(r"emb|token|lookup|vocab|wte|char|letter|encoder", re.IGNORECASE)
LIKE_A_PRODUCT = re.compile(r"proj|linear|(^|[._])fc|dense|head|decoder|out", re.IGNORECASE)


class Surroundings(NamedTuple):
    """What stands before and behind a network; `doubted` are those that more speaks against than for."""

    embedding: Stored | None
    readout: Linear | None
    doubted: frozenset[str]


def around(
    rest: Sequence[Stored], features: int, width: int, axis: int, ahead: Collection[str] = ()
) -> Surroundings:
    """What stands before a network that reads `features` numbers and behind one that hands on `width`.

    The readout's outputs lie on `axis` of its matrix. It is taken only if nothing else is left that could
    stand in between. `ahead` are the names that the file has before those of the network.
    """
    names = {array.name for array in rest}
    tables = [
        array
        for array in rest
        if array.shape[1:] == (features,) and f"{array.name.removesuffix('weight')}bias" not in names
    ]
    named = [table for table in tables if LIKE_AN_EMBEDDING.search(table.name)]
    earlier = [table for table in tables if table.name in ahead]
    embedding = next((one[0] for one in (named, earlier) if len(one) == 1), None)
    doubted = {EMBEDDING} if embedding is not None and LIKE_A_PRODUCT.search(embedding.name) else set[str]()
    left = sorted((array for array in rest if array != embedding), key=lambda array: -len(array.shape))
    match left:
        case [W, *b] if len(b) < 2 and fits(W, *b, width=width, axis=axis):
            if W.name in ahead and W.shape[axis] == features:
                doubted.add(READOUT)  # it may as well make what the network reads
            return Surroundings(embedding, Linear(W, next(iter(b), None), axis, None), frozenset(doubted))
    return Surroundings(embedding, None, frozenset(doubted))


def fits(W: Stored, b: Stored | None = None, *, width: int, axis: int) -> bool:
    """Whether W reads h and b is as long as its output."""
    return len(W.shape) == 2 and W.shape[1 - axis] == width and (b is None or b.shape == (W.shape[axis],))


def head(rest: Sequence[Stored], width: int, axis: int) -> tuple[str, ...]:
    """The names of two matrices that h may go through one after the other; none where there is no second."""
    products = [array for array in rest if len(array.shape) == 2]
    for first in (array for array in products if fits(array, width=width, axis=axis)):
        others = (one for one in products if one is not first)
        second = [one.name for one in others if fits(one, width=first.shape[axis], axis=axis)]
        if second:
            return first.name, second[0]
    return ()
