"""What a network is to read, as a script has it: a text, tokens, rows of numbers, places in an embedding."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from cells import Network
from cells.checks import check_inputs
from cells.live.arrays import is_tensor, numbers
from ui.networks.numeric_rows import Rows
from ui.networks.splitting import SPLITS, split, usual
from ui.networks.tokenize import TokenizedText


class Names(NamedTuple):
    """Names of tokens: of what the network reads, in the order of its rows, and of what it answers."""

    vocabulary: Sequence[str] = ()
    labels: Sequence[str] = ()


def in_order(what: str, names: Any) -> tuple[str, ...]:
    """Names in the order of their places: a list, an array, a text of single letters, a map either way.

    ValueError where they have no order, or two have one place.
    """
    if isinstance(names, (set, frozenset)):
        raise ValueError(
            f"{what} is a set, which has no order; give a list in the order of the network's places"
        )
    if not isinstance(names, Mapping):
        return tuple(map(str, names))
    pairs = [(name, place) if isinstance(name, str) else (place, name) for name, place in names.items()]
    places = {int(place): str(name) for name, place in pairs}
    if len(places) < len(pairs) or min(places, default=0) < 0:
        raise ValueError(f"{what} gives two names to one place, or a place below 0; each must have its own")
    return tuple(places.get(place, "") for place in range(1 + max(places, default=-1)))


def is_tokens(read: Any) -> bool:
    """Whether it is a text, or a list of words."""
    return isinstance(read, str) or (
        isinstance(read, (list, tuple)) and bool(read) and all(isinstance(one, str) for one in read)
    )


class Steps(NamedTuple):
    """What is stepped through, in one of three ways: a text to be read, rows with names, tokens."""

    mode: str
    text: str = ""
    rows: Rows | None = None
    given: TokenizedText | None = None


def of_given(network: Network, read: Any, names: Names) -> Steps:
    """A text, tokens, rows or places in an embedding as steps of the network."""
    if read is None:
        raise ValueError("say what it reads: a text, tokens, or an array (time, feature)")
    if is_tokens(read):
        return of_tokens(network, read, names)
    array = numbers(read) if is_tensor(read) else np.asarray(read)
    columns = tuple(map(str, getattr(read, "columns", ())))
    if array.ndim == 2 + (network.embedding is None):
        raise ValueError(f"it is {array.shape}, several sequences; give one of them, as read[0]")
    rows = check_inputs(array, network.features, network.dtype, network.embedding)
    if network.embedding is None:
        return of_rows(network, rows, None, columns)
    tokens = tuple(names.vocabulary) or tuple(map(str, range(len(network.embedding))))
    named = [tokens[place] or str(place) for place in array]
    found = of_tokens(network, named, Names(tokens))
    once = len(set(tokens)) == len(tokens) and all(tokens[place] for place in array)
    return found if once else Steps("spaces", given=TokenizedText(tuple(named), rows=rows))


def of_tokens(network: Network, read: Any, names: Names) -> Steps:
    """A text, or tokens, which are one where reading them as a text gives them again."""
    if not names.vocabulary and network.embedding is None:
        raise ValueError(
            f"this network reads rows of {network.features} numbers; give an array (time, "
            f"{network.features}), or name its features with vocabulary=[…]"
        )
    size = 0 if network.embedding is None else len(network.embedding)
    known = tuple(names.vocabulary) or tuple(map(str, range(size)))
    first = usual(known) if names.vocabulary else "spaces"
    if isinstance(read, str):
        return Steps(first, read)
    for mode in dict.fromkeys((first, *SPLITS)):
        text = ("" if mode == "characters" else " ").join(read)
        if split(text, mode, frozenset(known).__contains__) == list(read):
            return Steps(mode, text)
    return Steps(first, given=TokenizedText(tuple(read)))


def of_rows(network: Network, rows: np.ndarray, steps: Any, columns: Sequence[str] = ()) -> Steps:
    """Rows of x; `steps` names them."""
    if network.embedding is not None:
        return Steps("spaces", given=TokenizedText(_named(steps, rows), rows=rows))
    return Steps("kept", rows=Rows(rows, tuple(columns)), given=TokenizedText(_named(steps, rows), rows=rows))


def _named(steps: Any, rows: np.ndarray) -> tuple[str, ...]:
    names = tuple(map(str, range(1, len(rows) + 1))) if steps is None else tuple(steps)
    if len(names) != len(rows):
        raise ValueError(f"{len(names)} tokens name {len(rows)} steps; give one for each")
    return names
