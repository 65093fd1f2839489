"""How well a trained network still does its task without a part of it, or edited: score by score."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache, partial
from typing import Any, overload

import streamlit as st

from cells import Edit, Network
from cells.ablation import (
    Ablation,
    Held,
    Means,
    Trial,
    averages,
    gates_of,
    holding,
    tanhs_of,
    trial_of,
    without,
)
from cells.edits import check_lasting
from cells.shipped import Card
from cells.training.batches import Sample
from cells.training.materials import material
from cells.training.scores import Score
from ui.selection.records import NetworkChoice
from ui.session import private
from ui.session.cache import KEYS
from ui.session.chosen import Chosen

EDITED = "edited_score"  # the session's key of the last score of an edited network, which is the reader's
Report = Callable[[float], None]
Part = tuple[str, str]  # USUAL, MEANS, or a symbol and how it is held: a field of Held, or LINEAR
USUAL, MEANS, LINEAR = ("", ""), ("", "means"), "linear"


@dataclass
class Measured:
    """What is measured of a network, of one that ships for all who ask: means of its symbols, and scores."""

    of: NetworkChoice
    means: Means | None = None
    scores: dict[Part, float] = field(default_factory=dict)

    def lacks(self, part: Part) -> bool:
        """Whether a part is still to be measured."""
        return self.means is None if part == MEANS else part not in self.scores


@st.cache_resource(max_entries=64, show_spinner=False, hash_funcs=KEYS)
def _measured(weights: NetworkChoice) -> Measured:
    return Measured(weights)


@lru_cache(maxsize=16)
def _trial(task: str, longest: int) -> Trial:
    return trial_of(task, material(task, longest), longest)


class Heard(Sequence[Sample]):
    """Samples that tell of each slice that is taken of them, which part of them all it begins at."""

    def __init__(self, samples: Sequence[Sample], report: Report) -> None:
        self._samples, self._report = samples, report

    def __len__(self) -> int:
        return len(self._samples)

    @overload
    def __getitem__(self, place: int) -> Sample: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Sample]: ...
    def __getitem__(self, place: int | slice) -> Any:
        if isinstance(place, slice):
            self._report((place.start or 0) / len(self))
        return self._samples[place]


@dataclass(frozen=True, eq=False)
class Scoring:
    """The scores of one choice: of the network as it came, part by part, and of the reader's edited one."""

    chosen: Chosen
    card: Card

    @property
    def key(self) -> object:
        """What tells these scores from those of any other choice."""
        return self.chosen.source.weights, self.edited and self.chosen.edits.line

    @property
    def parts(self) -> tuple[Part, ...]:
        """All that is measured, in the order of the table."""
        gates = [(gate, how) for gate in gates_of(self.card.cell) for how in Held._fields]
        means = (MEANS,) if gates else ()
        return (USUAL, *means, *gates, *((symbol, LINEAR) for symbol in tanhs_of(self.card.cell)))

    @property
    def edited(self) -> bool:
        """Whether there is an edited network that can be scored."""
        return self.chosen.changed and not any(map(self.passing, self.chosen.edits.in_force))

    def passing(self, edit: Edit) -> bool:
        """Whether an edit is of this text alone, and so of no other sequence."""
        network = self.chosen.network
        try:
            check_lasting((edit,), network.cell, network.layers)
        except ValueError:
            return True
        return False

    @property
    def left(self) -> tuple[Part | None, ...]:
        """What is still to be measured; None is the edited network."""
        missing = tuple(filter(self._kept.lacks, self.parts))
        return (*missing, None) if self.edited and self.of_edited is None else missing

    @property
    def share(self) -> float:
        """How much of it all is measured, 0..1."""
        return 1 - len(self.left) / self._steps

    def measure(self, report: Report = lambda _: None) -> Iterator[None]:
        """Measure what is left, one score after the other; `report` hears the share that is done of all."""
        for part in self.left:
            report(self.share)
            trial = self._trial(partial(self._within, report, self.share))
            if part is None:
                score = trial.score(_single(self.chosen.network), self.chosen.edits.in_force)
                st.session_state[EDITED] = (self.key, score)
            elif part == MEANS:
                self._kept.means = averages(_single(self.chosen.plain), trial.usual)
            else:
                self._kept.scores[part] = self._score(part, trial)
            yield

    @property
    def usual(self) -> float:
        """The score of the network as it came, once it is measured."""
        return self._kept.scores[USUAL]

    @property
    def of_edited(self) -> float | None:
        """The score of the edited network, once it is measured."""
        key, score = st.session_state.get(EDITED, (None, None))
        return score if key == self.key else None

    @property
    def found(self) -> Ablation:
        """All parts, once they are measured."""
        scores, trial = self._kept.scores, self._trial()
        gates = {
            gate: Held(*(scores[gate, how] for how in Held._fields)) for gate in gates_of(self.card.cell)
        }
        linear = {symbol: scores[symbol, LINEAR] for symbol in tanhs_of(self.card.cell)}
        return Ablation(self.card.name, trial.name, trial.score.more, self.usual, gates, linear)

    @property
    def sequences(self) -> int:
        """How many are measured on."""
        return len(self._trial().score.samples)

    @property
    def _kept(self) -> Measured:
        weights = self.chosen.source.plain.weights
        if self.chosen.source.private:
            return private.once(("measured", weights), lambda: Measured(weights))
        return _measured(weights)

    @property
    def _steps(self) -> int:
        return len(self.parts) + self.edited

    def _within(self, report: Report, begun: float, share: float) -> None:
        report(begun + share / self._steps)

    def _trial(self, report: Report = lambda _: None) -> Trial:
        learned = self.chosen.source.learned
        name, score, usual = _trial(self.card.task, learned.recipe.longest if learned else 0)
        heard = Score(score.measure, Heard(score.samples, report), score.more)
        return Trial(name, heard, Heard(usual, report))

    def _score(self, part: Part, trial: Trial) -> float:
        network, (symbol, how) = _single(self.chosen.plain), part
        if part == USUAL:
            return trial.score(network)
        if how == LINEAR:
            return without(network, symbol, trial.score)
        assert self._kept.means is not None, "means come before what is held at them"
        return trial.score(network, holding(network, symbol, self._kept.means)[how])


def _single(network: Network) -> Network:
    """In single precision, as networks were scored when they were trained."""
    return network.astype("float32")
