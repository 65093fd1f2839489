"""What `python -m cells.training NAME` trains: a table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from cells.network import Network
from cells.training.materials import Material, material
from cells.training.schedule import Schedule
from cells.untrained import Settings, Shape, untrained

CHECKPOINTS = 12  # the start and eleven later


@dataclass(frozen=True)
class Recipe:
    """All that a network comes of: its task, shape, start, schedule and seed.

    `embedding` is how many numbers stand for a token, 0 where tokens are read as they are; `settings` go to
    the initialisation. `longest` is how far sequences of a generated task go, 0 as far as the task has it.
    """

    name: str
    task: str
    cell: str
    units: int
    schedule: Schedule
    batch: int
    bidirectional: bool = False
    embedding: int = 0
    initialisation: str = "uniform"
    settings: Settings = ()
    seed: int = 0
    longest: int = 0

    def material(self) -> Material:
        """What it is trained on."""
        return material(self.task, self.longest)


def called(task: str, cell: str) -> str:
    """What a network of a task and a cell is called: first-gru."""
    return f"{task}-{cell.lower()}"


def start(recipe: Recipe, material: Material) -> Network:
    """The network before its first step."""
    shape = Shape(
        recipe.cell,
        recipe.units,
        recipe.bidirectional,
        material.reads,
        len(material.vocabulary),
        recipe.embedding,
        len(material.answers),
        material.kind,
    )
    return untrained(shape, recipe.seed, recipe.initialisation, recipe.settings)


def _count(task: str, cell: str, units: int) -> Recipe:
    schedule = Schedule(6000, 0.01, checkpoints=CHECKPOINTS)
    return Recipe(f"{task}-{cell.lower()}", task, cell, units, schedule, 16)


def _brackets(cell: str) -> Recipe:
    schedule = Schedule(4000, 0.01, checkpoints=CHECKPOINTS)
    return Recipe(f"brackets-{cell.lower()}", "brackets", cell, 16, schedule, 32)


def _first(name: str, cell: str, initialisation: str = "uniform", **settings: float) -> Recipe:
    schedule = Schedule(1500, 0.005, checkpoints=CHECKPOINTS)
    drawn = tuple(settings.items())
    return Recipe(f"first-{name}", "first", cell, 16, schedule, 32, False, 0, initialisation, drawn)


def _tags(name: str, cell: str, units: int, bidirectional: bool = False) -> Recipe:
    schedule = Schedule(8000, 0.004, looks=10)
    return Recipe(f"tags-{name}", "tags", cell, units, schedule, 32, bidirectional, embedding=32)


RECIPES: Mapping[str, Recipe] = {
    recipe.name: recipe
    for recipe in (
        *(_count("count10", cell, 10) for cell in ("LSTM", "GRU", "RNN")),
        *(_count("count50", cell, 8) for cell in ("LSTM", "GRU", "RNN")),
        *(_brackets(cell) for cell in ("LSTM", "GRU", "RNN")),
        _first("lstm-0", "LSTM", "forget bias", value=0),
        _first("lstm-1", "LSTM", "forget bias", value=1),
        _first("lstm-3", "LSTM", "forget bias", value=3),
        _first("lstm-chrono", "LSTM", "chrono", T_max=60),
        _first("gru", "GRU"),
        _first("rnn", "RNN"),
        Recipe("parity-lstm", "parity", "LSTM", 4, Schedule(3000, 0.02, checkpoints=CHECKPOINTS), 32),
        Recipe("adding-lstm", "adding", "LSTM", 16, Schedule(4000, 0.01, checkpoints=CHECKPOINTS), 32),
        Recipe("copy-gru", "copy", "GRU", 32, Schedule(6000, 0.02, checkpoints=CHECKPOINTS), 32),
        Recipe("names-gru", "names", "GRU", 48, Schedule(5000, 0.006, dropout=0.2, decay=0.05), 64),
        Recipe(
            "reviews-lstm",
            "reviews",
            "LSTM",
            32,
            Schedule(3000, 0.003, dropout=0.3, decay=0.1, average=0.995),
            32,
            embedding=64,
        ),
        _tags("rnn", "RNN", 96),
        _tags("lstm", "LSTM", 48),
        _tags("gru", "GRU", 56),
        _tags("bilstm", "LSTM", 48, bidirectional=True),
        Recipe(
            "shakespeare-lstm",
            "shakespeare",
            "LSTM",
            192,
            Schedule(9000, 0.004, looks=20, average=0.998),
            48,
            embedding=32,
        ),
    )
}
