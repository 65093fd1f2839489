"""A trained network's card in words: what tells it from its siblings, and what it reached."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial

from cells.shipped import Card
from ui.text.numbers import percent
from ui.words import Words

_tenths = partial(percent, places=1)
FORMATS: Mapping[str, Callable[[float], str]] = {
    "longest": "{:.0f}".format,
    "correlation": "{:.3f}".format,
    "sequences": _tenths,
    "sequences_longer": _tenths,
    "accuracy": _tenths,
    "accuracy_500": _tenths,
    "squared_error": "{:.1g}".format,
    "bits": "{:.2f}".format,
}
BRIEF: Mapping[str, Callable[[float], str]] = {"longest": "n = {:.0f}".format}


def chance(card: Card) -> float:
    """The accuracy of a random guess, every answer as likely as the others."""
    return 1 / len(card.answers)


def sibling(card: Card, words: Words, twin: bool = False) -> str:
    """What tells one network from those of the same task: its cell, how its gates began, its first score.

    A `twin` is untrained and has reached nothing.
    """
    settings = dict(card.settings)
    started = f", b_f = {settings['value']:g}" if "value" in settings else ""
    started = ", chrono" if card.initialisation == "chrono" else started
    name, score = next(iter(card.scores.items()))
    reached = words("kind.untrained") if twin else BRIEF.get(name, FORMATS[name])(score)
    cell = words("badge.bi", cell=card.cell) if card.bidirectional else card.cell
    return f"{cell}{started} · {reached}"


def scores(card: Card, words: Words) -> Iterator[str]:
    """What a network reached on sequences that it never saw, one phrase for each score."""
    for name, score in card.scores.items():
        yield words(f"score.{name}", value=FORMATS[name](score), chance=percent(chance(card)))


def card_sentence(card: Card, words: Words) -> str:
    """Scores, how it was trained, and the text if it had one."""
    blanks = {"command": card.command, "steps": f"{card.steps:,}", "seconds": f"{card.seconds:.0f}"}
    text = [words("card.text", text=card.text)] if card.text else []
    return (
        words("card.scores", scores=" · ".join(scores(card, words)))
        + "  \n"
        + words.joined(words("card.trained", **blanks), *text)
    )
