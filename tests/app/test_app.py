"""The page as a reader uses it: choose, type, and never meet a traceback."""

from __future__ import annotations

import json
import re
from itertools import product

import pytest

from cells import CELLS, shipped
from cells.notation import NOTATIONS
from cells.weights import initialisations
from tests.app.page import badge, calm, captions, chosen, components, figure, opened, picked, selection, sent
from ui.figures.unit_order import ORDERS
from ui.networks import cards, looks
from ui.networks.catalogue import CATALOGUE
from ui.networks.defaults import default_view
from ui.networks.tokenize import read
from ui.session.chosen import chosen as resolved
from ui.stepper import network_message
from ui.words import LANGUAGES, Words

ENGLISH = Words("en")


def test_the_first_visit_shows_the_usual_view() -> None:
    page = opened()
    data, card = sent(page), shipped.card("count10-lstm")
    assert data["tokens"] == list("aaaaabbbbb")
    assert (data["first"], data["steps"], data["total"], data["step"]) == (1, 10, 10, 6)
    assert data["unit"] == card.unit
    assert data["units"] == [str(unit + 1) for unit in range(card.units)]
    assert [row["symbol"] for row in data["rows"]] == list(CELLS["LSTM"].symbols)
    said = looks.blanks(card, ENGLISH)
    assert data["look"] == ENGLISH(looks.of_card(card), **said)
    assert data["words"] == ENGLISH.under("stepper")
    assert [heat["name"] for heat in figure(page)["data"]] == list(CELLS["LSTM"].symbols)
    assert data["tracks"][0]["right"] == [True] * 10
    assert not page.warning
    assert not page.error
    assert selection(page) == default_view("count10")


UNTRAINED = [name for name, story in CATALOGUE.items() if not story.siblings]


@pytest.mark.parametrize("network", UNTRAINED)
def test_every_network_cell_mode_and_example_runs(network: str) -> None:
    page, story = opened(network=network), CATALOGUE[network]
    for cell, mode, (_, text) in product(story.cells, story.modes, story.examples):
        chosen(page, cell=cell, mode=mode, text=text)
        reading = read(text, mode)
        assert bool(page.error) == bool(reading.fault)
        assert len(components(page)) == len(page.get("plotly_chart")) == (not reading.fault)
        if not reading.fault:
            data = sent(page)
            assert data["total"] == len(resolved(selection(page)).tokens)
            assert list(data["arrays"]) == ["x", *CELLS[cell].symbols]
            assert data["unknown"] == [] or network == "latch"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("network", CATALOGUE)
def test_every_language_speaks_on_every_page(language: str, network: str) -> None:
    page, words = opened(network=network, lang=language), Words(language)
    asks = "pick.text_numbers" if network == "adding" else "pick.text"
    assert page.text_input(key="text").label == words(asks)
    assert sent(page)["words"] == words.under("stepper")
    card = resolved(selection(page)).source.card
    blanks = re.split(r"\{\w+\}", words(looks.of_card(card) if card else f"look.{network}"))
    assert all(part in sent(page)["look"] for part in blanks)
    assert "{" not in sent(page)["look"]
    titles = [row["title"] for row in sent(page)["rows"]]
    assert titles == [words(f"title.{symbol}") for symbol in CELLS[selection(page).network.cell].symbols]


def test_the_language_can_be_changed_and_changes_nothing_else() -> None:
    page = opened(network="counter", text="abab")
    before = selection(page)
    chosen(page, lang="zh")
    assert sent(page)["look"] == Words("zh")("look.counter")
    assert selection(page).but(lang="en") == before


def test_the_same_seed_gives_the_same_numbers() -> None:
    one, other = (sent(opened(network="random", text="same", seed="12")) for _ in range(2))
    assert one == other
    assert sent(opened(network="random", text="same", seed="13"))["layers"] != one["layers"]


def test_another_text_is_read_by_the_same_weights() -> None:
    page = opened(network="random", units="2", text="abc" * 9)
    before = sent(page)
    page.text_input(key="text").set_value("abd" * 9).run()
    after = sent(calm(page))
    assert after["network"] == before["network"]
    assert after["arrays"] != before["arrays"]
    assert after["tokens"] == list("abd" * 9)


def test_the_text_stays_when_network_and_cell_change() -> None:
    page = opened(text="abba")
    for network, cell in (("random", "GRU"), ("random", "RNN"), ("latch", "LSTM"), ("counter", "LSTM")):
        chosen(chosen(page, network=network), cell=cell)
        assert page.text_input(key="text").value == "abba"
        assert sent(page)["tokens"] == list("abba")


def test_a_cell_that_a_network_lacks_is_put_right_without_a_word() -> None:
    page = opened(network="random", cell="GRU")
    chosen(page, network="counter")
    assert page.session_state["cell"] == "LSTM"
    assert not page.warning


def test_an_empty_text_asks_for_one() -> None:
    for network, mode, key in (
        ("random", "characters", "fault.empty"),
        ("adding", "marked", "fault.empty_numbers"),
        ("random", "numbers", "fault.empty_numbers"),
    ):
        page = opened(network=network, mode=mode, text="")
        assert [info.value for info in page.info] == [ENGLISH(key)]
        assert not page.error
        assert not components(page)
    page.text_input(key="text").set_value("1 2").run()
    assert sent(calm(page))["tokens"] == ["1", "2"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("text", "fault", "place", "token"),
    [
        ("1 2 three 4", "not_a_number", "3", "three"),
        ("nan", "not_finite", "1", "nan"),
        ("0, 5000000", "too_large", "2", "5000000"),
    ],
)
def test_a_bad_number_is_named_in_one_sentence(
    language: str, text: str, fault: str, place: str, token: str
) -> None:
    page = opened(network="random", mode="numbers", text=text, lang=language)
    expected = Words(language)(f"fault.{fault}", place=place, token=token)
    assert [error.value for error in page.error] == [expected]
    assert not page.get("plotly_chart")


def test_the_shape_of_a_random_network_is_the_readers() -> None:
    page = opened(network="random", text="abc")
    for units in (1, 128):
        assert len(sent(chosen(page, units=units))["units"]) == units
    chosen(page, units=4, layers=3, directions=2)
    seen = set()
    for layer in (1, 2, 3):
        for direction in ("forward", "backward"):
            data = sent(chosen(page, layer=layer, direction=direction))
            assert data["reverse"] == (direction == "backward")
            assert data["arrays"]["x"]["shape"][1] == (16 if layer == 1 else 8)
            seen.add(data["arrays"]["h"]["f4"])
    assert len(seen) == 6
    data = sent(chosen(page, layers=1, directions=1))
    assert (page.session_state["layer"], page.session_state["direction"]) == (1, "forward")
    assert not data["reverse"]


@pytest.mark.parametrize("cell", CATALOGUE["random"].cells)
def test_every_way_to_look_at_a_cell_runs(cell: str) -> None:
    page = opened(network="random", text="look", cell=cell)
    arrays = sent(page)["arrays"]
    for name, options in (("sort", ORDERS), ("notation", NOTATIONS), ("large", ("x", "h", ""))):
        for option in options:
            assert sent(chosen(page, **{name: option}))["arrays"] == arrays
    for initialisation in initialisations(CELLS[cell]):
        chosen(page, initialisation=initialisation)


def test_heatmaps_can_be_hidden_and_come_back_with_their_cell() -> None:
    page = opened(network="random", text="ab", symbols="f,u,h")
    names = [heat["name"] for heat in figure(page)["data"]]
    assert names == ["f", "h"]
    chosen(page, cell="GRU")
    assert [heat["name"] for heat in figure(page)["data"]] == ["u", "h"]
    chosen(page, cell="LSTM")
    assert [heat["name"] for heat in figure(page)["data"]] == names
    chosen(page, symbols=[])
    assert [info.value for info in page.info] == [ENGLISH("fault.no_symbols")]
    assert not page.get("plotly_chart")
    assert sent(page)["tokens"] == ["a", "b"]


def test_a_hundred_thousand_characters_are_read_to_the_end_and_shown_in_a_window() -> None:
    page = opened(network="random", text="x")
    page.text_input(key="text").set_value("ab" * 50_000).run()
    data = sent(calm(page))
    assert (data["total"], data["steps"], data["first"]) == (100_000, 2_000, 1)
    window = ENGLISH("notice.window", total="100,000", first="1", last="2,000")
    assert window in captions(page)
    assert data["linkless"]
    page.slider(key="start").set_value(98_001).run()
    data = sent(calm(page))
    assert (data["first"], data["steps"]) == (98_001, 2_000)
    assert page.slider(key="start").max == 98_001
    page.text_input(key="text").set_value("short").run()
    assert sent(calm(page))["tokens"] == list("short")


def test_a_shorter_long_text_moves_the_window_to_its_end() -> None:
    page = opened(network="random", text="a" * 4_000, start="2001")
    page.text_input(key="text").set_value("a" * 3_000).run()
    assert sent(calm(page))["first"] == 1_001


def test_looking_at_a_long_text_in_another_way_does_not_read_it_again() -> None:
    page = opened(network="random", text="x")
    page.text_input(key="text").set_value("ab" * 3_000).run()
    (before,), arrays = page.session_state["memo"].values(), sent(calm(page))["arrays"]
    assert sent(chosen(page, sort="similarity", notation="article", lang="zh"))["arrays"] == arrays
    assert list(page.session_state["memo"].values()) == [before]
    chosen(page, seed=8)
    assert len(page.session_state["memo"]) == 2


def test_a_long_pass_that_was_stopped_shows_its_beginning_and_can_go_on() -> None:
    page = opened(network="random", text="x")
    page.text_input(key="text").set_value("ab" * 3_000).run()
    page.session_state["stopped"] = selection(calm(page)).text
    calm(page.run())
    assert sent(page)["total"] == 2_000
    notice = ENGLISH("notice.stopped", most="2,000", total="6,000")
    assert notice in captions(page)
    (go_on,) = (button for button in page.button if button.label == ENGLISH("notice.go_on"))
    go_on.click().run()
    assert sent(calm(page))["total"] == 6_000


def test_an_example_sets_text_and_mode() -> None:
    page = opened(network="random")
    for place, (mode, text) in enumerate(CATALOGUE["random"].examples):
        (menu,) = page.get("menu_button")
        menu.click_index(place).run()
        assert (page.session_state["mode"], page.session_state["text"]) == (mode, text)
        assert sent(calm(page))["total"] == len(read(text, mode).tokens)


def test_what_a_network_cannot_read_is_told_before_any_advice() -> None:
    data = sent(opened(network="counter", text="abxa y"))
    assert data["unknown"] == [2, 4, 5]
    assert data["look"] == ENGLISH("notice.unknown", tokens="x ␣ y")


@pytest.mark.parametrize(
    "text",
    ["<script>alert(1)</script>", "$x^2$ **b** :red[c]", "👨‍👩‍👧‍👦 שלום\u202e", "\x00\x1b\n", "{place}"],
)
def test_any_text_is_shown_as_text(text: str) -> None:
    page = opened(network="random", text="x")
    page.text_input(key="text").set_value(text).run()
    data = sent(calm(page))
    assert data["total"] == len(read(text, "characters").tokens)
    assert "<script>" not in json.dumps(figure(page))


def test_the_badge_tells_what_the_numbers_are() -> None:
    trained = badge(opened())
    card = shipped.card("count10-lstm")
    for part in ("trained", "LSTM", f"{card.units} units", f"seed {card.seed}", f"{card.parameters} param"):
        assert part in trained
    assert next(cards.scores(card, ENGLISH)) in trained
    assert "untrained" not in trained
    assert "hand-built" in badge(opened(network="counter"))
    random = badge(opened(network="random", cell="GRU", units="4", seed="9", mode="numbers"))
    assert all(part in random for part in ("untrained", "GRU", "4 units", "seed 9"))
    published = badge(opened(network="g2p"))
    assert all(part in published for part in ("published", "GRU (reset after)", "834,890", "g2p-en"))


def test_the_badge_tells_the_directions_of_the_network_that_is_shown() -> None:
    """Two directions of a random network are not those of a trained one that is chosen after it."""
    page = opened(network="random", text="ab", directions="2")
    both = ENGLISH("directions.2")
    assert both in badge(page)
    assert both not in badge(picked(page, network="count10"))
    assert not [control for control in page.segmented_control if control.key == "direction"]
    assert both in badge(picked(page, network="tags"))
    assert not sent(chosen(page, direction="forward"))["reverse"]
    assert page.segmented_control(key="direction").options
    assert sent(chosen(page, direction="backward"))["reverse"]
    picked(page, model="tags-lstm")
    assert both not in badge(page)
    assert not sent(page)["reverse"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_of_a_network_too_large_for_the_page_it_is_said_that_the_server_answers(
    monkeypatch: pytest.MonkeyPatch, lang: str
) -> None:
    said = Words(lang)("notice.large")
    assert said not in captions(opened(network="random", units="5", seed="77", lang=lang))
    monkeypatch.setattr(network_message, "MOST", 100)
    assert said in captions(opened(network="random", units="5", seed="78", lang=lang))
    # What the page could not read anyway is not said to be slower.
    assert said not in captions(opened(network="g2p", lang=lang))
