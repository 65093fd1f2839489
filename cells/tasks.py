"""Tasks whose truth a few lines can tell: what a network is trained on, and what the page marks as right.

A task draws token sequences and says for any sequence, drawn or typed, what is true after each step.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from cells.arrays import Matrix
from cells.tokens import marked_numbers


class Truth(NamedTuple):
    """What is true after each step, (time, answer), and at which steps anything is known, (time,)."""

    values: Matrix
    known: NDArray[np.bool_]


@dataclass(frozen=True)
class Task:
    """What is read, what is answered, and the truth.

    `kind` is the readout's: softmax chooses one answer, sigmoid says yes or no to each, linear gives numbers.
    `draw(rng, size)` gives the tokens of one sequence of a size that `sizes` bounds; `asked` says whether
    every known step or only the last counts in training.
    """

    key: str
    tokens: tuple[str, ...]
    answers: tuple[str, ...]
    kind: str
    sizes: tuple[int, int]
    draw: Callable[[np.random.Generator, int], Sequence[str]]
    truth: Callable[[Sequence[str]], Truth]
    asked: str = "every"

    @property
    def reads(self) -> str:
        """How its tokens are read: a key of `tokens.READERS`."""
        return "one-hot" if self.tokens else "marked numbers"

    def up_to(self, longest: int) -> Task:
        """The task with sizes up to `longest`, or of that alone where it has one size; 0 leaves them."""
        low, high = self.sizes
        return replace(self, sizes=(longest if low == high else low, longest)) if longest else self


def _truth(rows: Sequence[Sequence[float] | None], answers: int) -> Truth:
    """From one row a step, None where nothing is known."""
    values = np.array([[0.0] * answers if row is None else row for row in rows]).reshape(len(rows), answers)
    return Truth(values, np.array([row is not None for row in rows]))


def count_draw(_: np.random.Generator, size: int) -> Sequence[str]:
    """a^size b^size."""
    return "a" * size + "b" * size


def count_truth(tokens: Sequence[str]) -> Truth:
    """What may come next in aⁿbⁿ: a or b among the a's, then b until they are even, then the end."""
    rows: list[list[float] | None] = []
    a = b = 0
    for token in tokens:
        a, b = a + (token == "a"), b + (token == "b")
        if token not in "ab" or b > a or (token == "a" and b) or (rows and rows[-1] is None):
            rows.append(None)
        else:
            rows.append([not b, b < a, a == b])
    return _truth(rows, 3)


PAIRS = {"(": ")", "[": "]"}


def bracket_draw(rng: np.random.Generator, size: int) -> Sequence[str]:
    """`size` pairs of two kinds, rightly nested; deep and flat ones alike."""
    tokens: list[str] = []
    opened: list[str] = []
    left, eager = size, rng.uniform(0.3, 0.7)
    while left or opened:
        if left and (not opened or rng.random() < eager):
            opened.append("(["[rng.integers(2)])
            tokens.append(opened[-1])
            left -= 1
        else:
            tokens.append(PAIRS[opened.pop()])
    return tokens


def bracket_truth(tokens: Sequence[str]) -> Truth:
    """What may come next: an opening bracket always, the one that closes the last open, or the end."""
    rows: list[list[float] | None] = []
    opened: list[str] = []
    broken = False
    for token in tokens:
        if token in PAIRS:
            opened.append(token)
        else:
            broken = broken or not opened or PAIRS[opened.pop()] != token
        last = opened[-1] if opened else ""
        rows.append(None if broken else [True, True, last == "(", last == "[", not opened])
    return _truth(rows, 5)


FIRST, OTHERS = "ABCD", "xyz"


def first_draw(rng: np.random.Generator, size: int) -> Sequence[str]:
    """One of A B C D, then `size` letters that say nothing about it."""
    return FIRST[rng.integers(len(FIRST))] + "".join(OTHERS[place] for place in rng.integers(0, 3, size))


def first_truth(tokens: Sequence[str]) -> Truth:
    """The first symbol, at every step."""
    row = [float(tokens[0] == letter) for letter in FIRST]
    return _truth([row if any(row) else None] * len(tokens), len(FIRST))


def parity_draw(rng: np.random.Generator, size: int) -> Sequence[str]:
    """`size` bits."""
    return ["01"[bit] for bit in rng.integers(0, 2, size)]


def parity_truth(tokens: Sequence[str]) -> Truth:
    """Whether the number of ones so far is even or odd."""
    odd = np.cumsum([token == "1" for token in tokens]) % 2
    known = np.cumsum([token not in "01" for token in tokens]) == 0
    return Truth(np.column_stack((1 - odd, odd)).astype(float), known)


def adding_draw(rng: np.random.Generator, size: int) -> Sequence[str]:
    """`size` numbers from 0..1, two of them marked, one in each half (Hochreiter & Schmidhuber 1997)."""
    marked = {rng.integers(0, size // 2), rng.integers(size // 2, size)}
    return [f"{number:.2f}{'*' * (place in marked)}" for place, number in enumerate(rng.uniform(0, 1, size))]


def adding_truth(tokens: Sequence[str]) -> Truth:
    """The sum of the marked numbers, known once there are two of them."""
    rows = marked_numbers(tokens)
    return Truth(np.cumsum(rows[:, 0] * rows[:, 1])[:, None], np.cumsum(rows[:, 1]) == 2)


LETTERS, RECALL = "abcdefgh", "_"


def copy_draw(rng: np.random.Generator, size: int) -> Sequence[str]:
    """`size` letters, then as many times the sign that asks for them."""
    return "".join(LETTERS[place] for place in rng.integers(0, len(LETTERS), size)) + RECALL * size


def copy_truth(tokens: Sequence[str]) -> Truth:
    """At each sign that asks, the letter whose turn it is; nothing once letters follow the asking."""
    rows: list[list[float] | None] = []
    waiting: list[str] = []
    asked, broken = 0, False
    for token in tokens:
        answer = None
        if token == RECALL:
            answer = waiting[asked] if asked < len(waiting) and not broken else None
            asked += 1
        else:
            broken = broken or asked > 0
            waiting.append(token)
        rows.append(None if answer is None else [float(answer == letter) for letter in LETTERS])
    return _truth(rows, len(LETTERS))


COUNT_ANSWERS = ("a", "b", "end")
TASKS: Mapping[str, Task] = {
    task.key: task
    for task in (
        Task("count10", ("a", "b"), COUNT_ANSWERS, "sigmoid", (1, 10), count_draw, count_truth),
        Task("count50", ("a", "b"), COUNT_ANSWERS, "sigmoid", (1, 50), count_draw, count_truth),
        Task(
            "brackets",
            ("(", "[", ")", "]"),
            ("(", "[", ")", "]", "end"),
            "sigmoid",
            (1, 12),
            bracket_draw,
            bracket_truth,
        ),
        Task(
            "first",
            tuple(FIRST + OTHERS),
            tuple(FIRST),
            "softmax",
            (60, 60),
            first_draw,
            first_truth,
            "last",
        ),
        Task("parity", ("0", "1"), ("even", "odd"), "softmax", (1, 40), parity_draw, parity_truth),
        Task("adding", (), ("sum",), "linear", (40, 40), adding_draw, adding_truth, "last"),
        Task("copy", tuple(LETTERS + RECALL), tuple(LETTERS), "softmax", (1, 6), copy_draw, copy_truth),
    )
}
