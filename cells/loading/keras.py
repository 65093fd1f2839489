"""Keras: .keras, .weights.h5 and the older .h5, with the CuDNN layers of Keras 2."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from cells.arrays import Array
from cells.loading import hdf5
from cells.loading.archive import opened
from cells.loading.around import around
from cells.loading.errors import LoadError, shown
from cells.loading.keras_model import KerasLayer, activation, check, layers, readers, source
from cells.loading.layouts import LAYOUTS
from cells.loading.part import Answers, Part, Question
from cells.loading.stack import Linear, Side, Stack
from cells.loading.stored import Stored, fetched
from cells.network import READOUTS, Network

OTHERS = ("optimizer", "_metrics", "metrics", "seed_generator")  # variables that no layer computes with
ROLES = {"0": "kernel", "1": "recurrent_kernel", "2": "bias"}
CELLS_BY_GATES = {1: "RNN", 3: "GRU (reset after)", 4: "LSTM"}
GATES = Question(
    "gates",
    "Weights alone do not say what squashes the gates: sigmoid (Keras 3) or hard_sigmoid (Keras 2)?",
    ("sigmoid", "hard_sigmoid"),
    "sigmoid",
    {"hard_sigmoid": "hard_sigmoid cannot be computed here; train with recurrent_activation='sigmoid'"},
)
RESET = Question(
    "reset",
    "A GRU without biases does not say whether its reset gate acts after or before the product. Which?",
    ("after", "before"),
    "after",
)


class Recurrent(NamedTuple):
    """One recurrent layer's arrays."""

    place: str
    cell: str
    sides: tuple[Side, ...]

    @property
    def features(self) -> int:
        """How many numbers it reads."""
        return self.sides[0].kernel.shape[0]

    @property
    def width(self) -> int:
        """How many it hands on."""
        return sum(side.recurrent.shape[0] for side in self.sides)


def read(data: bytes) -> tuple[Part, ...]:
    """The recurrent networks of a model, or of its weights alone."""
    config, legacy = None, not data.startswith(b"PK")
    if not legacy:
        with opened(data) as archive:
            if not {"config.json", "model.weights.h5"} <= set(archive.namelist()):
                raise LoadError("no config.json and model.weights.h5 in the archive; save it with model.save")
            config = archive.read("config.json").decode()
            data = archive.read("model.weights.h5")
    tree = hdf5.read(data)
    config = config or tree.config
    arrays = {
        path: array
        for path, array in tree.arrays.items()
        if not path.startswith(OTHERS) and "/seed_generator" not in path
    }
    described = layers(config, legacy) if config else ()
    if any(layer.recurrent for layer in described):
        return of_model(described, arrays)
    return of_weights(arrays)


def of_model(all_layers: Sequence[KerasLayer], arrays: Mapping[str, Stored]) -> tuple[Part, ...]:
    """The stacks of a model whose configuration says what reads what."""
    below: dict[str, str] = {}
    for layer in all_layers:
        if layer.recurrent:
            check(layer)
            came = source(layer.name, all_layers)
            if came is not None and stacks(came, layer, all_layers):
                below[layer.name] = came.name
    chains = []
    for layer in all_layers:
        if layer.recurrent and layer.name not in below.values():
            chain = [layer.name]
            while chain[0] in below:
                chain.insert(0, below[chain[0]])
            chains.append(chain)
    by_name = {layer.name: layer for layer in all_layers}
    return tuple(model_part([by_name[name] for name in chain], all_layers, arrays) for chain in chains)


def stacks(lower: KerasLayer, upper: KerasLayer, all_layers: Sequence[KerasLayer]) -> bool:
    """Whether two layers are two of one network of ours."""
    alone = [reader for reader in readers(lower.name, all_layers) if reader.recurrent] == [upper]
    return (
        lower.recurrent
        and alone
        and lower.merged
        and lower.config.get("return_sequences", True) is True
        and (lower.cell, lower.bidirectional) == (upper.cell, upper.bidirectional)
    )


def model_part(
    chain: Sequence[KerasLayer], all_layers: Sequence[KerasLayer], arrays: Mapping[str, Stored]
) -> Part:
    """A chain of layers with what stands before and behind it."""
    found = [recurrent(layer.name, beneath(layer.group, arrays), layer.cell) for layer in chain]
    came = source(chain[0].name, all_layers)
    embedding, said = None, list[str]()
    if came is not None and came.kind == "Embedding":
        (embedding,) = beneath(came.group, arrays).values()
    elif came is not None:
        said.append(f"it reads what {shown(came.kind)} {shown(came.name)} computes, which is not shown")
    if len(chain[0].inputs) > 1:
        said.append("in the model it starts from states that another layer hands it; here from zeros")
    readout = dense(chain[-1], all_layers, arrays)
    stack = Stack(LAYOUTS["Keras", chain[0].cell], tuple(layer.sides for layer in found), embedding, readout)
    own = {array.name for array, _ in stack.arrays}
    return stack.part(
        " + ".join(layer.name for layer in chain),
        tuple(said),
        (),
        tuple(path for path, array in arrays.items() if array.name.partition(" ")[0] not in own),
    )


def dense(top: KerasLayer, all_layers: Sequence[KerasLayer], arrays: Mapping[str, Stored]) -> Linear | None:
    """The dense layer that ends the model, if h of every step may go through it."""
    behind = readers(top.name, all_layers)
    ends = top.bidirectional and top.config.get("return_sequences") is not True  # h of two different steps
    if len(behind) != 1 or behind[0].kind != "Dense" or not top.merged or ends:
        return None
    (layer,) = behind
    kind, after = activation(layer.config) or "linear", readers(layer.name, all_layers)
    if len(after) == 1 and kind == "linear" and not readers(after[0].name, all_layers):
        kind = {"Softmax": "softmax", "Activation": activation(after[0].config)}.get(after[0].kind)
        after = []
    if after or kind not in READOUTS:
        return None
    named = roles(beneath(layer.group, arrays), {"0": "kernel", "1": "bias"})
    return Linear(named["kernel"], named.get("bias"), axis=1, kind=str(kind)) if "kernel" in named else None


def of_weights(arrays: Mapping[str, Stored]) -> tuple[Part, ...]:
    """The networks of weights without a model: all layers that fit as one stack, and each alone."""
    found: list[Recurrent] = []
    for place in dict.fromkeys(map(place_of, sorted(arrays, key=in_order))):
        inside = beneath(place, arrays)
        if place and any(map(is_recurrent, inside)):
            found.append(recurrent(place.rstrip("/"), inside))
    if not found:
        there = ", ".join(map(shown, list(arrays)[:3])) or "nothing"
        raise LoadError(f"no recurrent layer (LSTM, GRU, SimpleRNN) among its weights; it holds {there}")
    fit = all(
        (lower.cell, len(lower.sides), lower.width) == (upper.cell, len(upper.sides), upper.features)
        for lower, upper in pairwise(found)
    )
    stacked = [found] if fit and len(found) > 1 else []
    return tuple(weights_part(layers_, arrays) for layers_ in [*stacked, *([layer] for layer in found)])


def weights_part(found: Sequence[Recurrent], arrays: Mapping[str, Stored]) -> Part:
    """Recurrent layers with what their surroundings leave no doubt about."""
    own = {array.name for layer in found for side in layer.sides for array in side.arrays}
    rest = [array for array in arrays.values() if array.name not in own]
    before, behind = around(rest, found[0].features, found[-1].width, axis=1)
    cell = found[0].cell
    stack = Stack(
        LAYOUTS["Keras", cell], tuple(layer.sides for layer in found), before, behind, certain=False
    )
    part = stack.part(
        " + ".join(layer.place for layer in found),
        ("the file holds weights alone: tanh is taken for granted",),
        () if cell == "RNN" else (GATES,),
        tuple(array.name for array in rest if array not in (before, *(behind or ())[:2])),
    )
    unsaid = cell == "GRU (reset after)" and not any(side.biases for layer in found for side in layer.sides)
    return either_reset(part, stack) if unsaid else part


def either_reset(part: Part, stack: Stack) -> Part:
    """The same arrays as the GRU that the answer names."""

    def network(answers: Answers) -> Network:
        cell = "GRU" if answers["reset"] == "before" else stack.layout.cell
        return stack._replace(layout=LAYOUTS["Keras", cell]).network(answers)

    said = tuple(words for words in part.conventions if "reset gate" not in words)
    return part._replace(conventions=said, questions=(RESET, *part.questions), network=network)


def recurrent(place: str, arrays: Mapping[str, Stored], cell: str | None = None) -> Recurrent:
    """A layer's arrays by their roles; the cell by their shapes where no configuration names it."""
    sides = []
    for side in ("forward", "backward"):
        inside = {path: array for path, array in arrays.items() if side_of(path) == side}
        if inside:
            sides.append(one_side(place, roles(inside, ROLES)))
    if not sides:
        raise LoadError(f"layer {shown(place)} has no weights in the file; save the model once it is built")
    return Recurrent(place, cell or kind_of_cell(sides[0]), tuple(sides))


def one_side(place: str, named: Mapping[str, Stored]) -> Side:
    """Kernel, recurrent kernel and bias of one direction."""
    for role in ("kernel", "recurrent_kernel"):
        if role not in named or len(named[role].shape) != 2:
            raise LoadError(f"layer {shown(place)} has no {role} with rows and columns")
    kernel, inner = named["kernel"], named["recurrent_kernel"]
    units, rows = inner.shape
    bias = named.get("bias")
    if bias is not None and len(bias.shape) == 1 and bias.size == 2 * rows and units:
        return cudnn(kernel, inner, bias)
    return Side(kernel, inner, () if bias is None else (bias,))


def cudnn(kernel: Stored, inner: Stored, bias: Stored) -> Side:
    """The stacks of CuDNNLSTM and CuDNNGRU as LSTM and GRU have them: each block lies transposed."""
    gates = inner.shape[1] // inner.shape[0]

    def turned(stack: Stored) -> Array:
        blocks = np.split(fetched(stack), gates, axis=1)
        return np.hstack([block.T.reshape(block.shape, order="F") for block in blocks])

    def biases() -> Array:
        both = fetched(bias).reshape(2, -1)
        return both.sum(axis=0) if gates == 4 else both

    def across() -> Array:
        return np.hstack([block.T for block in np.split(fetched(inner), gates, axis=1)])

    half = (bias.size // 2,) if gates == 4 else (2, bias.size // 2)
    return Side(
        kernel._replace(name=f"{kernel.name} (CuDNN)", read=lambda: turned(kernel)),
        inner._replace(name=f"{inner.name} (CuDNN)", read=across),
        (Stored(f"{bias.name} (CuDNN)", half, biases),),
    )


def kind_of_cell(side: Side) -> str:
    """The cell, by how many gates its recurrent kernel stacks, and a GRU's by its bias."""
    units, columns = side.recurrent.shape
    gates = columns // units if units and columns % units == 0 else 0
    if gates not in CELLS_BY_GATES:
        raise LoadError(
            f"{shown(side.recurrent.name)} is {shown(side.recurrent.shape)}; a SimpleRNN has (units, units) "
            "there, a GRU (units, 3 · units), an LSTM (units, 4 · units)"
        )
    before = gates == 3 and side.biases and side.biases[0].shape == (columns,)
    return "GRU" if before else CELLS_BY_GATES[gates]


def is_recurrent(path: str) -> bool:
    """Whether an array is a recurrent kernel, by its name."""
    return "/recurrent_kernel" in path or path.endswith("cell/vars/1")


def roles(arrays: Mapping[str, Stored], numbered: Mapping[str, str]) -> dict[str, Stored]:
    """Arrays by what they are: kernel, recurrent_kernel, bias."""
    last = {path.rpartition("/")[2].partition(":")[0]: array for path, array in arrays.items()}
    return {numbered.get(name, name): array for name, array in last.items()}


def beneath(place: str, arrays: Mapping[str, Stored]) -> dict[str, Stored]:
    """The arrays of one group."""
    return {path: array for path, array in arrays.items() if path.startswith(place)}


def side_of(path: str) -> str:
    """The direction that an array belongs to."""
    return "backward" if re.search(r"/backward_[^/]*/", path) else "forward"


def place_of(path: str) -> str:
    """The layer that an array belongs to: what its path says before it speaks of directions and cells."""
    found = re.match(r"(.*?/)(?:(?:forward|backward)_[^/]*/|(?:[^/]*_)?cell(?:_\d+)?/|vars/|[^/]*$)", path)
    return found[1] if found else ""


def in_order(path: str) -> list[tuple[bool, int, str]]:
    """Paths as a reader would sort them: lstm, lstm_1, lstm_2, lstm_10."""
    parts = re.split(r"(\d{1,9})", place_of(path))
    return [(part.isdigit(), int(part) if part.isdigit() else 0, part) for part in parts]
