"""Which of the alterations of weights that were chosen a network takes, and why the others rest."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

from cells import CELLS, Network
from cells.alteration_text import parsed_alterations
from cells.altered_weights import Alteration


class RestingAlteration(NamedTuple):
    """An alteration, or the units of one, that the network lacks: `asked` of so many that `there` are.

    `why` is "symbol" (the cell has no such gate), "layer", "direction" or "unit".
    """

    alteration: Alteration
    why: str
    asked: str = ""
    there: str = ""


@dataclass(frozen=True)
class FittedAlterations:
    """The alterations in force, cut to the units that there are, and those that rest."""

    in_force: tuple[Alteration, ...] = ()
    resting: tuple[RestingAlteration, ...] = ()


def fitted_alterations(line: str, network: Network) -> FittedAlterations:
    """What becomes of a line of alterations on a network."""
    if not line:
        return FittedAlterations()
    layers = tuple((len(layer.forward.b[0]), layer.backward is not None) for layer in network.layers)
    return _fitted(line, network.cell, layers)


@lru_cache(maxsize=64)
def _fitted(line: str, cell: str, layers: tuple[tuple[int, bool], ...]) -> FittedAlterations:
    in_force: list[Alteration] = []
    resting: list[RestingAlteration] = []
    for one in parsed_alterations(line) or ():
        lack = _lack(one, cell, layers)
        if lack is not None:
            resting.append(lack)
            continue
        units = layers[one.layer - 1][0]
        missing = tuple(unit for unit in one.units or () if unit >= units)
        if missing:
            asked = ", ".join(str(unit + 1) for unit in missing)
            resting.append(RestingAlteration(replace(one, units=missing), "unit", asked, str(units)))
        there = one.units and tuple(unit for unit in one.units if unit < units)
        if there is None or there:
            in_force.append(replace(one, units=there))
    return FittedAlterations(tuple(in_force), tuple(resting))


def _lack(one: Alteration, cell: str, layers: tuple[tuple[int, bool], ...]) -> RestingAlteration | None:
    """Why the whole of an alteration rests, if it does."""
    kind, _, gate = one.block.partition(".")
    if gate and gate not in (CELLS[cell].biases if kind == "b" else CELLS[cell].blocks):
        return RestingAlteration(one, "symbol", gate, cell)
    if one.layer > len(layers):
        return RestingAlteration(one, "layer", str(one.layer), str(len(layers)))
    if one.direction == "backward" and not layers[one.layer - 1][1]:
        return RestingAlteration(one, "direction")
    return None
