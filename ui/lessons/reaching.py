"""Questions of how far the beginning reaches: a half-life, and networks drawn as on the page Memory."""

from __future__ import annotations

from cells.drawn_networks import GATES, SEEDS, Start
from cells.time_scale import of_bias
from ui.lessons.records import Ask
from ui.lessons.truth import Truth
from ui.runs import drawn
from ui.runs.viewed import Viewed
from ui.text.numbers import decimals, raised

FADES, GROWS = 0.5, 2.0  # of a change: what lies between is said to stay as large
CLEARLY = 3.0  # so many times more reaches the end in one kind than in each other


def half_life(viewed: Viewed, ask: Ask) -> Truth:
    """After how many steps a forget gate that its bias alone sets has lost half: the nearest option."""
    bias = float(viewed.selection.memory.ensemble.forget)
    found = of_bias(bias)
    right = min(ask.options, key=lambda option: abs(float(option) - float(found.half_life)))
    return Truth(
        right, ask.options, {"value": f"{float(found.half_life):.1f}", "f": decimals(float(found.f))}
    )


def _felt(viewed: Viewed, ask: Ask, cells: tuple[str, ...]) -> dict[str, tuple[float, float]]:
    """By cell: how much of the first state is felt at the step asked about, and through the memory alone."""
    memory = viewed.selection.memory
    chosen = memory.ensemble
    biases = {"LSTM": float(chosen.forget), "GRU": float(chosen.update)}
    starts = [Start(cell, chosen.units, float(chosen.gain), biases.get(cell, 0.0)) for cell in cells]
    read = drawn.Read(noise=int(chosen.horizon))
    means = drawn.of_seeds(starts, read, chosen.seed, SEEDS, lambda _: None)
    place = ask.step - 1
    return {
        cell: (float(found.mean[place]), float(found.alone[place]) if cell in GATES else 0.0)
        for cell, found in zip(cells, means, strict=True)
    }


def grows(viewed: Viewed, ask: Ask) -> Truth:
    """Whether a small change of the first state of the cell `symbol` fades or grows by that step."""
    whole, alone = _felt(viewed, ask, (ask.symbol,))[ask.symbol]
    right = "fades" if whole < FADES else "grows" if whole > GROWS else "stays"
    return Truth(right, ("fades", "stays", "grows"), {"whole": raised(whole), "alone": raised(alone)})


def reaches(viewed: Viewed, ask: Ask) -> Truth:
    """In which cell most of the first state is felt at the step asked about, if it is so by far."""
    felt = {cell: whole for cell, (whole, _) in _felt(viewed, ask, ask.options).items()}
    first, second = sorted(felt, key=lambda cell: -felt[cell])[:2]
    if felt[first] < CLEARLY * felt[second]:
        raise ValueError(f"{first} and {second} reach nearly as far")
    return Truth(first, ask.options, {cell: raised(whole) for cell, whole in felt.items()})
