"""Tokens become rows of x, and the same token always the same row."""

from __future__ import annotations

from hashlib import shake_256
from time import process_time

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

import cells.tokens
from cells.tokens import UNKNOWN, one_hot, token_vectors, unknown, word_parts


def test_one_hot_and_its_strangers():
    rows = one_hot(["b", "?", "a", "b", "!", "?"], ("a", "b"), "float32")
    assert rows.dtype == np.float32
    assert rows.tolist() == [[0, 1], [0, 0], [1, 0], [0, 1], [0, 0], [0, 0]]
    assert unknown(["b", "?", "a", "b", "!", "?"], ("a", "b")) == ("?", "!")


def test_a_word_is_read_as_itself_its_ending_and_how_it_is_written():
    vocabulary = (UNKNOWN, "king", "-ing", "#x", "#Xx", "#XX", "#9", "#.")
    written = {
        "king": "#x",
        "King": "#Xx",
        "KING": "#XX",
        "I": "#Xx",
        "sewing": "#x",
        "4th": "#9",
        "--": "#.",
        "": "#.",
    }
    rows = word_parts(list(written), vocabulary)
    assert rows.shape == (len(written), 3)
    for (word, way), row in zip(written.items(), rows, strict=True):
        expected = ("king" * (word.lower() == "king"), "-ing" * word.lower().endswith("ing"), way)
        assert tuple(vocabulary[place] if place else "" for place in row) == expected


@given(
    st.lists(st.text(), max_size=12), st.lists(st.text(), max_size=12), st.integers(-5, 99), st.integers(1, 9)
)
def test_a_text_never_changes_the_vectors_of_another(one, other, seed, features):
    joined = token_vectors([*one, *other], features, seed)
    assert joined.shape == (len(one) + len(other), features)
    np.testing.assert_array_equal(joined[: len(one)], token_vectors(one, features, seed))
    np.testing.assert_array_equal(joined[len(one) :], token_vectors(other, features, seed))


def test_vectors_differ_by_token_and_seed_and_are_standard_normal():
    tokens = [f"token {number}" for number in range(4_000)]
    rows = token_vectors(tokens, 16, 0)
    assert len({row.tobytes() for row in rows}) == 4_000
    assert (token_vectors(tokens, 16, 1) != rows).mean() > 0.999
    assert abs(rows.mean()) < 0.02
    assert abs(rows.std() - 1) < 0.02
    assert abs((np.abs(rows) < 1).mean() - 0.683) < 0.01
    assert np.isfinite(rows).all()
    np.testing.assert_allclose(np.corrcoef(rows.T), np.eye(16), atol=0.1)


def test_known_numbers_stay_known():
    rows = token_vectors(["a", "长", "👩‍🚀"], 3, 7, "float32")
    assert rows.dtype == np.float32
    np.testing.assert_allclose(rows, KNOWN, atol=1e-6)


def test_lone_surrogates_have_a_vector_too():
    assert np.isfinite(token_vectors(["\ud800", "a"], 4, 0)).all()


def test_a_token_is_hashed_once_however_often_it_is_read(monkeypatch):
    hashed = []
    monkeypatch.setattr(cells.tokens, "shake_256", lambda data: hashed.append(data) or shake_256(data))
    token_vectors(["a", "b", "a", "c"] * 1000, 16, 0)
    assert len(hashed) == 3


def test_a_hundred_thousand_different_tokens_take_little_longer_than_their_hashes():
    tokens = [str(number) for number in range(100_000)]
    begun = process_time()
    for token in tokens:
        shake_256(f"0 {token}".encode()).digest(8 * 16)
    hashed = process_time()
    token_vectors(tokens, 16, 0)
    assert process_time() - hashed < 10 * (hashed - begun)


KNOWN = [[-0.736727, -0.235747, 0.734809], [-1.10137, -1.639904, -0.658204], [-1.087366, -0.45482, 0.187479]]
