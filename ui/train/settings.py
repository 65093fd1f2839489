"""What a reader sets of a training: read off a recipe by name, put into one, and what tells two apart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from cells.cell import named
from cells.training.recipes import Recipe
from cells.untrained import Settings
from cells.weights import initialisations

OWN = ("task", "cell", "units", "bidirectional", "longest", "batch", "seed")  # fields of the recipe itself
SCHEDULED = ("rate", "clip", "steps")  # and of its schedule
NAMES = (*OWN, "beginning", *SCHEDULED)


class Beginning(NamedTuple):
    """How weights are drawn: by which way, and what that way is told."""

    way: str
    told: Settings = ()


def biased(value: float) -> Beginning:
    """The gate that keeps begins with this bias."""
    return Beginning("forget bias", (("value", float(value)),))


def scaled(longest: float) -> Beginning:
    """Units begin with time scales of up to so many steps."""
    return Beginning("chrono", (("T_max", float(longest)),))


def settings(recipe: Recipe) -> dict[str, Any]:
    """All that can be set, by name."""
    return {
        **{name: getattr(recipe, name) for name in OWN},
        **{name: getattr(recipe.schedule, name) for name in SCHEDULED},
        "beginning": Beginning(recipe.initialisation, recipe.settings),
    }


def but(recipe: Recipe, **values: Any) -> Recipe:
    """The recipe with other settings, by their names; a cell without a gate that keeps begins uniform."""
    own = {name: value for name, value in values.items() if name in OWN}
    scheduled = {name: value for name, value in values.items() if name in SCHEDULED}
    way, told = values.get("beginning", (recipe.initialisation, recipe.settings))
    if way not in initialisations(named(own.get("cell", recipe.cell))):
        way, told = Beginning("uniform")
    schedule = replace(recipe.schedule, **scheduled)
    return replace(recipe, **own, schedule=schedule, initialisation=way, settings=told)


def apart(recipe: Recipe, other: Recipe) -> Mapping[str, Any]:
    """What the other one has otherwise, by name; not what its cell alone makes otherwise."""
    known = settings(but(recipe, cell=other.cell)) | {"cell": recipe.cell}
    return {name: value for name, value in settings(other).items() if value != known[name]}
