"""Materials: what trains, what chooses and what scores are apart, and are read as the app reads."""

from __future__ import annotations

from collections import Counter
from functools import partial

import numpy as np
import pytest

from cells import Network
from cells.network import Readout
from cells.tokens import READERS, UNKNOWN
from cells.tracks import TRACKS
from cells.training import corpora, materials
from cells.training.batches import Sample
from cells.training.materials import (
    BLURRED,
    POSITIVE,
    RARE,
    WINDOW,
    bits,
    blurred,
    clear,
    hidden,
    known_words,
    line_samples,
    material,
    stretches,
)
from cells.untrained import Shape, untrained

RNG = np.random.default_rng(0)
LETTERS = "abcdefgh"


def word() -> str:
    return "".join(RNG.choice(list(LETTERS), RNG.integers(2, 9)))


WORDS = [word() for _ in range(30)]
NAMES = tuple({word() + word(): language for language in corpora.LANGUAGES for _ in range(40)}.items())
# Each sentence has a word that only one more has: which of them are known hangs on the part.
REVIEWS = tuple(
    {
        (*RNG.choice(WORDS, RNG.integers(1, 9)), f"seldom{number // 2}"): float(RNG.uniform(-4, 4))
        for number in range(600)
    }.items()
)
TAGGED = tuple(
    tuple((one.title() if RNG.random() < 0.2 else one, str(RNG.choice(list(corpora.TAGS)))) for one in tokens)
    for tokens, _ in REVIEWS
)
PLAYS = "".join(" ".join(RNG.choice(WORDS, 5)) + "\n" for _ in range(5000))
TEXTS = {"surnames": NAMES, "reviews": REVIEWS, "tagged": TAGGED, "shakespeare": PLAYS}


@pytest.fixture
def invented(monkeypatch):
    """Materials of invented texts, and what their scores and telling units are measured on."""
    asked: dict[str, list] = {"score": [], "telling": []}
    for name, text in TEXTS.items():
        monkeypatch.setattr(corpora, name, lambda text=text: text)
    monkeypatch.setattr(
        materials, "share_of_steps", lambda _, samples, __: asked["score"].extend(samples) or 0.5
    )
    monkeypatch.setattr(
        materials.telling_unit,
        "of_samples",
        lambda _, samples, names: asked["telling"].extend(samples) or names,
    )
    makers = (materials._names, materials._reviews, materials._tags, materials._shakespeare)
    for made in makers:
        made.cache_clear()
    yield asked
    for made in makers:
        made.cache_clear()


def of_task(task: str) -> tuple[tuple, ...]:
    """Three parts of (tokens, the answer at each step, or the one at the last)."""
    if task == "names":
        return corpora.parted(
            [(tuple(name), [language]) for name, language in NAMES],
            key=lambda item: ("".join(item[0]), *item[1]),
        )
    if task == "reviews":
        parts = corpora.parted(REVIEWS, key=lambda review: review[0])
        return tuple(
            tuple(
                (tokens, [("negative", "positive")[score > 0]])
                for tokens, score in part
                if abs(score) >= POSITIVE
            )
            for part in parts
        )
    return tuple(
        tuple((corpora.words(sentence), [tag for _, tag in sentence]) for sentence in part)
        for part in corpora.parted(TAGGED, key=corpora.words)
    )


def unpadded(batches) -> list[Sample]:
    """The samples of batches."""
    return [
        Sample(batch.rows[:length, column], batch.truth[:length, column], batch.counts[:length, column])
        for batch in batches
        for column, length in enumerate(batch.lengths)
    ]


@pytest.mark.parametrize("task", ["names", "reviews", "tags"])
def test_the_second_part_chooses_the_third_scores_and_both_are_read_as_the_app_reads(task, invented):
    made = material(task)
    _, second, third = of_task(task)
    made.score(None)
    read = READERS[made.reads].rows
    chosen = sorted(second, key=lambda item: len(item[0]))
    for samples, part in ((unpadded(made.data(8, 0).validation), chosen), (invented["score"], third)):
        assert len(samples) == len(part) > 20
        for sample, (tokens, answers) in zip(samples, part, strict=True):
            np.testing.assert_array_equal(sample.rows, read(tokens, made.vocabulary))
            assert sample.counts.tolist() == (
                [0] * (len(tokens) - 1) + [1] if len(answers) == 1 != len(tokens) else [1] * len(tokens)
            )
            told = sample.truth[sample.counts > 0]
            assert [made.answers[place] for place in told.argmax(axis=1)] == answers
            assert set(np.unique(told)) == {0, 1} and (told.sum(axis=1) == 1).all()
    assert made.telling(None) == made.answers
    assert all(one is other for one, other in zip(invented["telling"], invented["score"], strict=True))


@pytest.mark.parametrize("task", ["names", "reviews", "tags"])
def test_training_reads_the_first_part_alone_with_something_hidden(task, invented):
    made = material(task)
    first = corpora.parted(
        TEXTS[{"names": "surnames", "tags": "tagged"}.get(task, task)],
        key={"names": lambda item: item, "reviews": lambda item: item[0], "tags": corpora.words}[task],
    )[0]
    spelled = [item[0] if task != "tags" else corpora.words(item) for item in first]
    rows = [READERS[made.reads].rows(tokens, made.vocabulary) for tokens in spelled]
    batches = made.data(8, 0).batches(np.random.default_rng(1))
    seen = []
    while len(seen) < len(rows):
        seen += unpadded([next(batches)])
    assert len(seen) == len(rows)
    away = 0
    for sample in seen:
        alike = [
            row
            for row in rows
            if len(row) == len(sample.rows) and ((sample.rows == row) | (sample.rows == 0)).all()
        ]
        assert alike
        away += not any(np.array_equal(sample.rows, row) for row in alike)
    assert 0 < away < len(seen)


def test_a_vocabulary_is_of_the_first_part_and_answers_are_distinct(invented):
    for task in ("names", "reviews", "tags", "shakespeare"):
        made = material(task)
        assert len(set(made.answers)) == len(made.answers)
        assert made.vocabulary[0] == ("a" if task == "names" else UNKNOWN)
    assert made.answers == made.vocabulary[1:] == tuple(sorted(set(PLAYS)))
    opinions = [tokens for tokens, _ in corpora.parted(REVIEWS, key=lambda review: review[0])[0]]
    sentences = [corpora.words(sentence) for sentence in corpora.parted(TAGGED, key=corpora.words)[0]]
    for task, first, least in (("reviews", opinions, 2), ("tags", sentences, 12)):
        counted = Counter(token.lower() for tokens in first for token in tokens)
        known = {entry for entry in material(task).vocabulary[1:] if entry[0] not in "-#"}
        assert known == {token for token, count in counted.items() if count >= least}


def test_plays_are_read_in_windows_and_asked_what_comes_next(invented, monkeypatch):
    parts = PLAYS[:60_000], PLAYS[60_000:90_000], PLAYS[90_000:100_000]
    monkeypatch.setattr(corpora, "parted_text", lambda _: parts)
    made = material("shakespeare")
    data = made.data(5, 0)
    batches = data.batches(np.random.default_rng(0))
    drawn = [next(batches) for _ in range(40)]
    for part, several in ((parts[0], drawn), (parts[1], data.validation)):
        for batch in several:
            assert batch.rows.shape[0] == WINDOW == batch.lengths[0]
            assert (batch.counts == 1).all() and batch.counts.shape == batch.rows.shape
            for column in range(batch.rows.shape[1]):
                read = "".join(made.vocabulary[place] for place in batch.rows[:, column])
                after = "".join(made.answers[place] for place in batch.truth[:, column].argmax(axis=1))
                assert read[1:] == after[:-1]
                assert read + after[-1] in part
    assert drawn[0].rows.shape[1] == 5
    begins = [
        parts[1].index("".join(made.vocabulary[place] for place in batch.rows[:, column]))
        for batch in data.validation
        for column in range(batch.rows.shape[1])
    ]
    assert begins[0] == 0 and len(set(np.diff(begins))) == 1
    assert begins[-1] + WINDOW < len(parts[1]) <= begins[-1] + np.diff(begins)[0] + WINDOW + 1
    starts = {batch.rows[:, column].tobytes() for batch in drawn for column in range(5)}
    assert len(starts) > 190


def test_bits_are_the_mean_surprise_at_what_comes_next():
    text = np.random.default_rng(1).integers(1, 5, 101)
    network = untrained(Shape("GRU", 6, False, "places", 5, 3, 4, "softmax"), seed=1)
    identity = np.eye(5, dtype="float32")[:, 1:]
    for streams in (1, 4):
        length = 100 // streams
        surprise = [
            -np.log2(
                network.run(text[begin : begin + length]).output[
                    np.arange(length), text[begin + 1 : begin + length + 1] - 1
                ]
            )
            for begin in range(0, streams * length, length)
        ]
        assert bits(network, stretches(text, identity, streams)) == pytest.approx(np.mean(surprise), rel=1e-4)


def test_plays_are_scored_and_told_by_the_third_part(invented):
    made, part = material("shakespeare"), corpora.parted_text(PLAYS)[2]
    count = len(made.answers)
    network = Network.random("RNN", 2, 3)
    layers, table = network.layers, np.zeros((count + 1, 2))
    silent = Network("RNN", layers, table, Readout(np.zeros((3, count)), np.zeros(count), "softmax"))
    assert made.score(silent)["bits"] == pytest.approx(np.log2(count), rel=1e-5)
    assert made.telling(silent) == materials.LINE
    for sample in invented["telling"]:
        read = [made.vocabulary[place] for place in sample.rows]
        assert "".join(read) in part
        for column, name in enumerate(materials.LINE):
            np.testing.assert_allclose(sample.truth[:, column], TRACKS[name](read), rtol=1e-6)


def test_stretches_lie_evenly_from_end_to_end():
    text = np.arange(1000) % 4
    samples = line_samples(text, "?ab\n", streams=5, steps=100)
    assert [len(sample.rows) for sample in samples] == [100] * 5 == [int(s.counts.sum()) for s in samples]
    for sample, begin in zip(samples, (0, 225, 450, 675, 900), strict=True):
        np.testing.assert_array_equal(sample.rows, text[begin : begin + 100])


def test_known_words_are_the_frequent_ones_in_their_order():
    assert known_words(["aab", "abcc", "ad"], 2) == (UNKNOWN, "a", "b", "c")
    assert known_words(["aab"], 3) == (UNKNOWN,)


def test_an_opinion_counts_more_the_later_and_its_odds_are_the_score():
    rows, score = np.zeros(8, int), 1.5
    sample = materials._opinion(rows, score)
    np.testing.assert_allclose(np.log(sample.truth[:, 1] / sample.truth[:, 0]), score, rtol=1e-5)
    np.testing.assert_allclose(sample.truth.sum(axis=1), 1, rtol=1e-6)
    assert sample.counts[-1] == 1 and (np.diff(sample.counts) > 0).all()
    assert clear([("a", POSITIVE), ("b", -POSITIVE), ("c", 0.0), ("d", POSITIVE - 1e-9)]) == [
        ("a", POSITIVE),
        ("b", -POSITIVE),
    ]


@pytest.mark.parametrize(
    ("changed", "share"), [(hidden, RARE), (partial(hidden, share=0.4), 0.4), (blurred, BLURRED)]
)
def test_training_hides_a_share_of_the_tokens_and_changes_nothing_else(changed, share):
    rows = np.ones((20_000, 3), int if changed is not blurred else "float32")
    sample = changed(Sample(rows, rows, rows[:, 0]), np.random.default_rng(0))
    away = sample.rows[:, 0] == 0
    assert away.mean() == pytest.approx(share, abs=0.01)
    assert (sample.rows[~away] == 1).all() and sample.rows.dtype == rows.dtype
    assert (sample.rows[away][:, 1:] == (0 if changed is blurred else 1)).all()
    assert sample.truth is rows and (rows == 1).all()


def test_of_whole_numbers_the_unknown_one_stands_for_what_is_hidden():
    rows = np.arange(1, 20_001)
    found = hidden(Sample(rows, rows, rows), np.random.default_rng(0)).rows
    assert ((found == 0) | (found == rows)).all()
    assert (found == 0).mean() == pytest.approx(RARE, abs=0.01)
