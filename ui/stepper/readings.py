"""What the numbers of a step mean: of a gate how far it is open, of a state on which side of 0 it lies."""

from __future__ import annotations

from typing import TypedDict

from cells.expression import Call, Expression, Name, Operation
from cells.saturation import LEFT, RIGHT
from ui.figures.theme import GATES
from ui.words import Words

NEAR = 0.1  # of 0, within which a state is said to hold almost nothing
LEVELS = ("low", "middle", "high")


class Reading(TypedDict):
    """What is said of a value below, between and above two limits; {share} is the value in percent."""

    limits: list[float]
    says: list[str]


def reading_of(symbol: str, words: Words) -> Reading | None:
    """What a value of a symbol means; None for x, whose values mean nothing by themselves."""
    known = words.under("reads")
    if f"{symbol}_low" not in known:
        return None
    limits = [LEFT, RIGHT] if symbol in GATES else [-NEAR, NEAR]
    return {"limits": limits, "says": [known[f"{symbol}_{level}"] for level in LEVELS]}


def name_of(expression: Expression, words: Words) -> str:
    """What an operation inside an equation yields, by what its value is a share of."""
    match expression:
        case Operation("*", Name(gate)):
            return words.names("inside")(gate)
        case Operation("*"):
            return words("inside.kept")
        case Operation("-"):
            return words("inside.rest")
        case Call(function):
            return words.names("inside")(function)
    raise TypeError(f"{expression} has no name")
