"""A link opens the view that it was copied from; what makes no sense in it is named, and nothing breaks."""

from __future__ import annotations

from urllib.parse import parse_qsl

import pytest

from tests.app.page import components, figure, opened, selection, sent
from ui.lessons import LESSONS
from ui.networks.defaults import default_view
from ui.selection.records import Selection
from ui.words import Words

ENGLISH = Words("en")

FULL = {
    "network": "random",
    "model": "count10-gru",
    "twin": "1",
    "checkpoint": "446",
    "weights": "b.f.3=2.5;2b:U*0",
    "mode": "words",
    "text": "the cat — 猫 & <b> + %",
    "edit": "u.2.9@2-=0;3b:c_tilde+-0.25;2:h*1.5;r=mean",
    "cell": "GRU (reset after)",
    "units": "9",
    "layers": "3",
    "directions": "2",
    "seed": "42",
    "initialisation": "orthogonal",
    "sharpness": "3",
    "write": "40",
    "temperature": "120",
    "layer": "2",
    "direction": "backward",
    "symbols": "u,h",
    "large": "h",
    "sort": "similarity",
    "notation": "article",
    "compare": "RNN,GRU",
    "lead": "GRU",
    "panel": "c",
    "matched": "parameters",
    "together": "flow",
    "pair": "reset",
    "changed": "4",
    "instead": "dog",
    "measure": "map",
    "swap_at": "2",
    "swap": "<i>",
    "flow": "noise",
    "swept": "u",
    "sweep_how": "1",
    "sweep_of": "cat",
    "sweep_at": "3",
    "forget": "-0.5",
    "update": "1.5",
    "gain": "16",
    "drawn_units": "8",
    "drawn_seed": "20",
    "horizon": "200",
    "track": "typed",
    "answer": "",
    "marks": "the cat",
    "labels": "0 1 2",
    "found": "u",
    "second": "<b>",
    "patched": "h",
    "patch_from": "2",
    "patch_into": "1",
    "patch_units": "one",
    "start": "5",
    "hide": "menu,showall",
    "predict": "1",
    "projector": "1",
    "lines": "1",
    "step": "3",
    "unit": "4",
    "lang": "zh",
    "theme": "dark",
    "lesson": "gates",
    "page": "2",
    "made": "eJw",
    "recipe": "parity.GRU.units=3",
    "against": "parity.GRU.units=3.seed=1",
}


def test_a_link_restores_every_part_of_the_view() -> None:
    page = opened(**FULL)
    assert not page.warning
    view = {
        name: ",".join(value) if isinstance(value, tuple) else str(value)
        for name, value in selection(page).flat().items()
    }
    assert view == FULL
    data = sent(page)
    assert (data["step"], data["unit"], data["large"], data["reverse"]) == (3, 4, "h", True)
    assert len(data["units"]) == 9
    assert [heat["name"] for heat in figure(page)["data"]] == ["h"]


def test_the_link_that_the_page_gives_opens_the_same_view() -> None:
    first = sent(opened(**FULL))
    again = sent(opened(**dict(parse_qsl(first["link"], keep_blank_values=True))))
    assert {**again, "step": 3, "unit": 4} == first


NONSENSE = {
    "network": "☃",
    "model": "count10",
    "twin": "2",
    "checkpoint": "447",
    "mode": "letters",
    "cell": "lstm",
    "units": "0",
    "layers": "4",
    "directions": "-1",
    "seed": "1e3",
    "initialisation": "zeros",
    "sharpness": "41",
    "write": "401",
    "edit": "f.3@9-5=0",
    "temperature": "0.6",
    "layer": "99999999999999999999",
    "direction": "sideways",
    "symbols": "f,☃",
    "large": "☃",
    "sort": "☃",
    "notation": "<script>",
    "forget": "0.25",
    "gain": "0",
    "track": "☃",
    "start": "0",
    "step": "x",
    "unit": "257",
    "recipe": "count10.LSTM.units=0",
    "against": "parity.GRU",
    "lang": "tlh",
}


@pytest.mark.parametrize(("name", "written"), NONSENSE.items())
def test_nonsense_in_a_link_is_named_and_the_rest_is_kept(name: str, written: str) -> None:
    page = opened(text="abab", **{name: written})
    (warning,) = page.warning
    assert warning.value == ENGLISH("fault.link", names=name)
    assert sent(page)["tokens"] == list("abab")


def test_names_that_others_add_to_a_link_are_ignored() -> None:
    page = opened(text="abab", fbclid="IwAR0", utm_source="mail", embed="true")
    assert not page.warning
    assert sent(page)["tokens"] == list("abab")


def test_a_link_that_is_all_nonsense_still_shows_the_usual_view() -> None:
    page = opened(**NONSENSE)
    assert all(name in page.warning[0].value for name in NONSENSE)
    assert selection(page) == default_view("count10")


@pytest.mark.parametrize("start", ["2", "90000"])
@pytest.mark.parametrize("steps", [10, 2_001, 4_000])
def test_a_link_may_ask_for_a_window_beyond_the_text(start: str, steps: int) -> None:
    page = opened(network="random", text="a" * steps, start=start)
    data = sent(page)
    assert 1 <= data["first"] <= data["first"] + data["steps"] - 1 <= steps


@pytest.mark.parametrize("page", ["app.py", "pages/compare.py", "pages/memory.py"])
def test_a_step_and_a_unit_that_are_not_there_are_named_until_the_reader_goes_on(page: str) -> None:
    app = opened(page, text="abab", step="99", unit="50")
    step = ENGLISH("notice.no_step", step="99", first="1", last="4")
    assert sent(app)["look"] == f"{step} {ENGLISH('notice.no_unit', unit='50', units='10')}"
    app.text_input(key="text").set_value("aabb").run()
    assert step not in sent(app)["look"] and not app.exception


def test_a_text_that_is_made_shorter_is_no_fault_of_the_link() -> None:
    app = opened(text="aaabbb", step="6", unit="10")
    usual = sent(app)["look"]
    app.text_input(key="text").set_value("ab").run()
    assert sent(app)["look"] == usual


def test_what_a_lesson_adds_and_what_is_hidden_leave_the_rest_in_its_place() -> None:
    plain = opened("app.py", network="counter")
    taught = opened("app.py", network="counter", lesson="gates", page="1", hide="look,menu")
    assert len(plain.main.children) == len(taught.main.children)


@pytest.mark.parametrize("name", LESSONS)
def test_a_link_that_names_a_page_of_a_lesson_and_no_more_opens_it_as_it_is(name: str) -> None:
    for number, page in enumerate(LESSONS[name].pages, 1):
        app = opened(lesson=name, page=str(number), lang="zh")
        (beside,) = (one for one in components(app) if one.get("lesson") == name)
        assert (beside["page"], beside["changed"]) == (number, ""), page.name
        shown = selection(app)
        assert (shown.course.lesson, shown.course.page, shown.display.lang) == (name, number, "zh")


def test_a_link_of_a_view_beside_a_lesson_opens_that_view() -> None:
    app = opened(lesson="gates", page="3", step="2")
    (beside,) = (one for one in components(app) if one.get("lesson") == "gates")
    assert beside["changed"] and selection(app).network.network == Selection().network.network
