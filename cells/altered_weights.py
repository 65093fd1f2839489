"""Weights altered: a gate's bias at another value, the recurrent line weaker or cut."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import isfinite

import numpy as np

from cells.arrays import Array, Blocks
from cells.cell import named
from cells.edits import HOW, check_place
from cells.network import Network
from cells.weights import Weights

ALTERS = tuple(how for how in HOW if how != "mean")


@dataclass(frozen=True)
class Alteration:
    """A block of weights changed: "b.f" a gate's bias, "U.f" its recurrent weights, "U" those of all gates.

    Of W and U `units` are columns: what those units read; None is all units. "set" puts `value` there, "add"
    and "scale" change what is there by it. `layer` counts from 1. `Alteration("U", how="scale", value=0)`
    cuts the recurrent line: a gate then knows the present input alone, and what is older is in c, of a GRU in
    what u keeps of h. In "GRU (reset after)" the candidate has two biases: b.c, and b.hc inside the reset.
    """

    block: str
    units: tuple[int, ...] | None = None
    how: str = "set"
    value: float = 0.0
    layer: int = 1
    direction: str = "forward"


def altered(network: Network, alterations: Sequence[Alteration]) -> Network:
    """The network with some weights changed, one alteration after the other; ValueError for what it lacks."""
    layers = list(network.layers)
    for alteration in alterations:
        _check(alteration, network)
        layer = layers[alteration.layer - 1]
        weights = layer._asdict()[alteration.direction]
        changed = {alteration.direction: _changed(weights, alteration, network.cell)}
        layers[alteration.layer - 1] = layer._replace(**changed)
    return replace(network, layers=tuple(layers))


def _changed(weights: Weights, alteration: Alteration, cell: str) -> Weights:
    kind, _, gate = alteration.block.partition(".")
    blocks: Blocks = weights._asdict()[kind]
    made = [
        _block(block, alteration) if gate in ("", name) else block
        for name, block in zip(_gates(cell)[kind], blocks, strict=True)
    ]
    return weights._replace(**{kind: type(blocks)(*made)})


def _block(block: Array, alteration: Alteration) -> Array:
    result = block.copy()
    units = slice(None) if alteration.units is None else list(alteration.units)
    old = block[..., units]
    result[..., units] = HOW[alteration.how](old, old, np.asarray(alteration.value))
    return result


def _gates(cell: str) -> dict[str, tuple[str, ...]]:
    kind = named(cell)
    return {"W": kind.blocks, "U": kind.blocks, "b": kind.biases}


def _check(alteration: Alteration, network: Network) -> None:
    known = [
        block
        for kind, gates in _gates(network.cell).items()
        for block in (kind, *(f"{kind}.{gate}" for gate in gates))
    ]
    if alteration.block not in known:
        raise ValueError(
            f"{network.cell} has no {alteration.block!r} to alter; choose one of {', '.join(known)}"
        )
    if alteration.how not in ALTERS:
        raise ValueError(f"weights can't be altered by {alteration.how!r}; choose one of {', '.join(ALTERS)}")
    if not isfinite(alteration.value):
        raise ValueError(f"{alteration.block} can't become {alteration.value}; give a number")
    check_place("an alteration", alteration.layer, alteration.direction, alteration.units, network.layers)
