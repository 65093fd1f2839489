"""Settings in a few words, as formulas have them where they do: b_f = 3, 10 units, not clipped."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import isinf
from typing import Any

from cells.training.faults import RecipeError
from cells.training.recipes import Recipe
from ui.text.numbers import digits
from ui.train.settings import NAMES, Beginning, apart, settings
from ui.words import Words


def _beginning(value: Beginning, words: Words) -> str:
    told = dict(value.told)
    if value.way == "forget bias":
        return words("recipe.told_bias", value=digits(told.get("value", 1)))
    if value.way == "chrono":
        return words("recipe.told_chrono", value=digits(told.get("T_max", 100)))
    return words(f"initialisation.{value.way}")


TOLD: Mapping[str, Callable[[Any, Words], str]] = {
    "task": lambda task, words: words(f"exercise.{task}"),
    "cell": lambda cell, _: str(cell),
    "units": lambda units, words: words("badge.units", units=str(units)),
    "bidirectional": lambda both, words: words(f"directions.{1 + both}"),
    "beginning": _beginning,
    "longest": lambda size, words: words("recipe.told_longest", size=f"{size:,}"),
    "rate": lambda rate, words: words("recipe.told_rate", rate=digits(rate)),
    "clip": lambda clip, words: (
        words("recipe.told_unclipped") if isinf(clip) else words("recipe.told_clip", length=digits(clip))
    ),
    "batch": lambda batch, words: words("recipe.told_batch", batch=f"{batch:,}"),
    "steps": lambda steps, words: words("recipe.told_steps", steps=f"{steps:,}"),
    "seed": lambda seed, words: words("badge.seed", seed=str(seed)),
}


def told(recipe: Recipe, names: tuple[str, ...], words: Words) -> str:
    """These settings of a recipe."""
    values = settings(recipe)
    return ", ".join(TOLD[name](values[name], words) for name in names)


def difference(recipe: Recipe, other: Recipe, words: Words) -> tuple[str, str]:
    """What tells two recipes apart, of the one and of the other: b_f = 0 and b_f = 3."""
    differs = apart(recipe, other)
    names = tuple(name for name in NAMES if name in differs)
    return told(recipe, names, words), told(other, names, words)


def fault(error: RecipeError, words: Words) -> str:
    """What is wrong with settings, and how to mend it."""
    details = {name: str(value) for name, value in error.details.items()}
    what = "clip" if error.fault == "bounds" and details["name"] == "clip" else error.fault
    for name, family in (("name", "setting"), ("task", "exercise")):
        if name in details:
            details[name] = words.names(family)(details[name])
    return words(f"recipe_fault.{what}", **details)
