"""What the numbers on the screen are, in a line."""

from __future__ import annotations

from itertools import islice

from ui.networks.cards import scores
from ui.runs.viewed import Viewed
from ui.selection.records import NetworkChoice
from ui.words import Words

SEEDS = {"handbuilt": "S = {}", "yours": ""}  # what stands for the seed where there is none


def where(present: Viewed) -> str:
    """Which layer and which direction are shown, where there are several."""
    at, source, words = present.selection.at, present.source, present.words
    layer = words(f"layer.{at.layer}") if source.layers > 1 else ""
    direction = words(f"direction.{at.direction}") if source.directions > 1 else ""
    return " · ".join(filter(None, (layer, direction)))


def badge(present: Viewed, alone: bool, changed: bool) -> str:
    """What the numbers on the screen are: edited, trained or not, which cell and seed, how large and good."""
    if present.fault:
        return ""
    choice, source, words = present.choice, present.source, present.words
    network, entry, card = present.network, source.entry, source.card
    if entry.kind == "published":
        return " · ".join((words("kind.published"), choice.cell, words(f"badge.{choice.network}")))
    trained, moment = card is not None and not choice.twin, source.recorded
    kind = "untrained" if choice.twin and card else entry.kind
    told = words(f"kind.{kind}") if source.own is None or choice.twin else source.own.told(words)
    if card and moment:
        told = words("badge.recorded", update=f"{moment.update:,}", steps=f"{card.steps:,}")
    units = network.layers[0].forward.b[0].shape[0]
    several = len(network.layers) * source.directions > 1
    shape = words(f"directions.{source.directions}")
    if len(network.layers) > 1:
        shape = words("badge.shape", layers=str(len(network.layers)), directions=shape)
    seed = card.seed if card and trained else choice.seed
    if not alone:
        alike = words(f"badge.matched_{present.selection.compare.matched_by}") if entry.shaped else ""
        parts = [words("badge.edited") if changed else "", told, _seed(kind, seed, choice, words), alike]
        return " · ".join(part for part in parts if part)
    known = trained and not changed
    reached = islice(scores(card, words, moment), 1) if card and known else ()
    parts = [
        words("badge.edited") if changed else "",
        told,
        choice.cell,
        *reached,  # before what may be cut off where the row is full
        words("badge.units", units=str(units)),
        shape if several else "",
        _seed(kind, seed, choice, words),
        words("badge.parameters", count=f"{source.parameters or network.parameters:,}"),
    ]
    return " · ".join(part for part in parts if part)


def _seed(kind: str, seed: int, choice: NetworkChoice, words: Words) -> str:
    return SEEDS.get(kind, words("badge.seed", seed=str(seed))).format(choice.sharpness)
