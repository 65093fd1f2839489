"""The pages that compare networks and follow their memory, as a reader uses them."""

from __future__ import annotations

import base64
import json
from itertools import product
from typing import Any

import numpy as np
import pytest

from cells import shipped
from cells.provenance import provenance
from tests.app.page import captions, chosen, figure, opened, sent
from ui.compare import NETWORKS as COMPARED_NETWORKS
from ui.compare import VIEWS as MEASURES
from ui.compare import member
from ui.compare.formulas import PAIRS
from ui.figures.theme import NETWORKS
from ui.memory import VIEWS as MEMORIES
from ui.networks.catalogue import CATALOGUE
from ui.networks.comparable import KINDS, comparable
from ui.networks.defaults import default_view
from ui.session.chosen import chosen as resolved
from ui.text.numbers import digits
from ui.words import Words


def decoded(packed: Any) -> np.ndarray:
    """An array as Plotly sends it."""
    if isinstance(packed, list):
        return np.array(packed)
    shape = [int(size) for size in str(packed.get("shape", "-1")).split(",")]
    return np.frombuffer(base64.b64decode(packed["bdata"]), packed["dtype"]).reshape(shape)


COMPARE, MEMORY = "pages/compare.py", "pages/memory.py"


@pytest.mark.parametrize("story", COMPARED_NETWORKS)
def test_every_story_has_networks_to_compare(story):
    assert 2 <= len(default_view(story).compare.networks) <= 4
    assert set(default_view(story).compare.networks) <= set(comparable(story))
    page = opened(COMPARE, network=story)
    names = [trace["name"].split("@")[0] for trace in figure(page)["data"]]
    assert len(names) >= len(default_view(story).compare.networks)
    tracks = sent(page)["tracks"]
    assert len(tracks) == (0 if CATALOGUE[story].shaped else len(default_view(story).compare.networks))


@pytest.mark.parametrize("story", COMPARED_NETWORKS)
def test_of_each_story_every_kind_of_cell_stands_there_first(story):
    def cells(names):
        return {name if name in KINDS else shipped.card(name).cell for name in names}

    usual = {"RNN", "LSTM", "GRU"}
    assert cells(default_view(story).compare.networks) & usual == cells(comparable(story)) & usual


@pytest.mark.parametrize("pair", PAIRS)
def test_the_diagram_is_of_the_network_whose_curves_are_drawn(pair):
    data = sent(opened(COMPARE, network="count10", together="letter", pair=pair, lead="count10-rnn"))
    kind = PAIRS[pair][0]
    assert data["leads"][data["lead"]]["label"].startswith(kind)
    assert [one["label"].startswith(kind) for one in data["leads"]] == [
        not one["apart"] for one in data["leads"]
    ]


def test_the_change_that_is_told_is_the_largest_point_that_is_drawn():
    page = opened(COMPARE, network="tags", together="sides", changed="5")
    (behind,) = (line for line in figure(page)["data"] if "←" in line["name"])
    largest = max(decoded(behind["y"])[:4])
    assert any(f"**{digits(largest)}**" in block.value for block in page.markdown)


def test_bars_of_influence_have_one_scale_and_saturated_answers_are_named():
    page = opened(COMPARE, network="count10", together="influence")
    layout, bars = figure(page)["layout"], [decoded(bar["y"]) for bar in figure(page)["data"]]
    ranges = [layout[f"yaxis{place}"]["range"] for place in ("", 2, 3)]
    assert ranges[0] == ranges[1] == ranges[2] and max(map(max, bars)) <= ranges[0][1]
    said = Words("en")("influence.saturated").partition("{")[0]
    assert any(one.startswith(said) and "LSTM · n = 35" in one for one in captions(page))


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
    page = opened(MEMORY, network="random", cell="RNN", measure=view, track="position", second="hallo")
    infos = [info.value for info in page.info]
    told = {view: "memory.rnn" for view, how in MEMORIES.items() if how.needs == "sum"} | {
        "lasting": "lasting.rnn",
        "saturation": "saturation.none",
        "ablation": "ablation.no_task",
        "left_out": "without.no_answers",
    }
    assert infos == ([Words("en")(told[view])] if view in told else [])


def test_equal_parameters_are_as_equal_as_whole_units_allow():
    selection = default_view("random")
    counts = {}
    for name in KINDS:
        counts[name] = member(resolved(selection.but(matched="parameters")), name).network.parameters
    wanted = counts["LSTM"]
    for name, count in counts.items():
        units = max(1, member(resolved(selection), name).network.layers[0].forward.U[0].shape[0])
        assert abs(count - wanted) <= 12 * (16 + 3 * units), name


def test_the_networks_of_a_comparison_read_the_same_tokens():
    page = opened(COMPARE, network="random", text="same tokens")
    lengths = {decoded(trace["z"]).shape[1] for trace in figure(page)["data"]}
    assert lengths == {len("same tokens")}


def test_provenance_on_the_page_is_that_of_the_cells():
    selection = default_view("count10")
    trace, unit = resolved(selection).run().trace(selection.at), selection.at.unit - 1
    total = provenance(trace, 5)[:, unit].sum()
    assert total == pytest.approx(trace["c"][5, unit], abs=1e-12)


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


def test_an_untrained_twin_has_reached_nothing():
    page = opened(COMPARE, network="tags", twin="1", together="table")
    labels = [lead["label"] for lead in sent(page)["leads"]]
    assert labels == [f"{cell} · untrained" for cell in ("Bi-LSTM", "LSTM", "GRU", "RNN")]
    assert [track["who"] for track in sent(page)["tracks"]] == labels
    assert "97.3%" not in "".join(block.proto.body for block in page.get("html"))


def test_cells_stand_side_by_side_in_one_layer_whatever_the_step_page_shows():
    page = opened(COMPARE, network="random", layers="3", together="influence", compare="LSTM,GRU", text="abc")
    assert not page.exception
    for name in ("LSTM", "GRU"):
        assert len(member(resolved(default_view("random")), name).network.layers) == 1
        assert len(member(resolved(default_view("random").but(layers=3)), name).network.layers) == 1


@pytest.mark.parametrize("story", ["count10", "tags", "first", "random"])
def test_an_architecture_has_one_colour_and_no_two_lines_share_one(story):
    page = opened(COMPARE, network=story, together="flow")
    solid = [line for line in figure(page)["data"] if line["line"]["width"] > 1 and "∂" in line["name"]]
    hues = {line["name"].replace("@", " ").split(" ")[0]: line["line"]["color"] for line in solid}
    assert len({line["line"]["color"] for line in solid}) == len(solid)
    if story != "first":
        assert hues == {cell: NETWORKS[cell] for cell in hues}


@pytest.mark.parametrize(
    ("story", "said"),
    [("count10", "sides.elsewhere"), ("tags", "sides.add_both"), ("random", "sides.add_both")],
)
def test_where_nobody_reads_from_the_end_the_page_says_who_does(story, said):
    pair = {"tags": "tags-lstm,tags-gru", "random": "RNN,GRU"}.get(story, "count10-lstm,count10-gru")
    page = opened(COMPARE, network=story, together="sides", compare=pair)
    assert any(Words("en")(said) in block.value for block in page.markdown)


def test_words_that_were_never_seen_are_said_to_be_read_by_their_ending():
    page = opened(COMPARE, network="tags", text="Zorblax flimmers quuxly")
    assert sent(page)["look"] == Words("en")("notice.parts", tokens="Zorblax flimmers quuxly")


def test_gradients_over_a_long_text_say_over_which_steps():
    page = opened(COMPARE, network="random", compare="LSTM,Bi-LSTM", together="flow", text="ab" * 300)
    blanks = {"first": "201", "last": "600", "most": "400"}
    expected = f"{Words('en')('flow.too_long', **blanks)} {Words('en')('view.one_line')}"
    assert expected in captions(page)


def test_networks_that_cannot_stand_together_are_named_and_the_usual_ones_shown():
    page = opened(COMPARE, network="tags", compare="GRU,count10-rnn")
    assert page.warning[0].value == Words("en")("fault.link", names="compare")
    assert [lead["name"] for lead in sent(page)["leads"]] == list(default_view("tags").compare.networks)
