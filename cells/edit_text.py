"""Edits as a line of text and back: "f.3@5-9=0;u@2=1;2b:i=mean", layers, units and steps counted from 1.

    [layer][b]:symbol[.unit…][@first[-[last]]]=value     also +value, *value, =mean, =value,value,…

"b" is the direction that reads from the end; layer 1 forward is left out. Without units it is all of them,
without "@" all steps; "@5" is step 5 alone, "@5-" all from 5 on. Several values are one for each of the
units that are named. The browser reads and writes the same:
ui/stepper/js/core/edits.js.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from cells.cell import CELLS
from cells.edits import MOST, Edit

LONGEST = 6_000  # letters
LARGEST = 1e6  # magnitude of a value, as of a number in a text
SIGN_OF = {"set": "=", "add": "+", "scale": "*"}
SIGNS = {sign: how for how, sign in SIGN_OF.items()} | {" ": "add"}  # a typed address has blanks for +
_SYMBOLS = "|".join(dict.fromkeys(symbol for cell in CELLS.values() for symbol in cell.symbols))
NUMBER = r"-?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:e-?[0-9]+)?"
_ONE = re.compile(
    r"(?:([1-9][0-9]?)?(b)?:)?"
    rf"({_SYMBOLS})"
    r"((?:\.[1-9][0-9]{0,3})*)"
    r"(?:@([1-9][0-9]{0,5})(?:(-)([1-9][0-9]{0,5})?)?)?"
    rf"(?:=(mean)|([=+* ])({NUMBER})((?:,{NUMBER})*))"
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
    layer, back, symbol, units, first, on, last, mean, sign, number, more = found.groups()
    begin, end = int(first or 1), int(last) if last else None if on or not first else int(first)
    places = [int(unit) - 1 for unit in units[1:].split(".")] if units else []
    values = [float(one) + 0.0 for one in f"{number or 0}{more or ''}".split(",")]  # no negative zero
    if max(map(abs, values)) > LARGEST or (end is not None and end < begin):
        return None
    value: float | tuple[float, ...] = values[0]
    if more:
        by_unit = dict(zip(places, values, strict=False))
        if sign != "=" or not len(by_unit) == len(places) == len(values):
            return None
        value = tuple(by_unit[unit] for unit in sorted(by_unit))
    return Edit(
        symbol,
        tuple(sorted(set(places))) or None,
        None if (begin, end) == (1, None) else (begin - 1, None if end is None else end - 1),
        # a + of an address that was typed is a blank
        "mean" if mean else SIGNS["+" if sign == " " else sign],
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
    places = edit.units if isinstance(edit.value, tuple) else sorted(set(edit.units or ()))
    units = "".join(f".{unit + 1}" for unit in places or ())
    values = edit.value if isinstance(edit.value, tuple) else (edit.value,)
    value = "=mean" if edit.how == "mean" else SIGN_OF[edit.how] + ",".join(map(shortest, values))
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
