"""The arrays of one Keras layer: which is what, of which direction, of which cell; CuDNN's turned round."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from cells.arrays import Array
from cells.loading.errors import LoadError, shown
from cells.loading.stack import Side
from cells.loading.tensors import Stored, fetched

ROLES = {"0": "kernel", "1": "recurrent_kernel", "2": "bias"}
SIDES = ("forward", "backward")
ANYWHERE = "**"  # in a place: groups of any names
CELLS_BY_GATES = {1: "RNN", 3: "GRU (reset after)", 4: "LSTM"}


class Recurrent(NamedTuple):
    """One recurrent layer's arrays."""

    place: str
    cell: str
    sides: tuple[Side, ...]

    @property
    def turned(self) -> bool:
        """Whether its kernels lie as CuDNN has them."""
        return any(side.turned for side in self.sides)

    @property
    def features(self) -> int:
        """How many numbers it reads."""
        return self.sides[0].kernel.shape[0]

    @property
    def width(self) -> int:
        """How many it hands on."""
        return sum(side.recurrent.shape[0] for side in self.sides)


def recurrent(place: str, arrays: Mapping[str, Stored], cell: str | None = None) -> Recurrent:
    """A layer's arrays by their roles; the cell by their shapes where no configuration names it."""
    sides = [one_side(place, roles(inside, ROLES)) for inside in directions(arrays)]
    if not sides:
        raise LoadError("keras.unbuilt", name=shown(place))
    return Recurrent(place, cell or kind_of_cell(sides[0]), tuple(sides))


def one_side(place: str, named: Mapping[str, Stored]) -> Side:
    """Kernel, recurrent kernel and bias of one direction."""
    for role in ("kernel", "recurrent_kernel"):
        if role not in named or len(named[role].shape) != 2:
            raise LoadError("keras.role", name=shown(place), role=role)
    kernel, inner = named["kernel"], named["recurrent_kernel"]
    units, rows = inner.shape
    bias = named.get("bias")
    if bias is not None and len(bias.shape) == 1 and bias.size == 2 * rows and units:
        return cudnn(kernel, inner, bias)
    return Side(kernel, inner, () if bias is None else (bias,))


def cudnn(kernel: Stored, inner: Stored, bias: Stored) -> Side:
    """The stacks of CuDNNLSTM and CuDNNGRU as LSTM and GRU have them: each block lies transposed."""
    gates = inner.shape[1] // inner.shape[0]

    def turned(stack: Stored) -> Array:
        blocks = np.split(fetched(stack), gates, axis=1)
        return np.hstack([block.T.reshape(block.shape, order="F") for block in blocks])

    def biases() -> Array:
        both = fetched(bias).reshape(2, -1)
        return both.sum(axis=0) if gates == 4 else both

    def across() -> Array:
        return np.hstack([block.T for block in np.split(fetched(inner), gates, axis=1)])

    half = (bias.size // 2,) if gates == 4 else (2, bias.size // 2)
    return Side(
        kernel._replace(read=lambda: turned(kernel)),
        inner._replace(read=across),
        (Stored(bias.name, half, biases),),
        True,
    )


def kind_of_cell(side: Side) -> str:
    """The cell, by how many gates its recurrent kernel stacks, and a GRU's by its bias."""
    units, columns = side.recurrent.shape
    gates = columns // units if units and columns % units == 0 else 0
    if gates not in CELLS_BY_GATES:
        raise LoadError("keras.gates", name=shown(side.recurrent.name), shape=shown(side.recurrent.shape))
    before = gates == 3 and side.biases and side.biases[0].shape == (columns,)
    return "GRU" if before else CELLS_BY_GATES[gates]


def is_recurrent(path: str) -> bool:
    """Whether an array is a recurrent kernel, by its name."""
    return "/recurrent_kernel" in path or path.endswith("cell/vars/1")


def roles(arrays: Mapping[str, Stored], numbered: Mapping[str, str]) -> dict[str, Stored]:
    """Arrays by what they are: kernel, recurrent_kernel, bias; each once."""
    last = {path.rpartition("/")[2].partition(":")[0]: array for path, array in arrays.items()}
    if len(last) < len(arrays):
        raise LoadError("keras.several", name=shown(min(arrays)))
    return {numbered.get(name, name): array for name, array in last.items()}


def beneath(place: str, arrays: Mapping[str, Stored]) -> dict[str, Stored]:
    """The arrays of one group, or of one anywhere in another: outer/**/inner/."""
    start, _, rest = place.partition(ANYWHERE)
    inside = {path: array for path, array in arrays.items() if path.startswith(start)}
    return (
        {path: array for path, array in inside.items() if rest in path[len(start) - 1 :]} if rest else inside
    )


def directions(arrays: Mapping[str, Stored]) -> list[dict[str, Stored]]:
    """A layer's arrays by direction: two where a group forward_… and one backward_… lie side by side."""
    steps = {path: path.split("/")[:-1] for path in arrays}
    for depth in range(max(map(len, steps.values()), default=0)):
        begins = {
            path: way[depth].partition("_")[0] if depth < len(way) else "" for path, way in steps.items()
        }
        if set(SIDES) <= set(begins.values()):
            return [{path: arrays[path] for path in arrays if begins[path] == side} for side in SIDES]
    return [dict(arrays)] if arrays else []


def place_of(path: str) -> str:
    """The layer that an array belongs to: what its path says before it speaks of directions and cells."""
    found = re.match(r"(.*?/)(?:(?:forward|backward)_[^/]*/|(?:[^/]*_)?cell(?:_\d+)?/|vars/|[^/]*$)", path)
    return found[1] if found else ""


def in_order(path: str) -> list[tuple[bool, int, str]]:
    """Paths as a reader would sort them: lstm, lstm_1, lstm_2, lstm_10."""
    parts = re.split(r"(\d{1,9})", place_of(path))
    return [(part.isdigit(), int(part) if part.isdigit() else 0, part) for part in parts]
