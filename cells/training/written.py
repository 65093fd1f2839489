"""A recipe as one line that a link and a command can hold: count10.LSTM.units=12.rate=0.01

First task and cell, then what differs from the task's default, in one order. Equal recipes have equal lines.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from math import inf
from typing import Any, NamedTuple

from cells.cell import CELLS, OFFERED, named
from cells.tasks import TASKS
from cells.training.data import HELD_OUT
from cells.training.faults import RecipeError
from cells.training.offered import LONGEST, TASKS_OFFERED, default
from cells.training.recipes import Recipe
from cells.weights import initialisations

MOST = 400  # characters of a line
WORK = 4_000_000  # numbers of one gate over a whole batch: 16 MB, and there are a few dozen of these
FIELD = re.compile(r"\.(?=[A-Za-z])")  # the point before a field; that of a number has a digit after it
PLAIN = ("uniform", "orthogonal")  # values of `start`; other starts are numbers of their own:
STARTS = {"bias": ("forget bias", "value", 1.0), "chrono": ("chrono", "T_max", 100.0)}
NUMBER = re.compile(r"[+-]?\d{1,12}(\.\d{1,30})?([eE][+-]?\d{1,3})?", re.ASCII)
NONE = "none"  # the clip of a gradient that is never clipped


class Setting(NamedTuple):
    """A number of a recipe: its bounds, and whether it is whole."""

    least: float
    most: float
    whole: bool = False


SETTINGS: Mapping[str, Setting] = {
    "longest": Setting(1, max(LONGEST.values()), whole=True),
    "units": Setting(1, 128, whole=True),
    "bidirectional": Setting(0, 1, whole=True),
    "bias": Setting(-20, 20),
    "chrono": Setting(3, 1000),
    "steps": Setting(1, 20_000, whole=True),
    "rate": Setting(1e-6, 1000),
    "clip": Setting(1e-3, inf),
    "dropout": Setting(0, 0.9),
    "decay": Setting(0, 10),
    "average": Setting(0, 0.9999),
    "batch": Setting(1, 256, whole=True),
    "seed": Setting(0, 2**32 - 1, whole=True),
}
SCHEDULED = ("steps", "rate", "clip", "dropout", "decay", "average")
FIELDS = ("start", *SETTINGS)


def written(recipe: Recipe) -> str:
    """The line of a recipe; what it cannot say, its name and how often it is looked at, is left out."""
    usual, given = _values(default(recipe.task, recipe.cell)), _values(recipe)
    differing = [name for name in FIELDS if name in given and given[name] != usual.get(name)]
    said = [f"{name}={_shown(given[name])}" for name in differing]
    return ".".join((recipe.task, slug(recipe.cell), *said))


def read(text: str) -> Recipe:
    """The recipe of a line; a RecipeError is one sentence that names the fault and the remedy."""
    if len(text) > MOST:
        raise RecipeError("long", most=MOST)
    task, cell, *fields = (*FIELD.split(text.strip()), "")
    if task not in TASKS_OFFERED:
        raise RecipeError("task", given=repr(task), choices=", ".join(TASKS_OFFERED))
    cells = {slug(name): name for name in CELLS}
    if cell not in cells:
        raise RecipeError("cell", given=repr(cell), choices=", ".join(slug(one.name) for one in OFFERED))
    said: dict[str, float | str] = {}
    for field in fields[:-1]:
        name, _, given = field.partition("=")
        if name not in FIELDS:
            raise RecipeError("field", given=repr(name), choices=", ".join(FIELDS))
        if name in said:
            raise RecipeError("twice", name=name)
        said[name] = _start(given) if name == "start" else _number(name, given)
    return checked(_with(default(task, cells[cell]), said))


def command(recipe: Recipe, update: int) -> str:
    """What trains it again, up to an update."""
    early = f" {update}" if update < recipe.schedule.steps else ""
    return f'python -m cells.training "{written(recipe)}"{early}'


def checked(recipe: Recipe) -> Recipe:
    """The recipe, if it can be trained; a RecipeError otherwise."""
    values = _values(recipe)
    for name, value in values.items():
        if name != "start" and (name != "longest" or recipe.task in TASKS):
            _within(name, float(value), *SETTINGS[name][:2])
    if recipe.initialisation not in initialisations(named(recipe.cell)):
        raise RecipeError("gates", name=next(iter(values.keys() & STARTS.keys())), cell=recipe.cell)
    longest = int(values["longest"])
    if recipe.task not in TASKS:
        if longest:
            raise RecipeError("longest", task=recipe.task)
    else:
        _within("longest", longest, 2 if recipe.task == "adding" else 1, LONGEST[recipe.task])
        if max(recipe.batch, HELD_OUT) * recipe.units * longest > WORK:
            most = max(1, WORK // (max(recipe.batch, HELD_OUT) * recipe.units))
            raise RecipeError("work", longest=longest, units=recipe.units, most=most)
    return recipe


def slug(cell: str) -> str:
    """A cell's name without spaces and brackets: GRU-reset-after."""
    return cell.replace(" (", "-").replace(" ", "-").replace(")", "")


def _values(recipe: Recipe) -> dict[str, float | str]:
    """What a line can say of a recipe, all of it."""
    given: dict[str, float | str] = {
        name: float(getattr(recipe.schedule if name in SCHEDULED else recipe, name))
        for name in SETTINGS
        if name not in STARTS
    }
    if recipe.task in TASKS and not recipe.longest:
        given["longest"] = TASKS[recipe.task].sizes[1]
    if recipe.initialisation in PLAIN:
        return given | {"start": recipe.initialisation}
    field = next(field for field, (start, *_) in STARTS.items() if start == recipe.initialisation)
    _, name, usual = STARTS[field]
    return given | {field: float(dict(recipe.settings).get(name, usual))}


def _with(recipe: Recipe, said: Mapping[str, float | str]) -> Recipe:
    begins = [name for name in ("start", *STARTS) if name in said]
    if len(begins) > 1:
        raise RecipeError("starts", names=" and ".join(begins))
    schedule: dict[str, Any] = {name: said[name] for name in SCHEDULED if name in said}
    changed: dict[str, Any] = {
        name: said[name] for name in ("longest", "units", "batch", "seed") if name in said
    }
    if "bidirectional" in said:
        changed["bidirectional"] = bool(said["bidirectional"])
    if begins == ["start"]:
        changed |= {"initialisation": said["start"], "settings": ()}
    elif begins:
        initialisation, name, _ = STARTS[begins[0]]
        changed |= {"initialisation": initialisation, "settings": ((name, said[begins[0]]),)}
    return replace(recipe, schedule=replace(recipe.schedule, **schedule), **changed)


def _start(given: str) -> str:
    if given not in PLAIN:
        raise RecipeError("start", given=repr(given), choices=", ".join(PLAIN))
    return given


def _number(name: str, given: str) -> float:
    if name == "clip" and given == NONE:
        return inf
    setting = SETTINGS[name]
    if not NUMBER.fullmatch(given):
        raise RecipeError("number", name=name, given=repr(given), example=_shown(max(setting.least, 1)))
    value = float(given)
    if setting.whole and value % 1:
        raise RecipeError("whole", name=name, given=given, example=_shown(round(value)))
    _within(name, value, setting.least, setting.most)
    return int(value) if setting.whole else value


def _within(name: str, value: float, least: float, most: float) -> None:
    if not least <= value <= most:
        raise RecipeError("bounds", name=name, given=_shown(value), least=_shown(least), most=_shown(most))


def _shown(value: float | str) -> str:
    if isinstance(value, str):
        return value
    if value == inf:
        return NONE
    return str(int(value)) if value % 1 == 0 and abs(value) < 1e15 else repr(float(value))
