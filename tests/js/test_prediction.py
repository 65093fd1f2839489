"""What the page says of its own pass once the server's has come: nothing, unless one of them is wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cells import CELLS, Network
from cells.edit_text import parsed
from tests.js.conftest import Core, wired
from ui.stepper.network_message import network_message
from ui.stepper.run_message import of_trace

STEPS = 40
TOKENS = [chr(ord("a") + step % 26) for step in range(STEPS)]
calm = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
words = st.lists(st.sampled_from("ab"), max_size=8)


def rows(seed: int = 1) -> np.ndarray:
    drawn = np.random.default_rng(seed).normal(size=(STEPS, 3))
    return drawn.astype("float32").astype("float64")


def scaled(network: Network, kind: str, gain: float) -> Network:
    """The network with all its weights W, U or b multiplied."""
    weights = network.layers[0].forward
    blocks = getattr(weights, kind)
    weights = weights._replace(**{kind: type(blocks)(*(gain * block for block in blocks))})
    return replace(network, layers=(network.layers[0]._replace(forward=weights),))


def between(
    core: Core,
    network: Network,
    mine: Network | None = None,
    edits: str = "",
    tokens: Sequence[str] = TOKENS,
    own: int | None = None,
) -> Any:
    """What is said of the pass of `mine` against NumPy's run of the network, and where they differ first."""
    run = network.run(rows(), edits=parsed(edits) or ())
    sent = of_trace(run.layers[0].forward) | {
        "layer": 0,
        "direction": "forward",
        "text": "",
        "own": own,
        "tokens": tokens,
        "unknown": [],
        "first": 1,
        "total": STEPS,
        "tracks": [],
        "weights": None,
        "products": None,
        "words": {},
    }
    read = rows()[: STEPS if own is None else own]
    return core(
        "between",
        message=wired(network_message(network)),
        mine=wired(network_message(mine or network)),
        run=wired(sent),
        rows=read.tolist(),
        tokens=TOKENS[: len(read)],
        edits=edits,
    )


@pytest.mark.parametrize("edits", ["", "h@3=0.5", "h.2@5-9=mean"])
@pytest.mark.parametrize("cell", CELLS)
def test_of_the_right_run_nothing_is_said(core: Core, cell: str, edits: str) -> None:
    assert between(core, Network.random(cell, 3, 8, seed=2), edits=edits) == ["", None]


@pytest.mark.parametrize("kind", ["W", "U", "b"])
@pytest.mark.parametrize("cell", CELLS)
def test_of_other_weights_it_is_said_where_they_show_first(core: Core, cell: str, kind: str) -> None:
    network = scaled(Network.random(cell, 3, 8, seed=2), "b", 3)
    said, first = between(core, network, scaled(network, kind, 1.01))
    assert first["by"] > 2e-6
    where = f"{first['symbol']} of unit {first['unit'] + 1} at step {first['t'] + 1}"
    assert said.startswith(f"{where} is off by ") and said.endswith(" from the server's run.")
    assert float(said.split()[-5]) == first["by"]
    assert (first["t"] > 0) == (kind == "U")


@pytest.mark.parametrize("edits", ["", "h@3=0.9"])
@pytest.mark.parametrize("kind", ["W", "U", "b"])
def test_an_error_that_is_small_at_first_is_told_where_it_has_grown(
    core: Core, kind: str, edits: str
) -> None:
    network = scaled(Network.random("LSTM", 3, 8, seed=2), "b", 3)
    said, first = between(core, network, scaled(network, kind, 1 + 1e-4), edits=edits)
    assert float(said.split()[-5]) >= first["by"]


def test_of_a_chaotic_network_nothing_is_said(core: Core) -> None:
    """Rounded to float32 its weights lead elsewhere, on the server as here: no digits are the right ones."""
    network = scaled(Network.random("RNN", 3, 24, seed=2), "U", 30)
    said, first = between(core, network)
    assert first["by"] > 2e-6
    assert said == ""


def test_other_tokens_are_told(core: Core) -> None:
    said, _ = between(core, Network.random("RNN", 3, 4), tokens=[*TOKENS[:-1], "?"])
    assert said == f"The page reads {STEPS} tokens otherwise than the server."


def test_what_a_network_writes_behind_the_text_is_not_compared(core: Core) -> None:
    network = Network.random("GRU", 3, 8, seed=2)
    assert between(core, network, own=STEPS - 6) == ["", None]
    said, first = between(core, network, scaled(network, "W", 1.01), own=STEPS - 6)
    assert first["t"] == 0 and "is off by" in said
    said, _ = between(core, network, own=STEPS - 6, tokens=["?", *TOKENS[1:]])
    assert said == f"The page reads {STEPS - 6} tokens otherwise than the server."


@calm
@given(words, words)
def test_what_two_texts_share_is_as_much_as_they_can(core: Core, before: list[str], after: list[str]) -> None:
    found = core("shared", before=before, after=after)
    head, tail = found["head"], found["tail"]
    assert found["rows"] == head
    assert before[:head] == after[:head]
    assert before[len(before) - tail :] == after[len(after) - tail :]
    left, other = before[head : len(before) - tail], after[head : len(after) - tail]
    assert head + tail <= min(len(before), len(after))
    if left and other:
        assert left[0] != other[0] and left[-1] != other[-1]
