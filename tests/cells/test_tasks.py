"""Truths of the generated tasks: they hold for what is drawn, judge no nonsense, never look ahead."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cells.tasks import TASKS, count_truth

SEEDS = st.integers(0, 2**32 - 1)
tasks = pytest.mark.parametrize("task", TASKS.values(), ids=TASKS)


def drawn(task, seed):
    rng = np.random.default_rng(seed)
    return task.draw(rng, int(rng.integers(task.sizes[0], task.sizes[1] + 1)))


@tasks
@given(seed=SEEDS)
def test_what_is_drawn_has_one_truth_a_step(task, seed):
    tokens = drawn(task, seed)
    values, known = task.truth(tokens)
    assert values.shape == (len(tokens), len(task.answers))
    assert known.shape == (len(tokens),)
    assert known[-1]
    assert not task.tokens or set(tokens) <= set(task.tokens)
    if task.kind == "softmax":
        np.testing.assert_array_equal(values[known].sum(axis=1), 1)
    if task.kind == "sigmoid":
        assert set(np.unique(values)) <= {0.0, 1.0}
        assert values[known].any(axis=1).all()


@tasks
@given(seed=SEEDS, cut=st.floats(0, 1))
def test_a_truth_never_looks_ahead(task, seed, cut):
    tokens = list(drawn(task, seed))
    begun = tokens[: 1 + int(cut * (len(tokens) - 1))]
    values, known = task.truth(tokens)
    early, sure = task.truth(begun)
    np.testing.assert_array_equal(values[: len(begun)], early)
    np.testing.assert_array_equal(known[: len(begun)], sure)


@pytest.mark.parametrize("key", ["count10", "brackets", "copy"])
@given(seed=SEEDS, data=st.data())
def test_nonsense_is_not_judged(key, seed, data):
    """Once a sequence has left the language it stays unknown, whatever follows."""
    tokens = data.draw(st.lists(st.sampled_from(TASKS[key].tokens), min_size=1, max_size=30))
    known = TASKS[key].truth(tokens).known
    if key != "copy":
        assert not np.any(np.diff(known.astype(int)) > 0)


def test_counting_by_example():
    values, known = count_truth("aabbb")
    assert known.tolist() == [True, True, True, True, False]
    assert values[:4].tolist() == [[1, 1, 0], [1, 1, 0], [0, 1, 0], [0, 0, 1]]
    assert not count_truth("ba").known.any()
    assert not count_truth("xab").known.any()


def test_brackets_by_example():
    values, known = TASKS["brackets"].truth("([)]")
    assert known.tolist() == [True, True, False, False]
    assert values[1].tolist() == [1, 1, 0, 1, 0]


def test_copying_by_example():
    values, known = TASKS["copy"].truth("ba___a_")
    assert known.tolist() == [False, False, True, True, False, False, False]
    assert values[2].argmax() == 1 and values[3].argmax() == 0


def test_adding_by_example():
    values, known = TASKS["adding"].truth(["0.5*", "0.9", "0.25*", "1"])
    assert known.tolist() == [False, False, True, True]
    assert values[known, 0].tolist() == [0.75, 0.75]
