"""The memory page as a reader uses it: what is chosen, what is said, and what is computed."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qsl

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from cells import state_jacobian
from cells.phenomena.quoted import gradients
from tests.app.page import calm, captions, chosen, opened, selection, sent
from tests.app.test_side_by_side import MEMORY, decoded
from ui.networks.tokenize import plain
from ui.session.chosen import chosen as resolved
from ui.text.numbers import powers
from ui.words import Words

ENGLISH = Words("en")


def spec(page: AppTest) -> dict[str, Any]:
    """The figure of the view, which stands above the heatmap."""
    shown: dict[str, Any] = json.loads(page.get("plotly_chart")[0].proto.spec)
    return shown


def told(page: AppTest) -> str:
    return " ".join(element.proto.body for element in page.get("html"))


def test_the_quoted_gradients_are_reproduced_on_the_page_as_by_the_command():
    page = opened(MEMORY, measure="gradient", flow="noise", forget="1", update="-3")
    lines = {line["name"]: line for line in spec(page)["data"]}
    expected = {figure.where: figure for figure in gradients().figures}
    for cell, start in (("RNN", "tanh RNN × 1.0"), ("LSTM", "LSTM b_f=1"), ("GRU", "GRU b_u=−3")):
        found = decoded(lines[cell]["y"])
        for length in (1, 10, 20, 50):
            assert found[length - 1] == pytest.approx(expected[f"{start}, T={length}"].found, rel=1e-9)
    assert ENGLISH("gradient.judged", good="12", total="12") in captions(page)
    chosen(page, drawn_units=8)
    assert ENGLISH("gradient.unquoted") in captions(page)


@pytest.mark.parametrize("flow", ["text", "noise", "this"])
@pytest.mark.parametrize("text", ["a", "ab" * 30])
def test_gradients_that_explode_stay_within_a_readable_scale(flow, text):
    page = opened(MEMORY, measure="gradient", flow=flow, text=text, gain="16", forget="8", drawn_units="4")
    low, high = spec(page)["layout"]["yaxis"]["range"]
    assert -18 <= low < 0 < high <= 12


def test_another_token_changes_what_the_network_says_it_changes():
    page = opened(MEMORY, measure="swapped", text="aaabbb", swap_at="2", swap="b", step="4")
    was, would, differences = spec(page)["data"]
    unit = selection(page).at.unit - 1
    gap = decoded(was["y"]) - decoded(would["y"])
    np.testing.assert_allclose(decoded(differences["z"])[unit], gap, atol=1e-6)
    assert gap[0] == 0 and gap[1] != 0
    for swap, words in (("ab", "swapped.several"), ("x", "swapped.unknown")):
        chosen(page, swap=swap)
        assert page.info[0].value.split("“")[0] == ENGLISH(words).replace("{count}", "2").split("“")[0]
    chosen(page, swap="", text="a")
    assert page.info[0].value == ENGLISH("swapped.alone")


def test_which_token_moved_the_answer_is_measured_by_leaving_each_out() -> None:
    page = opened(MEMORY, network="reviews", measure="left_out", step="11")
    run = resolved(selection(page))
    (bars,) = spec(page)["data"]
    rows, places = np.asarray(run.inputs.rows), run.source.answers().names
    usual = run.network.run(rows).output[10]
    best, turned = int(usual.argmax()), []
    for token, bar in enumerate(decoded(bars["y"])):
        output = run.network.run(np.delete(rows, token, axis=0)).output[9]
        assert bar == pytest.approx(usual[best] - output[best], abs=1e-6)
        turned += [token] if output.argmax() != best else []
    assert (places[best], turned) == ("negative", [10])
    would = ENGLISH("without.turns", token="mess", at="11", other="positive").split(" ({would}")[0]
    assert would in told(page)
    chosen(page, network="random")
    assert page.info[0].value == ENGLISH("without.no_answers")
    page = opened(MEMORY, network="reviews", measure="left_out", text="good " * 201)
    assert page.info[0].value.split("{")[0].startswith(ENGLISH("without.too_long").split("{")[0])
    page = opened(MEMORY, measure="left_out", text="aaabbb", step="6", edit="f.3@1-2=0")
    assert ENGLISH("aside.left_out") in captions(page)


def test_labels_are_typed_marked_and_refused():
    page = opened(MEMORY, measure="finder", text="aabb", track="typed", labels="0011")
    assert decoded(spec(page)["data"][0]["z"]).ravel().tolist() == [0, 0, 1, 1]
    chosen(page, labels="0 1")
    assert page.info[0].value == ENGLISH("finder.typed", steps="4", count="2")
    button = next(button for button in page.button if "ark step" in button.label)
    assert button.label == ENGLISH("finder.mark", step="4", token="b")
    button.click().run()
    assert page.session_state["labels"] == "0101"  # what was typed stays
    button = next(button for button in calm(page).button if "ark step" in button.label)
    assert button.label == ENGLISH("finder.unmark", step="4", token="b")
    button.click().run()
    assert page.session_state["labels"] == "0100"
    for wrong, entry in (
        ("0 x 1 1", "x"),
        ("nan", "nan"),
        ("1;0;1;inf", "inf"),
        ("0 1 1 2,x", "x"),
        ("1_0 1 1 0", "1_0"),
    ):
        chosen(page, labels=wrong)
        assert page.info[0].value == ENGLISH("finder.no_number", entry=plain(entry))
        assert next(button for button in page.button if "ark step" in button.label).disabled
    chosen(page, labels="1;0，−1.5 2")
    assert decoded(spec(page)["data"][0]["z"]).ravel().tolist() == [1, 0, -1.5, 2]
    chosen(page, track="marked", marks="b")
    assert decoded(spec(page)["data"][0]["z"]).ravel().tolist() == [0, 0, 1, 1]


def test_a_click_in_the_list_goes_to_the_unit_and_the_link_keeps_it():
    page = opened(MEMORY, measure="finder", track="position")
    before = sent(page)
    button = next(one for one in page.button if one.key == "found_3")
    name, unit = button.label.removeprefix("4\\. ").strip("*").split("  ")[0].split(" · unit ")
    button.click().run()
    after = sent(calm(page))
    assert after["unit"] == int(unit) and after["sent"] != before["sent"]
    assert f"found={selection(page).memory.found}" in after["link"]
    assert ENGLISH(f"title.{selection(page).memory.found}") == name


def test_a_step_and_a_unit_that_the_network_lacks_fall_to_the_nearest():
    page = opened(MEMORY, network="count10", text="ab", step="90", unit="250")
    assert "unit 10, after step 2:" in told(page)


def test_a_choice_within_a_view_comes_into_the_link():
    page = opened(MEMORY, measure="lasting")
    page.select_slider(key="forget").set_value("1.5").run()
    assert "forget=1.5" in sent(calm(page))["link"]
    assert pytest.approx(decoded(spec(page)["data"][-1]["y"])[1], abs=0.005) == 0.82


def test_what_to_look_for_fits_the_network_and_the_choice() -> None:
    plain = opened(MEMORY, network="random", cell="RNN")
    assert sent(plain)["look"] == ENGLISH("look.no_gates")
    for network, seek in (("count10", "seek.saturation"), ("latch", "seek.saturation_alone")):
        assert ENGLISH(seek) in captions(opened(MEMORY, network=network, measure="saturation"))
    this = captions(opened(MEMORY, measure="gradient", flow="this"))
    assert ENGLISH("seek.gradient_this") in this
    assert ENGLISH("gradient.quotes") not in " ".join(this)


def test_an_untrained_twin_is_offered_without_a_score() -> None:
    page = opened(MEMORY, network="tags", twin="1")
    assert page.selectbox(key="model").options[0] == "Bi-LSTM · untrained"


@pytest.mark.parametrize(("step", "direction"), [(6, "forward"), (1, "forward"), (3, "backward")])
def test_the_factor_is_that_of_the_initial_state(step: int, direction: str) -> None:
    network = "tags" if direction == "backward" else "count10"
    page = opened(
        MEMORY, network=network, measure="gradient", flow="this", step=str(step), direction=direction
    )
    chosen_now = selection(page)
    run = resolved(chosen_now).run()
    weights, trace = run.weights_of(chosen_now.at)[0][1], run.trace(chosen_now.at)
    begin, units = (len(trace) if trace.reverse else -1), trace["c"].shape[1]
    exact = state_jacobian(trace, weights, begin, step - 1)[units:, units:]
    felt = powers(float(np.linalg.norm(exact, 2)))
    said = ENGLISH("gradient.this", memory="cell state c", step=str(step), felt=felt)
    assert any(said in block.proto.body for block in page.get("html"))


def test_a_window_begins_with_what_the_steps_before_it_left() -> None:
    text = "a" * 1500 + "b" * 1500
    later = opened(MEMORY, network="counter", text=text, start="1001", step="1005")
    first = opened(MEMORY, network="counter", text=text, step="5")
    said = ["".join(block.proto.body for block in page.get("html")) for page in (later, first)]
    for key, left, where in (("memory.sum_later", "1000", [True, False]), ("memory.sum", "0", [False, True])):
        told = ENGLISH(key).split("</b>")[1].split("{initial}")[0] + left
        assert [told in text for text in said] == where


@pytest.mark.parametrize(("direction", "read"), [("forward", [1, 2, 3]), ("backward", [3, 4, 5, 6])])
def test_gradients_stand_at_the_tokens_that_were_read(direction: str, read: list[int]) -> None:
    page = opened(MEMORY, network="tags", measure="gradient", flow="this", step="3", direction=direction)
    figures = [json.loads(chart.proto.spec) for chart in page.get("plotly_chart")]
    lines = [line for drawn in figures for line in drawn["data"] if line.get("mode") == "lines"]
    assert len(lines) == 3
    assert all(decoded(line["x"]).tolist() == read for line in lines)


def test_units_are_ranked_by_an_answer_of_the_network_and_the_chosen_one_is_among_them() -> None:
    page = opened(MEMORY, network="tags", measure="finder", step="3")
    chosen_now = selection(page)
    shown, said = resolved(chosen_now).run(), resolved(chosen_now).source.answers()
    assert said is not None and shown.output is not None and chosen_now.memory.answer == "PUNCT"
    strip = decoded(spec(page)["data"][0]["z"]).ravel()
    np.testing.assert_array_equal(strip, shown.output[:, said.names.index("PUNCT")])
    rows = [button for button in page.button if str(button.key).startswith("found_")]
    bold = [button.label for button in rows if "**" in button.label]
    assert len(bold) == 1 and f"unit {chosen_now.at.unit}**" in bold[0]
    chosen(page, unit=2, found="o")
    rows = [button for button in page.button if str(button.key).startswith("found_")]
    assert "output gate o · unit 2**" in rows[-1].label
    assert len(rows) in (10, 11)


@pytest.mark.parametrize(
    ("network", "swap", "notice"), [("tags", "zorp", "parts"), ("reviews", "zorp", "unseen")]
)
def test_another_token_that_was_never_seen_is_said_to_be_one(network: str, swap: str, notice: str) -> None:
    page = opened(MEMORY, network=network, measure="swapped", swap=swap)
    assert any(ENGLISH(f"notice.{notice}", tokens=swap) in one for one in captions(page))


def test_a_token_that_is_read_later_moves_nothing_yet() -> None:
    page = opened(MEMORY, network="tags", measure="swapped", direction="backward", step="3")
    assert ENGLISH("swapped.not_yet", at="1", step="3") in told(page)
    assert "would be" not in told(page)
    chosen(page, swap_at=4)
    assert "is read after" not in told(page) and "would be" in told(page)


def test_a_deep_layer_says_what_its_bars_count_and_why_tokens_to_come_have_diamonds() -> None:
    page = opened(MEMORY, network="random", text="hello", layers="2", layer="2", directions="2", step="2")
    assert any(ENGLISH("memory.deep_both", layer="2") in one for one in captions(page))
    diamonds = decoded(spec(page)["data"][1]["y"])
    assert np.all(diamonds[2:] != 0)
    chosen(page, directions=1)
    assert any(ENGLISH("memory.deep", layer="2") in one for one in captions(page))
    assert np.all(decoded(spec(page)["data"][1]["y"])[2:] == 0)


def test_a_half_life_is_measured_where_there_was_something_to_keep() -> None:
    page = opened(MEMORY, measure="lasting", unit="3")
    chosen_now = selection(page)
    gates = resolved(chosen_now).run().trace(chosen_now.at)["f"][1:, 2].astype(float)
    lasts = np.log(0.5) / np.log(gates).mean()
    assert any(f"half-life {lasts:.1f} steps" in one for one in captions(page))
    chosen(page, text="a")
    assert any(ENGLISH("lasting.empty", unit="3") == one for one in captions(page))


def test_labels_of_a_long_text_fit_into_the_link_and_longer_ones_are_told() -> None:
    page = opened(MEMORY, measure="finder", text="ab" * 500, track="typed", step="5")
    next(button for button in page.button if "ark step" in button.label).click().run()
    assert page.session_state["labels"] == "00001" + "0" * 995
    again = opened(MEMORY, **dict(parse_qsl(sent(calm(page))["link"])))
    assert not again.warning and again.session_state["labels"] == page.session_state["labels"]
    chosen(page, text="ab" * 501)
    assert page.info[0].value == ENGLISH("memory.too_long", most="1,000")


def test_what_is_wrong_with_labels_is_told_apart() -> None:
    page = opened(MEMORY, measure="finder", text="aabb", track="typed", labels="1 1 1 1")
    assert page.info[0].value == ENGLISH("finder.constant")
    chosen(page, labels="1 1 1 1 0")
    assert page.info[0].value == ENGLISH("finder.typed_many", steps="4", count="5")


@pytest.mark.parametrize(
    ("network", "question"), [("names", "question.lasting_gru"), ("count10", "question.lasting")]
)
def test_a_gru_is_asked_about_its_own_bias(network: str, question: str) -> None:
    page = opened(MEMORY, network=network, measure="lasting")
    assert ENGLISH(question) in [box.label for box in page.expander]


@pytest.mark.parametrize("view", ["written", "map", "erased", "saturation", "lasting"])
def test_a_cell_without_gates_is_not_advised_to_look_at_them(view: str) -> None:
    page = opened(MEMORY, network="random", cell="RNN", measure=view)
    advice = [one for one in captions(page) if one.startswith("Look for")]
    assert advice == ([ENGLISH("seek.lasting_alone")] if view == "lasting" else [])


def test_the_advice_speaks_of_the_direction_that_is_shown() -> None:
    page = opened(MEMORY, network="tags")
    assert "unit 44" in sent(page)["look"] and "over many texts" in sent(page)["look"]
    chosen(page, direction="backward")
    assert sent(page)["look"] == ENGLISH("look.reverse")


def test_no_zero_of_a_formula_has_a_sign() -> None:
    page = opened(MEMORY, network="random", cell="GRU", measure="lasting", update="0")
    (formula,) = [block.value for block in page.latex]
    assert r"\sigma(0)" in formula and "-0" not in formula


def test_a_single_token_is_not_advised_to_look_at_what_it_lacks() -> None:
    page = opened(MEMORY, network="random", text="a", measure="lasting")
    assert {ENGLISH("seek.lasting_alone"), ENGLISH("lasting.empty", unit="1")} <= {*captions(page)}
    assert len(spec(page)["data"]) == 1 and ENGLISH("lasting.others") not in told(page)
    chosen(page, measure="written")
    assert ENGLISH("seek.written_alone") in captions(page)
    chosen(page, text="ab")
    assert ENGLISH("seek.written") in captions(page)


def test_a_text_too_long_to_be_read_again_is_told_as_one() -> None:
    page = opened(MEMORY, network="random", text="ab" * 1001, measure="swapped")
    assert page.info[0].value == ENGLISH("swapped.too_long", most="2,000")


def test_while_steps_are_covered_a_view_of_all_of_them_waits_until_it_is_asked_for():
    page = opened(MEMORY, measure="lasting", predict="1")
    assert sent(page)["predict"] and ENGLISH("predict.whole") in captions(page)
    assert len(page.get("plotly_chart")) == 1  # the memory's heatmap, which the stepper covers
    next(one for one in page.button if one.label == ENGLISH("predict.show")).click().run()
    assert len(page.get("plotly_chart")) > 1
    chosen(page, text="aabb")
    assert ENGLISH("predict.whole") in captions(page)
    chosen(page, measure="swapped")
    assert ENGLISH("predict.whole") not in captions(page)
