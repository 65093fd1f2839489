"""One pass of a live recurrent layer: what it read, where it began, what it made of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from cells.arrays import Array, Matrix
from cells.layers import LayerState
from cells.network import Run, shown

# How far apart two h may be that were computed in a type; 1e-5 are a hundred roundings of float32.
BOUNDS = {"float64": 1e-10, "float32": 1e-5, "float16": 5e-3, "bfloat16": 4e-2}


@dataclass(frozen=True, eq=False)
class LayerPass:
    """What a layer read of one sequence, and the h that it handed on: all steps, or only the last.

    `inputs` are (time, feature); `h` is (time, unit), both directions side by side, or (1, unit) where the
    layer hands on the `last` step alone; `final` holds for each state the last of each direction of each
    layer, from the bottom up, where the layer tells.
    """

    inputs: Matrix
    initial: tuple[LayerState, ...] | None
    h: Array
    last: bool = False
    final: Mapping[str, tuple[Array, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Call:
    """One call of a layer as its framework made it, with the type of its numbers.

    `sequence` gives the pass over one sequence of the batch; ValueError says why there is none.
    """

    dtype: str
    sequences: int
    sequence: Callable[[int], LayerPass]


def difference(run: Run, theirs: LayerPass) -> tuple[float, str]:
    """The largest difference between our h and the layer's own, and where it is, with both numbers."""
    last = [trace.final["h"] for layer in run.layers for trace in layer if trace is not None]
    if theirs.last:
        directions = 1 + (run.layers[-1].backward is not None)
        pairs = [("the last", np.concatenate(last[-directions:])[None], theirs.h)]
    else:
        pairs = [("at step {}", shown(run.layers[-1]), theirs.h)]
    pairs += [
        ("the last", one[None], other[None])
        for one, other in zip(last, theirs.final.get("h", ()), strict=False)
    ]
    return max((_apart(*pair) for pair in pairs), key=lambda found: found[0])


def _apart(when: str, ours: Array, theirs: Array) -> tuple[float, str]:
    by = np.abs(ours.astype("float64") - theirs)
    step, unit = np.unravel_index(int(np.argmax(by)), by.shape)
    told = f"h of unit {unit + 1}, {when.format(step + 1)}, is {ours[step, unit]:.6f} here"
    return float(by[step, unit]), f"{told} and {theirs[step, unit]:.6f} in the model"


def states(sides: Mapping[str, Sequence[Array]], directions: int) -> tuple[LayerState, ...] | None:
    """Initial states as ours; None where there are none, and all are 0.

    `sides` holds for each symbol its vectors, layer by layer from the bottom, direction by direction.
    """
    if not sides:
        return None
    each = [dict(zip(sides, vectors, strict=True)) for vectors in zip(*sides.values(), strict=True)]
    return tuple(LayerState(*each[place : place + directions]) for place in range(0, len(each), directions))
