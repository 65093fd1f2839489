"""A view for a projector: one heatmap, of the memory or of what was chosen; switch and link say the same."""

from __future__ import annotations

import pytest

from tests.app.page import AppTest, calm, figure, opened, picked, sent, unfolded


def heats(page: AppTest) -> list[str]:
    return [one["name"] for one in figure(page)["data"]]


@pytest.mark.parametrize(("cell", "memory"), [("LSTM", "c"), ("GRU", "h"), ("RNN", "h")])
def test_it_shows_the_memory_unless_another_symbol_was_chosen(cell: str, memory: str) -> None:
    page = opened(network="random", cell=cell, projector="1")
    assert heats(page) == [memory] and sent(page)["projector"] is True
    page.segmented_control(key="large").set_value("x").run()
    assert heats(calm(page)) == ["x"]


def test_a_cell_that_lacks_the_symbol_shows_its_memory() -> None:
    page = opened(network="random", cell="LSTM", projector="1", large="f")
    assert heats(page) == ["f"]
    assert heats(picked(page, cell="GRU")) == ["h"]


def test_the_switch_and_the_link_are_one() -> None:
    page = unfolded(opened(), "options")
    before = heats(page)
    assert sent(page)["projector"] is False and len(before) > 1
    page.toggle(key="projecting").set_value(True).run()
    assert "projector=1" in sent(calm(page))["link"] and len(heats(page)) == 1
    page.toggle(key="projecting").set_value(False).run()
    assert "projector" not in sent(calm(page))["link"] and heats(page) == before
