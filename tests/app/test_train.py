"""The page Train without a browser: what is set, what stands beside it, and what is refused."""

from __future__ import annotations

from pathlib import Path

from cells.training.offered import PRESETS, default
from cells.training.written import read, written
from tests.app.page import AppTest, badge, calm, components, opened, selection
from ui.selection.records import TrainView
from ui.train import looked_at
from ui.train.looked_at import LookedAt

PAGE = "pages/train.py"


def at(page: AppTest) -> TrainView:
    """What is trained, and what beside it."""
    return TrainView(page.session_state["recipe"], page.session_state["against"])


def box(page: AppTest, name: str, value: object) -> AppTest:
    """The page after another value was typed into a box."""
    return calm(page.number_input(key=f"set_{name}").set_value(value).run())


def test_what_cannot_be_trained_is_refused_in_a_sentence_and_stays_in_its_box() -> None:
    page = opened(PAGE)
    before = at(page)
    box(page, "units", 0)
    assert at(page) == before
    beside, below = (error.value for error in page.error)
    assert beside == below
    assert below.startswith("Units: 0 cannot be trained. Choose from 1 to 128.")
    assert page.number_input(key="set_units").value == 0
    assert not box(page, "units", 10).error and at(page) == before
    page.number_input(key="set_units").set_value(4)
    box(page, "clip", None)
    assert not page.error and at(page).recipe == "count10.LSTM.units=4.clip=none"


def test_a_preset_stands_beside_what_shows_why_and_keeps_its_one_change() -> None:
    page = opened(PAGE)
    page.selectbox(key="preset").set_value("bias-0-lag-60").run()
    wanted = [written(PRESETS[name].recipe) for name in ("bias-0-lag-60", "bias-3-lag-60")]
    assert at(calm(page)) == TrainView(*wanted)
    assert page.selectbox(key="against").value == wanted[1]
    assert at(box(page, "longest", 20)) == TrainView("first.LSTM.longest=20.bias=0", "first.LSTM.longest=20")
    assert page.selectbox(key="preset").value is None


def test_settings_come_back_with_the_page_and_go_with_the_task() -> None:
    page = opened(PAGE, recipe="parity.GRU.units=3", against="parity.GRU.units=3.seed=1")
    before = at(page)
    calm(page.switch_page("pages/claims.py").run())
    calm(page.switch_page(PAGE).run())
    assert at(page) == before
    assert page.number_input(key="set_units").value == 3
    page.selectbox(key="set_task").set_value("adding").run()
    assert read(at(calm(page)).recipe) == default("adding") and not at(page).against


def test_a_network_goes_on_to_another_page_with_its_text_step_and_unit() -> None:
    page = opened(PAGE, recipe="count10.LSTM.units=3")
    page.session_state[looked_at.KEY] = LookedAt({"count10.LSTM.units=3": 0}, "aabb", 3, 2)
    page.run()
    calm(page.button(key="onward_step_0").click().run())
    assert "before training" in badge(page)
    there = selection(page)
    assert (there.network.network, there.text.text, there.at.step, there.at.unit) == ("yours", "aabb", 3, 2)


def test_texts_that_are_not_here_are_asked_for_with_the_command_that_fetches_them(monkeypatch) -> None:
    monkeypatch.setattr("cells.training.packages.CACHE", Path("nowhere"))
    page = opened(PAGE, recipe="names.GRU.seed=99")
    assert "python -m cells.training" in page.error[0].value and not components(page)
