"""Train the networks that ship, or settings of one's own.

python -m cells.training NAME …           # that ship; `all` of them, without a name it lists them
python -m cells.training measure NAME …   # trains nothing: writes down again what those that ship reach
python -m cells.training "count10.LSTM.units=12.seed=1" 1200
                                          # settings as the page Train writes them, up to an update or to
                                          # the end; weights and card go into the folder where one is
python -m cells.training presets          # whether each fails or succeeds as it says
"""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import replace

from cells import shipped
from cells.network import Network
from cells.tasks import TASKS
from cells.training.cards import card_of
from cells.training.faults import RecipeError
from cells.training.lines import bar, trained_line, tried
from cells.training.loop import train
from cells.training.materials import material
from cells.training.offered import TASKS_OFFERED
from cells.training.recipes import RECIPES, Recipe
from cells.training.telling_unit import of_unit
from cells.training.training import Training

LONGEST = "shakespeare-lstm"


def main(names: list[str]) -> int:
    """Train what was asked for, one after the other; Ctrl-C keeps the best so far and stops."""
    if names == ["all"]:
        return everything()
    if names == ["presets"]:
        return tried()
    if names and names[0].partition(".")[0] in TASKS_OFFERED and names[0] not in RECIPES:
        return own(names)
    again = names[:1] == ["measure"]
    names = names[again:]
    strange = [name for name in names if name not in RECIPES]
    if strange or not names:
        print(f"there is no network {strange[0]!r}" if strange else __doc__)
        print("choose from:", ", ".join(("all", *RECIPES)))
        return 2
    for name in names:
        card = measured(shipped.card(name)) if again else trained(RECIPES[name])
        scores = ", ".join(f"{what} {score:.4g}" for what, score in card.scores.items())
        print(
            f"\r{name:<18}{card.parameters:>8,} parameters {card.seconds:6.0f} s   {scores}"
            f"   unit {card.unit} goes with {card.tells} (r = {card.r})",
            flush=True,
        )
        if not card.finished:
            print(f"{name}: stopped early; the best weights so far are kept")
            return 1
    return 0


def own(names: list[str]) -> int:
    """Train a line of settings; what is wrong with them is one sentence."""
    try:
        if len(names) > 1 and not names[1].isdecimal():
            raise RecipeError("number", name="update", given=repr(names[1]), example=1000)
        return trained_line(names[0], int(names[1]) if len(names) > 1 else None)
    except RecipeError as error:
        print(error)
        return 2


def everything() -> int:
    """All networks; the one that takes as long as all others together is trained beside them."""
    command = [sys.executable, "-m", "cells.training", LONGEST]
    longest = subprocess.Popen(command, stderr=subprocess.DEVNULL)  # noqa: S603  # this very module
    failed = main([name for name in RECIPES if name != LONGEST])
    if failed:
        longest.send_signal(signal.SIGINT)
    return longest.wait() or failed


def trained(recipe: Recipe) -> shipped.Card:
    """Train one network, measure it as it ships, and write it down."""
    from_text = recipe.material()
    result = train(
        Training(recipe, from_text),
        lambda progress: print(bar(recipe.name, progress), end="", file=sys.stderr, flush=True),
    )
    card = card_of(recipe, from_text, result.network, recipe.schedule.steps, result.seconds, result.finished)
    shipped.save(card, result.network, dict(result.checkpoints))
    return measured(card)


def measured(card: shipped.Card) -> shipped.Card:
    """Measure a network and those on its way as they ship, rounded, and write it down."""
    of_task, task = material(card.task), TASKS.get(card.task)

    def scores(network: Network) -> Mapping[str, float]:
        return {what: float(f"{score:.6g}") for what, score in of_task.score(network).items()}

    ships, on_the_way = shipped.network(card.name, "float32"), shipped.checkpoints(card.name, "float32")
    unit, tells, r = of_task.telling(ships)
    recorded = tuple(
        shipped.Recorded(update, scores(network), of_unit(network, task, unit, tells))
        for update, network in on_the_way.items()
        if task and not shipped.is_trained(card.name, network)
    )
    card = replace(card, scores=scores(ships), unit=unit, tells=tells, r=r, recorded=recorded)
    shipped.save_card(card)
    return card


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
