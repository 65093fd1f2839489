"""A trained network's card in words: what tells it from its siblings, and what it reached."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial

from cells.shipped import Card, Recorded
from ui.networks.trained import recorded
from ui.selection.records import NetworkChoice
from ui.text.numbers import correlation, percent
from ui.words import Words

_tenths = partial(percent, places=1)
FORMATS: Mapping[str, Callable[[float], str]] = {
    "longest": "{:.0f}".format,
    "correlation": "{:.3f}".format,
    "sequences": _tenths,
    "sequences_longer": _tenths,
    "accuracy": _tenths,
    "accuracy_500": _tenths,
    "squared_error": lambda value: f"{float(f'{value:.1g}'):g}",
    "bits": "{:.2f}".format,
}
AS_TRAINED = NetworkChoice()
BRIEF: Mapping[str, Callable[[float], str]] = {
    "longest": "n = {:.0f}".format,
    "squared_error": lambda value: f"MSE {FORMATS['squared_error'](value)}",
}


def chance(card: Card) -> float:
    """The accuracy of a random guess, every answer as likely as the others."""
    return 1 / len(card.answers)


def sibling(card: Card, words: Words, choice: NetworkChoice = AS_TRAINED, edited: bool = False) -> str:
    """What tells one network from those of the same task: its cell, how its gates began, its first score.

    The choice says of which moment; a twin is untrained and has reached nothing, and what one that was
    `edited` would reach was not measured.
    """
    parts = [
        started(card, words),
        words("kind.untrained") if choice.twin else "",
        words("badge.edited") if edited else "",
        "" if choice.twin or edited else brief(recorded(card, choice) or card),
    ]
    return " · ".join(filter(None, parts))


def started(card: Card, words: Words) -> str:
    """A network's cell, and how its gates began where that is not the usual."""
    settings = dict(card.settings)
    began = f", b_f = {settings['value']:g}" if "value" in settings else ""
    cell = words("badge.bi", cell=card.cell) if card.bidirectional else card.cell
    return f"{cell}{', chrono' if card.initialisation == 'chrono' else began}"


def brief(reached: Card | Recorded) -> str:
    """The first score in a word."""
    return short(*next(iter(reached.scores.items())))


def short(name: str, score: float) -> str:
    """A score in a word."""
    return BRIEF.get(name, FORMATS[name])(score)


def moment_label(card: Card, moment: Recorded | None, words: Words) -> str:
    """A moment of a network's training, or its end."""
    if moment is None:
        return words("checkpoint.trained")
    return words("checkpoint.label", update=f"{moment.update:,}", steps=f"{card.steps:,}")


def reached(card: Card, moment: Recorded | None, words: Words) -> str:
    """What a network had reached at a moment, or in the end: its first score, r of its unit."""
    known = moment or card
    return words("checkpoint.reached", score=brief(known), unit=str(card.unit), r=correlation(known.r))


def reached_sentence(card: Card, moment: Recorded | None, words: Words) -> str:
    """The same in words: all scores, and what the unit goes with."""
    return words(
        "checkpoint.says",
        scores=" · ".join(scores(card, words, moment)),
        unit=str(card.unit),
        what=words.names("answer")(card.tells),
        r=correlation((moment or card).r),
    )


def scores(card: Card, words: Words, moment: Recorded | None = None) -> Iterator[str]:
    """What a network reached, at a moment or in the end, on sequences that it never saw: phrase by phrase."""
    for name, score in (moment or card).scores.items():
        yield phrase(card, name, score, words)


def phrase(card: Card, name: str, score: float, words: Words) -> str:
    """One score, as a network of this card reaches it."""
    return words(f"score.{name}", value=FORMATS[name](score), chance=percent(chance(card)))


def learned_sentence(card: Card, command: str, words: Words) -> str:
    """What a network trained here has reached, on a look's few sequences, and what trains it again."""
    reached = words("learned.scores", scores=" · ".join(scores(card, words))) + "  \n" if card.scores else ""
    return reached + words("learned.again", steps=f"{card.steps:,}", command=command)


def card_sentence(card: Card, words: Words) -> str:
    """Scores, how it was trained, and the text if it had one."""
    blanks = {"command": card.command, "steps": f"{card.steps:,}", "seconds": f"{card.seconds:.0f}"}
    text = [words("card.text", text=card.text)] if card.text else []
    return (
        words("card.scores", scores=" · ".join(scores(card, words)))
        + "  \n"
        + words.joined(words("card.trained", **blanks), *text)
    )
