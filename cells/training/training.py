"""Training as something that can be left and gone on with: one update at a time.

Weights, batches and dropout are drawn from streams of their own, and looking draws from none of them: a run
that is paused, looked at, pickled and gone on with elsewhere is the same run, bit for bit.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from cells.arrays import Vector
from cells.network import Network
from cells.parameters import Theta, network_of_parts, parts_of
from cells.training.adam import Adam
from cells.training.batches import Batch
from cells.training.data import Place, Stream
from cells.training.faults import Diverged, RecipeError
from cells.training.gradients import dropped, held_out, loss_and_gradient
from cells.training.looking import Look, look_at, looked
from cells.training.materials import Material
from cells.training.memory import keep_memory
from cells.training.offered import check_text
from cells.training.parts import Parts, Update, told
from cells.training.recipes import Recipe, start

DROPPING = 2  # beside the seed: the stream of what dropout leaves out; 1 is that of held-out sequences
SMOOTH = 0.98  # share of the loss so far that stays in its running mean


class State(NamedTuple):
    """All that a run goes on from: vectors as long as the network has numbers, and where its streams are."""

    update: int
    theta: Vector
    mean: Vector
    best: Vector
    best_loss: float
    momentum: tuple[Vector, Vector, int]  # of Adam: both means, and of how many steps
    batches: Place
    dropping: Stream
    loss: float
    lengths: tuple[float, int]  # of the gradients since the last look: their sum and their number
    diverged: int


class Training:
    """A run of a recipe, from its first weights or from a state that a run of the same recipe was in."""

    def __init__(self, recipe: Recipe, material: Material | None = None, state: State | None = None) -> None:
        if material is None:
            check_text(recipe.task)
        keep_memory()
        self.recipe, self.material = recipe, material or recipe.material()
        self._data = self.material.data(recipe.batch, recipe.seed)
        if self._data.samples is not None and recipe.batch > self._data.samples:
            raise RecipeError("batch", task=recipe.task, batch=recipe.batch, samples=self._data.samples)
        began = start(recipe, self.material)
        self._theta = Theta(began)
        self._mean = Theta(began) if recipe.schedule.average else self._theta
        self._adam = Adam(self._theta.vector, recipe.schedule.clip)
        self._batches = self._data.batches(np.random.default_rng(recipe.seed))
        self._dropping = np.random.default_rng((recipe.seed, DROPPING))
        self._look_at = frozenset(look_at(recipe))
        self.update, self.loss, self.diverged = 0, float("nan"), 0
        self._lengths = 0.0, 0
        if state is None:
            self._best, self.best_loss = self._mean.vector.copy(), self.held_out()
        else:
            self._go_on(state)

    @classmethod
    def resumed(cls, recipe: Recipe, state: State, material: Material | None = None) -> Training:
        """The run that was in this state."""
        return cls(recipe, material, state)

    def _go_on(self, state: State) -> None:
        self._theta.vector[:], self._mean.vector[:] = state.theta, state.mean
        self._best, self.best_loss = state.best.copy(), state.best_loss
        self._adam.mean[:], self._adam.square[:], self._adam.steps = state.momentum
        self._batches.go_to(state.batches)
        self._dropping.bit_generator.state = state.dropping
        self.update, self.loss, self.diverged = state.update, state.loss, state.diverged
        self._lengths = state.lengths

    def state(self) -> State:
        """What a run goes on from; it can be pickled."""
        adam = self._adam
        return State(
            self.update,
            self._theta.vector.copy(),
            self._mean.vector.copy(),
            self._best.copy(),
            self.best_loss,
            (adam.mean.copy(), adam.square.copy(), adam.steps),
            self._batches.place,
            self._dropping.bit_generator.state,
            self.loss,
            self._lengths,
            self.diverged,
        )

    @property
    def finished(self) -> bool:
        """Whether all updates are done."""
        return self.update >= self.recipe.schedule.steps

    def advance(self) -> Update:
        """One update; Diverged where it makes no finite numbers, and then the weights stay as they were."""
        batch = self._next()
        loss, gradient = self._gradient(batch)
        return self._moved(loss, gradient)

    def explained(self) -> Parts:
        """The same one update, with its parts told."""
        batch, before = self._next(), self._theta.vector.copy()
        loss, gradient = self._gradient(batch)
        found = gradient.copy()  # Adam may write over it
        update = self._moved(loss, gradient)
        return told(update, self.material, batch, self._adam.clip, self._theta, before, found)

    def _next(self) -> Batch:
        if self.diverged:
            raise Diverged(self.diverged)
        if self.finished:
            raise ValueError(f"all {self.update} updates are done")
        return next(self._batches)

    def _gradient(self, batch: Batch) -> tuple[float, Vector]:
        kept = dropped(self._theta, batch, self.recipe.schedule.dropout, self._dropping)
        with np.errstate(over="ignore", invalid="ignore"):  # told as Diverged
            return loss_and_gradient(self._theta, batch, kept)

    def _moved(self, loss: float, gradient: Vector) -> Update:
        schedule, step, theta = self.recipe.schedule, self.update + 1, self._theta.vector
        rate, before = schedule.at(step), theta.copy()
        with np.errstate(over="ignore", invalid="ignore"):
            theta *= 1 - rate * schedule.decay  # apart from Adam: Loshchilov & Hutter (2019)
            length = self._adam.step(gradient, rate)
            if not np.isfinite([loss, length, float(theta @ theta)]).all():
                theta[:], self.diverged = before, step
                raise Diverged(step)
        if schedule.average:
            self._mean.vector += (1 - schedule.average) * (theta - self._mean.vector)
        self.loss = loss if np.isnan(self.loss) else SMOOTH * self.loss + (1 - SMOOTH) * loss
        total, count = (0.0, 0) if self.update in self._look_at else self._lengths
        self._lengths, self.update = (total + length, count + 1), step
        if step % schedule.every == 0 or self.finished:
            self._choose()
        return Update(step, loss, length, rate)

    def _choose(self) -> None:
        now = self.held_out()
        if now < self.best_loss:
            self._best, self.best_loss = self._mean.vector.copy(), now

    def held_out(self) -> float:
        """The loss on sequences held out, with the weights as they are now."""
        with np.errstate(over="ignore", invalid="ignore"):
            return held_out(self._mean.parts, self._data.validation)

    def look(self) -> Look:
        """What the run is now; moves nothing."""
        total, count = self._lengths
        length = total / count if count else float("nan")
        found = self.material, self._data.validation
        return looked(self.update, self.network(), self.loss, length, *found)

    def network(self) -> Network:
        """The weights as they are now; after `Diverged` those before the update that made no numbers."""
        return self._network(self._mean.vector)

    def best(self) -> Network:
        """Of the weights that were looked at, those of the least held-out loss."""
        return self._network(self._best)

    def _network(self, vector: Vector) -> Network:
        kind = self.material.kind
        return network_of_parts(parts_of(self.recipe.cell, self._theta.views(vector), kind), "float32")
