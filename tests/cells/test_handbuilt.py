"""The networks built by hand do exactly what they say."""

from __future__ import annotations

from dataclasses import replace
from itertools import accumulate

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cells.handbuilt import HANDBUILT, counter, latch
from cells.tokens import one_hot

A_MINUS_B, A, B, B_IN_A_ROW = range(4)


def run(built, text, initial=None):
    return built.network.run(one_hot(text, built.alphabet), initial=initial).layers[0].forward


@given(st.text("ab?", min_size=1, max_size=80))
@settings(deadline=None)
def test_counter_counts_exactly(text):
    c = run(counter(40), text)["c"]
    a = np.cumsum([token == "a" for token in text])
    b = np.cumsum([token == "b" for token in text])
    np.testing.assert_array_equal(c[:, A], a)
    np.testing.assert_array_equal(c[:, B], b)
    np.testing.assert_array_equal(c[:, A_MINUS_B], a - b)
    runs = accumulate(text, lambda row, token: {"a": 0, "b": row + 1}.get(token, row), initial=0)
    np.testing.assert_array_equal(c[:, B_IN_A_ROW], list(runs)[1:])


def test_counter_is_exact_to_ten_thousand():
    c = run(counter(40), "a" * 10_000 + "b" * 10_000)["c"]
    assert c[9_999, A_MINUS_B] == 10_000
    assert c[-1, A_MINUS_B] == 0
    assert c[-1, B] == c[-1, B_IN_A_ROW] == 10_000


@pytest.mark.parametrize(("sharpness", "level"), [(5, 148.4), (3, 20.0)])
def test_a_dull_counter_levels_off(sharpness, level):
    trace = run(counter(sharpness), "a" * 10_000)
    f, i, c_tilde = (trace[symbol][-1, A_MINUS_B] for symbol in ("f", "i", "c_tilde"))
    assert trace["c"][-1, A_MINUS_B] == pytest.approx(level, abs=0.05)
    assert trace["c"][-1, A_MINUS_B] == pytest.approx(i * c_tilde / (1 - f), rel=1e-9)


@pytest.mark.parametrize("sharpness", [3, 5, 40])
def test_counter_gates_stand_at_plus_or_minus_the_sharpness(sharpness):
    trace = run(counter(sharpness), "abba")
    open_ = 1 / (1 + np.exp(-float(sharpness)))
    for gate in "fio":
        np.testing.assert_allclose(np.maximum(trace[gate], 1 - trace[gate]), open_, rtol=0, atol=1e-15)
    np.testing.assert_allclose(np.abs(trace["c_tilde"]), np.tanh(sharpness))
    assert [gate[:, B_IN_A_ROW].round().tolist() for gate in (trace["f"], trace["i"], trace["o"])] == [
        [0, 1, 1, 0]
    ] * 3


@pytest.mark.parametrize("name", HANDBUILT)
def test_a_token_outside_the_alphabet_changes_nothing(name):
    built = HANDBUILT[name](40)
    known = "abbb" if name == "counter" else "remember"
    plain, disturbed = run(built, known), run(built, "??" + "??".join(known) + "?")
    places = [2 + 3 * t for t in range(len(known))]
    for state in ("c", "h"):
        np.testing.assert_array_equal(disturbed[state][places], plain[state])
        for t, place in enumerate(places):
            np.testing.assert_array_equal(disturbed[state][place + 1], plain[state][t])
        np.testing.assert_array_equal(disturbed[state][:2], 0)


@given(st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=60))
@settings(deadline=None)
def test_latch_remembers_the_first_letter_alone(text):
    built = latch(40)
    expected = np.zeros(27)
    expected[[built.unit_names.index(text[0]), built.unit_names.index("started")]] = 1
    for row in run(built, text)["c"]:
        np.testing.assert_array_equal(row, expected)


def test_latch_holds_for_ten_thousand_steps():
    built = latch(40)
    assert run(built, "q" + "xyz" * 3_333)["c"][-1, built.unit_names.index("q")] == 1


def test_the_misprint_breaks_the_latch():
    built = latch(40)
    printed = replace(built, network=replace(built.network, cell="LSTM (as printed)"))
    c = run(printed, "qz")["c"][-1]
    assert c[built.unit_names.index("z")] == 1  # "started" is shown a step late, so the second letter gets in


@pytest.mark.parametrize("name", HANDBUILT)
def test_units_and_features_have_names(name):
    built = HANDBUILT[name](40)
    assert built.key == name
    assert len(built.alphabet) == built.network.features
    assert len(built.unit_names) == len(built.network.layers[0].forward.b.f)


def test_unit_names_of_the_counter():
    assert counter(40).unit_names == ("a − b", "a", "b", "b in a row")
