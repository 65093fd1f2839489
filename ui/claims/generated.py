"""Checks on tasks whose sequences are generated: the share of cases in which a claim holds."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from cells.tasks import FIRST, RECALL, TASKS, first_draw
from cells.tokens import marked_numbers
from cells.tracks import TRACKS, correlations
from cells.training.scores import counting
from cells.training.telling_unit import ABOUT
from ui.claims.subjects import Subject, mean, memory
from ui.networks.cards import chance

SEQUENCES = 60
SEED = 777  # of sequences that no other measure draws
LAGS = 20  # texts that differ in their first symbol alone
MOST_HELD = 0.01  # difference at the end below which a unit holds nothing of the beginning


def drawn(key: str, sequences: int = SEQUENCES) -> list[Sequence[str]]:
    """Sequences of a task, of all its sizes."""
    rng, task = np.random.default_rng(SEED), TASKS[key]
    return [task.draw(rng, int(rng.integers(task.sizes[0], task.sizes[1] + 1))) for _ in range(sequences)]


def goes_with(subject: Subject) -> float:
    """r of the unit with what its card says, in the card's direction."""
    card, task = subject.known, TASKS[subject.known.task]
    about, states, columns = ABOUT.get(card.task.rstrip("0123456789")), [], []
    for tokens in drawn(card.task):
        truth = task.truth(tokens)
        column = TRACKS[about](tokens) if about else truth.values[:, card.answers.index(card.tells)]
        counted = truth.known if task.asked == "every" else np.arange(len(tokens)) == len(tokens) - 1
        states.append(subject.memory(tokens)[counted, subject.unit])
        columns.append(np.asarray(column, float)[counted])
    r = correlations(np.concatenate(states)[:, None], np.concatenate(columns))[0]
    return float(np.nan_to_num(r) * np.sign(card.r))


def each_way(subject: Subject) -> float:
    """aⁿbⁿ, n = 1 … 10: the state goes one way with each a, the other way with each b."""
    right = []
    for n in range(1, 11):
        moved = np.diff(np.concatenate(([0], subject.state("a" * n + "b" * n))))
        right += [*(np.sign(moved) == np.sign(subject.known.r) * np.repeat((1, -1), n))]
    return mean(right)


def crowds(subject: Subject) -> float:
    """a¹⁰: by how much less the state moves from the fifth a to the tenth than before; h within −1 and 1."""
    state = subject.state("a" * 10)
    assert np.abs(subject.trace("a" * 10)["h"]).max() <= 1
    return 1 - float(np.ptp(state[4:]) / np.ptp(state[:5]))


def right_up_to(subject: Subject) -> float:
    """aⁿbⁿ: right at every step up to the n on the card, and not at the next."""
    return float(counting(subject.network)["longest"] == subject.known.scores["longest"])


def _closings(subject: Subject) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """After closing brackets with others still open: memory, the last open kind, right in both closers."""
    task, held, kinds, right = TASKS["brackets"], [], [], []
    for tokens in drawn("brackets", 3 * SEQUENCES):
        run, values = subject.run(tokens), task.truth(tokens).values
        assert run.output is not None
        there = np.array([token in ")]" for token in tokens]) & (values[:, 2:4].sum(axis=1) > 0)
        held.append(memory(run.layers[0].forward)[there])
        kinds.append(values[there, 2])
        right.append(((run.output[there, 2:4] > 0.5) == (values[there, 2:4] > 0.5)).all(axis=1))
    return np.concatenate(held), np.concatenate(kinds), np.concatenate(right)


def tells_the_kind(subject: Subject) -> float:
    """After a closing bracket: which one closes the last open bracket is answered right."""
    return mean(_closings(subject)[2])


def others_hold_the_kind(subject: Subject) -> float:
    """After a closing bracket: another unit goes with the last open kind, closer than the telling one."""
    held, kinds, _ = _closings(subject)
    r = np.abs(np.nan_to_num(correlations(held, kinds)))
    own = float(r[subject.unit])
    return float(np.delete(r, subject.unit).max()) - own


def _at_the_end(subject: Subject) -> np.ndarray:
    """How much the memory of each unit differs at the end where only the first symbol did: (text, unit)."""
    rng = np.random.default_rng(SEED)
    texts = ["".join(first_draw(rng, 60))[1:] for _ in range(LAGS)]
    ends = [[subject.memory(first + text)[-1] for first in FIRST] for text in texts]
    apart: np.ndarray = np.ptp(np.array(ends), axis=1)
    return apart


def holds_the_first(subject: Subject) -> float:
    """Texts in which a state still differs at the end because of the first symbol, by more than 1."""
    return mean(_at_the_end(subject).max(axis=1) > 1)


def nobody_holds_the_first(subject: Subject) -> float:
    """Texts in which no state differs at the end by more than a hundredth."""
    return mean(_at_the_end(subject).max(axis=1) < MOST_HELD)


def guesses(subject: Subject) -> float:
    """How near the share of right answers is to that of a random guess."""
    task, right = TASKS[subject.known.task], []
    for tokens in drawn(task.key, 3 * SEQUENCES):
        output, truth = subject.run(tokens).output, task.truth(tokens)
        assert output is not None, "what answers has a readout"
        asked = truth.known if task.asked == "every" else [-1]
        right += [*(output.argmax(axis=1) == truth.values.argmax(axis=1))[asked]]
    return 1 - abs(mean(right) - chance(subject.known))


def reverses(subject: Subject) -> float:
    """Steps at which the state's direction is reversed by a 1, and goes on with a 0."""
    right = []
    for tokens in drawn("parity"):
        moved = np.sign(np.diff(subject.state(tokens)))
        turned = np.where(np.array(tokens[2:]) == "1", -1, 1)
        right += [*(moved[1:] == moved[:-1] * turned)]
    return mean(right)


def opens_at_stars(subject: Subject) -> float:
    """Numbers at which the unit's input gate is above ½ just where there is a star."""
    right = []
    for tokens in drawn("adding", 40):
        gate = subject.trace(tokens)["i"][:, subject.unit]
        right += [*((gate > 0.5) == (marked_numbers(tokens)[:, 1] > 0))]
    return mean(right)


def answers_in_order(subject: Subject) -> float:
    """Signs that ask at which the letter is answered whose turn it is."""
    task, right = TASKS["copy"], []
    for tokens in drawn("copy"):
        output, truth = subject.run(tokens).output, task.truth(tokens)
        assert output is not None and RECALL in tokens
        right += [*(output.argmax(axis=1) == truth.values.argmax(axis=1))[truth.known]]
    return mean(right)
