"""Questions of what an answer makes of the tokens to come: whether it needs them, whose turns with them."""

from __future__ import annotations

import numpy as np

from cells.counterfactual import without
from ui.lessons.records import Ask
from ui.lessons.truth import Truth, instead, place_of
from ui.lessons.what_if import nearest
from ui.runs.viewed import Viewed


def waits(viewed: Viewed, ask: Ask) -> Truth:
    """How many tokens after the step asked about its answer needs: the last that moves it, left empty."""
    network, rows, place = viewed.network, np.asarray(viewed.inputs.rows), place_of(viewed, ask)
    last = place
    for later in range(place + 1, len(rows)):
        found = without(network, rows, later, np.zeros_like(rows[later]))
        if found.actual.output is None or found.other.output is None:
            raise ValueError("this network answers nothing: ask of a gate or a state")
        if (found.actual.output[place] != found.other.output[place]).any():
            last = later
    return nearest(last - place, ask)


def answer_turns(viewed: Viewed, ask: Ask) -> Truth:
    """Which of two networks, the options, answers otherwise at that step if the text is `ask.text`."""
    turns = [option for option in ask.options if _turns(instead(viewed, ask, option), ask)]
    right = turns[0] if len(turns) == 1 else "both" if turns else "neither"
    return Truth(right, (*ask.options, "both", "neither"))


def _turns(viewed: Viewed, ask: Ask) -> bool:
    place, outputs = place_of(viewed, ask), (viewed.run().output, viewed.but(text=ask.text).run().output)
    here, there = (int(output[place].argmax()) for output in outputs if output is not None)
    return here != there
