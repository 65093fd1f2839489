"""A network that was trained here goes on: to every page, with its task, and to no other session."""

from __future__ import annotations

from urllib.parse import parse_qs

import numpy as np
import pytest

from tests.app.learned import LINE, at, with_own
from tests.app.page import badge, calm, captions, figure, opened, sent, unfolded
from tests.app.test_upload import numbers
from ui.memory import scoring
from ui.networks.learned import Learned
from ui.page import lesson
from ui.session import private, taken
from ui.words import LANGUAGES, Words

LSTM, OTHER = f"count10.LSTM.{LINE}", f"count10.GRU.{LINE}"
COMPARE, MEMORY = "pages/compare.py", "pages/memory.py"


def h_of(page) -> np.ndarray:
    return numbers(sent(page)["arrays"]["h"], 3)


def known(own: Learned, text: str) -> np.ndarray:
    return own.network.run(own.card.read(text)).layers[0].forward["h"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_stepped_through_with_its_task_and_says_what_it_is(language: str) -> None:
    own, words = at(LSTM, 5), Words(language)
    page = with_own(own, lang=language)
    data = sent(page)
    assert data["tokens"] == list("aaaaabbbbb") and data["unit"] == own.card.unit
    np.testing.assert_allclose(h_of(page), known(own, "aaaaabbbbb"), atol=1e-6)
    assert {*data["tracks"][0]["right"]} <= {True, False} and data["training"] is None
    for said in (own.told(words), words("badge.seed", seed="0"), "LSTM"):
        assert said in badge(page)
    assert words("kind.trained") not in badge(page).split(" · ")
    assert any(own.command in said for said in captions(unfolded(page, "options")))
    assert sent(page)["text"] == "aaaaabbbbb"  # the page reads what is typed by itself


def test_its_link_has_its_settings_and_none_of_its_weights() -> None:
    own = at(LSTM, 5)
    query = parse_qs(sent(with_own(own))["link"])
    assert query["network"] == ["yours"] and query["recipe"] == [LSTM] and query["updates"] == ["5"]
    other = opened(network="yours", recipe=LSTM, updates="5", text="ab")
    assert [said.value for said in other.warning] == [Words("en")("fault.link_learned", update="5")]
    assert [link.proto.label for link in other.get("page_link")].count(Words("en")("menu.train")) == 2
    assert private.OWN not in other.session_state and other.session_state["recipe"] == LSTM


@pytest.mark.parametrize("update", ["-1", "1e9", "٣٤a", "<b>1</b>", "9" * 400])
def test_nonsense_for_an_update_is_a_link_to_a_network_that_is_not_here(update: str) -> None:
    page = opened(network="yours", recipe=LSTM, updates=update, twin="1", checkpoint="13")
    assert [said.value for said in page.warning] == [Words("en")("fault.link_yours")]


def test_what_only_shipped_networks_have_is_not_taken_from_a_link() -> None:
    page = with_own(at(LSTM, 5))
    page.session_state["twin"], page.session_state["checkpoint"] = 1, "13"
    page.run()
    assert page.session_state["twin"] == 0 and page.session_state["checkpoint"] == "trained"
    np.testing.assert_allclose(h_of(calm(page)), known(at(LSTM, 5), "aaaaabbbbb"), atol=1e-6)


def test_two_of_one_task_stand_side_by_side() -> None:
    one, other = at(LSTM, 12), at(OTHER, 12)
    page = with_own(one, other, script=COMPARE)
    labels = [own.label(Words("en")) for own in (one, other)]
    assert [lead["label"] for lead in sent(page)["leads"]] == labels
    assert len(figure(page)["data"]) == 2
    for view in ("table", "letter"):
        page.segmented_control(key="together").set_value(view).run()
        calm(page)


def test_one_alone_stands_beside_one_that_ships() -> None:
    page = with_own(at(LSTM, 12), script=COMPARE)
    (pills,) = (one for one in page.get("button_group") if one.key == "own_compare")
    assert "count10-lstm" in pills.options or any("LSTM" in option for option in pills.options[1:])
    assert len(sent(page)["leads"]) == 2 and len(sent(page)["tracks"]) == 2


def test_memory_scores_it_without_its_gates_and_keeps_that_to_itself(monkeypatch) -> None:
    monkeypatch.setattr(scoring, "_measured", lambda _: pytest.fail("what is private is shared"))
    page = with_own(at(LSTM, 12), script=MEMORY)
    for view in ("saturation", "ablation"):
        page.segmented_control(key="measure").set_value(view).run()
        calm(page)
    assert "--lost: " in " ".join(element.proto.body for element in page.get("html"))


def test_it_is_taken_to_a_text_that_it_can_read_or_to_its_own(monkeypatch) -> None:
    own, page, wanted = at(LSTM, 5), opened(), []
    monkeypatch.setattr(lesson, "leads_to", lambda: ((wanted and taken.take(own, *wanted.pop())) or "", {}))
    for text, step, read, there in (("abab", 3, "abab", 3), ("xyz", 2, None, 0), ("", 99, None, 0)):
        wanted.append((text, step))
        data = sent(calm(page.run()))
        assert data["tokens"] == list(read or own.entry.examples[0][1])
        assert data["step"] == (there or own.entry.opens)


def test_trained_again_it_is_the_view_that_its_link_asked_for(monkeypatch) -> None:
    own, wanted = at(LSTM, 5), []
    page = opened(network="yours", recipe=LSTM, updates="5", text="ab", step="2")
    monkeypatch.setattr(lesson, "leads_to", lambda: ((wanted and taken.take(wanted.pop())) or "", {}))
    wanted.append(at(LSTM, 12))
    assert sent(calm(page.run()))["tokens"] == list("aaaaabbbbb")
    wanted.append(own)
    assert sent(calm(page.run()))["tokens"] == list("ab") and sent(page)["step"] == 2


def test_its_weights_leave_with_a_card() -> None:
    page = unfolded(with_own(at(LSTM, 5)), "take")
    files = {one.proto.id.rsplit("-", 1)[-1] for one in page.get("download_button")}
    assert {"take_card", "take_weights", "take_safetensors"} <= files
    assert at(LSTM, 5).command in [code.value for code in page.code]
