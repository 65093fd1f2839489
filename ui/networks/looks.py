"""What a reader should look for: which sentence is true of a network, and what stands in its blanks."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from cells.functions import sigmoid
from cells.shipped import Card, Recorded
from ui.networks.cards import chance
from ui.networks.learned import Learned
from ui.text.numbers import correlation, decimals, share, spans
from ui.words import Words

LITTLE = 0.3  # |r| below which no unit is said to go with anything
LEAKS = 7  # strengths of hand-built gates below which a text is long enough to see them leak
UNITLESS = ("copy",)  # tasks whose sentence speaks of the answers alone
OF_CELL: Mapping[
    tuple[str, str, bool], str
] = {  # (task, cell, in both directions) with a sentence of their own
    ("count10", "LSTM", False): "count10_lstm",
    ("tags", "LSTM", True): "tags_both",
}

UNGATED: Mapping[str, str] = {"RNN": "look.no_gates", "RNN (relu)": "look.no_gates_relu"}


def of_card(card: Card, backward: bool = False) -> str:
    """The key of the sentence for a trained network; for the `backward` direction that of any."""
    if backward:
        return "look.reverse"  # the card's r is of the other direction
    if abs(card.r) < LITTLE and card.task not in UNITLESS:
        return "look.first_none" if card.task == "first" and not learned(card) else "look.no_unit"
    return f"look.{OF_CELL.get((card.task, card.cell, card.bidirectional), card.task)}"


def learned(card: Card) -> bool:
    """Whether a network's accuracy is more than twice that of a random guess."""
    return card.scores["accuracy"] > 2 * chance(card)


def blanks(card: Card, words: Words) -> dict[str, str]:
    """What is said of a trained network: its most telling unit, r, which way that goes, how far it counts."""
    ways = (words("way.up"), words("way.down"))
    return {
        "unit": str(card.unit),
        "what": words.names("answer")(card.tells),
        "r": words("look.r", r=correlation(card.r)),
        "there": ways[card.r < 0],
        "back": ways[card.r > 0],
        "longest": f"{card.scores.get('longest', 0):.0f}",
    }


def blanks_recorded(card: Card, moment: Recorded, words: Words) -> dict[str, str]:
    """What is said of a network on its way: when that was, and r of its unit then and in the end."""
    return {
        "update": f"{moment.update:,}",
        "steps": f"{card.steps:,}",
        "unit": str(card.unit),
        "what": words.names("answer")(card.tells),
        "r": correlation(moment.r),
        "trained": correlation(card.r),
    }


def learned_here(learned: Learned, backward: bool, words: Words) -> str:
    """The sentence for a network that was trained here, or is about to be."""
    if not learned.update:
        return words("look.begun")
    if backward:
        return words("look.reverse")
    key = "look.learned_none" if abs(learned.card.r) < LITTLE else "look.learned"
    return words(key, update=f"{learned.update:,}", **blanks(learned.card, words))


def of_built(network: str, sharpness: float) -> str:
    """The key of the sentence for a hand-built network at a strength of its gates."""
    return f"look.{network}_leaks" if sharpness < LEAKS else f"look.{network}"


def limit(sharpness: float) -> tuple[float, float]:
    """What one token writes at a strength of the gates, and the limit of a sum that leaks so."""
    f = float(sigmoid(np.array(float(sharpness))))
    written = f * float(np.tanh(sharpness))
    return written, written / (1 - f) if f < 1 else np.inf


def blanks_built(sharpness: float) -> dict[str, str]:
    """What its gates keep and write at this strength, and the limit of a sum that leaks so."""
    written, most = limit(sharpness)
    return {
        "S": f"{sharpness:g}",
        "f": share(float(sigmoid(np.array(float(sharpness))))),
        "written": decimals(written),
        "limit": spans(most),
    }


def said(
    words: Words,
    network: str,
    cell: str,
    card: Card | None,
    twin: bool,
    backward: bool,
    sharpness: float,
    moment: Recorded | None = None,
) -> str:
    """The sentence beside the cell."""
    if twin:
        return words("look.twin")
    if cell == "LSTM (as printed)":
        return words("look.as_printed")
    if card is not None and moment is not None:
        return words("look.recorded", **blanks_recorded(card, moment, words))
    if card is not None:
        return words(of_card(card, backward), **blanks(card, words))
    if network in ("counter", "latch"):
        return words(of_built(network, sharpness), **blanks_built(sharpness))
    return words(UNGATED.get(cell, f"look.{network}"))
