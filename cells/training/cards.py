"""The card of a network that training gave: what it is and how it came to be."""

from __future__ import annotations

from dataclasses import replace

from cells.network import Network
from cells.shipped import Card
from cells.training.looking import Look
from cells.training.materials import Material
from cells.training.packages import PACKAGES
from cells.training.recipes import Recipe
from cells.training.written import written


def card_of_look(recipe: Recipe, material: Material, look: Look, seconds: float = 0.0) -> Card:
    """The card of a run as it was looked at, by the name of its line, with what it reached by then."""
    finished = look.update == recipe.schedule.steps
    card = card_of(recipe, material, look.network, look.update, seconds, finished)
    name = written(recipe)
    return replace(card, name=name, scores=look.scores, unit=look.unit, tells=look.tells, r=look.r)


def card_of(
    recipe: Recipe, material: Material, network: Network, steps: int, seconds: float, finished: bool
) -> Card:
    """The card before anything is measured: without scores, and no unit tells anything."""
    package = PACKAGES.get(material.source)
    return Card(
        name=recipe.name,
        task=recipe.task,
        cell=recipe.cell,
        units=recipe.units,
        bidirectional=recipe.bidirectional,
        reads=material.reads,
        mode=material.mode,
        asked=material.asked,
        kind=material.kind,
        vocabulary=material.vocabulary,
        answers=material.answers,
        embedding=recipe.embedding,
        initialisation=recipe.initialisation,
        settings=recipe.settings,
        seed=recipe.seed,
        steps=steps,
        batch=recipe.batch,
        rate=recipe.schedule.rate,
        seconds=round(seconds),
        finished=finished,
        parameters=network.parameters,
        scores={},
        unit=1,
        tells="",
        r=0.0,
        text=f"{package.name} {package.version} ({package.licence})" if package else "",
    )
