"""What can be trained beside a network: the same with one setting changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import inf
from typing import Any

from cells.cell import OFFERED, named
from cells.training.recipes import Recipe
from cells.training.written import checked, written
from cells.weights import initialisations
from ui.train.settings import Beginning, apart, biased, but, scaled

USUAL = tuple(cell.name for cell in OFFERED if not cell.name.startswith(("LSTM (", "RNN (")))
HALF, TWICE = 0.5, 2


def beside(recipe: Recipe) -> tuple[str, ...]:
    """The lines of all recipes that have one setting otherwise and can be trained."""
    lines = []
    for change in _changes(recipe):
        try:
            other = checked(but(recipe, **change))
        except ValueError:
            continue
        if apart(recipe, other):
            lines.append(written(other))
    return tuple(dict.fromkeys(lines))


def follows(before: Recipe, against: Recipe, after: Recipe) -> str:
    """The line of what stands beside a recipe that has changed: what told them apart still does.

    Empty where nothing does any more, or it cannot be trained.
    """
    if before.task != after.task:
        return ""
    other = but(after, **apart(before, against))
    try:
        return written(checked(other)) if apart(after, other) else ""
    except ValueError:
        return ""


def beginnings(recipe: Recipe) -> tuple[Beginning, ...]:
    """Ways in which a cell's weights may begin."""
    ways = {
        "uniform": (Beginning("uniform"),),
        "orthogonal": (Beginning("orthogonal"),),
        "forget bias": (biased(0), biased(1), biased(3)),
        "chrono": (scaled(max(3, recipe.longest)),),
    }
    return tuple(way for name in initialisations(named(recipe.cell)) for way in ways[name])


def _changes(recipe: Recipe) -> Iterator[Mapping[str, Any]]:
    yield from ({"beginning": one} for one in beginnings(recipe))
    yield from ({"cell": cell} for cell in USUAL)
    yield {"bidirectional": not recipe.bidirectional}
    yield from ({"units": max(1, int(recipe.units * factor))} for factor in (HALF, TWICE))
    yield {"seed": recipe.seed + 1}
    yield from ({"rate": float(f"{recipe.schedule.rate * factor:.6g}")} for factor in (10, 0.1))
    yield {"clip": inf if recipe.schedule.clip < inf else 1.0}
