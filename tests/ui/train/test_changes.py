"""What stands beside a network differs in one setting, and goes on to differ in it when others change."""

from __future__ import annotations

import pytest

from cells.training.offered import PRESETS, TASKS_OFFERED, default
from cells.training.recipes import Recipe
from cells.training.written import read, written
from ui.train.changes import beside, follows
from ui.train.presets import BESIDE, counterpart
from ui.train.settings import apart, biased, but, settings
from ui.train.told import difference
from ui.words import LANGUAGES, Words

OFFERED = [default(task) for task in TASKS_OFFERED] + [preset.recipe for preset in PRESETS.values()]


@pytest.mark.parametrize("recipe", OFFERED, ids=written)
def test_what_stands_beside_a_network_has_one_setting_otherwise(recipe: Recipe) -> None:
    lines = beside(recipe)
    assert len(set(lines)) == len(lines) >= 8
    for line in lines:
        assert len(apart(recipe, read(line))) == 1
        assert written(read(line)) == line


@pytest.mark.parametrize("recipe", OFFERED, ids=written)
def test_settings_put_back_make_the_same_recipe(recipe: Recipe) -> None:
    assert written(but(recipe, **settings(recipe))) == written(recipe)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_change_is_told_apart_in_words(language: str) -> None:
    words = Words(language)
    for recipe in OFFERED:
        told = [difference(recipe, read(line), words) for line in beside(recipe)]
        assert len(set(told)) == len(told)
        assert all(one != other and one and other for one, other in told)


def test_the_difference_stays_when_another_setting_changes() -> None:
    before = but(default("first"), beginning=biased(0))
    against = but(before, beginning=biased(3))
    after = but(before, units=5, seed=3)
    other = read(follows(before, against, after))
    assert apart(after, other) == {"beginning": biased(3)}
    assert follows(before, against, but(before, beginning=biased(3))) == ""
    assert follows(before, against, default("parity")) == ""


@pytest.mark.parametrize(("failing", "other"), BESIDE.items())
def test_a_preset_that_fails_stands_beside_one_that_shows_why(failing: str, other: str) -> None:
    one = PRESETS[failing]
    assert counterpart(failing) == written(PRESETS[other].recipe)
    assert len(apart(one.recipe, read(counterpart(failing)))) == 1


def test_biases_are_told_as_formulas_have_them() -> None:
    one = but(default("first"), beginning=biased(0))
    assert difference(one, but(one, beginning=biased(3)), Words("en")) == ("b_f = 0", "b_f = 3")
