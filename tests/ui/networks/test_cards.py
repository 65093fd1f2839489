"""Every network that ships can be chosen, and its card can be put into words."""

from __future__ import annotations

import re

import pytest

from cells import shipped
from ui.applications import APPLICATIONS, NETWORKS, application_of
from ui.applications.sketch import READ, STEP, sketch
from ui.networks import cards
from ui.networks.catalogue import CATALOGUE
from ui.words import LANGUAGES, Words

CARDS = shipped.cards()
SHIPPED = [network for network, story in CATALOGUE.items() if story.siblings]
every_card = pytest.mark.parametrize("name", CARDS)
languages = pytest.mark.parametrize("language", LANGUAGES)


def test_every_card_has_one_story_and_every_sibling_a_card() -> None:
    siblings = [name for story in CATALOGUE.values() for name in story.siblings]
    assert sorted(siblings) == sorted(CARDS)


@pytest.mark.parametrize("network", SHIPPED)
def test_siblings_do_the_storys_task_and_read_its_text(network: str) -> None:
    story = CATALOGUE[network]
    assert story.kind == "trained"
    for name in story.siblings:
        card = CARDS[name]
        assert card.task == network
        assert (card.mode,) == story.modes
        assert card.vocabulary == CARDS[story.siblings[0]].vocabulary


@languages
@every_card
def test_every_score_has_words_and_a_format(name: str, language: str) -> None:
    card = CARDS[name]
    told = list(cards.scores(card, Words(language)))
    assert len(told) == len(card.scores)
    for (key, score), phrase in zip(card.scores.items(), told, strict=True):
        assert cards.FORMATS[key](score) in phrase
        assert "{" not in phrase


@pytest.mark.parametrize(
    ("key", "score", "written"),
    [
        ("longest", 35.0, "35"),
        ("correlation", 0.998488, "0.998"),
        ("sequences", 0.992188, "99.2\u00a0%"),
        ("squared_error", 0.000219942, "0.0002"),
        ("bits", 2.049, "2.05"),
    ],
)
def test_scores_are_written_with_as_many_digits_as_say_something(
    key: str, score: float, written: str
) -> None:
    assert cards.FORMATS[key](score) == written


@languages
@every_card
def test_a_card_says_how_to_train_it_again_and_whose_text_it_read(name: str, language: str) -> None:
    card = CARDS[name]
    told = cards.card_sentence(card, Words(language))
    assert f"`python -m cells.training {name}`" in told
    assert f"{card.steps:,}" in told
    assert card.text in told
    assert not re.search(r"\{\w*\}", told)


@languages
@pytest.mark.parametrize("network", SHIPPED)
def test_siblings_differ_in_what_the_picker_calls_them(network: str, language: str) -> None:
    names = [cards.sibling(CARDS[name], Words(language)) for name in CATALOGUE[network].siblings]
    assert len(set(names)) == len(names)
    for told, name in zip(names, CATALOGUE[network].siblings, strict=True):
        assert CARDS[name].cell in told


def test_an_application_has_networks_and_a_network_one_application() -> None:
    assert len(NETWORKS) == len(set(NETWORKS))
    for name, application in APPLICATIONS.items():
        assert application.networks
        assert {application_of(story) for story in application.networks} == {name}
        assert len(application.read) == len(application.answered)
    answering = {name for name, story in CATALOGUE.items() if story.kind in ("trained", "published")}
    assert set(NETWORKS) == answering


@pytest.mark.parametrize("name", APPLICATIONS)
def test_a_sketch_has_a_box_a_step_and_a_sentence_for_those_who_cannot_see_it(name: str) -> None:
    application = APPLICATIONS[name]
    drawn = sketch(application.read, application.answered, '<b>"&')
    assert drawn.count(STEP) == len(application.read)
    assert drawn.count(READ) == len(application.read.replace(" ", ""))
    assert 'aria-label="&lt;b&gt;&quot;&amp;"' in drawn
