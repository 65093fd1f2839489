"""The stage of the page Train: trainings under way, and the reader's text with all gates at every look."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import isinf
from pathlib import Path
from string import Template
from typing import TypedDict

import streamlit as st

from cells import CELLS
from cells.training.looking import look_at
from cells.training.recipes import Recipe
from cells.training.written import written
from ui.handout import Handout
from ui.runs.viewed import Viewed
from ui.session.components import told
from ui.stepper.bundle import bundle
from ui.stepper.run_message import data_of
from ui.stepper.view import view_of
from ui.words import Words

_HERE = Path(__file__).parent
_STEPPER = _HERE.parent / "stepper" / "stepper.html"
_component = st.components.v2.component(
    "gates.train",
    html=Template((_HERE / "stage.html").read_text("utf-8")).substitute(stepper=_STEPPER.read_text("utf-8")),
    js=bundle("hosts/streamlit_train.js"),
    isolate_styles=False,
)
BESIDE = ("f", "u", "c", "h")  # of two trainings: the gate that keeps or replaces, and the memory
KEY = "stage"


@dataclass(frozen=True, eq=False)
class Arm:
    """A training: its settings, what tells it from the one beside it, and the text as it is first read."""

    recipe: Recipe
    label: str
    viewed: Viewed

    @property
    def line(self) -> str:
        """Its settings in a line."""
        return written(self.recipe)


class ArmMessage(TypedDict):
    """A training as the page is sent it: its line, how many updates, after which it is looked at, its clip.

    Of an `embedded` one training changes what stands for a token, too. `data` is what a page of its own is
    given of the view: network, run, heatmaps.
    """

    recipe: str
    label: str
    steps: int
    planned: Sequence[int]
    clip: float | None
    embedded: bool
    data: Mapping[str, object]


class StageMessage(TypedDict):
    """One training, or two beside each other; `path` is the page's name in an address."""

    arms: Sequence[ArmMessage]
    path: str
    words: Mapping[str, str]


class Moment(TypedDict):
    """A training, and after how many updates it is looked at."""

    recipe: str
    update: int


class Seen(TypedDict):
    """What the reader looks at: of each training a moment; the step and unit, from 1; the text as typed."""

    moments: Sequence[Moment]
    step: int
    unit: int
    text: str


def stage(arms: Sequence[Arm], words: Words, path: str, on_change: Callable[[], None]) -> None:
    """Show one training or two; `on_change` is told when the reader rests, and `seen()` then says at what."""
    _component(data=message(arms, words, path), key=KEY, on_at_change=on_change)


def seen() -> Seen | None:
    """What the reader looked at last; None until she has done anything."""
    found: Seen | None = told(KEY, "at")
    return found


def message(arms: Sequence[Arm], words: Words, path: str) -> StageMessage:
    """What the stage is sent."""
    several = len(arms) > 1
    said = words.under("stage") | {f"tells_{name}": told for name, told in words.under("answer").items()}
    return {"arms": [_arm(arm, several) for arm in arms], "path": path, "words": said}


def _arm(arm: Arm, several: bool) -> ArmMessage:
    recipe, viewed = arm.recipe, arm.viewed
    view = view_of(viewed)
    of_cell = CELLS[viewed.choice.cell].symbols
    symbols = [symbol for symbol in of_cell if not several or symbol in BESIDE]
    sent = data_of(viewed, view, look="", linkless="", narrow=False)
    clip = recipe.schedule.clip
    return {
        "recipe": arm.line,
        "label": arm.label,
        "steps": recipe.schedule.steps,
        "planned": look_at(recipe),
        "clip": None if isinf(clip) else clip,
        "embedded": recipe.embedding > 0,
        "data": Handout(viewed, view, sent, symbols, date.today()).data,
    }
