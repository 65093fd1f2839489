"""Flax, Haiku, Equinox and Paddle by the names of their arrays, in .npz and .safetensors.

Their gates have names, or an order that the names of the arrays leave no doubt about.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple, TypeAlias

import numpy as np

from cells.arrays import Array
from cells.cell import CELLS
from cells.loading.blocks import Block, Blocks
from cells.loading.errors import LoadError, shown
from cells.loading.fragment import NAMELESS, Answers, Part, check_parts
from cells.loading.sentences import sentence
from cells.loading.stack import CONVENTIONS
from cells.loading.tensors import Stored
from cells.loading.wrapping import around

Named: TypeAlias = Mapping[str, Stored]
SEPARATORS = re.compile(r"[^./\[\]'\"]+")  # lstm/hf/kernel, lstm.hf.kernel, ['lstm']['hf']['kernel']

# Flax's cells of layers with names: which stands where, by the gates of ours; z keeps.
FLAX: Mapping[str, tuple[Mapping[str, str], Mapping[str, str]]] = {
    "LSTM": (
        {"i": "ii", "f": "if", "c": "ig", "o": "io"},
        {"i": "hi", "f": "hf", "c": "hg", "o": "ho"},
    ),
    "GRU (reset after)": ({"r": "ir", "z": "iz", "c": "in"}, {"r": "hr", "z": "hz", "c": "hn"}),
    "RNN": ({"h": "i"}, {"h": "h"}),
}
FUSED = {4: ("LSTM", "ifco"), 3: ("GRU (reset after)", "rzc"), 1: ("RNN", "h")}  # Flax's dense_i, dense_h


class Found(NamedTuple):
    """A cell of a framework: its blocks, how many numbers it reads and makes, where outputs of layers lie."""

    framework: str
    blocks: Blocks
    features: int
    units: int
    axis: int = 1

    def plus(self, gate: str, of_state: bool, bias: Block) -> Found:
        """With one more bias; the reset gate acts on that beside h of a candidate."""
        after = of_state and gate == "c" and "hc" in CELLS[self.blocks.cell].biases
        name = "hc" if after else ours(gate)
        b = {**self.blocks.b, name: (*self.blocks.b.get(name, ()), bias)}
        return self._replace(blocks=self.blocks._replace(b=b))

    def plus_all(self, bias: Stored, order: str, of_state: bool) -> Found:
        """With the biases of all gates, that lie side by side in one array."""
        check([bias], (self.units * len(order),), self.units)
        found = self
        for gate in order:
            found = found.plus(gate, of_state, cut(bias, gate, order, 1))
        return found


def parts(arrays: Named) -> tuple[Part, ...]:
    """The cells of these frameworks among the arrays, one for each module that is one."""
    groups: dict[tuple[str, ...], dict[str, Stored]] = {}
    for name, array in arrays.items():
        steps = steps_to(name)
        for depth in (1, 2):
            groups.setdefault(steps[:-depth], {})["/".join(steps[-depth:])] = array
    found: list[tuple[tuple[str, ...], Found]] = []
    for place, named in groups.items():
        for read in READERS:
            one = read(place[-1] if place else "", named)
            if one is not None:
                check_parts(len(found) + 1)
                found.append((place, one))
    own = {array.name for _, one in found for array, _ in one.blocks.arrays}
    rest = [array for array in arrays.values() if array.name not in own]
    cells = {place: one.blocks.cell for place, one in found if place}
    for array in rest:
        steps = steps_to(array.name)
        for depth in range(1, len(steps)):
            if steps[:depth] in cells:
                raise LoadError("names.another", names=shown(array.name), cell=cells[steps[:depth]])
    return tuple(part(place, one, rest, len(found) == 1) for place, one in found)


def steps_to(name: str) -> tuple[str, ...]:
    """The modules that lead to an array, and what it is called there."""
    return tuple(SEPARATORS.findall(name.removesuffix("value")))


def part(place: tuple[str, ...], found: Found, rest: Sequence[Stored], alone: bool) -> Part:
    """A cell with what stands before and behind it, if it is the only one; `rest` is of no cell."""
    blocks = found.blocks
    before = behind = None
    if alone:
        before, behind, doubted = around(rest, found.features, found.units, found.axis)
        blocks = blocks._replace(embedding=before, readout=behind, doubted=doubted)
    around_it = {array.name for array in (before, *(behind or ())[:2]) if array is not None}
    unused = tuple(array.name for array in rest if array.name not in around_it)
    said = (*CONVENTIONS.get(blocks.cell, ()), sentence("note.framework", framework=found.framework))
    return blocks.part("/".join(place) or NAMELESS, said, (), unused)


def flax(_: str, named: Named) -> Found | None:
    """Cells whose gates are layers of their own: hf/kernel; in nnx, if_ is if."""
    named = {name.replace("_/", "/"): array for name, array in named.items()}
    for cell, (of_x, of_h) in FLAX.items():
        x, h = (
            {gate: named[f"{layer}/kernel"] for gate, layer in side.items() if f"{layer}/kernel" in named}
            for side in (of_x, of_h)
        )
        if (x.keys(), h.keys()) != (of_x.keys(), of_h.keys()):
            continue
        found = of_arrays("Flax", cell, x, h)
        for layers, of_state in ((of_x, False), (of_h, True)):
            for gate, layer in layers.items():
                if f"{layer}/bias" in named:
                    found = found.plus(gate, of_state, only(named[f"{layer}/bias"], gate))
        return found
    if {"if/kernel", "in/kernel", "hf/kernel", "hn/kernel"} <= set(named):
        raise LoadError("names.cell", kind="MGUCell", framework="Flax")
    return None


def flax_fused(_: str, named: Named) -> Found | None:
    """Cells with one layer for x and one for h: dense_i, dense_h."""
    if not {"dense_i/kernel", "dense_h/kernel"} <= set(named):
        return None
    x, h = named["dense_i/kernel"], named["dense_h/kernel"]
    cell, order = gates_of(h, 1)
    found = fused("Flax", cell, order, x, h, 1)
    for side in "ih":
        if f"dense_{side}/bias" in named:
            found = found.plus_all(named[f"dense_{side}/bias"], order, side == "h")
    return found


def haiku(module: str, named: Named) -> Found | None:
    """GRU, whose z lets the new state in; LSTM, whose one layer reads [x, h]."""
    if {"w_i", "w_h"} <= set(named):
        found = fused("Haiku", "GRU", "urc", named["w_i"], named["w_h"], 1)
        return found.plus_all(named["b"], "urc", False) if "b" in named else found
    layer = named.get("linear/w")
    if layer is None:
        return None
    if "vanilla_rnn" in module:
        raise LoadError("names.cell", kind="VanillaRNN", framework="Haiku")
    units = layer.shape[-1] // 4 if len(layer.shape) == 2 else 0
    if "lstm" not in module or not units or layer.shape[0] <= units:
        return None
    found = fused("Haiku", "LSTM", "icfo", layer, layer, 1, layer.shape[0] - units)
    found = found.plus_all(named["linear/b"], "icfo", False) if "linear/b" in named else found
    return found._replace(blocks=found.blocks._replace(shift={"f": 1.0}))  # its code adds 1


def equinox(_: str, named: Named) -> Found | None:
    """Cells with PyTorch's names for weights and one bias; of a GRU, bias_n stands beside h."""
    own = {name for name in named if "/" not in name}
    if own not in ({"weight_ih", "weight_hh", "bias"}, {"weight_ih", "weight_hh", "bias", "bias_n"}):
        return None  # another kind of cell, as is said of PyTorch's names
    cell, order = gates_of(named["weight_hh"], 0)
    if (cell, "bias_n" in own) not in (("LSTM", False), ("GRU (reset after)", True)):
        return None
    found = fused("Equinox", cell, order, named["weight_ih"], named["weight_hh"], 0)
    found = found.plus_all(named["bias"], order, False)
    return found.plus("c", True, only(named["bias_n"], "c")) if "bias_n" in own else found


READERS: tuple[Callable[[str, Named], Found | None], ...] = (flax, flax_fused, haiku, equinox)


def gates_of(h: Stored, axis: int) -> tuple[str, str]:
    """The cell whose gates a recurrent array stacks along an axis, and their order."""
    units = h.shape[1 - axis] if len(h.shape) == 2 else 0
    gates, rest = divmod(h.shape[axis], units) if units else (0, 0)
    if gates not in FUSED or rest:
        raise LoadError("names.shape", name=shown(h.name), shape=shown(h.shape), units=units)
    return FUSED[gates]


def of_arrays(framework: str, cell: str, x: Named, h: Named) -> Found:
    """Blocks of which each is an array of its own, (feature, unit)."""
    units = next(iter(h.values())).shape[0]
    features = next(iter(x.values())).shape[0]
    for arrays, wanted in ((x, (features, units)), (h, (units, units))):
        check(arrays.values(), wanted, units)
    W, U = ({ours(gate): only(array, gate) for gate, array in side.items()} for side in (x, h))
    return Found(framework, Blocks(cell, W, U, {}), features, units)


def fused(
    framework: str, cell: str, order: str, x: Stored, h: Stored, axis: int, features: int | None = None
) -> Found:
    """Blocks side by side along an axis, in an array for x and one for h; or in one, first rows for x."""
    units = h.shape[axis] // len(order)
    joined, features = features is not None, x.shape[1 - axis] if features is None else features
    rows = (slice(features), slice(features, None)) if joined else (slice(None), slice(None))
    for array, size in ((x, features + units * joined), (h, units + features * joined)):
        wanted = (size, units * len(order))
        check([array], wanted if axis else wanted[::-1], units)
    W, U = (
        {ours(gate): cut(array, gate, order, axis, which) for gate in order}
        for array, which in zip((x, h), rows, strict=True)
    )
    return Found(framework, Blocks(cell, W, U, {}), features, units, axis)


def check(arrays: Iterable[Stored], wanted: tuple[int, ...], units: int) -> None:
    """Every array has the shape that it must have; LoadError names one that does not."""
    for array in arrays:
        if array.shape != wanted:
            raise LoadError("names.shape", name=shown(array.name), shape=shown(array.shape), units=units)


def cut(array: Stored, gate: str, order: str, axis: int, rows: slice = slice(None)) -> Block:
    """One of the blocks that lie side by side, (feature, unit) or (unit,)."""

    def take(numbers: Array, _: Answers) -> Array:
        whole = numbers if axis else numbers.T
        found = np.split(whole, len(order), axis=-1)[order.index(gate)]
        return sign(gate) * (found[rows] if found.ndim == 2 else found)

    return Block(array, take)


def only(array: Stored, gate: str) -> Block:
    """An array that is one block."""
    return Block(array, lambda numbers, _: sign(gate) * numbers)


def ours(gate: str) -> str:
    """Our name of a gate; z, which keeps, is u with its sign turned."""
    return "u" if gate == "z" else gate


def sign(gate: str) -> int:
    """-1 for z: 1 - sigmoid(a) = sigmoid(-a)."""
    return -1 if gate == "z" else 1
