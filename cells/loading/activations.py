"""Which cell of ours computes with the activations that a file names."""

from __future__ import annotations

from collections.abc import Mapping

from cells.cell import CELLS
from cells.loading.fragment import Answers
from cells.squashing import SQUASHES, Functions

ASKED = {"nonlinearity": "candidate", "gates": "gate"}  # questions whose answer is one of these functions
BY_FUNCTIONS: Mapping[tuple[str, Functions], str] = {
    (cell.family, cell.functions): cell.name for cell in CELLS.values()
}


def with_functions(cell: str, **named: str) -> str | None:
    """The cell with the same formulas and these functions (gate, candidate); None where there is none."""
    kind = CELLS[cell]
    if not set(named.values()) <= set(SQUASHES):
        return None
    functions = kind.functions._replace(**{role: SQUASHES[name] for role, name in named.items()})
    return BY_FUNCTIONS.get((kind.family, functions))


def choices(cell: str, role: str) -> list[str]:
    """The functions that a cell of these formulas may have as its gate's or its candidate's."""
    return [name for name in SQUASHES if with_functions(cell, **{role: name})]


def answered(cell: str, answers: Answers) -> str:
    """The cell with the functions that the answers name."""
    named = {role: answers[question] for question, role in ASKED.items() if question in answers}
    return with_functions(cell, **named) or cell
