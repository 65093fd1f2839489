"""The pages that compare networks and follow their memory, as a reader uses them."""

from __future__ import annotations

import base64
import json
from dataclasses import replace
from itertools import product
from typing import Any

import numpy as np
import pytest

from cells.provenance import provenance
from tests.app.page import chosen, figure, opened, sent
from ui import cached, networks
from ui.compare import STORIES, member
from ui.compare import VIEWS as MEASURES
from ui.letter import PAIRS
from ui.memory import ADDS_UP
from ui.memory import VIEWS as MEMORIES
from ui.networks import CATALOGUE, KINDS, comparable
from ui.reading import read
from ui.selection import home
from ui.words import Words


def decoded(packed: Any) -> np.ndarray:
    """An array as Plotly sends it."""
    if isinstance(packed, list):
        return np.array(packed)
    shape = [int(size) for size in str(packed.get("shape", "-1")).split(",")]
    return np.frombuffer(base64.b64decode(packed["bdata"]), packed["dtype"]).reshape(shape)


COMPARE, MEMORY = "pages/compare.py", "pages/memory.py"


@pytest.mark.parametrize("story", STORIES)
def test_every_story_has_networks_to_compare(story):
    assert 2 <= len(home(story).compare) <= 4
    assert set(home(story).compare) <= set(comparable(story))
    page = opened(COMPARE, network=story)
    names = [trace["name"].split("@")[0] for trace in figure(page)["data"]]
    assert len(names) >= len(home(story).compare)
    tracks = sent(page)["tracks"]
    assert len(tracks) == (0 if CATALOGUE[story].shaped else len(home(story).compare))


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(("view", "pair"), [*product(MEASURES, ["reset"]), *product(["letter"], PAIRS)])
def test_every_view_of_the_comparison_is_drawn(view, pair, language):
    page = opened(COMPARE, network="random", together=view, pair=pair, lang=language, text="abcabc")
    about = pair if view == "letter" else view
    assert page.expander[0].label == Words(language)(f"question.{about}")
    chosen(page, network="tags", compare=["tags-bilstm", "tags-rnn"], text="it rains", mode="words")


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("view", MEMORIES)
@pytest.mark.parametrize("network", ["count10", "random", "counter"])
def test_every_view_of_the_memory_is_drawn(view, language, network):
    page = opened(MEMORY, network=network, measure=view, lang=language)
    assert page.expander[0].label == Words(language)(f"question.{view}")


@pytest.mark.parametrize("text", ["a", "ab", "aabb" * 30])
@pytest.mark.parametrize("view", MEMORIES)
def test_the_memory_of_short_and_long_texts_is_drawn(text, view):
    opened(MEMORY, network="count10", text=text, measure=view)


@pytest.mark.parametrize("direction", ["forward", "backward"])
def test_the_bars_add_up_to_the_number_in_the_heatmap(direction):
    shape = {"cell": "LSTM", "directions": "2", "direction": direction}
    page = opened(MEMORY, network="random", text="hello", step="4", unit="3", **shape)
    bars, heat = (json.loads(chart.proto.spec)["data"][0] for chart in page.get("plotly_chart"))
    assert decoded(bars["y"]).sum() == pytest.approx(decoded(heat["z"])[2, 3], abs=1e-6)


@pytest.mark.parametrize("view", MEMORIES)
def test_an_rnn_has_every_view_but_those_of_a_memory_that_adds_up(view):
    page = opened(MEMORY, network="random", cell="RNN", measure=view, track="position")
    infos = [info.value for info in page.info]
    told = {"lasting": "lasting.rnn", "saturation": "saturation.none"} | dict.fromkeys(ADDS_UP, "memory.rnn")
    assert infos == ([Words("en")(told[view])] if view in told else [])


def test_equal_parameters_are_as_equal_as_whole_units_allow():
    selection = home("random")
    counts = {}
    for name in KINDS:
        counts[name] = cached.network(member(replace(selection, matched="parameters"), name)).parameters
    wanted = counts["LSTM"]
    for name, count in counts.items():
        units = max(1, cached.network(member(selection, name)).layers[0].forward.U[0].shape[0])
        assert abs(count - wanted) <= 12 * (16 + 3 * units), name


def test_the_networks_of_a_comparison_read_the_same_tokens():
    page = opened(COMPARE, network="random", text="same tokens")
    lengths = {decoded(trace["z"]).shape[1] for trace in figure(page)["data"]}
    assert lengths == {len("same tokens")}


def test_provenance_on_the_page_is_that_of_the_cells():
    selection = home("count10")
    inputs = networks.inputs(selection, read(selection.text, selection.mode))
    shown = cached.run(selection, inputs, lambda _: None)
    total = provenance(shown.trace, 5)[:, selection.unit - 1].sum()
    assert total == pytest.approx(shown.trace["c"][5, selection.unit - 1], abs=1e-12)


@pytest.mark.parametrize("text", ["a", "ab" * 210])
@pytest.mark.parametrize("view", MEASURES)
def test_the_comparison_of_short_and_long_texts_is_drawn(text, view):
    opened(COMPARE, network="count10", text=text, together=view)


def test_a_changed_token_moves_no_forward_state_before_it():
    page = opened(COMPARE, network="random", together="sides", text="abcdefgh", changed="5", instead="z")
    lines = {trace["name"]: decoded(trace["y"]) for trace in figure(page)["data"]}
    told = {trace["name"]: trace["customdata"] for trace in figure(page)["data"]}
    assert len(lines) == 5
    for name, numbers in told.items():
        before = {numbers[step] for step in range(4)}
        assert ("0" in before) == ("→" in name) and (before == {"0"}) == ("→" in name), name


@pytest.mark.parametrize("pair", ["keeps", "reset", "misprint"])
def test_one_letter_takes_a_network_beside_where_none_stands_here(pair):
    page = opened(COMPARE, network="random", together="letter", pair=pair, compare="RNN,Bi-LSTM", text="abc")
    absent = Words("en")("letter.absent")
    assert any(absent in said.value for said in page.markdown) == (pair != "misprint")


def test_a_network_of_the_link_that_has_no_siblings_is_named_and_another_shown():
    page = opened(COMPARE, network="shakespeare")
    assert page.warning[0].value == Words("en")("fault.link", names="network")
    assert sent(page)["leads"]


@pytest.mark.parametrize("matched", ["units", "parameters"])
def test_the_page_says_what_random_networks_have_in_common(matched):
    page = opened(COMPARE, network="random", compare="RNN,LSTM,GRU", matched=matched, text="abc")
    details = [lead["detail"] for lead in sent(page)["leads"]]
    badge = Words("en")(f"badge.matched_{matched}")
    assert any(badge in block.proto.body for block in page.get("html"))
    if matched == "units":
        assert set(details) == {"16 units"}
    else:
        counts = [int("".join(filter(str.isdigit, detail))) for detail in details]
        assert len(set(counts)) > 1 and max(counts) < 1.1 * min(counts)


def test_networks_that_cannot_stand_together_are_named_and_the_usual_ones_shown():
    page = opened(COMPARE, network="tags", compare="GRU,count10-rnn")
    assert page.warning[0].value == Words("en")("fault.link", names="compare")
    assert [lead["name"] for lead in sent(page)["leads"]] == list(home("tags").compare)
