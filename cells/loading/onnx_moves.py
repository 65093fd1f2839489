"""The nodes of ONNX that only move numbers, done to constants, as every opset writes them.

What was an attribute of a node became an input of it in a later opset: axes, starts and ends, sizes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from math import prod
from typing import TypeAlias

import numpy as np

from cells.loading.errors import LoadError, shown
from cells.loading.onnx_nodes import Node
from cells.loading.onnx_tensors import Tensor
from cells.loading.tensors import MOST_NUMBERS

Given: TypeAlias = Tensor | None
Wholes: TypeAlias = tuple[int, ...] | None

# Whole numbers are int64 here, whatever they were.
CASTS = {1: "float32", 10: "float16", 11: "float64", 6: "int64", 7: "int64"}


def wholes(made: Node, names: Sequence[str], given: Sequence[Given]) -> list[Wholes]:
    """Whole numbers of these names, from inputs in their order where the node has them, else attributes."""
    inputs = (*given, *[None] * len(names))
    return [
        made.wholes(name) if one is None else tuple(int(number) for number in one.ravel())
        for name, one in zip(names, inputs, strict=False)
    ]


def squeeze(made: Node, value: Tensor, *given: Given) -> Tensor:
    """Squeeze."""
    (axes,) = wholes(made, ("axes",), given)
    return np.squeeze(value, axes)


def unsqueeze(made: Node, value: Tensor, *given: Given) -> Tensor:
    """Unsqueeze."""
    (axes,) = wholes(made, ("axes",), given)
    return np.expand_dims(value, axes or ())


def reshape(made: Node, value: Tensor, *given: Given) -> Tensor:
    """Reshape; 0 keeps a size, unless it is said to be one."""
    (sizes,) = wholes(made, ("shape",), given)
    keeps = not made.whole("allowzero")
    return value.reshape(
        [value.shape[place] if keeps and size == 0 else size for place, size in enumerate(sizes or ())]
    )


def cut(made: Node, value: Tensor, *given: Given) -> Tensor:
    """Slice."""
    starts, stops, places, steps = wholes(made, ("starts", "ends", "axes", "steps"), given)
    which = [slice(None)] * value.ndim
    for place, (start, stop) in enumerate(zip(starts or (), stops or (), strict=True)):
        which[places[place] if places else place] = slice(start, stop, steps[place] if steps else 1)
    return value[tuple(which)]


def part(made: Node, name: str, value: Tensor, *given: Given) -> Tensor:
    """Split: the part that is called so, by the sizes of all or their number."""
    (sizes,) = wholes(made, ("split",), given)
    axis, count = made.whole("axis"), len(made.outputs)
    if not sizes:
        each = -(-value.shape[axis] // count)
        sizes = tuple(each for _ in range(count))
    at = made.outputs.index(name)
    start = sum(sizes[:at])
    which = [slice(None)] * value.ndim
    which[axis] = slice(start, start + sizes[at])
    return value[tuple(which)]


def filled(made: Node, sizes: Tensor) -> Tensor:
    """ConstantOfShape."""
    shape = [int(size) for size in sizes.ravel()]
    if prod(shape) > MOST_NUMBERS or min(shape, default=0) < 0:
        raise LoadError(
            "onnx.large", name=shown(made.outputs[0]), shape=shown(tuple(shape)), most=f"{MOST_NUMBERS:,}"
        )
    value = made.tensor("value", np.zeros(1, "f4"))
    return np.broadcast_to(value.ravel()[0], shape)


def cast(made: Node, value: Tensor) -> Tensor | None:
    """Cast; half precision rounds, and is kept as float32 as everywhere."""
    kind = CASTS.get(made.whole("to"))
    if kind is None:
        return None
    return value.astype(kind).astype("float32") if kind == "float16" else value.astype(kind)


MOVES: Mapping[str, Callable[..., Tensor | None]] = {
    "Identity": lambda _, value: value,
    "Squeeze": squeeze,
    "Unsqueeze": unsqueeze,
    "Reshape": reshape,
    "Slice": cut,
    "Cast": cast,
    "ConstantOfShape": filled,
    "Transpose": lambda made, value: np.transpose(value, made.wholes("perm")),
    "Concat": lambda made, *values: np.concatenate(values, made.whole("axis", 1)),
}


def moved(made: Node, name: str, given: Sequence[Given]) -> Tensor | None:
    """What a node makes of constants under this name; None if it computes."""
    if made.op == "Split" and given[0] is not None:
        return part(made, name, given[0], *given[1:])
    return MOVES[made.op](made, *given) if made.op in MOVES else None
