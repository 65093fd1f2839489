"""Numbers are written in one way each, and what is no number in one way everywhere."""

from __future__ import annotations

from math import inf, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.text.numbers import (
    apart,
    correlation,
    decimals,
    digits,
    factor,
    minus,
    percent,
    powers,
    rounding,
    share,
    small,
    spans,
)


@pytest.mark.parametrize("write", [digits, powers, spans])
def test_what_is_no_number_is_told_in_one_way(write):
    assert [write(inf), write(-inf), write(nan)] == ["∞", "−∞", "–"]


@given(st.floats(-1e12, 1e12))
def test_no_number_has_a_hyphen_for_a_minus_or_a_zero_with_a_sign(value):
    for written in (decimals(value), digits(value), small(value)):
        assert "-" not in written
        assert written not in {"−0", "−0.00"}


@pytest.mark.parametrize(
    ("write", "value", "written"),
    [
        (decimals, -0.004, "0.00"),
        (decimals, -2.345, "−2.35"),
        (small, -0.00123, "−0.0012"),
        (small, 0.0, "0.00"),
        (digits, -0.0012345, "−0.00123"),
        (digits, 0.0, "0"),
        (powers, 2.3e-4, "2.3\u00a0×\u00a010<sup>−4</sup>"),
        (powers, 13.0, "13"),
        (powers, -0.0, "0"),
        (powers, 120.0, "120"),
        (rounding, 2.2e-16, "2\u00a0×\u00a010⁻¹⁶"),
        (rounding, 0.0, "0"),
        (percent, 0.265625, "27\u00a0%"),
        (percent, 0.9956, "99.6\u00a0%"),
        (percent, 0.0026, "0.3\u00a0%"),
        (percent, 0.99996, ">99.9\u00a0%"),
        (percent, 1e-9, "<0.1\u00a0%"),
        (percent, 0.125, "13\u00a0%"),
        (percent, 1.0, "100\u00a0%"),
        (percent, 0.0, "0\u00a0%"),
        (correlation, -0.999, "−0.999"),
        (correlation, 0.99996, "0.99996"),
        (correlation, -1.0, "−1.00"),
        (correlation, 0.887, "0.89"),
        (correlation, 0.0012, "0.0012"),
        (spans, 1234.56, "1,234.6"),
        (spans, 5.5, "5.50"),
        (factor, 1.004, "1.00"),
        (factor, 3.64e6, "3.6\u00a0×\u00a010<sup>6</sup>"),
    ],
)
def test_numbers_are_written_with_the_digits_that_say_something(write, value, written):
    assert write(value) == written


@given(st.floats(-1, 1).filter(lambda r: 1 - abs(r) > 1e-11 or abs(r) == 1))
def test_only_a_correlation_of_one_is_written_as_one(r: float) -> None:
    assert (abs(float(correlation(r).replace("−", "-"))) == 1) == (abs(r) == 1)


@given(st.floats(0, 1), st.sampled_from((0, 1)))
def test_only_all_is_written_as_all_and_nothing_as_nothing(value: float, places: int) -> None:
    written = percent(value, places).removesuffix("\u00a0%")
    assert (written in ("100", "100.0")) == (value == 1) and (written in ("0", "0.0")) == (value == 0)
    if written[0] not in "<>":
        assert float(written) == pytest.approx(100 * value, abs=0.5 + 1e-9)


def test_a_minus_is_a_minus():
    assert minus("-1.5e-07") == "−1.5e−07"


@pytest.mark.parametrize(
    ("value", "written"),
    [(0.9525741, "0.9526"), (0.99966465, "0.999665"), (0.5, "0.500"), (0.0, "0.00"), (1.0, "1.00")],
)
def test_a_share_shows_what_is_lacking_to_one(value: float, written: str) -> None:
    assert share(value) == written


@given(st.floats(-50, 50), st.floats(-50, 50))
def test_a_gap_is_that_of_the_numbers_as_they_are_written(one: float, other: float) -> None:
    first, second, gap = (float(written.replace("−", "-")) for written in apart(one, other))
    assert first - second == pytest.approx(gap, abs=1e-12)
    assert gap == pytest.approx(one - other, rel=0.1, abs=2e-12)


def test_a_gap_is_written_with_the_digits_that_say_something() -> None:
    assert apart(-0.1341, -0.1489) == ("−0.134", "−0.149", "+0.015")
    assert apart(0.5, 0.5) == ("0.50", "0.50", "+0.00")
    assert apart(1.25, 3.0) == ("1.25", "3.00", "−1.75")
    assert apart(inf, 1.0) == ("∞", "1", "∞")
