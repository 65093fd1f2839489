"""What the browser is sent once a text, to step through a view by itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any, TypedDict

import numpy as np

from cells.cell import CELLS, named
from cells.equations import equations
from cells.expression import Operation, Parameter, evaluate, walk
from cells.layers import LayerState
from cells.trace import State, Trace
from cells.weights import Weights
from ui.runs.badge import where
from ui.runs.passes import widest
from ui.runs.viewed import Viewed
from ui.stepper.answer_track import Track
from ui.stepper.network_message import (
    Block,
    PackedNetwork,
    WeightsMessage,
    packed,
    packed_network,
    weights_message,
)
from ui.stepper.view import Original, View
from ui.words import Words

LONG = 100  # tokens, of which a strip shows only a few at a time
PARTED = {"characters": "", "words": " ", "spaces": " "}  # what stands between tokens, by how a text is read
LONGEST = 8_000  # letters of a text up to which the page may read it by itself


class Lead(TypedDict):
    """One of several networks side by side, whose numbers can be asked for."""

    name: str
    label: str
    detail: str
    apart: str  # why it cannot be, where it cannot


class TraceMessage(TypedDict):
    """One direction of a layer over the steps shown: every symbol (time, unit), x (time, feature).

    `initial` is the state before its first step.
    """

    steps: int
    reverse: bool
    arrays: dict[str, Block]
    initial: dict[str, Block]


class OriginalMessage(TypedDict):
    """The same steps of the network as it came: every symbol (time, unit), the states carried into them."""

    arrays: dict[str, Block]
    initial: dict[str, Block]


class StartMessage(TypedDict):
    """The states before the first step of a layer, for each direction."""

    forward: dict[str, Block]
    backward: dict[str, Block] | None


class RowsMessage(TypedDict):
    """What the rows are evaluated with where the network came without weights, else None twice.

    Either the weights, or at each step their products and biases: "W.f" and "b.f" (time, unit).
    """

    weights: WeightsMessage | None
    products: dict[str, Block] | None


class RunMessage(TraceMessage, RowsMessage):
    """A run as the page shows it; steps and units of the link count from 1, `order` and `layer` from 0."""

    network: str  # the id of its NetworkMessage
    run: str  # what the numbers depend on: the heatmaps of the same run have it too
    text: str | None  # as it was typed, where the page may answer before the server does
    edits: str  # all that were chosen, those that rest among them
    altered: str  # which weights are, in a line; the NetworkMessage has them as they came
    original: OriginalMessage | None  # the run without edits, where there are any
    starts: list[StartMessage] | None  # of all layers, where they are not 0
    rows: Block | None  # what the first layer reads, where a page alone is shown a deeper one
    resting: str  # which of them rest on this network and text, and why
    checkpoint: str  # where its training stood, as in a link
    training: str | None  # the id of its TrainingMessage, where the page may go through its training
    editable: bool
    widest: int  # steps that are shown at once, at most
    layer: int
    direction: str
    where: str  # which layer and direction that is, in words, where there are several
    entry: str  # of the catalogue: another one begins at `step`
    who: str  # another one begins at `unit`
    sent: int  # counts how often the page has sent a unit that it chose itself: the stepper goes there, too
    predict: bool  # whether steps are covered until the reader has said what they bring
    first: int
    total: int
    tokens: Sequence[str]
    prose: str | None  # what parts the tokens where they are shown as a text, too
    unknown: Sequence[int]
    strange: str
    units: Sequence[str]
    tracks: Sequence[Track]
    lead: int
    leads: Sequence[Lead]
    fixed: bool
    foldable: bool
    folded: bool
    own: int | None
    parts: Sequence[int]
    order: Sequence[int]
    step: int
    unit: int
    link: str
    linkless: str
    large: str
    lines: int  # 1 where the chosen unit is drawn over all steps, too
    projector: bool
    narrow: bool
    look: Sequence[tuple[str, str]]  # the sentence in parts, each with what it means if it is a term
    lang: str
    words: dict[str, str]


class Message(RunMessage):
    """A run together with its network, which is sent on its own."""

    packed: PackedNetwork


def data_of(chosen: Viewed, view: View, look: str, linkless: str, narrow: bool, resting: str = "") -> Message:
    """What the browser is sent to step through the view by itself.

    `look` is the sentence beside the cell, `linkless` the word for what the link can't carry, `narrow`
    whether the page is a phone's, `resting` what is said of edits that rest.
    """
    selection, source, words = chosen.selection, chosen.source, chosen.words
    written, network = chosen.written, network_of(chosen)
    return {
        "packed": network,
        "network": network.id,
        "run": sha256(
            repr(
                (network.id, chosen.pass_over, chosen.most, selection.at.layer, selection.at.direction)
            ).encode()
        ).hexdigest(),
        "text": None if written is None or len(written) > LONGEST else written,
        "edits": selection.edits.written if chosen.edited else "",
        "altered": chosen.choice.altered,
        "original": None if view.original is None else of_original(view.original),
        "starts": None if chosen.initial is None else [_start(state) for state in chosen.initial],
        "rows": None,
        "resting": resting,
        "checkpoint": chosen.choice.checkpoint,
        "training": None,
        "editable": source.entry.kind != "published",
        "widest": widest(chosen.network),
        "layer": selection.at.layer - 1,
        "direction": "backward" if view.trace.reverse else "forward",
        "where": where(chosen),
        "entry": chosen.choice.network,
        "who": f"{chosen.choice.network} {source.name}",
        "sent": 0,
        "predict": bool(selection.display.predict),
        "first": view.first,
        "total": view.total,
        "tokens": view.tokens,
        "prose": prose_of(chosen),
        "unknown": view.strange,
        "strange": words(f"strange.{chosen.inputs.strange}"),
        "units": view.units,
        "tracks": tracks_of(view, words),
        "lead": 0,
        "leads": [],
        "fixed": False,
        "foldable": False,
        "folded": False,
        "own": chosen.read.own,
        "parts": [start + 1 for start, _ in view.weights[1:]],
        "order": view.order.tolist(),
        "step": selection.at.step,
        "unit": selection.at.unit,
        "link": chosen.link,
        "linkless": linkless,
        "large": selection.display.large,
        "lines": selection.display.lines,
        "projector": bool(selection.display.projector),
        "narrow": narrow,
        "look": chosen.words.parts(look),
        "lang": selection.display.lang,
        "words": words.under("stepper"),
        **(RowsMessage(weights=None, products=None) if network.whole else of_rows(view.trace, view.weights)),
        **of_trace(view.trace),
    }


def alone(message: Mapping[str, Any]) -> dict[str, Any]:
    """A run without its network, which goes on its own."""
    return {name: value for name, value in message.items() if name != "packed"}


def network_of(chosen: Viewed) -> PackedNetwork:
    """The network that a view is of, as it came: the same however many texts it reads."""
    display, source = chosen.selection.display, chosen.source
    one = source.entry.kind != "published"  # an encoder and its decoder are two networks along one trace
    return packed_network(
        chosen.plain, display.notation, display.lang, one, chosen.choice.mode, source.alphabet
    )


def prose_of(chosen: Viewed) -> str | None:
    """What parts the tokens of a text that is to be read as one: a written one, or a long one."""
    text = PARTED.get(chosen.choice.mode)
    return text if chosen.source.entry.writes or len(chosen.tokens) > LONG else None


def _start(state: LayerState) -> StartMessage:
    backward = None if state.backward is None else _states(state.backward)
    return {"forward": _states(state.forward), "backward": backward}


def _states(states: State) -> dict[str, Block]:
    return {symbol: packed(row) for symbol, row in states.items()}


def tracks_of(view: View, words: Words) -> list[Track]:
    """What is answered; of an edited network beside it what the network answers as it came."""
    if view.belief is None or view.original is None or view.original.belief is None:
        return [view.belief] if view.belief else []
    return [
        view.belief | {"who": words("stepper.edited")},
        view.original.belief | {"who": words("stepper.original")},
    ]


def of_trace(trace: Trace) -> TraceMessage:
    """A trace, or a window of one, with what was carried into it."""
    return {
        "steps": len(trace),
        "reverse": trace.reverse,
        "arrays": {symbol: packed(trace[symbol]) for symbol in ("x", *trace.symbols)},
        "initial": carried(trace),
    }


def of_original(view: Original) -> OriginalMessage:
    """The run without edits, beside the edited one."""
    trace = view.trace
    return {"arrays": {symbol: packed(trace[symbol]) for symbol in trace.symbols}, "initial": carried(trace)}


def carried(trace: Trace) -> dict[str, Block]:
    """The states before the first step that a trace computed."""
    before = len(trace) - 1 if trace.reverse else 0
    return _states({state: trace.previous(state)[before] for state in CELLS[trace.cell].states})


def of_rows(trace: Trace, weights: Sequence[tuple[int, Weights]]) -> RowsMessage:
    """Of weights and products the smaller; of several weights the products, each from its first step on."""
    kind, size = named(trace.cell), trace["h"].size
    blocks = sum(block.size for part in weights[0][1] for block in part)
    if len(weights) == 1 and (2 * len(kind.blocks) + len(kind.biases)) * size >= blocks:
        return {"weights": weights_message(weights[0][1]), "products": None}
    ends = [*(start for start, _ in weights[1:]), len(trace)]
    parts = [
        products(trace.slice(start, end), some) for (start, some), end in zip(weights, ends, strict=True)
    ]
    joined = {name: packed(np.concatenate([part[name] for part in parts])) for name in parts[0]}
    return {"weights": None, "products": joined}


def products(trace: Trace, weights: Weights) -> dict[str, np.ndarray]:
    """Every product with weights and every bias that the rows read, at each step: (time, unit)."""
    values = {symbol: trace[symbol] for symbol in ("x", *trace.symbols)}
    values |= {f"{state}_prev": trace.previous(state) for state in trace.initial}
    found: dict[str, np.ndarray] = {}
    for part in (part for row in equations(trace.cell) for part in walk(row.expression)):
        match part:
            case Operation("@", _, Parameter(kind, block)):
                found[f"{kind}.{block}"] = evaluate(part, values, weights)
            case Parameter("b", block):
                found[f"b.{block}"] = np.broadcast_to(evaluate(part, values, weights), trace["h"].shape)
    return found
