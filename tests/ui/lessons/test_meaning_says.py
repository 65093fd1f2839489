"""What the lesson on meaning says of the networks that ship, beyond the answers to its questions."""

from __future__ import annotations

import numpy as np
import pytest

from cells import shipped
from cells.ablation import averages, trial_of
from cells.saturation import saturation
from cells.tracks import TRACKS, correlations, found
from cells.training.materials import material
from tests.ui.lessons.test_lessons import viewed
from ui.lessons.meaning import COUNTER, MEANING, TEN, TWENTY
from ui.lessons.records import Page
from ui.lessons.truth import trace_of
from ui.lessons.truths import truth
from ui.runs.viewed import Viewed

FIVE = "text=aaaaabbbbb"


def seen(query: str) -> Viewed:
    return viewed(Page("", query))


def r(view: Viewed, unit: int) -> float:
    """Of c with the count."""
    return float(correlations(trace_of(view)["c"], TRACKS["a − b"](view.tokens))[unit - 1])


def test_the_answers_are_those_for_which_the_replies_are_worded() -> None:
    rights = {page.name: truth(viewed(page), page.ask).right for page in MEANING.pages if page.ask}
    assert rights == {
        "accident": "closely",
        "loud": "most",
        "spare": "same",
        "needed": "little",
        "zero": "same",
        "which": "8",
    }


def test_unit_3_goes_with_the_count_and_in_the_untrained_twin_unit_5_does_by_accident() -> None:
    trained = seen(f"{COUNTER}&{FIVE}")
    first = found(trace_of(trained), TRACKS["a − b"](trained.tokens))[0]
    assert (first.symbol, first.unit) == ("c", 2)
    twin = seen(f"{COUNTER}&{FIVE}&twin=1&seed=2")
    trace = trace_of(twin)
    best = found(trace, TRACKS["a − b"](twin.tokens))[0]
    assert (best.symbol, best.unit) == ("c", 4)
    assert (len(trace.symbols), trace["c"].shape) == (6, (10, 10))


def test_on_more_text_the_accident_is_over_and_the_count_is_not() -> None:
    assert r(seen(f"{COUNTER}&{TWENTY}"), 3) < -0.99
    twin = seen(f"{COUNTER}&{TWENTY}&twin=1&seed=2")
    assert abs(r(twin, 5)) < 0.5
    assert np.ptp(trace_of(twin)["c"][11:20, 4]) < 0.02, "long flat"


def test_no_gate_of_the_twin_is_saturated_and_most_i_and_o_of_the_trained_one_are_open() -> None:
    shares = saturation(trace_of(seen(f"{COUNTER}&{FIVE}&twin=1")))
    assert all(not part.any() for share in shares.values() for part in share)
    trained = saturation(trace_of(seen(f"{COUNTER}&{FIVE}")))
    assert min(trained[gate].right.mean() for gate in ("i", "o")) > 0.8


def test_unit_10_goes_along_and_unit_4_does_not() -> None:
    ten = seen(f"{COUNTER}&{TEN}")
    assert round(r(ten, 10), 2) == 0.72
    assert round(r(ten, 4), 2) == -0.04
    c = trace_of(ten)["c"][:, 3]
    assert (np.diff(c) > 0).mean() > 0.8, "goes up with most tokens"
    assert c[2:].min() > 2, "never near 0"


def test_the_value_at_which_unit_4_is_held_is_its_mean_over_many_texts() -> None:
    card = shipped.card("count10-lstm")
    means = averages(shipped.network(card.name), trial_of(card.task, material(card.task)).usual)
    assert means[1, "forward"]["c"][3] == pytest.approx(5.2, abs=0.05)
    assert card.scores["longest"] == 35


def test_three_units_of_the_other_counter_go_with_the_count_and_6_most() -> None:
    view = seen(f"network=count50&model=count50-lstm&{TWENTY}")
    each = {unit: abs(r(view, unit)) for unit in range(1, 9)}
    assert {unit for unit, value in each.items() if value > 0.97} == {3, 6, 8}
    assert max(each, key=lambda unit: each[unit]) == 6
