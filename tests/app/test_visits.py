"""In whatever order readers come: a page shows the same of a network to the first of them and to the next."""

from __future__ import annotations

from typing import Any

import pytest
import streamlit as st

from tests.app.page import calm, opened, selection, sent
from ui.applications import NETWORKS as WORKING
from ui.compare import NETWORKS as COMPARED
from ui.memory import NETWORKS as REMEMBERED
from ui.networks.catalogue import CATALOGUE
from ui.networks.own import YOURS

NETWORKS = tuple(name for name in CATALOGUE if name != YOURS)
PAGES = {
    "app.py": NETWORKS,
    "pages/memory.py": REMEMBERED,
    "pages/compare.py": COMPARED,
    "pages/applications.py": WORKING,
}
SHOWN = ("network", "tokens", "own", "arrays", "tracks")


def empty() -> None:
    """Nothing is kept from readers who came before."""
    st.cache_data.clear()
    st.cache_resource.clear()


def visits(network: str, backwards: bool) -> dict[str, tuple[Any, ...]]:
    """What a reader is shown on each page that has a network, going from one to the next."""
    page, found = opened(network=network, lang="en"), {}
    pages = [place for place, networks in PAGES.items() if network in networks]
    for place in pages[::-1] if backwards else pages:
        calm(page.switch_page(place).run())
        assert selection(page).network.network == network
        found[place] = tuple(sent(page).get(part) for part in SHOWN)
    return found


@pytest.mark.parametrize("network", NETWORKS)
def test_every_page_shows_the_same_in_either_order_to_either_reader(network: str) -> None:
    empty()
    shown = visits(network, backwards=False)
    assert visits(network, backwards=True) == shown
    empty()
    assert visits(network, backwards=True) == shown
    assert visits(network, backwards=False) == shown
    # Side by side, the network stands as one of its kinds; everywhere else its run is one and the same.
    assert all(run == shown["app.py"] for place, run in shown.items() if place != "pages/compare.py")


def test_what_a_network_shall_write_is_written_on_every_page() -> None:
    page = opened(network="shakespeare", text="To be", lang="en")
    page.number_input(key="write").set_value(7).run()
    for place in ("pages/memory.py", "app.py"):
        calm(page.switch_page(place).run())
        assert page.number_input(key="write").value == 7
        assert len(sent(page)["tokens"]) == len("To be") + 7
    page.number_input(key="write").set_value(0).run()
    calm(page.switch_page("pages/memory.py").run())
    assert sent(page)["tokens"] == [*"To␣be"]
