"""What is folded away until a reader asks for it: drawn only then, and no choice is lost with it."""

from __future__ import annotations

import pytest

from tests.app.page import AppTest, calm, chosen, figure, opened, selection, sent, unfolded

PAGES = ("app.py", "pages/compare.py", "pages/memory.py")
INSIDE = {"units", "layers", "directions", "initialisation", "sort", "notation", "predict", "projecting"}


def drawn(page: AppTest) -> set[str]:
    kinds = ("number_input", "button_group", "selectbox", "toggle", "pills", "segmented_control")
    return {one.key for kind in kinds for one in page.get(kind) if one.key in INSIDE}


@pytest.mark.parametrize("path", PAGES)
def test_they_cost_a_page_nothing_until_they_are_opened(path: str) -> None:
    page = opened(path, network="random")
    assert drawn(page) == set()
    assert drawn(unfolded(page, "options")) >= INSIDE - {"layers", "directions"}  # as networks differ in them
    assert drawn(chosen(page, options=False)) == set()


def test_what_was_chosen_in_them_stays_when_they_are_closed() -> None:
    page = unfolded(opened(network="random"), "options")
    page.number_input(key="units").set_value(9).run()
    page.segmented_control(key="sort").set_value("activity").run()
    page.pills(key="shown_en").set_value(["f", "h"]).run()
    before = selection(calm(page))
    assert (before.network.units, before.display.sort) == (9, "activity")
    for _ in range(2):  # Streamlit forgets a widget one run after it was drawn last
        assert selection(chosen(page, options=False)) == before
    assert "units=9" in sent(page)["link"]
    assert [one["name"] for one in figure(page)["data"]] == ["f", "h"]
    page = unfolded(page, "options")
    assert (page.number_input(key="units").value, page.segmented_control(key="sort").value) == (9, "activity")
    assert page.pills(key="shown_en").value == ["f", "h"]


def test_a_number_counts_that_is_left_by_closing_them() -> None:
    page = unfolded(opened(network="random"), "options")
    page.number_input(key="units").set_value(9)
    assert selection(chosen(page, options=False)).network.units == 9
    assert len(sent(page)["units"]) == 9
