"""The sweep: one edit tried at every single step and unit in turn, and what each does to the answers.

Nothing changes before an edit, so its run begins at its own step, in the state that the unedited run was in;
the runs that begin at one step are a batch.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import ArrayLike

from cells.arrays import Array, Integers, Steps, Vector
from cells.cell import named
from cells.edits import Edit, check_edits
from cells.equations import equations
from cells.expression import evaluate
from cells.network import Network, Run, shown
from cells.trace import State, Trace
from cells.weights import Weights

ROOM = 4_000_000  # numbers that the runs of one batch hold at once

# (answers (time, edit, answer), the unedited run's (time, answer)) → one number for each edit
Effect: TypeAlias = Callable[[Steps, Steps], Array]


def answer_at(step: int | None, answer: int) -> Effect:
    """By how much an edit raises an answer after a step; of None after that where it changes it most."""
    at = _steps(step)
    return lambda edited, usual: _largest(edited[at, :, answer] - usual[at, answer, None])


def distance_at(step: int | None) -> Effect:
    """How far an edit takes all answers from the usual ones, ‖edited - usual‖₂, after a step or at most."""
    at = _steps(step)
    return lambda edited, usual: _largest(np.linalg.norm(edited[at] - usual[at, None], axis=-1))


def _steps(step: int | None) -> slice:
    return slice(None) if step is None else slice(step, step + 1 or None)


def _largest(changes: Array) -> Array:
    """Of changes (time, edit) that of each edit which is largest."""
    largest: Array = np.take_along_axis(changes, np.abs(changes).argmax(axis=0)[None], axis=0)[0]
    return largest


def sweep(
    network: Network,
    inputs: ArrayLike,
    edit: Edit,
    effect: Effect,
    report: Callable[[float], None] = lambda _: None,
) -> Array:
    """The effect of the edit at each single step and unit that it covers: (step, unit).

    Answers are `run.output`, of a network without a readout h of its top layer. Where the edit puts what is
    there already, its effect is exactly 0. `report` hears which fraction of the work is done, and may raise.
    """
    rows = []
    for share, row in sweeping(network, inputs, edit, effect):
        rows.append(row)
        report(share)
    return np.array(rows)


def sweeping(
    network: Network, inputs: ArrayLike, edit: Edit, effect: Effect
) -> Iterator[tuple[float, Vector]]:
    """A sweep step by step: which fraction of the work is done, and the effects at that step (unit,)."""
    run = network.run(inputs)
    usual = shown(run.layers[-1]) if run.output is None else run.output
    check_edits((edit,), network.cell, network.layers, len(usual))
    way = _ways(network, run, edit.layer - 1)[edit.direction]
    first, last = edit.steps or (0, None)
    times = range(first, len(usual) if last is None else last + 1)
    computed = way.trace[edit.symbol]
    units = np.arange(computed.shape[1])[slice(None) if edit.units is None else list(edit.units)]
    put = computed[:, units].copy()
    put[...] = edit.of(put, put.mean(axis=0))
    places = [np.flatnonzero(put[t] != computed[t, units]) for t in times]
    work = np.cumsum([len(some) * (1 + len(way.later(t))) for t, some in zip(times, places, strict=True)])
    for done, t, some in zip(work, times, places, strict=True):
        row = np.zeros(len(units))
        for batch in _batches(network, len(usual), some):
            held = _Held(edit, t, units[batch], put[t, batch])
            row[batch] = effect(_answers(network, run, usual, held), usual)
        yield float(done / max(work[-1], 1)), row


class _Held(NamedTuple):
    """A batch of edits at one step: each holds one unit at one value, (edit,) and (edit,)."""

    edit: Edit
    t: int
    units: Integers
    values: Array


class _Way(NamedTuple):
    """One direction of a layer, and what it computed in the unedited run."""

    trace: Trace
    weights: Weights

    def later(self, t: int) -> range:
        """The steps that this direction reads after step t."""
        return range(t) if self.trace.reverse else range(t + 1, len(self.trace))

    def usual(self, edits: int) -> Steps:
        """h of the unedited run, once for each edit: (time, edit, unit)."""
        return np.repeat(self.trace["h"][:, None], edits, axis=1)

    def held(self, held: _Held) -> Steps:
        """h with each edit: (time, edit, unit)."""
        h, now, later = self.usual(len(held.units)), self._step(held), self.later(held.t)
        h[held.t] = now["h"]
        x = np.broadcast_to(self.trace["x"][:, None], (*h.shape[:2], self.trace["x"].shape[1]))
        self._read(x, later, now, h)
        return h

    def reread(self, x: Steps, changed: range) -> Steps:
        """h of inputs (time, edit, feature) that are others at the steps `changed`: (time, edit, unit)."""
        h, rows = self.usual(x.shape[1]), self.reached(changed)
        self._read(x, rows, self.trace.slice(rows.start, rows.stop).initial, h)
        return h

    def reached(self, changed: range) -> range:
        """The steps whose h hangs on what is read at the steps `changed`."""
        return range(changed.stop) if self.trace.reverse else range(changed.start, len(self.trace))

    def _step(self, held: _Held) -> State:
        """The edited step: all symbols as they were down to the edited one, and after it by their rows."""
        now = self.trace.slice(held.t, held.t + 1)
        values = {symbol: now[symbol][0] for symbol in ("x", *now.symbols)}
        values |= {f"{name}_prev": row for name, row in now.initial.items()}
        edited = np.repeat(now[held.edit.symbol], len(held.units), axis=0)
        edited[np.arange(len(held.units)), held.units] = held.values
        values[held.edit.symbol] = edited
        for row in equations(now.cell)[1 + now.symbols.index(held.edit.symbol) :]:
            values[row.symbol] = evaluate(row.expression, values, self.weights)
        return values

    def _read(self, x: Steps, rows: range, state: State, h: Steps) -> None:
        """Reads rows of x from a state, in this direction's own time, and writes their h."""
        kind, turn = named(self.trace.cell), slice(None, None, -1 if self.trace.reverse else 1)
        if rows:
            part = slice(rows.start, rows.stop)
            states = (state[name] for name in kind.states)
            h[part][turn] = kind.unroll(*self.weights, x[part][turn], *states)[-1]


def _ways(network: Network, run: Run, depth: int) -> dict[str, _Way]:
    """The directions of a layer by name."""
    layer, traces = network.layers[depth], run.layers[depth]
    return {
        name: _Way(trace, weights)
        for name, trace, weights in zip(layer._fields, traces, layer, strict=True)
        if trace is not None and weights is not None
    }


def _answers(network: Network, run: Run, usual: Steps, held: _Held) -> Steps:
    """The answers with each edit, (time, edit, answer), the usual ones where no edit reaches."""
    below = held.edit.layer - 1
    ways = _ways(network, run, below)
    edited = ways[held.edit.direction]
    h = np.concatenate(
        [way.held(held) if way is edited else way.usual(len(held.units)) for way in ways.values()], axis=-1
    )
    changed = edited.reached(range(held.t, held.t + 1))
    for depth in range(below + 1, len(network.layers)):
        above = _ways(network, run, depth).values()
        h = np.concatenate([way.reread(h, changed) for way in above], axis=-1)
        reached = [way.reached(changed) for way in above]
        changed = range(min(steps.start for steps in reached), max(steps.stop for steps in reached))
    answers = np.repeat(usual[:, None], len(held.units), axis=1)
    part = slice(changed.start, changed.stop)
    answers[part] = h[part] if network.readout is None else network.readout(h[part])
    return answers


def _batches(network: Network, steps: int, places: Integers) -> Iterator[Integers]:
    """The places in parts, of which `ROOM` holds all that a layer reads and computes."""
    symbols = len(named(network.cell).symbols)
    widest = max(len(layer.forward.W[0]) + symbols * len(layer.forward.U[0]) for layer in network.layers)
    size = max(1, ROOM // (widest * steps))
    for start in range(0, len(places), size):
        yield places[start : start + size]
