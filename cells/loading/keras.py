"""Keras: .keras, .weights.h5 and the older .h5, with the CuDNN layers of Keras 2."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from itertools import pairwise
from zipfile import ZipFile

from cells.cell import CELLS
from cells.layers import READOUTS
from cells.loading import hdf5
from cells.loading.activations import BY_FUNCTIONS
from cells.loading.archive import opened
from cells.loading.errors import LoadError, shown
from cells.loading.fragment import Answers, Part, Question, check_parts
from cells.loading.keras_arrays import Recurrent, beneath, in_order, is_recurrent, place_of, recurrent, roles
from cells.loading.keras_layers import layers, recurrent_within
from cells.loading.keras_model import KerasLayer, activation, check, of_version
from cells.loading.keras_wiring import Wiring
from cells.loading.layouts import LAYOUTS
from cells.loading.sentences import Sentence, sentence
from cells.loading.stack import Linear, Stack
from cells.loading.tensors import Stored
from cells.loading.wrapping import around
from cells.network import Network

GATES = Question(
    "gates",
    "Weights alone do not say what squashes the gates: sigmoid, hard_sigmoid of Keras 2 or that of Keras 3?",
    ("sigmoid", "hard_sigmoid_5", "hard_sigmoid_6"),
    "sigmoid",
)
ACTIVATION = Question(
    "nonlinearity",
    "Weights alone do not say whether the activation is tanh or relu. Which was it?",
    ("tanh", "relu"),
    "tanh",
)
RESET = Question(
    "reset",
    "A GRU without biases does not say whether its reset gate acts after or before the product. Which?",
    ("after", "before"),
    "after",
)


def read(data: bytes) -> tuple[Part, ...]:
    """The recurrent networks of a model, or of its weights alone."""
    config, version, legacy = None, "", not data.startswith(b"PK")
    if not legacy:
        with opened(data) as archive:
            if not {"config.json", "model.weights.h5"} <= set(archive.namelist()):
                raise LoadError("keras.archive")
            config = archive.read("config.json").decode()
            version = version_in(archive)
            data = archive.read("model.weights.h5")
    tree = hdf5.read(data)
    config, version = config or tree.config, version or tree.version
    arrays = {
        path: array
        for path, array in ((newer(path), array) for path, array in tree.arrays.items())
        if "/seed_generator" not in path
    }
    described = [of_version(layer, version) for layer in layers(config, legacy)] if config else []
    if any(layer.recurrent for layer in described):
        return of_model(Wiring(settled(layer, arrays) for layer in described), arrays)
    if described and config:
        inner = [of_version(layer, version) for layer in recurrent_within(config)]
        if not inner:
            kinds = ", ".join(dict.fromkeys(shown(layer.kind) for layer in described))
            raise LoadError("keras.none", kinds=kinds)
        for layer in inner:
            check(layer)
        return of_weights(arrays, inner)
    return of_weights(arrays)


def version_in(archive: ZipFile) -> str:
    """The Keras that wrote an archive; those that wrote none into it were of version 3."""
    if "metadata.json" not in archive.namelist():
        return "3"
    match json.loads(archive.read("metadata.json")):
        case {"keras_version": str(version)}:
            return version
    return "3"


def newer(path: str) -> str:
    """A path as Keras 3 writes it; Keras 2 had another name for `layers` and, on Windows, backslashes."""
    return path.replace("\\", "/").replace("_layer_checkpoint_dependencies/", "layers/")


def settled(layer: KerasLayer, arrays: Mapping[str, Stored]) -> KerasLayer:
    """An old GRU that does not say where its reset gate acts, with what the shape of its bias says of it."""
    if not layer.unsaid:
        return layer
    found = recurrent(layer.name, beneath(layer.group, arrays))
    if not any(side.biases for side in found.sides):
        return layer
    return layer._replace(config={**layer.config, "reset_after": found.cell != "GRU"})


def of_model(model: Wiring, arrays: Mapping[str, Stored]) -> tuple[Part, ...]:
    """The stacks of a model whose configuration says what reads what."""
    below: dict[str, str] = {}
    count = 0
    for layer in model.layers:
        if layer.recurrent:
            check(layer)
            check_parts(count := count + 1)
            came = model.source(layer)
            if came is not None and stacks(came, layer, model):
                below[layer.name] = came.name
    chains, lower = [], set(below.values())
    for layer in model.layers:
        if layer.recurrent and layer.name not in lower:
            chain = [layer.name]
            while chain[-1] in below:
                chain.append(below[chain[-1]])
            chains.append(chain[::-1])
    return tuple(model_part([model[name] for name in chain], model, arrays) for chain in chains)


def stacks(lower: KerasLayer, upper: KerasLayer, model: Wiring) -> bool:
    """Whether two layers are two of one network of ours."""
    alone = [reader for reader in model.readers(lower) if reader.recurrent] == [upper]
    return (
        lower.recurrent
        and alone
        and lower.merged
        and lower.config.get("return_sequences", True) is True
        and (lower.cell, lower.bidirectional) == (upper.cell, upper.bidirectional)
        and bool(lower.config.get("time_major")) == bool(upper.config.get("time_major"))
    )


def model_part(chain: Sequence[KerasLayer], model: Wiring, arrays: Mapping[str, Stored]) -> Part:
    """A chain of layers with what stands before and behind it."""
    found = [recurrent(layer.name, beneath(layer.group, arrays), layer.cell) for layer in chain]
    came = model.source(chain[0])
    embedding, said = None, list[Sentence]()
    if came is not None and came.kind == "Embedding":
        embedding = table(came, beneath(came.group, arrays))
    elif came is not None:
        said.append(sentence("note.reads", kind=shown(came.kind), name=shown(came.name)))
    if any(layer.turned for layer in found):
        said.append(sentence("note.cudnn"))
    if mask := next(filter(None, map(model.mask, chain)), ""):
        said.append(sentence("note.mask", name=shown(mask)))
    if any(layer.config.get("stateful") is True for layer in chain):
        said.append(sentence("note.stateful"))
    if not chain[-1].merged:
        said.append(sentence("note.merged", name=shown(chain[-1].name)))
    if any(layer.handed for layer in chain):
        said.append(sentence("note.handed_states"))
    if two_ends(chain[-1]):
        said.append(sentence("note.two_ends"))
    readout = dense(chain[-1], model, arrays)
    if readout is None and not two_ends(chain[-1]):
        said += [
            sentence("note.behind", kind=shown(reader.kind), name=shown(reader.name))
            for reader in model.readers(chain[-1])[:1]
            if not reader.recurrent
        ]
    stack = Stack(LAYOUTS["Keras", chain[0].cell], tuple(layer.sides for layer in found), embedding, readout)
    own = {array.name for array, _ in stack.arrays}
    part = stack.part(
        " + ".join(layer.name for layer in chain),
        tuple(said),
        (),
        tuple(path for path, array in arrays.items() if array.name not in own),
    )
    # Of a Keras that could not say it, all GRUs were of the kind that resets before.
    older = RESET._replace(default="before")
    return either_reset(part, stack, older) if any(layer.unsaid for layer in chain) else part


def table(layer: KerasLayer, arrays: Mapping[str, Stored]) -> Stored:
    """The table of an embedding; LoadError where the file has none, or has it in another form."""
    if not arrays:
        raise LoadError("keras.unbuilt", name=shown(layer.name))
    found, *more = arrays.values()
    if more:
        raise LoadError("keras.table", name=shown(layer.name), count=len(arrays))
    return found


def dense(top: KerasLayer, model: Wiring, arrays: Mapping[str, Stored]) -> Linear | None:
    """The dense layer that ends the model, if h of every step may go through it."""
    behind = model.readers(top)
    if len(behind) != 1 or behind[0].kind != "Dense" or not top.merged or two_ends(top):
        return None
    (layer,) = behind
    kind, after = activation(layer.config) or "linear", model.readers(layer)
    if len(after) == 1 and kind == "linear" and not model.readers(after[0]):
        kind, after = squashed_by(after[0], top), []
    if after or kind not in READOUTS:
        return None
    named = roles(beneath(layer.group, arrays), {"0": "kernel", "1": "bias"})
    if len(named) > 1 + (layer.config.get("use_bias") is not False):  # scales of a quantised one
        return None
    return Linear(named["kernel"], named.get("bias"), axis=1, kind=str(kind)) if "kernel" in named else None


def squashed_by(layer: KerasLayer, top: KerasLayer) -> object:
    """The activation that a layer behind the dense one is, if it is over outputs and not over steps."""
    if layer.kind == "Softmax":
        last = 2 if top.config.get("return_sequences") is True else 1
        return "softmax" if layer.config.get("axis", -1) in (-1, [-1], last, [last]) else None
    return activation(layer.config) if layer.kind == "Activation" else None


def two_ends(layer: KerasLayer) -> bool:
    """Whether a layer hands on h of its last step and of the first, the last of the other direction."""
    return layer.bidirectional and layer.config.get("return_sequences") is not True


def of_weights(arrays: Mapping[str, Stored], told: Sequence[KerasLayer] = ()) -> tuple[Part, ...]:
    """The networks of weights without a model: each layer alone, and all as one stack if they fit.

    `told` are layers whose settings are known, but not which weights are theirs.
    """
    found: list[Recurrent] = []
    for place in dict.fromkeys(map(place_of, sorted(arrays, key=in_order))):
        inside = beneath(place, arrays)
        if place and any(map(is_recurrent, inside)):
            found.append(recurrent(place.rstrip("/"), inside))
            check_parts(len(found))
    if not found:
        if not arrays:
            raise LoadError("keras.nothing")
        raise LoadError("keras.no_weights", names=", ".join(map(shown, list(arrays)[:3])))
    fit = all(
        (lower.cell, len(lower.sides), lower.width) == (upper.cell, len(upper.sides), upper.features)
        for lower, upper in pairwise(found)
    )
    stacked = [found] if fit and len(found) > 1 else []
    # Sizes that fit are no reason to take two layers for one network: an encoder and its decoder fit as well.
    return tuple(weights_part(layers_, arrays, told) for layers_ in [*([layer] for layer in found), *stacked])


def weights_part(
    found: Sequence[Recurrent], arrays: Mapping[str, Stored], told: Sequence[KerasLayer]
) -> Part:
    """Recurrent layers with what their surroundings leave no doubt about."""
    own = {array.name for layer in found for side in layer.sides for array in side.arrays}
    rest = [array for array in arrays.values() if array.name not in own]
    before, behind, doubted = around(rest, found[0].features, found[-1].width, axis=1)
    cell = found[0].cell
    unbiased = cell == "GRU (reset after)" and not any(side.biases for one in found for side in one.sides)
    grus = {layer.family for layer in told if layer.kind == "GRU" and not layer.unsaid}
    if unbiased and len(grus) == 1:
        (cell,) = grus
    cell, questions = activated(cell, told)
    stack = Stack(
        LAYOUTS["Keras", cell], tuple(layer.sides for layer in found), before, behind, False, doubted
    )
    said = [] if told else [sentence("note.weights_alone")]
    if len(found) > 1:
        said.append(sentence("note.guess"))
    if any(layer.turned for layer in found):
        said.append(sentence("note.cudnn"))
    part = stack.part(
        " + ".join(layer.place for layer in found),
        tuple(said),
        questions,
        tuple(array.name for array in rest if array not in (before, *(behind or ())[:2])),
    )
    return either_reset(part, stack) if unbiased and len(grus) != 1 else part


def activated(family: str, told: Sequence[KerasLayer]) -> tuple[str, tuple[Question, ...]]:
    """The cell of a family with the activations that its layers have; the question where these do not say."""
    kind = family.partition(" ")[0]
    like = {CELLS[layer.cell].functions for layer in told if layer.family.partition(" ")[0] == kind}
    if len(like) == 1:
        return BY_FUNCTIONS[family, like.pop()], ()
    return family, (ACTIVATION,) if family == "RNN" else (GATES, ACTIVATION)


def either_reset(part: Part, stack: Stack, asked: Question = RESET) -> Part:
    """The same arrays as the GRU that the answer names."""

    def network(answers: Answers) -> Network:
        family = "GRU" if answers["reset"] == "before" else "GRU (reset after)"
        cell = BY_FUNCTIONS[family, CELLS[stack.layout.cell].functions]
        return stack._replace(layout=LAYOUTS["Keras", cell]).network(answers)

    said = tuple(note for note in part.conventions if not note.key.startswith("note.reset"))
    return part._replace(conventions=said, questions=(asked, *part.questions), network=network)
