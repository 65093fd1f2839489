"""What a network writes follows from its own answers."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cells.network import Network
from cells.sampling import tempered, write
from cells.tokens import places
from cells.untrained import Shape, untrained

LETTERS = tuple("?abcde")
NETWORK = untrained(Shape("GRU", 7, False, "places", len(LETTERS), 4, 5, "softmax"), seed=3)


def wrote(count, temperature, seed=0, prompt="ab"):
    return write(
        NETWORK,
        lambda tokens: places(tokens, LETTERS),
        LETTERS[1:],
        prompt,
        count,
        temperature,
        np.random.default_rng(seed),
    )


shares = st.lists(st.floats(0.01, 1), min_size=2, max_size=6).map(lambda row: np.array(row) / sum(row))


@given(shares, st.floats(0.05, 5))
def test_tempered_shares_add_up_and_keep_their_order(row, temperature):
    result = tempered(row, temperature)
    assert result.sum() == pytest.approx(1)
    assert np.all(np.diff(result[np.argsort(row, kind="stable")]) >= -1e-12)


@given(shares)
def test_temperature_one_changes_nothing_and_zero_leaves_the_likeliest(row):
    np.testing.assert_allclose(tempered(row, 1), row, rtol=1e-12)
    assert tempered(row, 0)[row.argmax()] == 1 == tempered(row, 0).sum()


def test_cold_writing_is_the_likeliest_token_of_the_whole_text_so_far():
    text = "ab"
    for letter in wrote(12, 0):
        output = NETWORK.run(places(text, LETTERS)).output
        assert letter == LETTERS[1:][output[-1].argmax()]
        text += letter


def test_the_same_seed_writes_the_same_and_others_differ():
    assert wrote(40, 1, seed=1) == wrote(40, 1, seed=1) != wrote(40, 1, seed=2)


def test_a_longer_text_begins_like_the_shorter():
    assert wrote(40, 1)[:15] == wrote(15, 1)
    assert wrote(0, 1) == ()


def test_of_however_long_a_prompt_one_step_is_held(monkeypatch):
    held, run = [], Network.run
    monkeypatch.setattr(Network, "run", lambda *args, **kept: held.append(run(*args, **kept)) or held[-1])
    wrote(3, 1, prompt="abc" * 100)
    assert [len(one.output) for one in held] == [1, 1, 1, 1]
