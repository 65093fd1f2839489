"""What can be trained in the app: for each task settings that succeed in seconds to a minute, and presets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import inf
from typing import Any

from cells.cell import named
from cells.tasks import TASKS
from cells.training import packages
from cells.training.faults import RecipeError
from cells.training.recipes import Recipe, called
from cells.training.schedule import Schedule
from cells.weights import initialisations

LONGEST: Mapping[str, int] = {  # the greatest size of a sequence that is drawn
    "count10": 100,
    "first": 300,
    "brackets": 50,
    "parity": 200,
    "adding": 200,
    "copy": 20,
}
TEXTS: Mapping[str, str] = {"names": "faker", "reviews": "vaderSentiment"}  # task: the package of its text
TASKS_OFFERED = (*LONGEST, *TEXTS)


def _recipe(task: str, cell: str, units: int, schedule: Schedule, batch: int, **more: Any) -> Recipe:
    longest = TASKS[task].sizes[1] if task in TASKS else 0
    return Recipe(called(task, cell), task, cell, units, schedule, batch, **{"longest": longest, **more})


def _open(value: float) -> dict[str, Any]:
    return {"initialisation": "forget bias", "settings": (("value", float(value)),)}


DEFAULTS: Mapping[str, Recipe] = {
    recipe.task: recipe
    for recipe in (
        _recipe("count10", "LSTM", 10, Schedule(1000, 0.02), 16),
        _recipe("first", "LSTM", 16, Schedule(600, 0.005), 32, **_open(3)),
        _recipe("brackets", "LSTM", 16, Schedule(1000, 0.02), 16, longest=8),
        _recipe("parity", "LSTM", 4, Schedule(800, 0.02), 32),
        _recipe("adding", "LSTM", 16, Schedule(1200, 0.01), 32, longest=20),
        _recipe("copy", "GRU", 32, Schedule(1500, 0.02), 32, longest=4),
        _recipe("names", "GRU", 48, Schedule(2000, 0.006, dropout=0.2, decay=0.05), 64),
        _recipe(
            "reviews",
            "LSTM",
            32,
            Schedule(1000, 0.003, dropout=0.3, decay=0.1, average=0.995),
            32,
            embedding=64,
        ),
    )
}


def default(task: str, cell: str = "") -> Recipe:
    """The settings of a task that succeed; with another cell the same, as far as that has what they set."""
    recipe = DEFAULTS[task]
    cell = cell or recipe.cell
    recipe = replace(recipe, name=called(task, cell), cell=cell)
    if recipe.initialisation in initialisations(named(cell)):
        return recipe
    return replace(recipe, initialisation="uniform", settings=())


def check_text(task: str) -> None:
    """A RecipeError says how to get the text of a task that is not at hand."""
    package = TEXTS.get(task)
    if package is not None and not packages.at_hand(package):
        command = f"python -m cells.training.packages {package}"
        raise RecipeError("package", task=task, package=package, command=command)


@dataclass(frozen=True)
class Preset:
    """Settings that show something: they fail where their score does not come to `bound`, by its end."""

    name: str
    recipe: Recipe
    fails: bool
    score: str
    bound: float

    def as_said(self, scores: Mapping[str, float], more: bool = True) -> bool:
        """Whether a run that ended with these scores did what the preset says; none where it broke down."""
        reached = self.score in scores and (scores[self.score] >= self.bound) == more
        return reached != self.fails


def _preset(name: str, fails: bool, score: str, bound: float, recipe: Recipe, **changed: Any) -> Preset:
    schedule = {key: changed.pop(key) for key in ("steps", "rate", "clip") if key in changed}
    recipe = replace(recipe, schedule=replace(recipe.schedule, **schedule), **changed)
    return Preset(name, recipe, fails, score, bound)


# relu knows no bound, and neither do its gradients over 80 steps: clipped, a unit comes to hold the count.
UNBOUNDED = replace(
    default("count10", "RNN (relu)"),
    longest=40,
    initialisation="orthogonal",
    schedule=Schedule(1000, 0.02),
)

PRESETS: Mapping[str, Preset] = {
    preset.name: preset
    for preset in (
        _preset("bias-3-lag-60", False, "accuracy", 0.99, default("first")),
        _preset("bias-0-lag-60", True, "accuracy", 0.5, default("first"), **_open(0)),
        _preset("rate-too-high", True, "longest", 5, default("count10"), rate=1.0),
        _preset("clipped", False, "correlation", 0.99, UNBOUNDED),
        _preset("no-clipping", True, "correlation", 0.9, UNBOUNDED, clip=inf),
        _preset("rnn-lag-60", True, "accuracy", 0.5, default("first", "RNN")),
        _preset("too-few-units", True, "sequences", 0.5, default("brackets"), units=2),
    )
}
