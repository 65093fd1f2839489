"""Edits as a line of text and back: "f.3@5-9=0;u@2=1;2b:i=mean", layers, units and steps counted from 1.

    [layer][b]:symbol[.unit…][@first[-[last]]]=value     also +value, *value, =mean

"b" is the direction that reads from the end; layer 1 forward is left out. Without units it is all of them,
without "@" all steps; "@5" is step 5 alone, "@5-" all from 5 on. The browser reads and writes the same:
ui/stepper/js/core/edits.js.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from cells.cell import CELLS
from cells.edits import MOST, Edit

LONGEST = 3_000  # letters
LARGEST = 1e6  # magnitude of a value, as of a number in a text
SIGN_OF = {"set": "=", "add": "+", "scale": "*"}
SIGNS = {sign: how for how, sign in SIGN_OF.items()} | {" ": "add"}  # a typed address has blanks for +
_SYMBOLS = "|".join(dict.fromkeys(symbol for cell in CELLS.values() for symbol in cell.symbols))
_ONE = re.compile(
    r"(?:([1-9][0-9]?)?(b)?:)?"
    rf"({_SYMBOLS})"
    r"((?:\.[1-9][0-9]{0,3})*)"
    r"(?:@([1-9][0-9]{0,5})(?:(-)([1-9][0-9]{0,5})?)?)?"
    r"(?:=(mean)|([=+* ])(-?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:e-?[0-9]+)?))"
)


def parsed(text: str) -> tuple[Edit, ...] | None:
    """The edits of a line; None where any makes no sense, or they are too many, too long, too large."""
    if not text:
        return ()
    parts = text.split(";") if len(text) <= LONGEST else []
    edits = [edit for edit in map(_parsed, parts) if edit is not None]
    return tuple(edits) if 0 < len(edits) == len(parts) <= MOST else None


def _parsed(part: str) -> Edit | None:
    found = _ONE.fullmatch(part)
    if found is None:
        return None
    layer, back, symbol, units, first, on, last, mean, sign, number = found.groups()
    value = float(number or 0) + 0.0  # no negative zero
    begin, end = int(first or 1), int(last) if last else None if on or not first else int(first)
    if abs(value) > LARGEST or (end is not None and end < begin):
        return None
    return Edit(
        symbol,
        tuple(sorted({int(unit) - 1 for unit in units[1:].split(".")})) if units else None,
        None if (begin, end) == (1, None) else (begin - 1, None if end is None else end - 1),
        "mean"
        if mean
        else SIGNS["+" if sign == " " else sign],  # a + of an address that was typed is a blank
        value,
        int(layer or 1),
        "backward" if back else "forward",
    )


def written(edits: Sequence[Edit]) -> str:
    """The edits as a line, always the same for the same edits."""
    return ";".join(map(_written, edits))


def _written(edit: Edit) -> str:
    back, layer = edit.direction == "backward", edit.layer
    where = f"{layer if layer > 1 else ''}{'b' if back else ''}:" if back or layer > 1 else ""
    units = "" if edit.units is None else "".join(f".{unit + 1}" for unit in sorted(set(edit.units)))
    value = "=mean" if edit.how == "mean" else f"{SIGN_OF[edit.how]}{shortest(edit.value)}"
    return f"{where}{edit.symbol}{units}{_steps(edit)}{value}"


def _steps(edit: Edit) -> str:
    first, last = edit.steps or (0, None)
    if last is None:
        return f"@{first + 1}-" if first else ""
    return f"@{first + 1}" if first == last else f"@{first + 1}-{last + 1}"


def shortest(value: float) -> str:
    """The fewest digits that give the number again, as JavaScript writes them."""
    text = repr(float(value) + 0.0)
    if 0 < abs(value) < 1e-6:
        return text.replace("e-0", "e-")
    return f"{Decimal(text):f}".removesuffix(".0")
