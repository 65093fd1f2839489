"""What the lesson on reading both ways says of the shipped networks beyond its questions, measured."""

from __future__ import annotations

from urllib.parse import parse_qsl

import numpy as np
import pytest

from cells import shipped
from cells.costs import costs
from ui.lessons.both import ASLEEP, BEHIND, BOOKS, BOTH, BOTH_WAYS, ENDS, ONE_WAY
from ui.lessons.later_words import answer_turns, waits
from ui.lessons.records import Ask
from ui.networks.registry import resolve
from ui.runs.link import from_link
from ui.runs.viewed import Viewed
from ui.selection.records import Selection
from ui.words import Words

PLACE, LEFT = "I know that place .", "I know that he left ."
PAGES = {page.name: page for page in BOTH_WAYS.pages}


def viewed(query: str) -> Viewed:
    view, faults = from_link(dict(parse_qsl(query)), Selection())
    assert faults == ()
    return Viewed(view, resolve(view.network), Words("en"))


def said(model: str, text: str, word: str) -> str:
    """What the network answers at a word."""
    one = viewed(f"{model}&text={text}")
    output, answers = one.run().output, one.source.answers()
    assert output is not None and answers is not None
    return answers.names[int(output[one.tokens.index(word)].argmax())]


def h(model: str, text: str, direction: str = "forward") -> np.ndarray:
    one = viewed(f"{model}&text={text}&direction={direction}")
    return np.asarray(one.run().trace(one.selection.at)["h"])


def test_the_networks_never_met_duck_and_sleeps_in_training() -> None:
    assert viewed(f"{ONE_WAY}&text={BEHIND}").inputs.unknown == ("duck",)
    assert viewed(PAGES["average"].view).inputs.unknown == ("sleeps",)


def test_only_the_reverse_half_hears_of_what_follows_and_turns_the_answer() -> None:
    at = BEHIND.split().index("duck")
    for model in (ONE_WAY, BOTH):
        assert (h(model, BEHIND)[: at + 1] == h(model, ENDS)[: at + 1]).all()
    assert (h(BOTH, BEHIND, "backward")[at] != h(BOTH, ENDS, "backward")[at]).any()
    assert [said(BOTH, text, "duck") for text in (BEHIND, ENDS)] == ["VERB", "NOUN"]
    assert [said(ONE_WAY, text, "duck") for text in (BEHIND, ENDS)] == ["VERB", "VERB"]


def test_a_changed_word_moves_each_direction_its_own_way_and_one_answer_before_it() -> None:
    for direction, still in (("forward", slice(None, 3)), ("backward", slice(4, None))):
        differs = (h(BOTH, BOOKS, direction) != h(BOTH, ASLEEP, direction)).any(axis=1)
        assert not differs[still].any()
        assert differs.sum() == len(differs) - len(differs[still])
    assert said(BOTH, BOOKS, "her") != said(BOTH, ASLEEP, "her")
    assert said(ONE_WAY, BOOKS, "her") == said(ONE_WAY, ASLEEP, "her")


def test_a_third_of_the_mistakes_goes_with_the_direction_and_none_with_the_gates() -> None:
    both, lstm, rnn = (
        1 - shipped.card(f"tags-{name}").scores["accuracy"] for name in ("bilstm", "lstm", "rnn")
    )
    assert both / max(lstm, rnn) == pytest.approx(2 / 3, abs=0.06)
    assert lstm / rnn == pytest.approx(1, abs=0.02)
    sizes = [shipped.network(f"tags-{name}").parameters for name in ("bilstm", "lstm", "rnn")]
    assert max(sizes) < 1.1 * min(sizes)
    assert [costs(cell, 1, 1).gates for cell in ("LSTM", "RNN")] == [3, 0]


def test_two_lstms_multiply_twice_as_often() -> None:
    units = shipped.card("tags-bilstm").units
    assert units == shipped.card("tags-lstm").units
    features = viewed(f"{BOTH}&text={BEHIND}").run().trace(Selection().at)["x"].shape[1]
    one, two = (costs("LSTM", features, units, directions).multiplications for directions in (1, 2))
    assert two == 2 * one


def test_one_is_right_where_the_better_is_wrong_and_both_are_wrong_on_the_garden_path() -> None:
    assert said(ONE_WAY, "The old man sleeps .", "sleeps") == "VERB"
    assert {said(model, "The old man the boats .", "man") for model in (ONE_WAY, BOTH)} == {"NOUN"}


def test_an_answer_waits_for_the_end_of_the_text_only_where_somebody_reads_from_there() -> None:
    options = Ask("waits", step=4, options=("0", "1", "4"))
    assert waits(viewed(f"{ONE_WAY}&text={BEHIND}"), options).right == "0"
    assert waits(viewed(f"{BOTH}&text={BEHIND}"), options).right == "4"


@pytest.mark.parametrize(
    ("options", "text", "right"),
    [
        (("tags-lstm", "tags-bilstm"), LEFT, "tags-bilstm"),
        (("tags-lstm", "tags-gru"), LEFT, "neither"),
        (("tags-bilstm", "tags-lstm"), "I know place that .", "both"),
    ],
)
def test_whose_answer_turns_is_one_both_or_neither(options: tuple[str, ...], text: str, right: str) -> None:
    ask = Ask("answer_turns", step=3, options=options, text=text, instead="model={}")
    assert answer_turns(viewed(f"{BOTH}&text={PLACE}"), ask).right == right
