"""Questions that take a trial: other weights, a score with a unit held, a state of another run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from cells import Edit, Network, shipped
from cells.ablation import Means, Trial, averages, trial_of
from cells.training.materials import material
from ui.lessons.records import Ask
from ui.lessons.truth import Truth, instead, right_of
from ui.runs.patching import Patching, Place, Reading
from ui.runs.viewed import Viewed
from ui.text.numbers import decimals

UNHARMED, RUINED = 0.9, 0.5  # of a score: more is as good as all of it, less is said to be little
SPARED = 2.0  # times as much is left with the unit that can be spared as with any other


def first_right(viewed: Viewed, ask: Ask) -> Truth:
    """The first option, each a view of its own, in which every answer that can be judged is right."""
    return Truth(next(_all_right(viewed, ask)), ask.options)


def only_right(viewed: Viewed, ask: Ask) -> Truth:
    """The one option, each a view of its own, in which the answer at the end is right."""
    found = list(_all_right(viewed, ask, last=True))
    if len(found) != 1:
        raise ValueError(f"{', '.join(found) or 'none'} is right, not one alone")
    return Truth(found[0], ask.options)


def _all_right(viewed: Viewed, ask: Ask, last: bool = False) -> Iterator[str]:
    for option in ask.options:
        answers = right_of(instead(viewed, ask, option))
        judged = [right for right in (answers[-1:] if last else answers) if right is not None]
        if judged and all(judged):
            yield option


def without(viewed: Viewed, ask: Ask) -> Truth:
    """What is left of a trained network's score with the edits of the view that is asked about."""
    card = viewed.source.card
    if card is None:
        raise ValueError("only of a trained network that ships is a score known")
    usual = _score(card.name, ())
    now = _score(card.name, instead(viewed, ask).edits.in_force)
    share = now / usual
    right = "same" if share >= UNHARMED else "little" if share < RUINED else "less"
    return Truth(right, ("same", "less", "little"), {"value": f"{now:g}", "usual": f"{usual:g}"})


def spared(viewed: Viewed, ask: Ask) -> Truth:
    """The one unit on offer whose symbol can be held at its mean over many texts while the score stays."""
    card = viewed.source.card
    if card is None:
        raise ValueError("only of a trained network that ships is a score known")
    means = _means(card.name)[1, "forward"][ask.symbol]
    units = {option: int(option) - 1 for option in ask.options}
    scores = {
        option: _score(card.name, (Edit(ask.symbol, units=(unit,), value=float(means[unit])),))
        for option, unit in units.items()
    }
    first, second = sorted(ask.options, key=lambda option: -scores[option])[:2]
    if scores[first] < SPARED * max(1, scores[second]):
        raise ValueError(f"units {first} and {second} are needed nearly as much")
    blanks = {f"u{option}": f"{score:g}" for option, score in scores.items()}
    return Truth(first, ask.options, blanks | {"mean": decimals(float(means[units[first]]))})


@lru_cache(maxsize=4)
def _tried(name: str) -> tuple[Network, Trial]:
    card = shipped.card(name)
    return shipped.network(name), trial_of(card.task, material(card.task))


@lru_cache(maxsize=64)
def _score(name: str, edits: Sequence[Edit]) -> float:
    """A network's score with edits, on texts that neither trained nor chose it."""
    network, trial = _tried(name)
    return trial.score(network, edits)


@lru_cache(maxsize=4)
def _means(name: str) -> Means:
    network, trial = _tried(name)
    return averages(network, trial.usual)


def follows(viewed: Viewed, ask: Ask) -> Truth:
    """Whose answers a text goes on with where the state `symbol` of the view's second text is put in."""
    memory = viewed.selection.memory
    second = viewed.but(text=memory.second)
    symbols = ("c", "h") if ask.symbol == "both" else (ask.symbol,)
    found = Patching(
        viewed.network,
        Reading(viewed.tokens, viewed.inputs.rows),
        Reading(second.tokens, second.inputs.rows),
        Place(symbols, memory.patch_from - 1, memory.patch_into - 1),
        viewed.selection.at,
    ).distances
    if found.follows == "same":
        raise ValueError("the answers to the two texts do not differ there: take another text")
    blanks = {"to_first": decimals(found.to_first), "to_second": decimals(found.to_second)}
    return Truth(found.follows, ("first", "second", "neither"), blanks)
