"""One training or two on the stage: each the text, read by the network as it is before its first update."""

from __future__ import annotations

from cells.training.recipes import Recipe
from cells.training.written import read
from ui.networks.defaults import with_network
from ui.networks.learned import begun
from ui.networks.own import YOURS
from ui.networks.registry import resolve
from ui.runs.viewed import Viewed
from ui.selection.records import Selection
from ui.session.chosen import Chosen
from ui.train import looked_at
from ui.train.stage import Arm
from ui.train.told import difference


def arms(chosen: Chosen) -> tuple[Arm, ...]:
    """What is trained, and what stands beside it; RecipeError where the texts of its task are not here."""
    view = chosen.selection.train
    recipe = read(view.recipe)
    if not view.against:
        return (Arm(recipe, "", viewed(recipe, chosen)),)
    other = read(view.against)
    recipes, labels = (recipe, other), difference(recipe, other, chosen.words)
    return tuple(Arm(one, label, viewed(one, chosen)) for one, label in zip(recipes, labels, strict=True))


def viewed(recipe: Recipe, chosen: Chosen) -> Viewed:
    """The network before training, on what the reader typed for its task, or on that task's first example."""
    own = begun(recipe)
    usual = with_network(Selection().but(**kept(chosen)), YOURS, own)
    typed = usual.but(text=looked_at.text(recipe.task) or usual.text.text)
    return Viewed(typed, resolve(typed.network, own), chosen.words)


def kept(chosen: Chosen) -> dict[str, str]:
    """How the reader has formulas written."""
    display = chosen.selection.display
    return {"notation": display.notation, "lang": display.lang}
