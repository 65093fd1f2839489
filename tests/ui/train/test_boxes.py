"""What stands in the boxes is what is trained, and back."""

from __future__ import annotations

import pytest

from cells.training.offered import PRESETS, TASKS_OFFERED, default
from cells.training.recipes import Recipe
from cells.training.written import written
from ui.train.boxes import held_by, made
from ui.train.settings import but

OFFERED = [default(task) for task in TASKS_OFFERED] + [preset.recipe for preset in PRESETS.values()]


@pytest.mark.parametrize("recipe", OFFERED, ids=written)
def test_boxes_filled_from_settings_say_the_same_settings(recipe: Recipe) -> None:
    assert written(but(recipe, **made(held_by(recipe)))) == written(recipe)


def test_every_box_changes_what_is_trained() -> None:
    held = held_by(default("count10"))
    for name, value in {"units": 3, "longest": 5, "rate": 0.5, "batch": 4, "steps": 20, "seed": 9}.items():
        line = written(but(default("count10"), **made(held | {name: value})))
        assert line == f"count10.LSTM.{name}={value}"


def test_a_cell_without_a_gate_that_keeps_begins_uniform() -> None:
    held = held_by(default("first")) | {"cell": "RNN"}
    assert written(but(default("first"), **made(held))) == "first.RNN"
