"""A recipe as a line: equal recipes have equal lines, and what cannot be trained is one sentence."""

from __future__ import annotations

import json
import pickle
from contextlib import suppress
from dataclasses import replace
from math import inf

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cells import load
from cells.cell import CELLS, OFFERED, named
from cells.parameters import by_name
from cells.tasks import TASKS
from cells.training import __main__ as command
from cells.training import packages
from cells.training.faults import RecipeError
from cells.training.offered import LONGEST, PRESETS, TASKS_OFFERED, TEXTS, default
from cells.training.recipes import Recipe
from cells.training.training import Training
from cells.training.written import MOST, read, written
from cells.weights import initialisations

TINY = "parity.LSTM.longest=4.units=2.steps=6.batch=3"
SETTINGS = {"forget bias": ("value", st.floats(-20, 20)), "chrono": ("T_max", st.floats(3, 1000))}


@st.composite
def recipes(draw: st.DrawFn) -> Recipe:
    task, cell = draw(st.sampled_from(TASKS_OFFERED)), draw(st.sampled_from([*CELLS]))
    recipe = default(task, cell)
    start = draw(st.sampled_from(initialisations(named(cell))))
    setting = SETTINGS.get(start)
    schedule = replace(
        recipe.schedule,
        steps=draw(st.integers(1, 20_000)),
        rate=draw(st.floats(1e-6, 1000)),
        clip=draw(st.one_of(st.just(inf), st.floats(1e-3, 1e9))),
        dropout=draw(st.floats(0, 0.9)),
        decay=draw(st.floats(0, 10)),
        average=draw(st.floats(0, 0.9999)),
    )
    return replace(
        recipe,
        units=draw(st.integers(1, 32)),
        batch=draw(st.integers(1, 256)),
        bidirectional=draw(st.booleans()),
        seed=draw(st.integers(0, 2**32 - 1)),
        longest=draw(st.integers(2, LONGEST[task])) if task in LONGEST else 0,
        initialisation=start,
        settings=((setting[0], draw(setting[1])),) if setting else (),
        schedule=schedule,
    )


@settings(max_examples=50)
@given(recipes())
def test_a_line_says_all_of_a_recipe(recipe):
    """Equal recipes so have equal lines, and others have others."""
    line = written(recipe)
    assert read(line) == recipe and written(read(line)) == line
    assert len(line) <= MOST and not set(line) & set(" ;&?#%/\"'$`\\")


@pytest.mark.parametrize("task", TASKS_OFFERED)
@pytest.mark.parametrize("cell", [cell.name for cell in OFFERED])
def test_every_cell_has_settings_for_every_task(task, cell):
    recipe = default(task, cell)
    assert written(recipe) == f"{task}.{written(recipe).split('.')[1]}" and read(written(recipe)) == recipe


def test_what_is_said_in_another_way_is_the_same_recipe():
    assert written(read("count10.LSTM.rate=2e-2.units=010.longest=10")) == "count10.LSTM"
    assert written(replace(default("first"), longest=0)) == written(default("first"))
    assert read(" count10.GRU.seed=7\n").seed == 7


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("", "no task ''"),
        ("count10", "no cell ''"),
        ("chess.LSTM", "no task 'chess'"),
        ("count10.Elman", "no cell 'Elman'"),
        ("count10.LSTM.units=0", "units is 0; choose from 1 to 128"),
        ("count10.LSTM.units=1.5", "whole number"),
        ("count10.LSTM.units", "units is '', which is no number"),
        ("count10.LSTM.seed=seven", "seed is 'seven', which is no number"),
        ("count10.LSTM.rate=nan", "rate is 'nan', which is no number"),
        ("count10.LSTM.rate=1e999", "rate is none; choose from 1e-06 to 1000"),
        ("count10.LSTM.batch=257", "from 1 to 256"),
        ("count10.LSTM.steps=20001", "from 1 to 20000"),
        ("count10.LSTM.peephole=1", "no setting 'peephole'"),
        ("count10.LSTM.units=3.units=3", "units is said twice"),
        ("count10.LSTM.bias=1.chrono=9", "bias and chrono exclude each other"),
        ("count10.LSTM.start=zeros", "no start 'zeros'"),
        ("count10.RNN.bias=3", "RNN has none"),
        ("count10.LSTM.longest=101", "from 1 to 100"),
        ("adding.LSTM.longest=1", "from 2 to 200"),
        ("first.LSTM.units=128.longest=300", "cannot go to 300; choose at most 122"),
        ("names.GRU.longest=3", "leave longest out"),
        ("count10.LSTM.seed=" + "1" * MOST, "longer than 400"),
    ],
)
def test_what_cannot_be_trained_is_one_sentence_with_a_remedy(line, said):
    with pytest.raises(RecipeError, match=said.replace("(", r"\(")) as fault:
        read(line)
    again = pickle.loads(pickle.dumps(fault.value))
    assert (again.fault, again.details, str(again)) == (
        fault.value.fault,
        fault.value.details,
        str(fault.value),
    )
    assert "\n" not in str(again) and "; " in str(again)


@settings(max_examples=50)
@given(st.text(max_size=40), st.sampled_from(("", "count10.LSTM.", "first.GRU.units=", "count10.LSTM.rate=")))
def test_no_text_does_worse_than_a_sentence(text, before):
    with suppress(RecipeError):
        recipe = read(before + text)
        assert read(written(recipe)) == recipe


def test_a_text_that_is_not_at_hand_is_said_with_the_way_to_it(monkeypatch, tmp_path):
    monkeypatch.setattr(packages, "CACHE", tmp_path)
    for task, package in TEXTS.items():
        with pytest.raises(RecipeError, match=f"cells.training.packages {package}"):
            Training(default(task))


def test_sequences_go_as_far_as_the_recipe_says():
    for task in TASKS.values():
        low, high = task.up_to(7).sizes
        assert high == 7 and (low == 7) == (task.sizes[0] == task.sizes[1])
        assert task.up_to(0) == task


def test_presets_differ_in_what_they_say_and_some_fail_on_purpose():
    lines = [written(preset.recipe) for preset in PRESETS.values()]
    assert len(set(lines)) == len(lines) and sum(preset.fails for preset in PRESETS.values()) >= 5
    for preset in PRESETS.values():
        assert preset.score in preset.recipe.material().scores()
        assert preset.as_said({}) == preset.fails
        assert preset.as_said({preset.score: preset.bound}) != preset.fails


def test_the_command_trains_a_line_as_the_app_does(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert command.main([TINY, "4"]) == 0
    training = Training(read(TINY))
    for _ in range(4):
        training.advance()
    expected = by_name(training.network())
    for ending in ("npz", "safetensors"):
        found = by_name(load(tmp_path / f"{TINY}.{ending}"))
        assert all(np.array_equal(found[name], array) for name, array in expected.items())
    card = json.loads((tmp_path / f"{TINY}.json").read_text())
    assert (card["name"], card["steps"], card["finished"]) == (TINY, 4, False)
    assert TINY in capsys.readouterr().out


@pytest.mark.parametrize(
    ("names", "said"),
    [((TINY, "few"), "update is 'few'"), (("parity.LSTM.units=0",), "units is 0")],
)
def test_the_command_says_what_is_wrong_with_a_line(names, said, capsys):
    assert command.main([*names]) == 2
    assert said in capsys.readouterr().out
