"""Which of the edits that were chosen can be in force on a network and a text, and why the others rest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from cells import CELLS, Edit, Network
from cells.edit_text import written


class Resting(NamedTuple):
    """An edit, or the units of one, that the network or the text lacks: `asked` of so many that `there` are.

    `why` is "symbol" (the cell has none), "layer", "direction", "unit" or "step", or "network", which can't
    be edited at all.
    """

    edit: Edit
    why: str
    asked: str = ""
    there: str = ""


@dataclass(frozen=True)
class Fitted:
    """The edits in force, cut to the units and steps that there are, and those that rest."""

    in_force: tuple[Edit, ...] = ()
    resting: tuple[Resting, ...] = ()

    @property
    def line(self) -> str:
        """Those in force in one line; empty where there are none."""
        return written(self.in_force)


def refused(edits: Sequence[Edit]) -> Fitted:
    """None in force: the network is one that can't be edited."""
    return Fitted((), tuple(Resting(edit, "network") for edit in edits))


def fitted(edits: Sequence[Edit], network: Network, steps: int) -> Fitted:
    """What becomes of edits on a network that reads so many steps.

    A last step behind the text's end is its end; an edit some of whose units are missing is in force on the
    others, and rests on those.
    """
    in_force: list[Edit] = []
    resting: list[Resting] = []
    for edit in edits:
        lack = _lack(edit, network, steps)
        if lack is not None:
            resting.append(lack)
            continue
        units = len(network.layers[edit.layer - 1].forward.U[0])
        missing = tuple(unit for unit in edit.units or () if unit >= units)
        if missing:
            asked = ", ".join(str(unit + 1) for unit in missing)
            resting.append(Resting(_of_units(edit, missing), "unit", asked, str(units)))
        if edit.units is None or len(missing) < len(edit.units):
            in_force.append(_cut(edit, units, steps))
    return Fitted(tuple(in_force), tuple(resting))


def _lack(edit: Edit, network: Network, steps: int) -> Resting | None:
    """Why the whole of an edit rests, if it does."""
    symbols, layers = CELLS[network.cell].symbols, network.layers
    if edit.symbol not in symbols:
        return Resting(edit, "symbol", edit.symbol, network.cell)
    if edit.layer > len(layers):
        return Resting(edit, "layer", str(edit.layer), str(len(layers)))
    if edit.direction == "backward" and layers[edit.layer - 1].backward is None:
        return Resting(edit, "direction")
    if edit.steps is not None and edit.steps[0] >= steps:
        return Resting(edit, "step", str(edit.steps[0] + 1), str(steps))
    return None


def _cut(edit: Edit, units: int, steps: int) -> Edit:
    first, last = edit.steps or (0, None)
    there = edit if edit.units is None else _of_units(edit, [one for one in edit.units if one < units])
    return replace(there, steps=edit.steps and (first, None if last is None else min(last, steps - 1)))


def _of_units(edit: Edit, units: Sequence[int]) -> Edit:
    """The same of some of its units."""
    value = edit.value
    if isinstance(value, tuple):
        by_unit = dict(zip(edit.units or (), value, strict=True))
        value = tuple(by_unit[unit] for unit in units)
    return replace(edit, units=tuple(units), value=value)
