"""The trained networks as a reader meets them: every story runs, and choosing one never loses one's text."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from cells import shipped
from cells.shipped import FOLDER
from tests.app.page import badge, calm, chosen, components, opened, picked, selection, sent
from ui.applications import APPLICATIONS, NETWORKS
from ui.networks.catalogue import CATALOGUE
from ui.networks.defaults import default_view, with_network
from ui.networks.registry import resolve
from ui.networks.tokenize import read, shown
from ui.runs import passes
from ui.session import cache
from ui.session.chosen import chosen as resolved
from ui.words import LANGUAGES, Words

ENGLISH = Words("en")
PAGE = "pages/applications.py"
SCRIPTS = {"app.py": tuple(CATALOGUE), PAGE: NETWORKS}
EVERY = [
    (script, story, language) for script in SCRIPTS for story in SCRIPTS[script] for language in LANGUAGES
]


def button(page: AppTest, name: str) -> AppTest:
    return calm(page.button(key=f"application_{name}").click().run())


@pytest.mark.parametrize(("script", "network", "language"), EVERY)
def test_every_network_and_example_runs_on_every_page(script: str, network: str, language: str) -> None:
    story = CATALOGUE[network]
    page = opened(script, network=network, lang=language, write="5")
    for model, (mode, text) in product(story.siblings or ("",), story.examples):
        chosen(page, mode=mode, text=text, **({"model": model} if model else {}))
        view = selection(page)
        reading, own = resolved(view).read
        data = sent(page)
        assert (view.network.network, view.text.text, view.display.lang) == (network, text, language)
        assert data["tokens"] == [shown(token) for token in reading.tokens]
        assert (data["total"], data["own"]) == (len(reading.tokens), own)
        assert len(page.get("plotly_chart")) == 1
        assert not page.error
        assert not page.warning
        if model:
            card = shipped.card(model)
            assert view.network.cell == card.cell
            assert len(data["units"]) == card.units
            assert str(card.units) in badge(page)
        assert bool(data["tracks"]) == (story.kind in ("trained", "published"))


def networks_on_offer(page: AppTest) -> list[str]:
    return list(page.selectbox(key="network").options)


def test_the_first_page_offers_every_network() -> None:
    assert networks_on_offer(opened()) == [ENGLISH(f"network.{name}") for name in CATALOGUE]


@pytest.mark.parametrize("name", APPLICATIONS)
def test_an_application_offers_its_own_networks_and_takes_the_first(name: str) -> None:
    stories = APPLICATIONS[name].networks
    elsewhere = next(other for other in reversed(APPLICATIONS) if other != name)
    page = opened(PAGE, network=APPLICATIONS[elsewhere].networks[0], text="abc", large="h", twin="1")
    before = selection(page)
    button(page, name)
    assert networks_on_offer(page) == [ENGLISH(f"network.{story}") for story in stories]
    view = selection(page)
    assert view == with_network(before, stories[0])
    assert (view.network.mode, view.text.text) == CATALOGUE[stories[0]].examples[0]
    assert (view.display.large, view.network.twin, view.at.unit) == (
        "",
        0,
        resolve(view.network).opening_unit(view.text.text),
    )
    carries = ENGLISH.explained(ENGLISH(f"application.{name}.carries"))
    assert carries in "".join(html.proto.body for html in page.get("html"))
    for story in stories:
        assert picked(page, network=story).session_state["network"] == story
        assert networks_on_offer(page) == [ENGLISH(f"network.{other}") for other in stories]


def test_one_application_is_marked_as_the_present_one() -> None:
    for name, application in APPLICATIONS.items():
        page = opened(PAGE, network=application.networks[-1])
        kinds = {key: page.button(key=f"application_{key}").proto.type for key in APPLICATIONS}
        assert {key for key, kind in kinds.items() if kind == "primary"} == {name}


@pytest.mark.parametrize("network", [name for name in CATALOGUE if name not in NETWORKS])
def test_a_network_outside_the_pages_stories_gives_way(network: str) -> None:
    page = opened(PAGE, network=network, lang="zh")
    view = selection(page)
    assert view.network.network == NETWORKS[0]
    assert (view.network.mode, view.text.text) == CATALOGUE[NETWORKS[0]].examples[0]
    assert (view.at.unit, view.display.lang) == (resolve(view.network).opening_unit(view.text.text), "zh")
    page = opened(network=network)
    assert selection(page).network.network == network
    calm(page.switch_page(PAGE).run())
    assert selection(page).network.network == NETWORKS[0]


def test_a_network_of_the_page_stays_from_page_to_page() -> None:
    page = opened(network="brackets", model="brackets-gru", text="(())")
    before = selection(page)
    assert selection(calm(page.switch_page(PAGE).run())) == before
    assert selection(calm(page.switch_page("app.py").run())) == before


OTHERS = [network for network in CATALOGUE if network != "count10"]


@pytest.mark.parametrize("network", OTHERS)
def test_another_story_comes_with_its_example_and_telling_unit(network: str) -> None:
    page = picked(opened(), network=network)
    view = selection(page)
    assert (view.network.mode, view.text.text) == CATALOGUE[network].examples[0]
    assert view == with_network(default_view("count10"), network).but(step=view.at.step)
    assert sent(page)["unit"] == resolve(view.network).opening_unit(view.text.text)


@pytest.mark.parametrize(
    ("begun", "text", "then", "kept"),
    [
        ("count10", "aabbab", "count50", True),
        ("count10", "aabbab", "counter", True),
        ("count10", "aabbab", "names", True),  # letters, to be sure
        ("count10", "aabbab", "g2p", True),
        ("count10", "aabbab", "parity", False),
        ("count10", "aabbab", "adding", False),
        ("count10", "aabbxab", "count50", False),
        ("names", "Müller-Lüdenscheidt", "shakespeare", False),
        ("names", "wilson", "g2p", True),
        ("names", "Wilson7", "g2p", False),
        ("names", "w" * 41, "g2p", False),
        ("tags", "The cat sat .", "reviews", False),  # a word that no review has
        ("tags", "the film is good", "reviews", True),
        ("reviews", "the film is good", "tags", False),
        ("reviews", "the man is good", "tags", True),
        ("adding", "0.5* 0.25", "random", True),
        ("random", "0110", "parity", True),
        ("random", "", "count10", False),
    ],
)
def test_the_readers_own_text_stays_where_every_token_of_it_is_known(
    begun: str, text: str, then: str, kept: bool
) -> None:
    page = opened(network=begun, text=text)
    vocabulary = {token for name in CATALOGUE[then].siblings for token in shipped.card(name).vocabulary}
    if then in (
        "reviews",
        "tags",
    ):  # these are still in training: their words are asked for, not known by heart
        kept = all(word.lower() in vocabulary for word in text.split())
    view = selection(picked(page, network=then))
    mode, example = CATALOGUE[then].examples[0]
    assert view.network.mode == mode
    assert view.text.text == (text if kept else example)
    assert view.at.unit == resolve(view.network).opening_unit(view.text.text)


def test_an_example_is_not_ones_own_text() -> None:
    page = opened(text="a" * 20 + "b" * 20)  # of this network the third
    assert selection(picked(page, network="count50")).text.text == CATALOGUE["count50"].examples[0][1]
    assert selection(picked(page, network="counter")).text.text == CATALOGUE["counter"].examples[0][1]


@pytest.mark.parametrize("network", [name for name, story in CATALOGUE.items() if len(story.siblings) > 1])
def test_a_sibling_reads_the_same_text_and_shows_its_telling_unit(network: str) -> None:
    first, *others = CATALOGUE[network].siblings
    text = {"first": "Bxyz", "brackets": "([])", "tags": "The cat sat ."}.get(network, "aabb")
    page = opened(network=network, text=text, unit="2", step="3")
    for model in (*others, first):
        view = selection(picked(page, model=model))
        assert (view.network.model, view.text.text, view.network.network, view.at.step) == (
            model,
            text,
            network,
            3,
        )
        assert sent(page)["unit"] == view.at.unit == shipped.card(model).unit
        assert sent(page)["tokens"] == list(read(text, view.network.mode).tokens)


@pytest.mark.parametrize("network", [name for name, story in CATALOGUE.items() if story.siblings])
def test_the_untrained_twin_has_other_numbers_says_so_and_goes_again(network: str) -> None:
    page = opened(network=network, write="0")
    trained, name = sent(page), badge(page)
    assert "untrained" not in name
    twin = sent(chosen(page, twin=1))
    assert "untrained" in badge(page)
    assert "seed 7" in badge(page)
    assert {symbol: block["shape"] for symbol, block in twin["arrays"].items()} == {
        symbol: block["shape"] for symbol, block in trained["arrays"].items()
    }
    for symbol in trained["arrays"]:
        one_hot = symbol == "x" and not shipped.card(selection(page).network.model).embedding
        assert (twin["arrays"][symbol] == trained["arrays"][symbol]) == one_hot
    assert twin["tracks"][0]["values"] != trained["tracks"][0]["values"]
    assert twin["look"] == ENGLISH("look.twin")
    other = sent(chosen(page, seed=8))
    assert "seed 8" in badge(page)
    assert other["arrays"]["h"] != twin["arrays"]["h"]
    assert sent(chosen(page, seed=7)) == twin
    assert sent(chosen(page, twin=0)) == trained
    assert badge(page) == name


def test_another_story_begins_as_trained() -> None:
    page = opened(twin="1")
    assert selection(picked(page, network="parity")).network.twin == 0
    assert "untrained" not in badge(page)


def test_written_letters_are_told_from_the_readers() -> None:
    page = opened(network="shakespeare", text="To be", write="12", temperature="0")
    data = sent(page)
    assert (data["own"], data["total"], data["tokens"][:5]) == (5, 17, ["T", "o", "␣", "b", "e"])
    assert sent(chosen(page, seed=11))["tokens"] == data["tokens"]
    warm = sent(chosen(page, temperature=100))["tokens"]
    assert sent(chosen(page, seed=12))["tokens"][:5] == warm[:5]
    assert sent(page)["tokens"] != warm
    assert sent(chosen(page, seed=11))["tokens"] == warm
    assert sent(chosen(page, write=0))["own"] is None
    begun = sent(chosen(page, write=3, text=""))
    assert (begun["tokens"][0], begun["own"], begun["total"]) == ("↵", 1, 4)
    assert [info.value for info in chosen(page, write=0).info] == [ENGLISH("fault.empty")]


def test_letters_that_the_speller_lacks_are_said_so() -> None:
    data = sent(opened(network="g2p", text="Naïve7"))
    assert data["tokens"][:7] == ["n", "a", "ï", "v", "e", "7", "</s>"]
    assert data["unknown"] == [2, 5]
    assert data["look"] == ENGLISH("notice.unseen", tokens="ï 7")
    assert data["tokens"][7] == "<s>"
    assert data["own"] == 8
    assert data["parts"] == [8]


def test_a_word_too_long_for_the_speller_is_said_to_be() -> None:
    for length in (40, 41):
        page = opened(network="g2p", text="a" * length)
        expected = [] if length == 40 else [ENGLISH("fault.too_long", tokens="41", most="40")]
        assert [error.value for error in page.error] == expected
        assert len(components(page)) == (length == 40)


@pytest.mark.parametrize("model", CATALOGUE["tags"].siblings)
def test_a_word_that_a_tagger_does_not_know_is_marked_and_answered_all_the_same(model: str) -> None:
    text = "The qwrtzpfgh ☃ sat in 1847½ 长城 ."
    data = sent(opened(network="tags", model=model, text=text))
    vocabulary = shipped.card(model).vocabulary
    tokens = read(text, "words").tokens
    assert data["tokens"] == list(tokens)
    assert data["unknown"] == [place for place, word in enumerate(tokens) if word.lower() not in vocabulary]
    assert {1, 2} <= set(data["unknown"])
    assert "qwrtzpfgh ☃" in data["look"]


@pytest.mark.parametrize(
    ("network", "text"),
    [
        ("names", "Ωmega☃"),
        ("reviews", "qwrtzpfgh ☃"),
        ("shakespeare", "長☃"),
        ("count10", "xyz"),
        ("parity", "2"),
        ("brackets", "{}"),
        ("first", "xyzB"),
        ("copy", "_a_☃"),
    ],
)
def test_what_no_network_of_a_story_knows_is_read_all_the_same(network: str, text: str) -> None:
    for model in CATALOGUE[network].siblings:
        page = opened(network=network, model=model, text=text, write="3")
        assert sent(page)["tracks"]
        assert not page.error


@pytest.mark.parametrize(("network", "most"), [("names", 100_000), ("shakespeare", 99_600)])
def test_a_hundred_thousand_letters_are_read_or_said_to_be_too_many(network: str, most: int) -> None:
    page = opened(network=network, write="3")
    page.text_input(key="text").set_value("ab" * 50_000).run()
    calm(page)
    if most == 100_000:
        data = sent(page)
        assert (data["total"], data["steps"], data["first"]) == (100_000, passes.WINDOW, 1)
        assert len(data["tracks"][0]["right"]) == passes.WINDOW
    else:
        sentence = ENGLISH("fault.too_long", tokens="100,000", most=f"{most:,}")
        assert [error.value for error in page.error] == [sentence]
    page.text_input(key="text").set_value("abc").run()
    assert sent(calm(page))["tokens"][:3] == list("abc")


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:900])


def _pickled(path: Path) -> None:
    with np.load(path) as file:
        arrays = dict(file)
    np.savez(path, **{**arrays, next(iter(arrays)): np.array([{"a": 1}], dtype=object)})


HARMS = {"damaged": _cut, "damaged (Object": _pickled, "missing": lambda path: path.unlink()}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of weights of our own; caches are keyed on values, so they begin and end empty."""
    copy = tmp_path / "models"
    shutil.copytree(FOLDER, copy)
    monkeypatch.setattr(shipped, "FOLDER", copy)
    _forget()
    yield copy
    _forget()


def _forget() -> None:
    cache._network.clear()
    cache._run.clear()
    cache._written.clear()


@pytest.mark.parametrize("script", SCRIPTS)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("harm", HARMS)
def test_a_damaged_file_is_named_and_other_networks_still_work(
    folder: Path, harm: str, language: str, script: str
) -> None:
    HARMS[harm](folder / "brackets-lstm.npz")
    page = opened(script, network="brackets", lang=language)
    (error,) = page.error
    assert f"brackets-lstm.npz is {harm}" in error.value
    assert "`python -m cells.training brackets-lstm` makes it again" in error.value
    assert error.value == Words(language)("fault.weights", message=resolved(selection(page)).fault)
    assert not components(page)
    assert not page.get("plotly_chart")
    picked(page, model="brackets-gru")
    assert not page.error
    assert sent(page)["tracks"]
    assert not picked(page, network="parity").error
    assert not picked(page, network="brackets").error  # as it was left: with the other network
    assert picked(page, model="brackets-lstm").error
    # The twin is drawn from its seed and needs no file; a mended file is read without a new start.
    assert not chosen(page, twin=1).error
    shutil.copy(FOLDER / "brackets-lstm.npz", folder)
    assert not chosen(page, twin=0).error
    assert sent(page)["tracks"]


def test_ones_own_text_does_not_lead_into_a_damaged_network(folder: Path) -> None:
    _cut(folder / "count50-lstm.npz")
    page = opened(text="aabbab")
    assert "count50-lstm.npz" in picked(page, network="count50").error[0].value
    assert not picked(page, network="counter").error
