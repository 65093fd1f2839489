"""A trained network seen along its training: on every page, in the badge, in files."""

from __future__ import annotations

import base64
import json
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from cells import shipped
from tests.app.page import AppTest, badge, captions, chosen, opened, picked, selection, sent, unfolded
from ui.export import stem
from ui.selection.records import NetworkChoice, Selection
from ui.session import cache
from ui.session.chosen import chosen as resolved
from ui.stepper import training_message
from ui.words import LANGUAGES, Words

CARDS = shipped.cards()
CARD = CARDS["count10-lstm"]


def numbers(data: dict, symbol: str) -> np.ndarray:
    return np.frombuffer(base64.b64decode(data["arrays"][symbol]["f4"]), "<f4")


def run_at(update: int, text: str) -> np.ndarray:
    network = shipped.checkpoint("count10-lstm", update)
    found: np.ndarray = network.run(CARD.read(list(text))).layers[0].forward["c"].astype("f4")
    return found.ravel()


def test_a_link_opens_the_network_as_it_was() -> None:
    page = opened(checkpoint="446", text="aabb")
    assert not page.warning
    np.testing.assert_array_equal(numbers(sent(page), "c"), run_at(446, "aabb"))
    assert "checkpoint=446" in sent(page)["link"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_badge_and_sentence_say_when_that_was_and_what_had_been_reached(language: str) -> None:
    words, moment = Words(language), CARD.at(198)
    assert moment is not None
    page = opened(checkpoint="198", lang=language)
    told = badge(page)
    assert words("badge.recorded", update="198", steps="6,000") in told
    assert words("score.longest", value="17") in told
    assert words("kind.trained") not in told
    look = sent(page)["look"]
    assert "198" in look and "−0.99" in look.replace("−0.999", "") and "−0.999" in look
    twin = badge(chosen(page, twin=1))
    assert words("kind.untrained") in twin and "198" not in twin


def test_a_checkpoint_rests_with_the_twin_and_stays_with_its_network() -> None:
    page = opened(checkpoint="446")
    before = numbers(sent(page), "c")
    twin = numbers(sent(chosen(page, twin=1)), "c")
    np.testing.assert_array_equal(twin, numbers(sent(opened(twin="1")), "c"))
    np.testing.assert_array_equal(numbers(sent(chosen(page, twin=0)), "c"), before)
    picked(page, network="brackets")
    assert selection(page).network.checkpoint == "trained"
    picked(page, network="count10")
    assert selection(page).network.checkpoint == "446"
    picked(page, model="count10-gru")
    assert selection(page).network.checkpoint == "446"


def training(page: AppTest) -> tuple[str | None, bytes | None]:
    """The id that the run names, and what was sent beside it."""
    parts = {part.proto.component_name: part.proto for part in page.get("bidi_component")}
    found = parts.get("gates.training")
    return sent(page)["training"], found and found.bytes


def test_the_first_page_is_sent_the_whole_training_once() -> None:
    page = opened()
    name, packed = training(page)
    assert name is not None and packed is not None and packed[:64].decode() == name
    checkpoints = json.loads(packed[64:])["checkpoints"]
    assert [one["name"] for one in checkpoints] == [*(str(one.update) for one in CARD.recorded), "trained"]
    assert checkpoints[2]["reached"] == "n = 17 · unit 3: r = −0.99"
    page.text_input(key="text").set_value("ab").run()
    assert training(chosen(page, checkpoint="446")) == (name, packed)
    assert training(chosen(page, lang="zh"))[0] not in (None, name)
    assert training(chosen(page, twin=1)) == (None, None)


@pytest.mark.parametrize("path", ["pages/memory.py", "pages/compare.py"])
def test_pages_that_wait_for_the_server_are_sent_no_training(path: str) -> None:
    assert training(opened(path)) == (None, None)


def test_a_damaged_file_leaves_the_network_as_it_ships(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for ending in (".json", ".npz"):
        shutil.copy(shipped.FOLDER / f"parity-lstm{ending}", tmp_path)
    (tmp_path / "parity-lstm.steps.npz").write_bytes(b"no archive")
    training_message._packed.cache_clear()
    cache._network.clear()
    monkeypatch.setattr(shipped, "FOLDER", tmp_path)
    choice = NetworkChoice("parity", "parity-lstm", checkpoint="99")
    assert training_message.packed_training(CARDS["parity-lstm"], choice, "en") is None
    assert "parity-lstm.steps.npz is damaged" in resolved(Selection(choice)).fault
    assert not resolved(Selection(replace(choice, checkpoint="trained"))).fault


@pytest.mark.parametrize("path", ["pages/memory.py", "pages/compare.py"])
def test_other_pages_show_the_moment_and_can_leave_it(path: str) -> None:
    page = unfolded(opened(path, checkpoint="446", text="aabb"), "options")
    np.testing.assert_array_equal(numbers(sent(page), "c"), run_at(446, "aabb"))
    slider = page.select_slider(key="checkpoint")
    assert (slider.value, len(slider.options)) == ("446", 12)
    np.testing.assert_array_equal(numbers(sent(chosen(page, checkpoint="1240")), "c"), run_at(1240, "aabb"))
    assert any("n = 25" in caption and "−0.998" in caption for caption in captions(page))
    assert "checkpoint" not in sent(chosen(page, checkpoint="trained"))["link"]


def test_compared_are_networks_of_one_moment() -> None:
    page = opened("pages/compare.py", checkpoint="446")
    told = [lead["label"] for lead in sent(page)["leads"]]
    for name, label in zip(("count10-lstm", "count10-gru", "count10-rnn"), told, strict=True):
        moment = shipped.card(name).at(446)
        assert moment is not None and label.endswith(f"n = {moment.scores['longest']:.0f}")


def test_a_file_says_in_its_name_when_the_network_was_that() -> None:
    view = selection(opened(checkpoint="446"))
    assert stem(resolved(view)) == "count10-lstm-update-446-aaaaabbbbb"
    assert stem(resolved(view.but(twin=1))) == "count10-lstm-seed-7-aaaaabbbbb"
    assert stem(resolved(view.but(checkpoint="trained"))) == "count10-lstm-aaaaabbbbb"


@pytest.mark.parametrize("network", ["names", "random", "counter", "g2p"])
def test_networks_without_checkpoints_have_no_slider(network: str) -> None:
    page = opened("pages/memory.py" if network != "g2p" else "app.py", network=network)
    assert "checkpoint" not in [slider.key for slider in page.select_slider]
