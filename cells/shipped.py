"""The trained networks that ship: for each a card that says what it is, weights, and weights on the way."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

from cells.arrays import Given
from cells.loading import npz
from cells.network import Network
from cells.tokens import READERS
from cells.untrained import Shape, untrained

FOLDER = Path(__file__).parent / "models"
LARGE = 50_000  # parameters from which weights ship in half precision


@dataclass(frozen=True)
class Card:
    """What a network is, how it came to be, and how well it does; a file of JSON beside its weights.

    `reads`, `mode` and `kind` say how tokens are read (`tokens.READERS`), typed and answered (the readout);
    `asked` whether training asked at every step or only at the last; `scores` were measured on sequences
    that neither trained nor chose the weights. Of all units `unit`, counted from 1, goes closest with
    something that has a name, `tells`; `r` is Pearson's. `text` is the package and licence of its text.
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
    return Card(**fields)


def network(name: str, dtype: str = "float64") -> Network:
    """A network that ships; a ValueError names its file and what is wrong with it."""
    (found,) = _networks(card(name), FOLDER / f"{name}.npz", dtype).values()
    return found


def checkpoints(name: str, dtype: str = "float64") -> Mapping[int, Network]:
    """The network on its way, by the number of training steps; empty where none were kept."""
    path = FOLDER / f"{name}.steps.npz"
    return _networks(card(name), path, dtype) if path.exists() else {}


def save(card: Card, best: Network, on_the_way: Mapping[int, Network]) -> None:
    """Write card, weights, and the weights on the way where there are any."""
    FOLDER.mkdir(exist_ok=True)
    _write(
        FOLDER / f"{card.name}.npz", {card.steps: best}, "float16" if card.parameters >= LARGE else "float32"
    )
    if on_the_way:
        _write(FOLDER / f"{card.name}.steps.npz", on_the_way, "float16")  # to be looked at, not measured
    text = json.dumps(asdict(card), ensure_ascii=False, indent=1)
    (FOLDER / f"{card.name}.json").write_text(text + "\n", encoding="utf-8")
    _read_card.cache_clear()


def _write(path: Path, networks: Mapping[int, Network], dtype: str) -> None:
    arrays = {
        f"{step}.{name}": array
        for step, network in networks.items()
        for name, array in npz.arrays_of(network, dtype).items()
    }
    npz.write(path, arrays)


def _networks(card: Card, path: Path, dtype: str) -> dict[int, Network]:
    with npz.mendable(path, card.command):
        arrays = npz.read(path)
        steps = sorted({int(name.split(".")[0]) for name in arrays})
        if not steps:
            raise ValueError("nothing is in it")
        return {step: npz.network_of(npz.beneath(arrays, str(step)), dtype) for step in steps}
