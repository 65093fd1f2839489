"""Backpropagation through time of a whole network on a batch of sequences (Werbos 1990).

Sequences of a batch may differ in length: each is followed by padding. What the padding holds reaches no
step that counts: forwards it comes after all of them, and the backward direction turns each sequence round
within its own length.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from cells.arrays import Array, Given, Integers, Steps
from cells.cell import named
from cells.edits import Edit, Editing, check_lasting, unrolled
from cells.network import Network
from cells.parameters import Parts, blocks_by_name
from cells.unrolling import Gradients, flat, inside, outside, products, times, totals
from cells.weights import Weights


class Pass(NamedTuple):
    """One direction of one layer: what it read, in its own time, and what it computed."""

    inputs: Steps
    computed: tuple[Array, ...]


class Passes(NamedTuple):
    """Everything that a batch left behind on its way up; `output` are the readout's sums, or the top h.

    `kept` is what the top h was multiplied by before the readout read it: 1 unless training drops some.
    """

    given: Given
    turn: Turn
    layers: tuple[tuple[Pass, Pass | None], ...]
    top: Steps
    kept: Array
    output: Steps


class Turn:
    """Turns each sequence of a batch round within its own length; doing it twice changes nothing."""

    def __init__(self, lengths: Integers, steps: int) -> None:
        t = np.arange(steps)[:, None]
        self.rows = np.where(t < lengths, lengths - 1 - t, t)
        self.columns = np.arange(len(lengths))

    def __call__(self, steps: Given) -> Any:  # the type that was given
        """(time, batch, …) → the same, each sequence from its end to its beginning."""
        return steps[self.rows, self.columns]


WHOLE = np.ones((), "float32")  # nothing dropped


def forward(
    network: Network | Parts,
    given: Given,
    lengths: Integers,
    kept: Array = WHOLE,
    edits: Sequence[Edit] = (),
) -> Passes:
    """Run a batch: given (time, batch, feature), or whole numbers (time, batch) or (time, batch, k).

    Whole numbers are rows of the embedding; where a step names several, x is their sum. `edits` are in force
    at every step of every sequence; `backward` knows nothing of them.
    """
    lasting = check_lasting(edits, network.cell, network.layers)
    turn = Turn(lengths, len(given))
    dtype = network.layers[0].forward.U[0].dtype
    x: Steps = (
        given.astype(dtype, copy=False) if network.embedding is None else embedded(network.embedding, given)
    )
    layers = []
    for depth, layer in enumerate(network.layers, start=1):
        ahead = _run(network.cell, layer.forward, x, _of(lasting, depth, "forward"))
        h = ahead.computed[-1]
        behind = None
        if layer.backward is not None:
            behind = _run(network.cell, layer.backward, turn(x), _of(lasting, depth, "backward"))
            h = np.concatenate((h, turn(behind.computed[-1])), axis=-1)
        layers.append((ahead, behind))
        x = h
    top = h * kept
    output = top
    if network.readout is not None:
        output = outside(times(network.readout.W.T, inside(top)), top) + network.readout.b
    return Passes(given, turn, tuple(layers), top, kept, output)


def backward(network: Network | Parts, passes: Passes, d_output: Steps) -> dict[str, Array]:
    """∂L of every array of the network by name, and of "inputs", from ∂L/∂output (time, batch, output)."""
    cell = named(network.cell)
    gradients: dict[str, Array] = {}
    dh = d_output
    if network.readout is not None:
        slopes = inside(d_output)
        da = flat(slopes)
        gradients["readout.W"] = products(flat(inside(passes.top)), da)
        gradients["readout.b"] = totals(da)
        dh = outside(times(network.readout.W, slopes), d_output)
    dh = dh * passes.kept
    for depth in reversed(range(len(network.layers))):
        layer, (ahead, behind) = network.layers[depth], passes.layers[depth]
        units = len(layer.forward.U[0])
        found = _back(network.cell, layer.forward, ahead, dh[..., :units])
        gradients |= blocks_by_name(cell, Weights(*found[:3]), f"layers.{depth}.forward")
        dx = found.inputs
        if layer.backward is not None and behind is not None:
            found = _back(network.cell, layer.backward, behind, passes.turn(dh[..., units:]))
            gradients |= blocks_by_name(cell, Weights(*found[:3]), f"layers.{depth}.backward")
            dx = dx + passes.turn(found.inputs)
        dh = dx
    gradients["inputs"] = dh
    if network.embedding is not None:
        gradients["embedding"] = scattered(passes.given, dh, network.embedding)
    return gradients


def embedded(embedding: Array, rows: Given) -> Steps:
    """The rows of an embedding; where a step names several, their sum."""
    looked_up: Steps = embedding[rows]
    return looked_up.sum(axis=2) if rows.ndim == 3 else looked_up


def scattered(rows: Given, dx: Steps, embedding: Array) -> Array:
    """∂L/∂embedding: what each row's uses received, added up."""
    received = np.broadcast_to(dx[:, :, None] if rows.ndim == 3 else dx, (*rows.shape, dx.shape[-1]))
    flat, order = rows.ravel(), np.argsort(rows.ravel(), kind="stable")
    sums = np.zeros_like(embedding)
    used, starts = np.unique(flat[order], return_index=True)
    sums[used] = np.add.reduceat(received.reshape(len(flat), -1)[order], starts)
    return sums


def _of(edits: Sequence[Edit], layer: int, direction: str) -> Editing:
    return Editing(tuple(edit for edit in edits if (edit.layer, edit.direction) == (layer, direction)))


def _run(cell: str, weights: Weights, inputs: Steps, editing: Editing) -> Pass:
    initial = dict(zip(named(cell).states, _zeros(cell, weights), strict=True))
    computed = unrolled(cell, weights, inputs, initial, editing, range(len(inputs)))
    return Pass(inputs, named(cell).Step(*computed.values()))


def _back(cell: str, weights: Weights, done: Pass, dh: Steps) -> Gradients:
    return named(cell).backward(*weights, done.inputs, _zeros(cell, weights), done.computed, dh)


def _zeros(cell: str, weights: Weights) -> tuple[Array, ...]:
    zero = np.zeros(len(weights.U[0]), weights.U[0].dtype)
    return (zero,) * len(named(cell).states)
