"""Colours: one range for each symbol, nothing at zero, and hues that colour-blind eyes can tell apart."""

from __future__ import annotations

import math
import re
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cells import CELLS
from cells.symbols import SYMBOLS
from ui.figures.theme import GATES, HUES, NEGATIVE, POSITIVE, limits, rgba, round_up, scale

VALUES = st.lists(st.floats(-1e9, 1e9), min_size=1).map(np.array)


def test_every_symbol_of_every_cell_has_a_hue() -> None:
    assert {"x"} | {symbol for cell in CELLS.values() for symbol in cell.symbols} == set(HUES)


def test_symbols_of_one_picture_have_hues_of_their_own() -> None:
    for cell in CELLS.values():
        hues = [HUES[symbol] for symbol in ("x", *cell.symbols)]
        assert len(set(hues)) == len(hues)


@given(VALUES)
def test_ranges_are_the_notations_and_never_the_datas(values: np.ndarray) -> None:
    for symbol in HUES:
        low, high = SYMBOLS[symbol].low, SYMBOLS[symbol].high
        if low is not None and high is not None:
            assert limits(symbol, values) == (low, high)


@given(VALUES)
def test_an_unbounded_range_is_symmetric_round_and_holds_every_value(values: np.ndarray) -> None:
    for symbol in ("c", "x"):
        low, high = limits(symbol, values)
        assert low == -high
        assert np.abs(values).max() <= high * (1 + 1e-6)
        assert f"{high:e}"[0] in "125"
        assert math.isclose(high, float(f"{high:.0e}"))


@given(st.floats(0, 1e12))
def test_a_round_bound_is_the_first_that_is_large_enough(largest: float) -> None:
    bound = round_up(largest)
    assert bound >= max(1, largest) * (1 - 1e-6)
    assert bound == 1 or bound / 2.5 < largest * (1 + 1e-6)


def test_values_that_are_no_numbers_do_not_count() -> None:
    assert limits("c", np.array([np.nan, 3.0, np.inf])) == (-5, 5)
    assert limits("c", np.array([np.nan])) == (-1, 1)


def channels(colour: str) -> tuple[float, ...]:
    return tuple(map(float, re.findall(r"[\d.]+", colour)))


@pytest.mark.parametrize("symbol", HUES)
def test_nothing_is_drawn_at_zero_and_everything_at_the_ends(symbol: str) -> None:
    low, high = limits(symbol, np.ones(1))
    places, colours = zip(*scale(symbol), strict=True)
    alpha = [channels(colour)[3] for colour in colours]
    assert list(places) == sorted(places)
    assert (places[0], places[-1]) == (0, 1)
    zero = (0 - low) / (high - low)
    assert np.interp(zero, places, alpha) == 0
    assert alpha[-1] == 1
    assert symbol in GATES or alpha[0] == 1


@pytest.mark.parametrize("symbol", HUES)
def test_twice_the_value_is_twice_as_strong(symbol: str) -> None:
    low, high = limits(symbol, np.ones(1))
    places, colours = zip(*scale(symbol), strict=True)
    alpha = [channels(colour)[3] for colour in colours]
    for value in (0.1, 0.3, 0.5):
        for sign in (1, -1) if low < 0 else (1,):
            once, twice = (
                np.interp((size * sign - low) / (high - low), places, alpha) for size in (value, 2 * value)
            )
            assert twice == pytest.approx(2 * once, rel=0.01)


def test_opacity_is_added_to_a_hue() -> None:
    assert rgba("#0072B2", 0.5) == "rgba(0,114,178,0.5)"


# Severity 1.0 of Machado, Oliveira & Fernandes (2009), on linear RGB.
EYES = {
    "all cones": np.eye(3),
    "protan": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
    "deutan": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
    "tritan": np.array(
        [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
        ]
    ),
}
XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
)
APART = 12.0  # distance in CIELAB; about 2.3 is just noticeable side by side, patches here lie far apart


def seen(colour: str, eye: str) -> np.ndarray:
    """A colour in CIELAB (D65) as an eye sees it."""
    srgb = np.array([int(colour[at : at + 2], 16) for at in (1, 3, 5)]) / 255
    linear = np.where(srgb <= 0.04045, srgb / 12.92, ((srgb + 0.055) / 1.055) ** 2.4)
    share = XYZ @ np.clip(EYES[eye] @ linear, 0, 1) / XYZ.sum(axis=1)
    x, y, z = np.where(share > 216 / 24389, np.cbrt(share), (24389 / 27 * share + 16) / 116)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def test_the_simulation_knows_white_and_what_eyes_confuse() -> None:
    for eye in EYES:
        np.testing.assert_allclose(seen("#FFFFFF", eye), [100, 0, 0], atol=0.1)
    red, green = "#B05A00", "#6E7800"
    assert np.linalg.norm(seen(red, "all cones") - seen(green, "all cones")) > 40
    assert np.linalg.norm(seen(red, "protan") - seen(green, "protan")) < 20


@pytest.mark.parametrize("eye", EYES)
@pytest.mark.parametrize("cell", CELLS)
def test_hues_of_one_picture_can_be_told_apart(cell: str, eye: str) -> None:
    close = {
        (one, other): round(float(distance), 1)
        for one, other in combinations(("x", *CELLS[cell].symbols), 2)
        if (distance := np.linalg.norm(seen(HUES[one], eye) - seen(HUES[other], eye))) < APART
    }
    assert not close


@pytest.mark.parametrize("eye", EYES)
def test_below_and_above_zero_can_be_told_apart(eye: str) -> None:
    assert np.linalg.norm(seen(NEGATIVE, eye) - seen(POSITIVE, eye)) > 4 * APART


def test_states_that_nothing_bounds_have_a_round_range_as_c_has():
    assert limits("h", np.array([0.0, 7.3]), bounded=False) == (-10, 10)
    assert limits("h", np.array([0.0, 7.3])) == (-1, 1)
