"""The quoted figures, measured again; and what they are quoted for."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pytest

from cells.phenomena import quoted
from cells.phenomena.__main__ import quoted as printed
from cells.phenomena.figures import Figure, Table, lines
from cells.phenomena.quoted import gradients, half_lives, saturations


def test_half_lives_and_saturation_are_reproduced():
    assert [figure.where for figure in half_lives().figures if not figure.reproduced] == []
    for figure in saturations(10).figures:
        # Weights × 16 are chaotic: a machine's rounding moves their shares, and the second deviation is near.
        assert abs(figure.found - figure.quoted) < max(0.5, 3 * figure.spread), figure.where


def test_a_half_life_is_reproduced_where_it_rounds_to_the_digits_quoted():
    for figure in half_lives().figures:
        digits = -Decimal(str(figure.quoted)).as_tuple().exponent
        assert figure.high - figure.low == pytest.approx(10**-digits)
        assert round(figure.found, digits) == figure.quoted


@pytest.fixture(scope="module")
def norms():
    return gradients()


def test_gradients_at_initialisation_are_those_quoted_but_for_few(norms):
    assert len(norms.figures) == 36
    missed = [figure.where for figure in norms.figures if not figure.reproduced]
    assert len(missed) <= 2, missed
    for figure in norms.figures:
        assert 1 / 2 < figure.found / figure.quoted < 2, figure.where


def test_the_product_of_f_is_not_the_whole_story(norms):
    """With b_f of 3 and more the path through h makes ∂c_T/∂c_0 grow, though every f is below 1."""
    found = {figure.where: figure.found for figure in norms.figures}
    for start in ("LSTM b_f=3", "LSTM b_f=5"):
        assert 1 < found[f"{start}, T=10"] < found[f"{start}, T=20"] < found[f"{start}, T=50"]
    for start in ("tanh RNN × 1.0", "LSTM b_f=0", "LSTM b_f=1", "GRU b_u=0"):
        assert found[f"{start}, T=10"] > 10 * found[f"{start}, T=50"]


def test_a_figure_out_of_bounds_is_said_to_be_so(capsys):
    table = Table("t", "s", "x", (Figure("a", 1, 1, 0, 0.9, 1.1), Figure("b", 2, 1, 0.1, 0.9, 1.1)))
    good, bad = list(lines(table))[-2:]
    assert good.endswith(" reproduced") and bad.endswith("not for these seeds")
    printed([table])
    assert "1 of 2 figures reproduced" in capsys.readouterr().out


def test_the_lengths_are_those_of_every_row():
    assert all(len(row) == len(quoted.LENGTHS) for row in quoted.QUOTED.values())


@pytest.mark.parametrize("seeds", [8, 32])
def test_two_means_of_seeds_are_the_same_within_two_standard_errors_of_their_difference(seeds):
    start = next(iter(quoted.QUOTED))
    logs = np.tile([-2.0, 2.0], seeds // 2)[:, None] * np.ones(len(quoted.LENGTHS))
    for figure in quoted.of_start(start, np.exp(logs)):
        error = np.std(logs[:, 0], ddof=1) / np.sqrt(seeds)
        assert figure.found == pytest.approx(1)
        assert np.log(figure.high) == pytest.approx(2 * np.sqrt(2) * error)
        assert np.log(figure.low) == pytest.approx(-2 * np.sqrt(2) * error)
    for figure in quoted.of_start(start, np.ones((seeds, len(quoted.LENGTHS)))):
        assert (figure.low, figure.high) == (
            pytest.approx(1 / quoted.FACTOR),
            pytest.approx(quoted.FACTOR),
        )
