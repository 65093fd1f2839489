"""An embedding and a readout among the rest of a file, where names and shapes leave no other reading."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cells.loading.stack import Linear
from cells.loading.tensors import Stored

LIKE_AN_EMBEDDING = re.compile(r"emb|token|lookup|vocab|wte|char|letter", re.IGNORECASE)


def around(
    rest: Sequence[Stored], features: int, width: int, axis: int
) -> tuple[Stored | None, Linear | None]:
    """What stands before a network that reads `features` numbers and behind one that hands on `width`.

    The readout's outputs lie on `axis` of its matrix. It is taken only if nothing else is left that could
    stand in between.
    """
    names = {array.name for array in rest}
    tables = [
        array
        for array in rest
        if array.shape[1:] == (features,)
        and LIKE_AN_EMBEDDING.search(array.name)
        and f"{array.name.removesuffix('weight')}bias" not in names
    ]
    embedding = tables[0] if len(tables) == 1 else None
    left = sorted((array for array in rest if array != embedding), key=lambda array: -len(array.shape))
    match left:
        case [W] if fits(W, None, width, axis):
            return embedding, Linear(W, None, axis, None)
        case [W, b] if fits(W, b, width, axis):
            return embedding, Linear(W, b, axis, None)
    return embedding, None


def fits(W: Stored, b: Stored | None, width: int, axis: int) -> bool:
    """Whether W reads h and b is as long as its output."""
    return len(W.shape) == 2 and W.shape[1 - axis] == width and (b is None or b.shape == (W.shape[axis],))
