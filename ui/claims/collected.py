"""Checks on tasks whose texts do not ship: measured on texts of our own."""

from __future__ import annotations

import numpy as np

from cells.phenomena.verse import VERSE
from cells.tracks import TRACKS, correlations
from ui.claims.subjects import Subject, mean
from ui.claims.texts import ENDINGS, GOOD_AND_BAD, OPINIONS, SENTENCES, SURNAMES, TURNS


def _said(subject: Subject, tokens: list[str]) -> list[str]:
    """The likeliest answer at each step."""
    output = subject.run(tokens).output
    assert output is not None, "what answers has a readout"
    return [subject.known.answers[place] for place in output.argmax(axis=1)]


def _signed(subject: Subject, states: list[float] | np.ndarray, labels: list[float] | np.ndarray) -> float:
    r = correlations(np.asarray(states)[:, None], np.asarray(labels, float))[0]
    return float(np.nan_to_num(r) * np.sign(subject.known.r))


def of_names(subject: Subject) -> float:
    """r of the unit at the end of surnames with their language being the card's."""
    names = [(language, name) for language, some in SURNAMES.items() for name in some]
    ends = [float(subject.state(list(name))[-1]) for _, name in names]
    return _signed(subject, ends, [float(language == subject.known.tells) for language, _ in names])


def endings_decide(subject: Subject) -> float:
    """Surnames that are said to be of another language once they have its ending."""
    right = [
        _said(subject, list(name[:-3] + ending))[-1] == other
        for language, some in SURNAMES.items()
        for name in some[:2]
        for other, ending in ENDINGS.items()
        if other != language
    ]
    return mean(right)


def _opinions() -> list[tuple[list[str], list[str]]]:
    return [
        (frame.format(good).split(), frame.format(bad).split())
        for frame in OPINIONS
        for good, bad in GOOD_AND_BAD
    ]


def of_reviews(subject: Subject) -> float:
    """r of the unit at the end of short opinions with what they are."""
    states, labels = [], []
    for pair in _opinions():
        for opinion, what in zip(pair, ("positive", "negative"), strict=True):
            states.append(float(subject.state(opinion)[-1]))
            labels.append(float(what == subject.known.tells))
    return _signed(subject, states, labels)


def one_word_decides(subject: Subject) -> float:
    """Opinions that turn from positive to negative where one word does."""
    right = [
        [_said(subject, opinion)[-1] for opinion in pair] == ["positive", "negative"] for pair in _opinions()
    ]
    return mean(right)


def of_tags(subject: Subject) -> float:
    """r of the unit with the trained network's own answer being what its card says."""
    states = [subject.state(sentence.split()) for sentence in SENTENCES]
    tags = [tag for sentence in SENTENCES for tag in _said(subject.trained, sentence.split())]
    return _signed(subject, np.concatenate(states), [float(tag == subject.known.tells) for tag in tags])


def later_words_turn(subject: Subject) -> float:
    """Pairs of sentences in which words to come change an answer."""
    turned = []
    for pair in TURNS:
        one, other = (text.split() for text in pair)
        alike = next(place for place, (a, b) in enumerate(zip(one, other, strict=False)) if a != b)
        turned.append(_said(subject, one)[:alike] != _said(subject, other)[:alike])
    return mean(turned)


def only_words_so_far(subject: Subject) -> float:
    """Pairs of sentences in which words to come change no answer."""
    return 1 - later_words_turn(subject)


def from_the_end(subject: Subject) -> float:
    """Pairs of sentences with one end in which the reverse states at that end are exactly the same."""
    same = []
    for sentence in SENTENCES:
        tokens = sentence.split()
        layers = [subject.run(text).layers[0] for text in (tokens, ["We", *tokens[1:]])]
        states = [(layer.backward or layer.forward)["h"][1:] for layer in layers]
        same.append(bool((states[0] == states[1]).all()))
    return mean(same)


def of_verse(subject: Subject) -> float:
    """r of the unit with what its card says, on nine lines of Shakespeare."""
    tokens = list(VERSE)
    return _signed(subject, subject.state(tokens), TRACKS[subject.known.tells](tokens))


def answers_blanks(subject: Subject) -> float:
    """Spaces and line ends of the nine lines that were the likeliest next character."""
    said = _said(subject, list(VERSE))
    return mean(
        [answer == next_one for answer, next_one in zip(said, VERSE[1:], strict=False) if next_one in " \n"]
    )
