"""What a layer computed over a sequence: named arrays over time that nobody can change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TypeAlias

import numpy as np

from cells.arrays import Matrix, Steps, Vector, read_only

State: TypeAlias = Mapping[str, Vector]  # one vector for each state symbol: {"h": …, "c": …}


@dataclass(frozen=True, eq=False)
class Trace:
    """All that one direction of a layer computed: trace["f"] is (time, unit), in input order.

    `arrays` are in reading order, `inputs` (time, feature) is what the layer read, `initial` its state before
    its first step. A reverse trace began at the last row: there "previous" is the row below.
    """

    cell: str
    arrays: Mapping[str, Steps]
    inputs: Matrix
    initial: State
    reverse: bool = False

    def __post_init__(self) -> None:
        freeze = object.__setattr__
        freeze(
            self, "arrays", MappingProxyType({name: read_only(array) for name, array in self.arrays.items()})
        )
        freeze(
            self, "initial", MappingProxyType({name: read_only(row) for name, row in self.initial.items()})
        )
        freeze(self, "inputs", read_only(self.inputs))

    @property
    def symbols(self) -> tuple[str, ...]:
        """The symbols that the cell computes, in reading order."""
        return tuple(self.arrays)

    def __len__(self) -> int:
        return len(self.inputs)

    def __getitem__(self, symbol: str) -> Steps:
        """The symbol at every step: (time, unit); "x" is what the layer read: (time, feature)."""
        if symbol == "x":
            return self.inputs
        if symbol not in self.arrays:
            known = ", ".join(("x", *self.symbols))
            raise KeyError(f"{self.cell} has no symbol {symbol!r}; this trace has {known}")
        return self.arrays[symbol]

    def previous(self, state: str) -> Steps:
        """The state that each step was given: (time, unit)."""
        if state not in self.initial:
            raise KeyError(f"{self.cell} hands on no {state!r}; its states are {', '.join(self.initial)}")
        array, first = self.arrays[state], self.initial[state][None]
        rows = (array[1:], first) if self.reverse else (first, array[:-1])
        return read_only(np.concatenate(rows)[: len(self)])

    @property
    def final(self) -> State:
        """The state after the last step; for a reverse trace that is at row 0."""
        return self._state_at(0 if self.reverse else len(self) - 1)

    def slice(self, start: int, stop: int) -> Trace:
        """Steps start..stop as a trace of their own, with the state that was carried into them."""
        start, stop, _ = slice(start, stop).indices(len(self))
        if start >= stop:
            raise ValueError(
                f"steps {start}..{stop} are none of this trace's {len(self)}; stop must be past start"
            )
        return Trace(
            self.cell,
            {name: array[start:stop] for name, array in self.arrays.items()},
            self.inputs[start:stop],
            self._state_at(stop if self.reverse else start - 1),
            self.reverse,
        )

    def _state_at(self, row: int) -> State:
        if row in (-1, len(self)):
            return self.initial
        return {state: self.arrays[state][row] for state in self.initial}
