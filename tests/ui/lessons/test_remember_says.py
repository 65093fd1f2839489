"""What the lesson on remembering says of its networks beyond its questions is what they compute."""

from __future__ import annotations

from urllib.parse import parse_qsl

import numpy as np
import pytest

from cells import shipped
from cells.drawn_networks import QUOTED, Start
from cells.gradient_flow import flow
from cells.time_scale import of_bias
from ui.lessons.remember import FIRST, LONG, REMEMBER
from ui.networks.registry import resolve
from ui.runs.link import from_link
from ui.runs.viewed import Viewed
from ui.selection.records import Selection
from ui.words import Words

PAGES = {page.name: page for page in REMEMBER.pages}
TRAINED = {"first-lstm-chrono": True, "first-lstm-0": False, "first-rnn": False}


def viewed(query: str) -> Viewed:
    view, _ = from_link(dict(parse_qsl(query)), Selection())
    return Viewed(view, resolve(view.network), Words("en"))


def values(page: str, symbol: str) -> np.ndarray:
    one = viewed(PAGES[page].view)
    return one.run().trace(one.selection.at)[symbol][:, one.selection.at.unit - 1]


def test_h_of_the_rnn_jumps_and_c_of_the_lstm_takes_even_steps() -> None:
    jumps = np.diff(values("anew", "h")[:5])
    assert (jumps[:-1] * jumps[1:] < 0).all()
    assert np.abs(jumps).min() > 0.5
    steps = np.diff(values("carried", "c")[:5])
    assert (steps > -1).all()
    assert (steps < -0.8).all()


def test_the_latch_keeps_what_its_open_gate_wrote() -> None:
    assert values("open_once", "f") == pytest.approx(1)
    assert values("open_once", "i") == pytest.approx([1, *[0] * 7])
    assert values("open_once", "c") == pytest.approx(1)


def test_soft_gates_lose_a_twentieth_a_step_and_write_nothing_more() -> None:
    assert LONG.count("r") == 1
    assert values("share_by_share", "f") == pytest.approx(0.95, abs=0.005)
    left = values("share_by_share", "c")
    assert left[1:] / left[:-1] == pytest.approx(0.95, abs=0.005)


def test_a_bias_of_nothing_halves_at_every_step() -> None:
    assert float(of_bias(0.0).half_life) == pytest.approx(1)
    assert float(of_bias(3.0).f) == pytest.approx(0.95, abs=0.005)


def test_other_biases_do_what_the_page_invites_to_see() -> None:
    zero, one, three, five = (QUOTED[Start("LSTM", bias=bias)][-1] for bias in (0, 1, 3, 5))
    assert zero < QUOTED[Start("RNN")][-1] < one < 1 < three < five


@pytest.mark.parametrize(("name", "learned"), TRAINED.items())
def test_only_the_network_that_began_with_large_biases_reaches_back_and_learned(
    name: str, learned: bool
) -> None:
    assert (shipped.card(name).scores["accuracy"] > 0.99) is learned
    assert learned or shipped.card(name).scores["accuracy"] < 0.3
    one = viewed(f"{FIRST}&model={name}")
    reached = flow(one.run().trace(one.selection.at), one.network.layers[0].forward, 60).state
    assert (reached[1:] > 0.5).all() if learned else reached[1] < 1e-6
