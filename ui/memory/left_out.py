"""Which token moved the answer: each is left out in turn, and what is answered then set beside the answer."""

from __future__ import annotations

import html
from dataclasses import dataclass
from math import isqrt

import numpy as np
import streamlit as st

from cells.arrays import Array, Steps, Vector
from cells.counterfactual import answers_without
from cells.layers import directions_of
from ui.figures.contributions import contributions
from ui.figures.theme import NEGATIVE, POSITIVE
from ui.memory.context import Measure, MemoryContext, chart, legend, letters
from ui.networks.answers import called
from ui.networks.tokenize import shown
from ui.session import private
from ui.text.numbers import decimals, percent

MOST_STEPS = 200  # steps of a text whose tokens are left out one by one
MOST_WORK = 1_300_000_000  # weights × steps × passes: a second or two of one core
LITTLE = 0.005  # change of an answer below which no token is said to move it
ROOM = 0.1  # of an axis, at least: what is smaller stays small


@dataclass(frozen=True)
class Asked:
    """The answer after the present step: its name, which of the numbers it is, and how it is written."""

    name: str
    kind: str
    chosen: np.ndarray  # (answer,): which are said, one or of yes and no several

    def of(self, answers: Array) -> Array:
        """Its value in answers (…, answer): a probability, of several together their product, or a number."""
        if self.kind == "sigmoid":
            value: Array = np.where(self.chosen, answers, 1 - answers).prod(axis=-1)
            return value
        one: Array = answers[..., int(self.chosen.argmax())]
        return one

    def written(self, value: float) -> str:
        """A value of it in words."""
        return decimals(value) if self.kind == "linear" else percent(value)


def show(context: MemoryContext) -> None:
    """What the answer after the present step would be without each token."""
    words, said, network = context.words, context.chosen.source.answers(), context.chosen.network
    steps, most = len(context.text.tokens), most_steps(context)
    if said is None or network.readout is None:
        st.info(words("without.no_answers"))
    elif not 1 < steps <= most:
        st.info(words("without.too_long", most=str(most)) if steps > 1 else words("swapped.alone"))
    else:
        usual, without = _answers(context)
        here = context.window.start + context.step
        if np.isfinite(usual[here]).all():
            _draw(context, usual[here], without[:, here])


def most_steps(context: MemoryContext) -> int:
    """The longest text whose tokens are left out: for a large network a short one."""
    layers = directions_of(context.chosen.network.layers)
    weights = sum(array.size for *_, side in layers for blocks in side for array in blocks)
    return min(MOST_STEPS, isqrt(MOST_WORK // weights))


def _answers(context: MemoryContext) -> tuple[Steps, Array]:
    """What is answered after each step, and what with each token left out; kept for this session."""
    network, rows = context.chosen.network, context.chosen.inputs.rows

    def both() -> tuple[Steps, Array]:
        output = network.run(rows).output
        assert output is not None, "a network with a readout answers"
        return output, answers_without(network, rows)

    return private.once(("answers without", context.chosen.pass_over), both)


def asked(context: MemoryContext, row: Vector) -> Asked:
    """What the network answers with these numbers."""
    said = context.chosen.source.answers()
    assert said is not None, "an answer is asked of what answers"
    names = [called(said, context.words)(name) for name in said.names]
    if said.kind == "sigmoid":
        likely = row > 0.5
        few = ", ".join(name for name, yes in zip(names, likely, strict=True) if yes)
        return Asked(few or context.words("without.nothing"), said.kind, likely)
    best = int((np.abs(row) if said.kind == "linear" else row).argmax())
    return Asked(names[best], said.kind, np.arange(len(row)) == best)


def _draw(context: MemoryContext, row: Vector, others: Steps) -> None:
    words, answer = context.words, asked(context, row)
    changes = answer.of(row) - answer.of(others)
    st.html(_said(context, answer, row, others, changes))
    legend((("▲", POSITIVE, words("without.up")), ("▼", NEGATIVE, words("without.down"))))
    says = words("without.bar", answer=answer.name)
    bars = changes[context.window]
    most = float(np.nanmax(np.abs(bars), initial=0))
    bound = max(ROOM, 1.15 * most) if np.isfinite(most) else ROOM
    tokens, first = context.view.tokens, context.view.first
    figure = contributions(bars, None, tokens, first, (says, ""), letters(), bound)
    chart(figure, "left_out", 220, says)


def _said(context: MemoryContext, answer: Asked, row: Vector, others: Steps, changes: Vector) -> str:
    """The answer, and the token without which it would change most."""
    words, here = context.words, context.window.start + context.step
    size = np.nan_to_num(np.abs(changes), nan=-1.0)
    token = int(size.argmax())
    other = asked(context, others[token]) if size[token] >= 0 else answer
    what = "none" if size[token] < LITTLE else "most" if other.name == answer.name else "turns"
    blanks = {
        "step": str(here + 1),
        "answer": html.escape(answer.name),
        "value": answer.written(float(answer.of(row))),
        "token": html.escape(shown(context.text.tokens[token])),
        "at": str(token + 1),
        "other": html.escape(other.name),
        "would": (answer if what == "most" else other).written(
            float((answer if what == "most" else other).of(others[token]))
        ),
    }
    return words.joined(words("without.is", **blanks), words(f"without.{what}", **blanks))


VIEW = Measure(show, aside=lambda _: "left_out")
