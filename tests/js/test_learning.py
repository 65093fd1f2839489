"""What a page knows of a training: its looks in order, how far it is to go, axes that only grow."""

from __future__ import annotations

from typing import Any

import pytest

from tests.js.conftest import Core

ARM = {"recipe": "a", "label": "", "steps": 100, "planned": [0, 1, 4, 9, 100], "clip": 1}
LOG = {"low": -3, "high": 0, "log": True}


def look(update: int, **numbers: Any) -> dict[str, Any]:
    known = {"loss": 0.5, "held": 0.5, "scores": {"longest": 3}, "length": 0.1, "saturated": 0.2, "r": -0.5}
    return {"update": update, "tells": "a − b", "unit": 1, **known, **numbers}


def event(state: str, update: int, *looks: int, **more: Any) -> dict[str, Any]:
    return {"state": state, "update": update, "looks": [look(one) for one in looks], **more}


def after(core: Core, *events: dict[str, Any], at: int | None = None) -> dict[str, Any]:
    found: dict[str, Any] = core("learning", known=ARM, events=events, at=at)
    return found


def test_who_listens_anew_has_each_look_once_and_in_order(core: Core) -> None:
    first, second = event("training", 4, 0, 1, 4), event("resting", 7, 7)
    found = after(core, first, second, event("resting", 7, 0, 1, 4, 7), event("training", 9, 9))
    assert found["updates"] == [0, 1, 4, 7, 9]
    assert found["phase"] == "training"


def test_each_act_says_how_far_it_goes(core: Core) -> None:
    assert after(core)["until"] == {"train": 100, "look": 1, "one": 1, "pause": 0}
    assert after(core, event("resting", 5))["until"] == {"train": 100, "look": 9, "one": 6, "pause": 5}
    assert after(core, event("resting", 100))["until"] == {
        "train": 100,
        "look": 100,
        "one": 100,
        "pause": 100,
    }


def test_what_is_shown_at_an_update_is_the_last_look_up_to_it(core: Core) -> None:
    run = event("training", 9, 0, 1, 4, 9)
    assert [after(core, run, at=at)["shown"] for at in (None, 0, 3, 4, 99)] == [9, 0, 1, 4, 9]
    assert after(core)["shown"] is None


def test_the_parts_of_an_update_are_shown_until_something_comes_after_it(core: Core) -> None:
    told = event("resting", 5, 5, parts=[{"update": 5}])
    assert after(core, told)["parts"] == 5
    assert after(core, told, at=1)["parts"] is None
    assert after(core, told, event("resting", 6))["parts"] is None
    assert after(core, told, event("training", 5))["parts"] is None


def test_a_fault_is_told_with_its_details(core: Core) -> None:
    fault = {"name": "diverged", "update": 3, "details": {"update": 3, "why": "NaN"}}
    found = after(core, event("failed", 2, 0, 1, fault=fault))
    assert (found["phase"], found["fault"]["name"], found["fault"]["why"]) == ("failed", "diverged", "NaN")
    assert found["updates"] == [0, 1]


def test_the_slider_goes_through_the_looks_of_both_and_its_end_follows_the_newest(core: Core) -> None:
    assert core("way", looks=[[0, 1, 4], [0, 2]], places=[-1, 0, 1, 2, 3, 9]) == [
        [0, 0, 0, 0],
        [0, 0, 0, 0],
        [1, 1, 1, 0],
        [2, 2, 1, 2],
        [None, 3, 4, 2],
        [None, 3, 4, 2],
    ]


@pytest.mark.parametrize(
    ("values", "low", "high"),
    [([], -3, 0), ([0.5, 0.002], -3, 0), ([2.1], -3, 1), ([1], -3, 0), ([0.0004], -4, 0), ([1e300], -3, 9)],
)
def test_a_log_axis_grows_by_whole_decades_alone(
    core: Core, values: list[float], low: float, high: float
) -> None:
    assert core("axis", begins=LOG, values=values) == {**LOG, "low": low, "high": high}


def test_an_axis_never_shrinks_and_other_scales_grow_to_round_numbers(core: Core) -> None:
    begins = {"low": 0, "high": 20, "log": False}
    highs = [core("axis", begins=begins, values=[0, most])["high"] for most in (0, 20, 21, 50, 51, 200)]
    assert highs == [20, 20, 50, 50, 100, 200]
    assert core("ends", axis=LOG) == ["10⁻³", "1"]
    assert core("shares", axis=LOG, values=[1e-9, 1e-3, 1, 1e9]) == [0, 0, 1, 1]


def test_what_is_missing_leaves_a_gap_and_moves_no_axis(core: Core) -> None:
    looks = [look(0, loss=None, length=None, saturated=None), look(1, held=0, length=0)]
    found = {chart["name"]: chart for chart in core("charts", arms=[{**ARM, "looks": looks}])}
    assert found["loss"]["gaps"] == [[False, True], [True, False]]
    assert found["length"]["gaps"] == [[True, True]]
    assert found["saturated"]["gaps"] == [[True, False]]
    assert found["loss"]["axis"] == LOG
