"""What the stepper is sent is the run and its network in float32, each part once, and names everything."""

from __future__ import annotations

import base64
import json
from hashlib import sha256
from typing import TYPE_CHECKING

import numpy as np
import pytest

from cells import CELLS, Network, shipped
from cells.equations import equations
from cells.notation import NOTATIONS
from ui.figures.theme import GATES
from ui.networks.defaults import default_view
from ui.session.chosen import chosen
from ui.stepper import network_message
from ui.stepper.network_message import Block, WeightsMessage, packed_network
from ui.stepper.readings import reading_of
from ui.stepper.run_message import of_rows, of_trace, products
from ui.words import LANGUAGES, Words

if TYPE_CHECKING:
    from cells.weights import Weights
    from tests.ui.conftest import Traced

CASES = [(cell, reverse) for cell in CELLS for reverse in (False, True)]


def unpacked(block: Block) -> np.ndarray:
    return np.frombuffer(base64.b64decode(block["f4"]), "<f4").reshape(block["shape"])


def same(sent: WeightsMessage, weights: Weights) -> bool:
    return all(
        np.array_equal(unpacked(sent[kind][name]), block.astype("f4"))
        for kind in "WUb"
        for name, block in getattr(weights, kind)._asdict().items()
    )


@pytest.mark.parametrize(("cell", "reverse"), CASES)
def test_the_arrays_are_the_trace_in_float32(traced: Traced, cell: str, reverse: bool) -> None:
    trace, _ = traced(cell, reverse, 7)
    sent = of_trace(trace)
    assert list(sent["arrays"]) == ["x", *trace.symbols]
    for symbol, block in sent["arrays"].items():
        np.testing.assert_array_equal(unpacked(block), trace[symbol].astype("f4"))
    assert list(sent["initial"]) == list(CELLS[cell].states)
    assert (sent["steps"], sent["reverse"]) == (7, reverse)


@pytest.mark.parametrize("bidirectional", [False, True])
@pytest.mark.parametrize("cell", CELLS)
def test_a_network_is_sent_with_all_its_layers(cell: str, bidirectional: bool) -> None:
    network = Network.random(cell, 3, 4, layers=3, bidirectional=bidirectional)
    sent = network_message.network_message(network)["layers"]
    assert sent is not None
    for message, layer in zip(sent, network.layers, strict=True):
        assert same(message["forward"], layer.forward)
        assert (message["backward"] is None) == (layer.backward is None)
        if message["backward"] is not None and layer.backward is not None:
            assert same(message["backward"], layer.backward)


def test_a_large_network_is_sent_without_weights(monkeypatch: pytest.MonkeyPatch) -> None:
    network = shipped.network("count10-lstm")
    whole = network_message.network_message(network)
    assert whole["layers"] is not None and whole["readout"] is not None
    monkeypatch.setattr(network_message, "MOST", network.parameters - 1)
    rest = network_message.network_message(network)
    assert (rest["layers"], rest["readout"]) == (None, None)
    assert rest["id"] != whole["id"]
    assert rest["rows"] == whole["rows"]


def test_a_network_has_one_id_and_is_written_once() -> None:
    network = chosen(default_view("count10")).network
    packed = packed_network(network, "standard", "en", whole=True)
    assert packed_network(network, "standard", "en", whole=True) is packed
    others = [
        packed_network(network, "article", "en", whole=True),
        packed_network(network, "standard", "zh", whole=True),
        packed_network(network, "standard", "en", whole=False),
        packed_network(chosen(default_view("count10").but(twin=1)).network, "standard", "en", whole=True),
    ]
    assert len({packed.id, *(other.id for other in others)}) == 5
    message = json.loads(packed.sent[64:])
    assert packed.sent[:64].decode() == message["id"] == packed.id
    assert sha256(json.dumps(message | {"id": ""}).encode()).hexdigest() == packed.id


@pytest.mark.parametrize("steps", [1, 2, 4, 6, 8, 12, 40])
@pytest.mark.parametrize("cell", CELLS)
def test_of_weights_and_products_the_smaller_is_sent(traced: Traced, cell: str, steps: int) -> None:
    trace, weights = traced(cell, steps=steps)
    sent = of_rows(trace, [(0, weights)])
    blocks = sum(block.size for kind in weights for block in kind)
    numbers = sum(block.size for block in products(trace, weights).values())
    assert (sent["weights"] is None) == (numbers < blocks) == (sent["products"] is not None)
    if sent["weights"] is not None:
        assert same(sent["weights"], weights)
    else:
        assert sum(unpacked(block).size for block in (sent["products"] or {}).values()) == numbers


@pytest.mark.parametrize("notation", NOTATIONS)
@pytest.mark.parametrize("cell", CELLS)
def test_rows_and_diagram_say_what_they_are(cell: str, notation: str) -> None:
    sent = network_message.network_message(Network.random(cell, 3, 4), notation)
    rows = equations(cell, notation)
    assert [(row["symbol"], row["mathml"]) for row in sent["rows"]] == [
        (row.symbol, row.mathml) for row in rows
    ]
    assert all(row["title"] and row["sentence"] for row in sent["rows"])
    for part in (*sent["graph"]["nodes"], *sent["graph"]["edges"]):
        assert not part["symbol"] or part["symbol"] in sent["hues"]
    for node in sent["graph"]["nodes"]:
        assert node["glyph"] or node["label"][0]
        assert node["says"]
        assert (node["reads"] is None) == (node["symbol"] in ("", "x"))


def test_letters_of_the_diagram() -> None:
    assert [network_message.label(symbol) for symbol in ("c_tilde", "h_prev", "f")] == [
        ["c\u0303", "t"],
        ["h", "t−1"],
        ["f", "t"],
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_gate_near_its_ends_is_called_closed_and_open(language: str) -> None:
    for symbol in GATES:
        reading = reading_of(symbol, Words(language))
        assert reading is not None and reading["limits"] == [0.1, 0.9]
        assert len(set(reading["says"])) == 3
        assert all("{share}" in said for said in reading["says"])
    assert reading_of("x", Words(language)) is None
