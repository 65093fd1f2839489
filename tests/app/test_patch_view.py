"""A state of a second text put into the first one's run: what is shown and said is true of that run."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from cells.edit_text import parsed, written
from cells.network import Run
from cells.patch import patch
from tests.app.page import calm, captions, chosen, opened, selection, sent
from tests.app.test_side_by_side import MEMORY, decoded
from ui.memory.patch import leaving
from ui.runs.patching import Patching, Place, Reading
from ui.session.chosen import chosen as resolved
from ui.words import Words

ENGLISH = Words("en")
FOLLOWS = ("second", "first", "neither", "same")


def told(page: AppTest) -> str:
    return " ".join(element.proto.body for element in page.get("html"))


def infos(page: AppTest) -> list[str]:
    return [info.value for info in page.info]


def verdicts(page: AppTest) -> list[str]:
    """Which text the page says that the answers follow."""
    ends = {name: ENGLISH(f"patch.{name}_follows").split("<b>")[-1].split("</b>")[0] for name in FOLLOWS[:3]}
    ends["same"] = ENGLISH("patch.same_follows", answers="answers", near="0.05")
    return [name for name, said in ends.items() if said in told(page)]


def lines(page: AppTest) -> dict[str, dict[str, np.ndarray]]:
    """The lines of the picture: {"y": {"patched": …}, "y2": …}, below the memory, above the answer."""
    figure: dict[str, Any] = json.loads(page.get("plotly_chart")[0].proto.spec)
    found: dict[str, dict[str, np.ndarray]] = {}
    for line in figure["data"]:
        found.setdefault(line["yaxis"], {})[line["name"]] = decoded(line["y"])
    return found


def runs(page: AppTest, *symbols: str, unit: int | None = None) -> tuple[Run, Run, Run]:
    """The three runs, as the core makes them."""
    now = resolved(selection(page))
    memory, at = now.selection.memory, now.selection.at
    other = now.but(text=memory.second, write=0)
    network, rows, edits = now.network, now.inputs.rows, now.edits.in_force
    source = network.run(other.source.inputs(other.typed).rows, edits=other.edits.in_force)
    units = None if unit is None else (unit - 1,)
    place = {"units": units, "layer": at.layer, "direction": at.direction}
    swapped = patch(source, memory.patch_from - 1, memory.patch_into - 1, *symbols, **place)
    return network.run(rows, edits=edits), source, network.run(rows, edits=(*edits, *swapped))


@pytest.mark.parametrize(
    ("link", "symbols"),
    [
        ({"second": "aaabbb"}, ("c",)),
        ({"second": "aaabbb", "patched": "h", "edit": "i.2=0;f@3=0.5"}, ("h",)),
        (
            {"second": "aabb", "patched": "both", "patch_units": "one", "unit": "4", "patch_from": "1"},
            ("c", "h"),
        ),
        ({"model": "count10-gru", "second": "aaabbb"}, ("h",)),
        ({"network": "tags", "second": "the dogs run .", "direction": "backward", "patch_into": "3"}, ("c",)),
        ({"network": "adding", "second": "0.5 0.2* 0.7", "patch_from": "2"}, ("c",)),
        (
            {"network": "random", "layers": "2", "layer": "2", "second": "water", "text": "hello there"},
            ("c",),
        ),
        ({"network": "random", "cell": "RNN", "second": "water", "text": "hello there"}, ("h",)),
    ],
)
def test_the_picture_is_the_patched_run(link: dict[str, str], symbols: tuple[str, ...]) -> None:
    page = opened(MEMORY, measure="patch", **link)
    at = selection(page).at
    expected = runs(page, *symbols, unit=at.unit if "patch_units" in link else None)
    names = [ENGLISH(f"patch.{name}") for name in ("first_text", "second_text", "patched")]
    memory, shown = "c" if "c" in expected[0].layers[0].forward.initial else "h", lines(page)
    for name, run in zip(names, expected, strict=True):
        trace = run.layers[at.layer - 1]._asdict()[at.direction]
        unit = trace[memory][:, at.unit - 1]
        if name != names[1]:  # the second text is cut where the first one ends
            np.testing.assert_array_equal(shown["y"][name], unit)
        if "y2" in shown and name != names[1]:
            assert any(np.array_equal(shown["y2"][name], answer) for answer in run.output.T)
    assert ("y2" in shown) == (expected[0].output is not None)
    assert not np.array_equal(shown["y"][names[0]], shown["y"][names[2]])


def test_the_count_is_in_c_of_an_lstm_and_in_h_of_a_gru() -> None:
    page = opened(MEMORY, measure="patch", second="aaabbb")
    assert verdicts(page) == ["second"]
    assert "0.00 from the second text and 1.00 from yours" in told(page)
    assert verdicts(chosen(page, patched="h")) == ["first"]
    assert verdicts(chosen(page, patched="both")) == ["second"]
    chosen(page, model="count10-gru", patched="c")
    assert verdicts(page) == ["second"] and ENGLISH("title.h") in told(page)
    assert "patched" not in [group.key for group in page.get("button_group")]


def test_a_texts_own_state_changes_nothing() -> None:
    for place, symbol in ((5, "c"), (1, "h"), (10, "both")):
        link = {"second": "aaaaabbbbb", "patch_from": str(place), "patch_into": str(place), "patched": symbol}
        shown = lines(opened(MEMORY, measure="patch", **link))
        for axis in ("y", "y2"):
            one, other = (shown[axis][ENGLISH(f"patch.{name}")] for name in ("first_text", "patched"))
            np.testing.assert_array_equal(one, other)


def test_what_cannot_be_told_is_not_told() -> None:
    page = opened(MEMORY, measure="patch", second="aaaaabbbbb", patch_from="5")
    assert verdicts(page) == ["same"]
    chosen(page, second="aaabbb", patch_from=1, patched="h")
    assert ENGLISH("patch.apart") in told(page) and not verdicts(page)


def test_a_second_text_is_asked_for_and_one_is_at_hand() -> None:
    page = opened(MEMORY, measure="patch")
    assert infos(page) == [ENGLISH("patch.empty")]
    next(button for button in page.button if button.label.startswith("Try ")).click().run()
    memory = selection(calm(page)).memory
    assert (memory.second, memory.patch_from, memory.patch_into) == ("a" * 10 + "b" * 10, 10, 5)
    assert verdicts(page) == ["second"] and "second=a" in sent(page.run())["link"]


def test_a_second_text_that_cannot_be_read_is_told_as_the_first_would_be() -> None:
    page = opened(MEMORY, measure="patch", network="adding", second="0.5 x")
    assert infos(page) == [ENGLISH("fault.not_a_number", place="2", token="x")]
    page = opened(MEMORY, measure="patch", second="aaxbb")
    assert ENGLISH("notice.unknown", tokens="x") in " ".join(captions(page))
    page = opened(MEMORY, measure="patch", network="random", text="ab" * 1001, second="a")
    assert infos(page) == [ENGLISH("patch.too_long", most="2,000")]


def test_that_a_link_lacks_a_long_second_text_is_told() -> None:
    page = opened(MEMORY, measure="patch")
    assert sent(page)["linkless"] == ""
    chosen(page, second="长" * 1_000)
    assert sent(page)["linkless"] == "link_without" and "second=" not in sent(page)["link"]


def test_a_step_that_a_text_lacks_falls_to_its_last() -> None:
    page = opened(MEMORY, measure="patch", second="aabb", patch_from="90", patch_into="90")
    memory = selection(page).memory
    assert (memory.patch_from, memory.patch_into) == (4, 10)


def test_edits_beyond_the_second_text_rest_there_and_too_many_are_refused() -> None:
    page = opened(MEMORY, measure="patch", second="aaabbb", edit="f@9=0")
    assert ENGLISH("patch.rests", count="1") in " ".join(captions(page))
    page = opened(MEMORY, measure="patch", second="aaabbb", edit=";".join(["f.1=1"] * 64))
    assert infos(page) == [ENGLISH("patch.too_many", most="64")]


def test_the_patch_leaves_for_the_first_page_behind_the_edits_that_are_there() -> None:
    page = opened(MEMORY, measure="patch", second="aaabbb", edit="o.1=0")
    next(button for button in page.button if button.label == ENGLISH("patch.leave")).click().run()
    first, swapped = parsed(selection(calm(page)).edits.written) or ()
    assert written([first]) == "o.1=0" and swapped.steps == (4, 4) and page.session_state["step"] == 5
    exact = runs(page, "c")[1].layers[0].forward["c"][2]
    np.testing.assert_allclose(swapped.value, exact, rtol=5e-6)
    assert all(len(f"{abs(value):.12g}".replace(".", "").lstrip("0")) <= 6 for value in swapped.value)


def test_a_patch_too_large_for_a_link_stays() -> None:
    link = {"network": "random", "units": "128", "text": "hello there", "second": "water"}
    page = opened(MEMORY, measure="patch", patched="both", **link)
    assert ENGLISH("patch.no_room") in captions(page)
    assert ENGLISH("patch.no_room") not in captions(chosen(page, patch_units="one"))


TEXTS = (("hello water", "yellow cater"), ("abcab", "bcab"), ("aab", "b"))


@pytest.mark.parametrize(("one", "other"), TEXTS)
@pytest.mark.parametrize("direction", ["forward", "backward"])
def test_distances_are_those_of_the_steps_that_are_alike(one: str, other: str, direction: str) -> None:
    link = {"network": "random", "directions": 2, "text": one, "direction": direction, "units": 5}
    now = resolved(selection(opened()).but(**link))
    second = now.but(text=other)
    readings = [Reading(each.tokens, each.inputs.rows) for each in (now, second)]
    way = -1 if direction == "backward" else 1
    for step in range(len(other)):
        for into in range(len(one)):
            patching = Patching(now.network, *readings, Place(("c",), step, into), now.selection.at)
            rest, others = one[into + 1 :], other[step + 1 :]
            if way < 0:
                rest, others = one[:into][::-1], other[:step][::-1]
            alike = next((k for k in range(99) if rest[: k + 1] != others[: k + 1] or k >= len(rest)), 0)
            assert patching.alike == alike
            after = range(1, alike + 1) if alike else (0,)
            h = [patching.trace(run)["h"] for run in (patching.plain, patching.source, patching.patched)]
            rows = [(h[0][into + way * k], h[1][step + way * k], h[2][into + way * k]) for k in after]
            telling = [(a, b, c) for a, b, c in rows if np.abs(a - b).max() > 0.05]
            found = patching.distances
            assert found.differ == len(telling)
            for at, mean in ((0, found.to_first), (1, found.to_second)):
                means = [np.abs(row[2] - row[at]).max() for row in telling] or [0.0]
                np.testing.assert_allclose(mean, np.mean(means))
            line = leaving(patching, "f=1")
            assert [edit.symbol for edit in parsed(line) or ()] == ["f", "c"]
