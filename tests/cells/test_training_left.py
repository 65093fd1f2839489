"""Training that is left and gone on with is the same training, bit for bit."""

from __future__ import annotations

import pickle
from dataclasses import replace
from math import inf

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cells.cell import OFFERED
from cells.parameters import Theta, by_name
from cells.tasks import TASKS
from cells.training.adam import Adam
from cells.training.batches import Sample, side_by_side
from cells.training.data import Batches, Data, collected, drawn, endless
from cells.training.faults import Diverged, RecipeError
from cells.training.gradients import loss_and_gradient
from cells.training.looking import look_at
from cells.training.materials import material
from cells.training.offered import default
from cells.training.recipes import start
from cells.training.schedule import Schedule
from cells.training.telling_unit import About
from cells.training.training import Training

SMALL = replace(default("parity"), units=2, batch=3, longest=4, schedule=Schedule(12, 0.02))
DIRECTIONS, SHARES = st.booleans(), st.sampled_from((0.0, 0.5))


def few(seed: int) -> list[Sample]:
    rng = np.random.default_rng(seed)
    lengths = rng.integers(1, 5, 7)
    return [
        Sample(
            rng.random((n, 2)).astype("float32"), np.eye(2, dtype="float32")[[0] * n], np.ones(n, "float32")
        )
        for n in lengths
    ]


def halved(sample: Sample, rng: np.random.Generator) -> Sample:
    return sample._replace(rows=sample.rows * (rng.random(sample.rows.shape) < 0.5).astype("float32"))


def as_needed(size: int, _: int) -> Data:
    task = TASKS["parity"].up_to(4)
    return Data(
        endless(lambda rng: side_by_side([drawn(task, rng) for _ in range(size)])), [side_by_side(few(1))]
    )


# A text's sequences, epoch after epoch and altered before each reading, beside those drawn as needed.
FEW, DRAWN = (
    replace(material("parity", 4), data=data, scores=dict, watched=lambda: About(few(2), ("even", "odd")))
    for data in (lambda size, _: collected(few(0), few(1), size, halved), as_needed)
)


def numbers(training: Training) -> list[np.ndarray]:
    return [*by_name(training.network()).values(), *by_name(training.best()).values()]


def same(one: Training, other: Training) -> bool:
    return one.best_loss == other.best_loss and all(
        np.array_equal(a, b) for a, b in zip(numbers(one), numbers(other), strict=True)
    )


@settings(max_examples=25)
@given(
    st.sampled_from([cell.name for cell in OFFERED]),
    DIRECTIONS,
    SHARES,
    SHARES,
    st.sampled_from((FEW, DRAWN)),
    st.integers(0, 6),
)
def test_left_pickled_and_gone_on_with_is_not_left(cell, both, dropout, average, source, left_at):
    schedule = Schedule(6, 0.02, looks=3, dropout=dropout, average=average, decay=0.1)
    recipe = replace(SMALL, cell=cell, bidirectional=both, schedule=schedule)
    straight, left = Training(recipe, source), Training(recipe, source)
    for _ in range(left_at):
        straight.advance()
        left.advance()
    left.look()  # draws nothing, moves nothing
    again = Training.resumed(recipe, pickle.loads(pickle.dumps(left.state())), source)
    while not straight.finished:
        told = again.explained() if again.update % 2 else again.advance()
        assert straight.advance() == tuple(told)[:4]
    assert same(straight, again) and again.finished
    assert repr(straight.look()[:8]) == repr(again.look()[:8])


def test_it_is_what_a_plain_loop_does():
    """The course that shipped networks were trained on: nothing but batches, gradients and Adam."""
    recipe = replace(SMALL, schedule=Schedule(12, 0.02, decay=0.1, average=0.5))
    theta = Theta(start(recipe, DRAWN))
    adam, mean = Adam(theta.vector), theta.vector.copy()
    batches = DRAWN.data(3, 0).batches(np.random.default_rng(0))
    training = Training(recipe, DRAWN)
    for step in range(1, 13):
        _, gradient = loss_and_gradient(theta, next(batches))
        theta.vector *= 1 - recipe.schedule.at(step) * 0.1
        adam.step(gradient, recipe.schedule.at(step))
        mean += 0.5 * (theta.vector - mean)
        training.advance()
    views = by_name(training.network())
    assert all(np.array_equal(views[name], array) for name, array in theta.views(mean).items())


def test_weights_batches_and_dropout_are_drawn_apart():
    plain, dropping = (
        Training(replace(SMALL, schedule=Schedule(12, 0.02, dropout=dropout)), DRAWN)
        for dropout in (0.0, 0.5)
    )
    for _ in range(3):
        assert plain.explained().sequences == dropping.explained().sequences
    assert not same(plain, dropping)


def test_batches_go_on_within_an_epoch_and_over_its_end():
    data = collected(few(0), few(1), 2, halved)
    every = data.batches(np.random.default_rng(1))
    for _ in range(9):
        place = every.place
        again = data.batches(np.random.default_rng(2))
        again.go_to(pickle.loads(pickle.dumps(place)))
        expected, found = next(every), next(again)
        assert all(np.array_equal(a, b) for a, b in zip(expected, found, strict=True))
    assert isinstance(again, Batches)


def test_the_parts_of_an_update_make_its_whole():
    training = Training(replace(SMALL, schedule=Schedule(12, 0.02, clip=0.01)), DRAWN)
    before = by_name(training.network())
    parts = training.explained()
    after = by_name(training.network())
    assert np.linalg.norm([*parts.gradients.values()]) == pytest.approx(parts.length, rel=1e-5)
    assert parts.clipped * parts.length == pytest.approx(0.01)
    for name, change in parts.changes.items():
        assert np.linalg.norm(after[name] - before[name]) == pytest.approx(change, rel=1e-3)
    weight = parts.weight
    assert (weight.before, weight.after) == (
        before[weight.array][weight.place],
        after[weight.array][weight.place],
    )
    assert weight.before + weight.change == pytest.approx(weight.after)
    assert weight.gradient * weight.change < 0  # the first step of Adam goes against the gradient
    assert all(set(sequence) <= {"0", "1"} for sequence in parts.sequences) and len(parts.sequences) == 3


@pytest.mark.parametrize("task", ["count10", "brackets", "copy"])
def test_a_batch_is_told_as_it_would_be_typed(task):
    training = Training(replace(default(task), units=2, batch=4, longest=3))
    rows = training.explained().sequences
    assert all(material(task).vocabulary[0] in "".join(row) or row for row in rows)
    truth = TASKS[task].truth
    assert all(truth(row).known.any() for row in rows)


def test_marked_numbers_are_told_with_their_marks():
    (row, *_) = Training(replace(default("adding"), units=2, batch=2, longest=4)).explained().sequences
    assert len(row) == 4 and sum(token.endswith("*") for token in row) == 2


def test_where_numbers_break_down_the_last_good_weights_stay():
    """relu knows no bound: at such a rate, and unclipped, a state doubles at each step."""
    recipe = replace(SMALL, cell="RNN (relu)", longest=40, schedule=Schedule(50, 1000.0, clip=inf))
    training = Training(recipe)
    before: dict[str, np.ndarray] = {}

    def on() -> None:
        while True:
            before.update(by_name(training.network()))
            training.advance()

    with pytest.raises(Diverged) as fault:
        on()
    assert fault.value.update == training.update + 1 == training.diverged
    assert all(np.isfinite(array).all() for array in by_name(training.network()).values())
    assert all(np.array_equal(before[name], array) for name, array in by_name(training.network()).items())
    again = pickle.loads(pickle.dumps(fault.value))
    assert (again.update, str(again)) == (fault.value.update, str(fault.value))
    with pytest.raises(Diverged):
        Training.resumed(recipe, training.state()).advance()


def test_a_gradient_without_end_moves_nothing(monkeypatch):
    training = Training(SMALL, DRAWN)
    training.advance()
    before = training.state().theta
    whole = np.full_like(before, inf)
    monkeypatch.setattr("cells.training.training.loss_and_gradient", lambda *_: (0.5, whole))
    with pytest.raises(Diverged, match="update 2"):
        training.advance()
    assert np.array_equal(training.state().theta, before)


def test_a_batch_larger_than_a_text_is_refused():
    with pytest.raises(RecipeError, match="at most 7"):
        Training(replace(SMALL, batch=8), FEW)


def test_after_its_last_update_there_is_none():
    training = Training(replace(SMALL, schedule=Schedule(1, 0.02)), DRAWN)
    training.advance()
    with pytest.raises(ValueError, match="all 1 updates"):
        training.advance()


@given(st.integers(1, 20_000))
def test_looks_are_few_dense_early_and_see_the_first_and_the_last(steps):
    at = look_at(replace(SMALL, schedule=Schedule(steps, 0.02)))
    assert (at[0], at[-1]) == (0, steps) and 2 <= len(at) <= 64
    gaps = np.diff(at)
    assert gaps.min() >= 1 and np.all(np.diff(gaps) >= -1)
