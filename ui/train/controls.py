"""The row in which a reader sets what is trained: a task, settings that learn it or fail, what is beside."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from cells.cell import OFFERED, named
from cells.training.offered import PRESETS, TASKS_OFFERED, default
from cells.training.recipes import Recipe
from cells.training.written import read
from cells.weights import initialisations
from ui.selection.records import TrainView
from ui.train.boxes import FAULT, changed, fill, key, take_preset, turn_task
from ui.train.changes import beside
from ui.train.looked_at import take
from ui.train.told import difference, fault
from ui.words import Words

WIDE = 224


def row(view: TrainView, examples: Sequence[str], words: Words) -> None:
    """Draw the widgets; `examples` are texts of the task, to be read while it learns."""
    recipe = read(view.recipe)
    fill(view)
    with st.container(horizontal=True, vertical_alignment="bottom", key="choose"):
        _select("task", TASKS_OFFERED, "exercise", words, words("recipe.task"), turn_task, width=WIDE)
        st.selectbox(
            words("recipe.preset"),
            tuple(PRESETS),
            index=None,
            format_func=lambda name: _preset(name, words),
            placeholder=words("recipe.usual" if recipe == default(recipe.task) else "recipe.own"),
            key="preset",
            on_change=take_preset,
            width=340,
        )
        _beside(view, recipe, words)
        with st.popover(words("recipe.settings"), key="settings"):
            _wrong(words)
            _settings(recipe, words)
        if examples:
            st.menu_button(
                words("pick.examples"),
                examples,
                format_func=lambda text: f"{text[:40]}…" if len(text) > 40 else text,
                key="train_example",
                on_click=lambda: take(recipe.task, st.session_state["train_example"]),
            )
    _wrong(words)


def _wrong(words: Words) -> None:
    """What is wrong with what stands in the boxes: said beside them, and below, which they may cover."""
    if found := st.session_state.get(FAULT):
        st.error(words("recipe.kept", fault=fault(found, words)))


def _preset(name: str, words: Words) -> str:
    outcome = "fails" if PRESETS[name].fails else "succeeds"
    return words(f"recipe.{outcome}", name=words(f"preset.{name}"))


def _beside(view: TrainView, recipe: Recipe, words: Words) -> None:
    """What is trained beside it: the same with one change, told by what tells the two apart."""
    lines = tuple(dict.fromkeys(("", view.against, *beside(recipe))))

    def told(line: str) -> str:
        if not line:
            return words("recipe.alone")
        one, other = difference(recipe, read(line), words)
        return words("recipe.differs", one=one, other=other)

    st.selectbox(
        words("recipe.beside"),
        lines,
        format_func=told,
        key="against",
        help=words("recipe.beside_help"),
        width=WIDE,
    )


def _settings(recipe: Recipe, words: Words) -> None:
    """All that can be set, one by one."""
    shape, learns = st.columns(2, gap="medium")
    with shape:
        cells = tuple(cell.name for cell in OFFERED)
        _select("cell", cells, "cell", words, words("pick.cell"), help=words("means.cell"))
        _number("units", words("pick.units"), words("means.unit"))
        st.segmented_control(
            words("pick.directions"),
            (False, True),
            format_func=lambda both: words(f"directions.{1 + both}"),
            key=key("bidirectional"),
            required=True,
            on_change=changed,
            help=words("means.bidirectional"),
        )
        ways = initialisations(named(recipe.cell))
        _select("way", ways, "initialisation", words, words("pick.initialisation"))
        way = st.session_state[key("way")]
        if way == "forget bias":
            _number("value", words("recipe.value"), words("recipe.value_help"), step=0.5)
        elif way == "chrono":
            _number("T_max", words("recipe.longest_scale"), words("recipe.longest_scale_help"), step=1.0)
        _number("seed", words("pick.seed"), words("recipe.seed_help"))
    with learns:
        if recipe.longest:
            size = "lag" if recipe.task == "first" else "longest"
            _number("longest", words(f"recipe.{size}"), words(f"recipe.{size}_help"))
        _number("rate", words("recipe.rate"), words("recipe.rate_help"), step=0.001)
        never = words("recipe.unclipped")
        _number("clip", words("recipe.clip"), words("recipe.clip_help"), step=0.5, spare=never)
        _number("batch", words("recipe.batch"), words("recipe.batch_help"))
        _number("steps", words("recipe.steps"), words("recipe.steps_help"), step=100)


def _select(
    name: str,
    options: tuple[str, ...],
    family: str,
    words: Words,
    label: str,
    on_change: Callable[[], None] = changed,
    **more: Any,
) -> None:
    st.selectbox(label, options, format_func=words.names(family), key=key(name), on_change=on_change, **more)


def _number(name: str, label: str, help_: str, step: float = 1, spare: str = "") -> None:
    """A box for a number, which may be left empty where `spare` says what that means.

    It has no bounds: what cannot be trained is to be answered with a sentence.
    """
    st.number_input(
        label,
        value=None if spare else "min",
        step=step,
        format=None if isinstance(step, int) else "%g",
        key=key(name),
        help=help_,
        placeholder=spare or None,
        on_change=changed,
    )
