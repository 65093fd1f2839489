"""What the browser is sent once a network: the cell's rows and graph, and the weights of all layers."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from functools import lru_cache
from hashlib import sha256
from typing import NamedTuple, TypedDict
from weakref import WeakKeyDictionary

import numpy as np

from cells import Network
from cells.cell import CELLS, names
from cells.equations import equations
from cells.expression import program
from cells.graph import graph
from cells.layers import Layer
from cells.notation import NAMES, slots
from cells.weights import Weights
from ui.figures.theme import GATES, HUES
from ui.networks.alphabet import Alphabet
from ui.stepper.diagram_layout import layout
from ui.stepper.readings import Reading, name_of, reading_of
from ui.words import Words

# Numbers of a network up to which it is sent with its weights, once: 5 MB. Of a larger one each text brings
# what its rows need, and the page does not answer while it is typed.
MOST = 10**6


class Block(TypedDict):
    """An array: its shape, and little-endian float32 in base64, row by row, a third of what a list takes."""

    shape: list[int]
    f4: str


class WeightsMessage(TypedDict):
    """The named blocks of W, U and b."""

    W: dict[str, Block]
    U: dict[str, Block]
    b: dict[str, Block]


class LayerMessage(TypedDict):
    """One layer; `backward` is None in a layer of one direction."""

    forward: WeightsMessage
    backward: WeightsMessage | None


class ReadoutMessage(TypedDict):
    """What is made of the top layer's h: kind linear, sigmoid or softmax."""

    W: Block
    b: Block
    kind: str


class NumbersMessage(TypedDict):
    """The weights of all layers, and the readout if there is one."""

    layers: list[LayerMessage]
    readout: ReadoutMessage | None


class AlphabetMessage(TypedDict):
    """What the page reads by itself: see ui.networks.alphabet."""

    mode: str
    fold: str
    tokens: list[str]
    rows: Block
    unknown: str | int


class RowMessage(TypedDict):
    """One equation: its formula, its program, and its parts with a program where a number stands."""

    symbol: str
    title: str
    sentence: str
    reads: Reading | None
    mathml: str
    program: list[object]
    parts: list[object]


class NodeMessage(TypedDict):
    """A node of the diagram; x and y within 0..1, `row` -1 for what the step is given."""

    glyph: str
    row: int
    symbol: str
    label: list[str]
    says: str
    reads: Reading | None
    program: list[object]
    x: float
    y: float


class EdgeMessage(TypedDict):
    """A line of the diagram from node to node."""

    source: int
    target: int
    symbol: str
    program: list[object]


class GraphMessage(TypedDict):
    """The cell's diagram."""

    nodes: list[NodeMessage]
    edges: list[EdgeMessage]


class NetworkMessage(TypedDict):
    """Everything of a network that no text changes; `id` is the SHA-256 of all the rest.

    `layers` is None of a network that is too large, or is two: then each run brings what its rows need.
    `alphabet` is None of one whose texts the page can't read by itself.
    """

    id: str
    states: list[str]
    rows: list[RowMessage]
    graph: GraphMessage
    hues: dict[str, str]
    layers: list[LayerMessage] | None
    readout: ReadoutMessage | None
    alphabet: AlphabetMessage | None


class PackedNetwork(NamedTuple):
    """A NetworkMessage as it is sent: 64 letters of id, then JSON; the same bytes for the same network."""

    id: str
    whole: bool  # whether the weights are in it
    sent: bytes


def packed(array: np.ndarray) -> Block:
    """An array as it is sent."""
    numbers = np.ascontiguousarray(array, dtype="<f4")
    return {"shape": list(array.shape), "f4": base64.b64encode(numbers.tobytes()).decode("ascii")}


def too_large(network: Network) -> bool:
    """Whether a network stays with the server, whose rows of x come from an embedding or not."""
    embedded = 0 if network.embedding is None else network.embedding.size  # looked up before
    return network.parameters - embedded > MOST


def network_message(
    network: Network,
    notation: str = "standard",
    language: str = "en",
    whole: bool = True,
    alphabet: Alphabet | None = None,
) -> NetworkMessage:
    """The message of a network; not `whole` where other weights than its own belong to the rows."""
    whole = whole and not too_large(network)
    rows, states = cell_rows(network.cell, notation, language), CELLS[network.cell].states
    numbers = numbers_of(network) if whole else None
    message: NetworkMessage = {
        "id": "",
        "states": list(states),
        "rows": rows,
        "graph": cell_graph(network.cell, notation, language),
        "hues": dict(HUES),
        "layers": numbers and numbers["layers"],
        "readout": numbers and numbers["readout"],
        "alphabet": None,
    }
    if whole and alphabet is not None:
        message["alphabet"] = {
            "mode": alphabet.mode,
            "fold": alphabet.fold,
            "tokens": list(alphabet.tokens),
            "rows": packed(alphabet.rows),
            "unknown": alphabet.unknown,
        }
    return message | {"id": sha256(json.dumps(message).encode()).hexdigest()}


# As long as a network lives, and no longer: one that a reader brought goes with her session.
_packed: WeakKeyDictionary[Network, dict[tuple[str, str, bool, str], PackedNetwork]] = WeakKeyDictionary()


def packed_network(
    network: Network,
    notation: str,
    language: str,
    whole: bool,
    mode: str = "",
    alphabet: Callable[[], Alphabet | None] = lambda: None,
) -> PackedNetwork:
    """The message of a network, written once for each `mode` of texts, which `alphabet` is of."""
    known, key = _packed.setdefault(network, {}), (notation, language, whole, mode)
    if key not in known:
        message = network_message(network, notation, language, whole, alphabet())
        sent = message["id"].encode() + json.dumps(message).encode()
        known[key] = PackedNetwork(message["id"], message["layers"] is not None, sent)
    return known[key]


def numbers_of(network: Network) -> NumbersMessage:
    """All that training changes."""
    readout: ReadoutMessage | None = None
    if network.readout is not None:
        W, b, kind = network.readout
        readout = {"W": packed(W), "b": packed(b), "kind": kind}
    return {"layers": [_layer(layer) for layer in network.layers], "readout": readout}


def _layer(layer: Layer) -> LayerMessage:
    backward = None if layer.backward is None else weights_message(layer.backward)
    return {"forward": weights_message(layer.forward), "backward": backward}


def weights_message(weights: Weights) -> WeightsMessage:
    """The named blocks of one direction of a layer."""
    W, U, b = ({name: packed(getattr(blocks, name)) for name in names(type(blocks))} for blocks in weights)
    return {"W": W, "U": U, "b": b}


@lru_cache(maxsize=64)
def cell_rows(cell: str, notation: str, language: str) -> list[RowMessage]:
    """The rows of a cell, named in a language."""
    words = Words(language)
    titles = words.under("title")
    return [
        {
            "symbol": row.symbol,
            "title": titles[row.symbol],
            "sentence": sentence(cell, row.symbol, words),
            "reads": reading_of(row.symbol, words),
            "mathml": row.mathml,
            "program": program(row.expression),
            "parts": [part if isinstance(part, str) else program(part) for part in slots(row.expression)],
        }
        for row in equations(cell, notation)
    ]


def sentence(cell: str, symbol: str, words: Words) -> str:
    """What a symbol is in a cell: with relu a state has no bound, and a gate's hard sigmoid is explained."""
    gate, candidate = CELLS[cell].functions
    known = words.under("sentence")
    said = known.get(f"{symbol}_{candidate.name}", known[symbol])
    return words.joined(said, known[gate.name]) if symbol in GATES and gate.name in known else said


@lru_cache(maxsize=64)
def cell_graph(cell: str, notation: str, language: str) -> GraphMessage:
    """The graph of a cell with the places of its nodes, named in a language."""
    rows, picture, words = equations(cell, notation), graph(cell), Words(language)
    titles, places, known = words.under("title"), layout(picture), {row.symbol for row in rows}
    return {
        "nodes": [
            {
                "glyph": node.glyph,
                "row": node.row,
                "symbol": node.symbol.removesuffix("_prev"),
                "label": label(node.symbol) if node.symbol else ["", ""],
                "says": titles[node.symbol] if node.symbol else name_of(node.expression, words),
                "reads": reading_of(node.symbol.removesuffix("_prev"), words),
                "program": program(node.expression),
                "x": x,
                "y": y,
            }
            for node, x, y in zip(picture.nodes, places.x, places.y, strict=True)
        ],
        "edges": [
            {
                "source": edge.source,
                "target": edge.target,
                "symbol": _hue(edge.symbol or rows[picture.nodes[edge.source].row].symbol, known),
                "program": program(edge.expression),
            }
            for edge in picture.edges
        ],
    }


def _hue(symbol: str, known: set[str]) -> str:
    state = symbol.removesuffix("_prev")
    return state if state in known else "x"


def label(symbol: str) -> list[str]:
    """A symbol as letter and subscript for the diagram: ["c̃", "t"], ["h", "t−1"]."""
    name = NAMES[symbol]
    return [name.letter + ("\u0303" if name.tilde else ""), name.subscript.replace("-", "−")]
