"""What stands in the boxes, and the settings in force: the last ones that could be trained."""

from __future__ import annotations

from math import inf
from typing import Any

import streamlit as st

from cells.cell import CELLS, named
from cells.training.faults import RecipeError
from cells.training.offered import PRESETS, TASKS_OFFERED, default
from cells.training.recipes import Recipe
from cells.training.written import checked, read, written
from cells.weights import initialisations
from ui.selection.records import TrainView
from ui.session.selection import from_widgets
from ui.train.changes import follows
from ui.train.presets import counterpart, preset_of
from ui.train.settings import Beginning, biased, but, scaled, settings

FILLED = "recipe_filled"  # the session's key of the line that the boxes were filled from
FAULT = "recipe_fault"  # and of what is wrong with what stands in them since
PLAIN = ("cell", "units", "bidirectional", "longest", "batch", "seed", "rate", "clip", "steps")
BEGINNING = ("way", "value", "T_max")  # together they make one setting
USUAL = {"value": 1.0, "T_max": 60.0}


def key(name: str) -> str:
    """The session's key of a box."""
    return f"set_{name}"


def fill(view: TrainView) -> None:
    """Before they are drawn: what was chosen elsewhere, by a link or by a preset, stands in the boxes.

    What was typed and cannot be trained stays until something else is chosen.
    """
    state = st.session_state
    recipe = read(view.recipe)
    state["set_task"], state["preset"] = recipe.task, preset_of(view)
    held = held_by(recipe)
    if state.get(FILLED) != view.recipe:
        state.update({key(name): value for name, value in held.items()}, **{FILLED: view.recipe, FAULT: None})
    for name, value in held.items():  # Streamlit forgets those that a run does not draw
        state[key(name)] = state.get(key(name), value)


def held_by(recipe: Recipe) -> dict[str, Any]:
    """What each box holds of a recipe; an empty one says that no gradient is clipped."""
    known = settings(recipe)
    beginning = known["beginning"]
    plain = {name: known[name] for name in PLAIN}
    plain["clip"] = None if known["clip"] == inf else known["clip"]
    return plain | USUAL | {"way": beginning.way} | dict(beginning.told)


def changed() -> None:
    """Before a run: a box holds something else. The settings change, or it is said what is wrong."""
    state = st.session_state
    if _gone():
        return
    before = read(state["recipe"])
    _keep_known(before)
    held = {name: state[key(name)] for name in (*PLAIN, *BEGINNING)}
    try:
        turn(before, but(before, **made(held)))
        state[FAULT] = None
    except RecipeError as fault:
        state[FAULT] = fault


def made(held: dict[str, Any]) -> dict[str, Any]:
    """The settings that the boxes say."""
    ways = initialisations(named(held["cell"]))
    way = held["way"] if held["way"] in ways else ways[0]
    value, longest = held["value"], held["T_max"]
    beginning = {"forget bias": biased(value), "chrono": scaled(longest)}.get(way, Beginning(way))
    clip = inf if held["clip"] is None else held["clip"]
    return {name: held[name] for name in PLAIN} | {"clip": clip, "beginning": beginning}


def turn(before: Recipe, after: Recipe) -> None:
    """Train other settings from now on; what stands beside them differs from them as it did."""
    state = st.session_state
    line = written(checked(after))
    against = from_widgets().train.against
    state["against"] = follows(before, read(against), after) if against else ""
    state["recipe"] = line


def turn_task() -> None:
    """Before a run: another task, with the settings that learn it."""
    if _gone():
        return
    before = read(st.session_state["recipe"])
    _keep_known(before)
    if (task := st.session_state[key("task")]) != before.task:
        turn(before, default(task))


def _gone() -> bool:
    """Whether the boxes are told of by a page that another has replaced meanwhile: what they hold is lost."""
    return any(key(name) not in st.session_state for name in (*PLAIN, *BEGINNING))


def _keep_known(before: Recipe) -> None:
    """Keep what was chosen where a page that is a run behind has sent a label of another language."""
    state = st.session_state
    for name, known in (("task", TASKS_OFFERED), ("cell", CELLS)):
        if state[key(name)] not in known:
            state[key(name)] = getattr(before, name)


def take_preset() -> None:
    """Before a run: settings that learn, or fail as they say, with what shows why beside them."""
    state = st.session_state
    if state["preset"] in PRESETS:  # not None, which takes it away, nor a label of another language
        state["recipe"] = written(PRESETS[state["preset"]].recipe)
        state["against"] = counterpart(state["preset"])
