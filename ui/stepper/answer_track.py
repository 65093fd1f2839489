"""What the network answers at each step, for the track under the tokens: real outputs, and right or wrong."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypedDict

import numpy as np

from cells.arrays import Matrix, Steps
from cells.tasks import TASKS, Truth
from ui.networks.answers import called
from ui.networks.kinds import Answers
from ui.stepper.network_message import Block, packed
from ui.text.numbers import decimals
from ui.words import Words

MOST = 1_000_000  # numbers of a track
CLOSE = 0.05  # a number this near the truth counts as right

RIGHT: Mapping[str, Callable[[Matrix, Matrix], Any]] = {
    "softmax": lambda output, truth: output.argmax(axis=1) == truth.argmax(axis=1),
    "sigmoid": lambda output, truth: ((output > 0.5) == (truth > 0.5)).all(axis=1),
    "linear": lambda output, truth: np.all(np.abs(output - truth) < CLOSE, axis=1),
}


class Track(TypedDict):
    """Answers (time, answer) with their names, and where the truth is known whether each step's is right."""

    who: str
    kind: str
    title: str
    answers: list[str]
    short: list[str]
    values: Block
    right: list[bool | None]
    truth: list[str]


def of(said: Answers, output: Steps, tokens: Sequence[str], first: int, words: Words) -> Track:
    """The answers of the steps from `first` on, their names, and where the truth is known what is right."""
    names, short = called(said, words), called(said, words, "short")
    title = words(f"belief.{said.task.rstrip('0123456789')}")
    if output.size > MOST:
        title = words("belief.some", title=title, shown=f"{_most(output):,}", all=f"{len(said.names):,}")
        said, output = strongest(said, output)
    answers = [*map(names, said.names)]
    true = truth_of(said, tokens)
    track: Track = {
        "who": "",
        "kind": said.kind,
        "title": title,
        "answers": answers,
        "short": [*map(short, said.names)],
        "values": packed(output),
        "right": [None] * len(output),
        "truth": [""] * len(output),
    }
    if true is not None:
        here = slice(first, first + len(output))
        values, sure = true.values[here], true.known[here]
        right = RIGHT[said.kind](output, values)
        track["right"] = [bool(good) if known else None for good, known in zip(right, sure, strict=True)]
        truth = [told(said.kind, row, answers) for row in values]
        track["truth"] = [row if known else "" for row, known in zip(truth, sure, strict=True)]
    return track


def _most(output: Steps) -> int:
    """How many of an output's numbers are sent for each step."""
    return max(1, MOST // len(output))


def strongest(said: Answers, output: Steps) -> tuple[Answers, Steps]:
    """The answers that are largest at any step, in their own order, as many as a browser can hold."""
    largest = np.sort(np.argsort(-np.abs(output).max(axis=0), kind="stable")[: _most(output)])
    names = tuple(said.names[place] for place in largest)
    return replace(said, names=names), output[:, largest]


def truth_of(said: Answers, tokens: Sequence[str]) -> Truth | None:
    """What is true after each token, where a few lines or the text itself can tell."""
    if said.task in TASKS:
        return TASKS[said.task].truth(tokens)
    if said.task != "shakespeare":
        return None
    values = np.array([[answer == token for answer in said.names] for token in (*tokens[1:], "")], float)
    return Truth(values, np.any(values, axis=1))


def told(kind: str, row: np.ndarray, answers: Sequence[str]) -> str:
    """The truth of one step in words."""
    if kind == "linear":
        return ", ".join(decimals(value) for value in row)
    return ", ".join(answer for answer, true in zip(answers, row, strict=True) if true > 0.5)
