"""Altered weights in the browser: read and written as by Python, and a pass is what NumPy says."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cells import CELLS, Network, altered, shipped
from cells.alteration_text import parsed_alterations, written_alterations
from cells.layers import Readout
from tests.cells.test_alteration_text import NONSENSE, alterations, lines
from tests.js.conftest import Core
from tests.js.test_edits import many, worst
from tests.js.test_pass import EXACT, ROUNDED, exact, message, rows_for


@pytest.fixture(autouse=True)
def _whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.stepper.network_message.MOST", 10**9)


@many
@given(st.lists(lines | st.text(max_size=12), max_size=30))
def test_both_read_and_write_any_line_alike(core: Core, asked: list[str]) -> None:
    for line, found in zip(asked, core("alterations", lines=asked), strict=True):
        those = parsed_alterations(line)
        assert found == (None if those is None else written_alterations(those)), line


def test_both_refuse_the_same_nonsense(core: Core) -> None:
    assert core("alterations", lines=list(NONSENSE)) == [None] * len(NONSENSE)


@st.composite
def drawn(draw: st.DrawFn) -> tuple[Network, str]:
    cell, units = draw(st.sampled_from(list(CELLS))), draw(st.integers(1, 6))
    layers, both, seed = draw(st.integers(1, 2)), draw(st.booleans()), draw(st.integers(0, 99))
    plain, rng = Network.random(cell, 3, units, layers, both, seed), np.random.default_rng(seed)
    readout = Readout(rng.normal(size=(units * (1 + both), 2)), rng.normal(size=2), "softmax")
    kind = CELLS[cell]
    blocks = ("b", "U", "W", *(f"U.{gate}" for gate in kind.blocks), *(f"b.{gate}" for gate in kind.biases))
    made = draw(st.lists(alterations(blocks, units, layers), max_size=3))
    there = [one for one in made if both or one.direction == "forward"]
    return replace(plain, readout=readout), written_alterations(there)


@many
@given(drawn())
def test_what_altered_weights_do_is_what_numpy_says(core: Core, made: tuple[Network, str]) -> None:
    network, line = made
    rows = rows_for(network, 7, 8)
    for one, bound in ((exact(network), EXACT), (network, ROUNDED)):
        found = core("pass", message=message(one), inputs=rows.tolist(), altered=line)
        assert worst(found, altered(one, parsed_alterations(line) or ()).run(rows)) <= bound


@pytest.mark.parametrize("line", ["b.f.3=-2", "U*0", "U.f.1.2*1.5;b.i+-0.25"])
def test_a_shipped_network_altered_is_what_numpy_says(core: Core, line: str) -> None:
    network, rng = shipped.network("count10-lstm"), np.random.default_rng(1)
    rows = np.eye(network.features)[rng.integers(network.features, size=20)]
    found = core("pass", message=message(network), inputs=rows.tolist(), altered=line)
    assert worst(found, altered(network, parsed_alterations(line) or ()).run(rows)) <= 1e-6
    assert worst(found, network.run(rows)) > 1e-3
