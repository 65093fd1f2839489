"""A network that was trained here, as it was after so many updates: its weights, and what it had reached."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from hashlib import sha256
from typing import TypeAlias

import numpy as np

from cells import Network
from cells.saving import sum_of
from cells.shipped import Card, as_json
from cells.tasks import TASKS
from cells.training.cards import card_of, card_of_look
from cells.training.looking import Look
from cells.training.offered import check_text
from cells.training.recipes import Recipe, start
from cells.training.written import written
from ui.networks import cards
from ui.networks.catalogue import CATALOGUE, LAG, CatalogueEntry
from ui.networks.kinds import Kind, of_card
from ui.selection.records import NetworkChoice
from ui.words import Words

RECIPE, UPDATES = "recipe", "updates"  # in a link the settings, and how many updates were done
Examples: TypeAlias = tuple[tuple[str, str], ...]


@dataclass(frozen=True, eq=False)
class Learned:
    """Its settings and its updates say all of it: trained again, it has the very same weights."""

    recipe: Recipe
    card: Card
    network: Network

    @property
    def line(self) -> str:
        """Its settings in a line."""
        return self.card.name

    @property
    def update(self) -> int:
        """How many updates were done."""
        return self.card.steps

    @property
    def command(self) -> str:
        """What trains it again, to the very same weights."""
        until = "" if self.card.finished else f" {self.update}"
        return f'python -m cells.training "{self.line}"{until}'

    @cached_property
    def key(self) -> str:
        """What it is called among the networks of a session: alike for the same settings and update."""
        return f"here-{sha256(f'{self.line} {self.update}'.encode()).hexdigest()[:12]}"

    @cached_property
    def digest(self) -> str:
        """What tells its numbers from those of any other: the sum of its weights."""
        return sum_of(self.network)

    @property
    def described(self) -> str:
        """Its card as a file."""
        return as_json(self.card, sum=self.digest, command=self.command)

    @property
    def whole(self) -> Network:
        """The network."""
        return self.network

    @property
    def tokens(self) -> tuple[str, ...]:
        """The tokens that it reads; none where it reads numbers."""
        return self.card.vocabulary

    @property
    def parameters(self) -> int:
        """How many numbers were learned."""
        return self.card.parameters

    @property
    def link(self) -> Mapping[str, str]:
        """What trains it again."""
        return {RECIPE: self.line, UPDATES: str(self.update)}

    def label(self, words: Words) -> str:
        """Its cell, how its gates began, the seed, and how long it was trained."""
        when = words("learned.label", update=f"{self.update:,}") if self.update else words("learned.begun")
        return " · ".join(
            (cards.started(self.card, words), words("badge.seed", seed=str(self.card.seed)), when)
        )

    def told(self, words: Words) -> str:
        """That it was trained here, and how long."""
        done, steps = f"{self.update:,}", f"{self.recipe.schedule.steps:,}"
        return words("learned.badge", update=done, steps=steps) if self.update else words("learned.begun")

    @cached_property
    def entry(self) -> CatalogueEntry:
        """Its entry of the picker: its task's texts, as long as those that it was trained on."""
        usual, examples = CATALOGUE[self.card.task], _examples(self.recipe)
        opens, modes = min(usual.opens, self.recipe.longest or usual.opens), (self.card.mode,)
        return CatalogueEntry("learned", (self.card.cell,), modes, False, examples, opens=opens)

    @cached_property
    def kind(self) -> Kind:
        """What is done with it: what is done with those that ship."""
        return of_card(lambda _: self.card, self._network, _depends, lambda _: self.entry.examples)

    def _network(self, choice: NetworkChoice) -> Network:
        return self.card.twin(choice.seed) if choice.twin else self.network


def learned(recipe: Recipe, look: Look) -> Learned:
    """The network that a run of these settings was when it was looked at."""
    card = card_of_look(recipe, recipe.material(), look)
    return Learned(recipe, card, look.network.astype("float64"))


@lru_cache(maxsize=64)
def begun(recipe: Recipe) -> Learned:
    """The network of these settings before its first update; RecipeError where its texts are not here.

    Nothing is measured of it yet, so it is there at once.
    """
    check_text(recipe.task)
    material = recipe.material()
    network = start(recipe, material).astype("float32")  # as it is trained
    card = card_of(recipe, material, network, 0, 0, False)
    return Learned(recipe, replace(card, name=written(recipe)), network.astype("float64"))


def _depends(choice: NetworkChoice) -> tuple[str, ...]:
    return ("network", "model", *(("twin", "seed") if choice.twin else ()))


def _examples(recipe: Recipe) -> Examples:
    """The texts of a task; where all of its sequences are as long as `longest`, so long."""
    usual, longest = CATALOGUE[recipe.task].examples, recipe.longest
    if recipe.task == "first":
        lag = (LAG * (longest // len(LAG) + 1))[:longest]
        parts = ((text[0], lag if len(text) > len(LAG) else lag[: len(text) - 1]) for _, text in usual)
        return tuple(("characters", first + rest) for first, rest in parts)
    if recipe.task == "adding" and longest != TASKS["adding"].sizes[1]:
        drawn = TASKS["adding"].draw(np.random.default_rng(0), longest)
        return (("marked", " ".join(drawn)), *usual[1:])
    return usual
