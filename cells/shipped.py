"""The trained networks that ship: for each a card that says what it is, weights, and weights on the way."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

import numpy as np

from cells.arrays import Given
from cells.loading import npz
from cells.network import Network
from cells.tokens import READERS
from cells.untrained import Shape, untrained

FOLDER = Path(__file__).parent / "models"
LARGE = 50_000  # parameters from which weights ship in half precision, and coarse


@dataclass(frozen=True)
class Recorded:
    """A network on its way: after how many updates, its scores then, r of the unit that its card names."""

    update: int
    scores: Mapping[str, float]
    r: float


@dataclass(frozen=True)
class Card:
    """What a network is, how it came to be, and how well it does; a file of JSON beside its weights.

    `reads`, `mode` and `kind` say how tokens are read (`tokens.READERS`), typed and answered (the readout);
    `asked` whether training asked at every step or only at the last; `scores` were measured on sequences
    that neither trained nor chose the weights. Of all units `unit`, counted from 1, goes closest with
    something that has a name, `tells`; `r` is Pearson's. `text` is the package and licence of its text;
    `recorded` what the network was on its way, wherever it was another than the one that ships.
    """

    name: str
    task: str
    cell: str
    units: int
    bidirectional: bool
    reads: str
    mode: str
    asked: str
    kind: str
    vocabulary: tuple[str, ...]
    answers: tuple[str, ...]
    embedding: int
    initialisation: str
    settings: tuple[tuple[str, float], ...]
    seed: int
    steps: int
    batch: int
    rate: float
    seconds: float
    finished: bool
    parameters: int
    scores: Mapping[str, float]
    unit: int
    tells: str
    r: float
    text: str
    recorded: tuple[Recorded, ...] = ()

    @property
    def command(self) -> str:
        """What trains it again."""
        return f"python -m cells.training {self.name}"

    @property
    def shape(self) -> Shape:
        """Everything about the network but its numbers."""
        return Shape(
            self.cell,
            self.units,
            self.bidirectional,
            self.reads,
            len(self.vocabulary),
            self.embedding,
            len(self.answers),
            self.kind,
        )

    def read(self, tokens: Sequence[str]) -> Given:
        """Tokens as this network reads them."""
        return READERS[self.reads].rows(tokens, self.vocabulary)

    def at(self, update: int) -> Recorded | None:
        """What the network was after so many updates, where that was recorded."""
        return next((one for one in self.recorded if one.update == update), None)

    def twin(self, seed: int) -> Network:
        """The same network before any training, drawn from another seed."""
        return untrained(self.shape, seed, self.initialisation, self.settings)


def cards() -> Mapping[str, Card]:
    """The cards of all networks that ship, by name."""
    return {path.stem: card(path.stem) for path in sorted(FOLDER.glob("*.json"))}


def card(name: str) -> Card:
    """The card of a network."""
    return _read_card(FOLDER / f"{name}.json")


@cache
def _read_card(path: Path) -> Card:
    fields = json.loads(path.read_text(encoding="utf-8"))
    fields["settings"] = tuple((key, value) for key, value in fields["settings"])
    for key in ("vocabulary", "answers"):
        fields[key] = tuple(fields[key])
    fields["recorded"] = tuple(Recorded(**one) for one in fields.get("recorded", ()))
    return Card(**fields)


def network(name: str, dtype: str = "float64") -> Network:
    """A network that ships; a ValueError names its file and what is wrong with it."""
    path = FOLDER / f"{name}.npz"
    with npz.mendable(path, card(name).command):
        return npz.network_of(npz.read(path), dtype)


def checkpoints(name: str, dtype: str = "float64") -> Mapping[int, Network]:
    """The network on its way, by the number of training steps; empty where none were kept."""
    if not _on_the_way(name).exists():
        return {}
    with npz.mendable(_on_the_way(name), card(name).command):
        stacks = npz.read(_on_the_way(name))
        return {int(step): _of_stacks(stacks, at, dtype) for at, step in enumerate(stacks["steps"])}


def checkpoint(name: str, update: int, dtype: str = "float64") -> Network:
    """The network after so many steps, one of its card's `recorded`; a ValueError as of `network`."""
    with npz.mendable(_on_the_way(name), card(name).command):
        stacks = npz.read(_on_the_way(name))
        return _of_stacks(stacks, stacks["steps"].tolist().index(update), dtype)


def _on_the_way(name: str) -> Path:
    return FOLDER / f"{name}.steps.npz"


def _of_stacks(stacks: npz.Arrays, at: int, dtype: str) -> Network:
    arrays = {name: stack if name in npz.STRINGS else stack[at] for name, stack in stacks.items()}
    return npz.network_of({name: array for name, array in arrays.items() if name != "steps"}, dtype)


def is_trained(name: str, on_the_way: Network) -> bool:
    """Whether weights on the way, which ship in half precision, are those of the network that ships."""
    ours, theirs = (npz.arrays_of(one, "float16") for one in (network(name, "float32"), on_the_way))
    return all(np.array_equal(ours[key], theirs[key]) for key in ours)


def save(card: Card, best: Network, on_the_way: Mapping[int, Network]) -> None:
    """Write card, weights, and the weights on the way where there are any."""
    FOLDER.mkdir(exist_ok=True)
    large = card.parameters >= LARGE
    arrays = npz.arrays_of(best, "float16" if large else "float32")
    npz.write(
        FOLDER / f"{card.name}.npz",
        {name: coarse(array) for name, array in arrays.items()} if large else arrays,
    )
    if on_the_way:
        npz.write(_on_the_way(card.name), _stacked(on_the_way))
    save_card(card)


def save_card(card: Card) -> None:
    """Write the card alone."""
    (FOLDER / f"{card.name}.json").write_text(as_json(card), encoding="utf-8")
    _read_card.cache_clear()


def as_json(card: Card, **beside: str) -> str:
    """A card as a file, and what stands `beside` it there.

    It has a line for each field, since a vocabulary of thousands of words is one of them.
    """
    lines = [
        f" {json.dumps(name)}: {json.dumps(value, ensure_ascii=False)}"
        for name, value in {**asdict(card), **beside}.items()
    ]
    return "{\n" + ",\n".join(lines) + "\n}\n"


def coarse(array: npz.Number) -> npz.Number:
    """Half precision with the last four bits rounded away: at most 2⁻⁷ off, and a third less to ship."""
    if array.dtype != np.float16:
        return array
    bits = array.view(np.uint16).astype(np.uint32)
    return ((bits + 8) & 0xFFF0).astype(np.uint16).view(np.float16)


def _stacked(networks: Mapping[int, Network]) -> npz.Arrays:
    """Each array of all networks in one, (step, …): a file of few arrays is a tenth of one of many."""
    each = [npz.arrays_of(network, "float16") for network in networks.values()]  # to be looked at only
    stacks = {
        name: array if name in npz.STRINGS else np.stack([arrays[name] for arrays in each])
        for name, array in each[0].items()
    }
    return {"steps": np.array(list(networks)), **stacks}
