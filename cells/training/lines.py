"""Settings of one's own, trained from the command line: the same weights as in the app."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from time import perf_counter

from cells.network import Network
from cells.saving import as_npz, as_safetensors, sum_of
from cells.shipped import as_json
from cells.training.cards import card_of_look
from cells.training.faults import Diverged
from cells.training.loop import Progress
from cells.training.offered import PRESETS
from cells.training.training import Training
from cells.training.written import read, written

BAR = 24  # characters


def trained_line(line: str, until: int | None = None, folder: Path = Path()) -> int:
    """Train a line, to an update or to the end; weights and card go into the folder. Ctrl-C ends it early."""
    recipe, begun = read(line), perf_counter()
    training, name = Training(recipe), written(recipe)
    fault = _to(training, name, recipe.schedule.steps if until is None else until)
    look = training.look()
    card = card_of_look(recipe, training.material, look, round(perf_counter() - begun, 1))
    (folder / f"{name}.json").write_text(as_json(card, sum=sum_of(look.network)), encoding="utf-8")
    for ending, data in files(look.network).items():
        (folder / f"{name}.{ending}").write_bytes(data)
    print(f"\r{name}  {look.update} updates  {_shown(look.scores)}")
    if fault:
        print(fault)
    return 1 if fault else 0


def bar(name: str, progress: Progress) -> str:
    """One line that replaces the last: how far, the loss, the best held-out loss, the time left."""
    done = round(BAR * progress.step / progress.steps)
    return (
        f"\r{name:<18}[{'█' * done}{'·' * (BAR - done)}] {progress.step:>6}/{progress.steps}"
        f"  loss {progress.loss:.4f}  held out {progress.best:.4f}  {progress.left:4.0f} s left "
    )


def files(network: Network) -> dict[str, bytes]:
    """A network as files by their endings: npz, and safetensors where PyTorch has such a cell."""
    found = {"npz": as_npz(network)}
    with suppress(ValueError):  # what PyTorch lacks is in npz
        found["safetensors"] = as_safetensors(network)
    return found


def tried() -> int:
    """Train every preset to its end, and say whether it does what it says it does."""
    wrong = 0
    for preset in PRESETS.values():
        training = Training(preset.recipe)
        fault = _to(training, preset.name, preset.recipe.schedule.steps)
        scores = {} if fault else training.material.score(training.network())
        more = training.material.scores()[preset.score].more
        as_said = preset.as_said(scores, more)
        wrong += not as_said
        print(
            f"\r{preset.name:<24}{'fails' if preset.fails else 'succeeds':<9}"
            f"{'as it says' if as_said else 'NOT SO'}   {_shown(scores) or fault}"
            f"   ({preset.score}, {preset.bound:g})   {written(preset.recipe)}",
            flush=True,
        )
    return 1 if wrong else 0


def _to(training: Training, name: str, update: int) -> Diverged | None:
    """Go on to an update, with a bar; gives what ended it before, but for Ctrl-C."""
    begun, steps = perf_counter(), min(update, training.recipe.schedule.steps)
    try:
        while training.update < steps:
            training.advance()
            if training.update % 20 == 0:
                seconds = perf_counter() - begun
                left = seconds / training.update * (steps - training.update)
                progress = Progress(training.update, steps, training.loss, training.best_loss, seconds, left)
                print(bar(name, progress), end="", file=sys.stderr, flush=True)
    except Diverged as fault:
        return fault
    except KeyboardInterrupt:
        pass
    return None


def _shown(scores: Mapping[str, float]) -> str:
    return ", ".join(f"{what} {score:.4g}" for what, score in scores.items())
