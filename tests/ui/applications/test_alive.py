"""What is read and answered in life is what the network computes, for every network of the page."""

from __future__ import annotations

import re

import pytest

from ui.applications import APPLICATIONS, NETWORKS, application_of
from ui.applications.alive import MOST, in_life
from ui.networks.answers import best, called
from ui.networks.defaults import default_view
from ui.session.chosen import Chosen, chosen
from ui.words import LANGUAGES


def view(network: str, **parts: str) -> Chosen:
    return chosen(default_view(network).but(**parts))


def plain(markup: str) -> str:
    return re.sub("<[^>]*>", "", markup)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("network", NETWORKS)
def test_every_network_is_seen_at_work_on_its_example(network: str, language: str) -> None:
    life = in_life(application_of(network), view(network, lang=language))
    assert plain(life.read) and plain(life.answered)


@pytest.mark.parametrize("network", APPLICATIONS["many_to_one"].networks)
def test_one_answer_is_that_of_the_last_step(network: str) -> None:
    one = view(network)
    said, output = one.source.answers(), one.run().output
    assert said is not None and output is not None
    told = plain(in_life("many_to_one", one).answered)
    if said.kind == "linear":
        assert told == best(said, output, one.words)[-1]
    else:
        assert told.startswith(called(said, one.words)(said.names[int(output[-1].argmax())]))


def test_each_token_has_its_answer_and_a_long_text_is_cut_visibly() -> None:
    one = view("count10", text="aaab<b")
    assert in_life("aligned", one).answered.count("<ruby>") == 6
    assert "&lt;" in in_life("aligned", one).read
    assert in_life("aligned", view("count10", text="a" * 99)).answered.count("<ruby>") == MOST
    assert in_life("aligned", view("count10", text="a" * 99)).answered.endswith("…")


def test_no_answer_is_written_just_as_its_token_is() -> None:
    """Firefox leaves such an annotation out."""
    pairs = re.findall("<ruby>(.*?)<rt>(.*?)</rt>", in_life("aligned", view("count10", text="aabb")).answered)
    assert [answer.removeprefix("&#x2060;") for _, answer in pairs] == ["ab", "ab", "b", "end"]
    assert all(token != answer for token, answer in pairs)


def test_what_is_copied_spelled_and_written_is_what_the_network_gave() -> None:
    assert in_life("encoder_decoder", view("copy", text="badge_____")) == ("badge_____", "badge")
    assert plain(in_life("encoder_decoder", view("g2p", text="knight")).answered) == "N AY1 T"
    one = view("shakespeare")
    assert plain(in_life("one_to_many", one).answered) == "".join(one.tokens)


def test_what_cannot_be_read_is_not_answered() -> None:
    assert in_life("many_to_one", view("names", text="")) == ("", "")
