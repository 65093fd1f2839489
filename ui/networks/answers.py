"""What a network answers at each step, in short."""

from __future__ import annotations

from collections.abc import Callable

from cells.arrays import Steps
from ui.networks.kinds import Answers
from ui.networks.own import YOURS
from ui.networks.sounds import heard
from ui.networks.tokenize import shown
from ui.text.numbers import decimals
from ui.words import Words

MOST_NUMBERS = 3  # of an answer that fit under a token


def best(said: Answers, output: Steps, words: Words) -> list[str]:
    """In short at each step: the likeliest answer, all likelier than not, or the numbers.

    Of many numbers it is the largest with its name, as the browser has it under each token.
    """
    names = [*map(called(said, words, "short"), said.names)]
    if said.kind == "softmax":
        return [names[place] for place in output.argmax(axis=1)]
    if said.kind == "sigmoid":
        chosen = [[name for name, share in zip(names, row, strict=True) if share > 0.5] for row in output]
        return [_beside(some) or "–" for some in chosen]
    if len(names) <= MOST_NUMBERS:
        return [" ".join(decimals(value) for value in row) for row in output]
    return [
        f"{names[place]}: {decimals(row[place])}"
        for row, place in zip(output, output.argmax(axis=1), strict=True)
    ]


def called(said: Answers | None, words: Words, prefix: str = "answer") -> Callable[[str], str]:
    """How answers are named on the screen: those of a reader's own network as she named them."""
    if said is not None and said.task == "g2p" and prefix == "answer":
        return lambda sound: heard(sound, words)
    known = str if said is None or said.task == YOURS else words.names(prefix)
    return lambda answer: known(shown(answer))


def _beside(names: list[str]) -> str:
    """Letters one behind the other, a word set off from them: ab, a·end."""
    return "".join("·" * (place > 0 and len(name) > 1) + name for place, name in enumerate(names))
