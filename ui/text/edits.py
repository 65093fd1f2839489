"""Edits as a reader says them: "f of unit 3 held at 0, steps 5 to 9", "b_f of unit 3 held at 2.5"."""

from __future__ import annotations

from cells import Edit
from cells.altered_weights import Alteration
from cells.edit_text import shortest
from cells.notation import NAMES
from ui.text.numbers import minus
from ui.words import Words

FEW = 6  # units that are named one by one


def told(edit: Edit, words: Words) -> str:
    """What is held, at what, and when; layers, units and steps counted from 1."""
    name = NAMES[edit.symbol]
    what = _units(edit, name.letter + ("\u0303" if name.tilde else ""), words)
    if place := _place(edit, words):
        what = words("stepper.edit_inside", what=what, place=place)
    return words("stepper.edit_said", what=what, how=_how(edit, words), when=_steps(edit, words))


def told_alteration(alteration: Alteration, words: Words) -> str:
    """Which weights are altered, and how; layers and units counted from 1."""
    what = _units(alteration, alteration.block.replace(".", "_"), words)
    if place := _place(alteration, words):
        what = words("stepper.edit_inside", what=what, place=place)
    return words("stepper.edit_weights", what=what, how=_how(alteration, words))


def _units(edit: Edit | Alteration, symbol: str, words: Words) -> str:
    if edit.units is None:
        return words("stepper.edit_all_units", symbol=symbol)
    names = [str(unit + 1) for unit in edit.units]
    if len(names) > FEW:
        return words("stepper.edit_many_units", symbol=symbol, units=str(len(names)))
    return words(
        f"stepper.edit_{'unit' if len(names) == 1 else 'units'}", symbol=symbol, units=", ".join(names)
    )


def _place(edit: Edit | Alteration, words: Words) -> str:
    """The layer and direction, where they are not the first, forward."""
    back = edit.direction == "backward"
    if edit.layer == 1:
        return words("stepper.edit_back") if back else ""
    return words("stepper.edit_layer_back" if back else "stepper.edit_layer", layer=str(edit.layer))


def _how(edit: Edit | Alteration, words: Words) -> str:
    if isinstance(edit.value, tuple):
        return words("stepper.edit_patched")
    falls = edit.how == "add" and edit.value < 0
    value = abs(edit.value) if falls else edit.value
    return words(f"stepper.edit_{'lower' if falls else edit.how}", value=minus(shortest(value)))


def _steps(edit: Edit, words: Words) -> str:
    first, last = edit.steps or (0, None)
    blanks = {"first": f"{first + 1:,}", "last": f"{(last or 0) + 1:,}"}
    if last is None:
        key = "stepper.edit_from" if first else "stepper.edit_all_steps"
        return words(key, first=blanks["first"])
    return (
        words("stepper.edit_step", step=blanks["first"])
        if first == last
        else words("stepper.edit_steps", **blanks)
    )
