"""Alterations of weights as a line of text and back: "b.f.3=2.5;U*0", layers and units counted from 1.

    [layer][b]:block[.gate][.unit…]=value     also +value, *value

Blocks are b, U and W; "b:" before one is the direction that reads from the end; layer 1 forward is left out.
Without a gate it is all of them, without units all units. The browser reads and writes the same:
ui/stepper/js/core/alterations.js.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from cells.altered_weights import Alteration
from cells.cell import CELLS
from cells.edit_text import LARGEST, LONGEST, NUMBER, SIGN_OF, SIGNS, shortest
from cells.edits import MOST

_GATES = "|".join(dict.fromkeys(gate for cell in CELLS.values() for gate in (*cell.blocks, *cell.biases)))
_ONE = re.compile(
    rf"(?:([1-9][0-9]?)?(b)?:)?([WUb](?:\.(?:{_GATES}))?)((?:\.[1-9][0-9]{{0,3}})*)([=+* ])({NUMBER})"
)


def parsed_alterations(text: str) -> tuple[Alteration, ...] | None:
    """The alterations of a line; None where any makes no sense, or they are too many, too long, too large."""
    if not text:
        return ()
    parts = text.split(";") if len(text) <= LONGEST else []
    found = [one for one in map(_parsed, parts) if one is not None]
    return tuple(found) if 0 < len(found) == len(parts) <= MOST else None


def _parsed(part: str) -> Alteration | None:
    found = _ONE.fullmatch(part)
    if found is None:
        return None
    layer, back, block, units, sign, number = found.groups()
    value = float(number) + 0.0  # no negative zero
    if abs(value) > LARGEST:
        return None
    places = tuple(sorted({int(unit) - 1 for unit in units[1:].split(".")})) if units else None
    return Alteration(block, places, SIGNS[sign], value, int(layer or 1), "backward" if back else "forward")


def written_alterations(alterations: Sequence[Alteration]) -> str:
    """The alterations as a line, always the same for the same alterations."""
    return ";".join(map(_written, alterations))


def _written(one: Alteration) -> str:
    back = one.direction == "backward"
    where = f"{one.layer if one.layer > 1 else ''}{'b' if back else ''}:" if back or one.layer > 1 else ""
    units = "".join(f".{unit + 1}" for unit in sorted(set(one.units or ())))
    return f"{where}{one.block}{units}{SIGN_OF[one.how]}{shortest(one.value)}"
