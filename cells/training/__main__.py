"""Train the networks that ship: `python -m cells.training NAME …`, or `all`; without a name it lists them.

`python -m cells.training measure NAME …` trains nothing: it writes down again what those that ship reach.
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
from cells.training.loop import Progress, train
from cells.training.materials import Material, material
from cells.training.packages import PACKAGES
from cells.training.recipes import RECIPES, Recipe
from cells.training.telling_unit import of_unit
from cells.training.training import Training

BAR = 24  # characters
LONGEST = "shakespeare-lstm"


def main(names: list[str]) -> int:
    """Train what was asked for, one after the other; Ctrl-C keeps the best so far and stops."""
    if names == ["all"]:
        return everything()
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
    card = _card(recipe, from_text, result.network.parameters, result.seconds, result.finished)
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


def bar(name: str, progress: Progress) -> str:
    """One line that replaces the last: how far, the loss, the best held-out loss, the time left."""
    done = round(BAR * progress.step / progress.steps)
    return (
        f"\r{name:<18}[{'█' * done}{'·' * (BAR - done)}] {progress.step:>6}/{progress.steps}"
        f"  loss {progress.loss:.4f}  held out {progress.best:.4f}  {progress.left:4.0f} s left "
    )


def _card(
    recipe: Recipe, from_text: Material, parameters: int, seconds: float, finished: bool
) -> shipped.Card:
    package = PACKAGES.get(from_text.source)
    return shipped.Card(
        name=recipe.name,
        task=recipe.task,
        cell=recipe.cell,
        units=recipe.units,
        bidirectional=recipe.bidirectional,
        reads=from_text.reads,
        mode=from_text.mode,
        asked=from_text.asked,
        kind=from_text.kind,
        vocabulary=from_text.vocabulary,
        answers=from_text.answers,
        embedding=recipe.embedding,
        initialisation=recipe.initialisation,
        settings=recipe.settings,
        seed=recipe.seed,
        steps=recipe.schedule.steps,
        batch=recipe.batch,
        rate=recipe.schedule.rate,
        seconds=round(seconds),
        finished=finished,
        parameters=parameters,
        scores={},
        unit=1,
        tells="",
        r=0.0,
        text=f"{package.name} {package.version} ({package.licence})" if package else "",
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
