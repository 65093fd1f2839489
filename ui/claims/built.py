"""Checks on hand-built networks, and on sentences that speak of their gates."""

from __future__ import annotations

import numpy as np

from cells.functions import sigmoid
from cells.tracks import running
from ui.claims.subjects import Subject, mean
from ui.networks.looks import limit

CLOSE = 0.03  # of a sum, where gates are nearly exact
WORDS = ("remember", "zzzzaaaa", "abcabcabc", "letters")


def counts(subject: Subject) -> float:
    """Texts of a and b at whose steps c of "a − b" is their difference: exactly at S = 40, else nearly."""
    rng, right = np.random.default_rng(0), []
    for _ in range(20):
        tokens = ["ab"[bit] for bit in rng.integers(0, 2, 30)]
        gaps = np.abs(subject.state(tokens) - running(tokens, "a", "b"))
        right.append(bool(gaps.max() <= (0 if subject.sharpness >= 40 else CLOSE * 30)))
    return mean(right)


def leaks(subject: Subject) -> float:
    """a²⁰⁰⁰: steps at which each a writes what is named and c of "a − b" nears its limit."""
    trace = subject.trace("a" * 2000)
    written, most = limit(subject.sharpness)
    wrote = (trace["i"] * trace["c_tilde"])[:, 0]
    below = trace["c"][:, 0] <= most * (1 + 1e-12)
    near = trace["c"][-1, 0] > 0.7 * most
    return mean(below & (np.abs(wrote - written) < 1e-9)) * float(near)


def _letter(subject: Subject, word: str) -> int:
    assert subject.built is not None
    return subject.built.alphabet.index(word[0])


def keeps_the_letter(subject: Subject) -> float:
    """Words at whose first letter alone an input gate opens, and whose c still holds it at the end."""
    right = []
    for word in WORDS:
        trace, unit = subject.trace(word), _letter(subject, word)
        opened = trace["i"].max(axis=1) > 0.5
        right.append(bool(opened[0] and not opened[1:].any() and trace["c"][-1, unit] > 0.95))
    return mean(right)


def loses_the_letter(subject: Subject) -> float:
    """Words whose first letter fades in c, and whose later letters are written into c too."""
    right = []
    for word in WORDS:
        c, unit = subject.trace(word)["c"], _letter(subject, word)
        last = _letter(subject, word[-1])
        fades = c[-1, unit] < c[:, unit].max()
        right.append(bool(fades and (last == unit or c[-1, last] > 0)))
    return mean(right)


def one_step_late(subject: Subject) -> float:
    """Steps at which h is o ∘ tanh of the c before."""
    trace = subject.trace("abbabba")
    shown = trace["o"] * np.tanh(trace.previous("c"))
    gaps = np.abs(trace["h"] - shown).max(axis=1)
    return mean([float(gap < 1e-12) for gap in gaps])


def open_or_closed(subject: Subject) -> float:
    """Gate values that are σ(S), or σ(−S) or less."""
    S, values = subject.sharpness, []
    assert subject.built is not None
    for word in WORDS if len(subject.built.alphabet) > 2 else ("abba", "aaabbb"):
        trace = subject.trace(word)
        values += [trace[gate].ravel() for gate in ("f", "i", "o")]
    gates = np.concatenate(values)
    high, low = sigmoid(np.array(S)), sigmoid(np.array(-S))
    return mean((np.abs(gates - high) < 1e-12) | (gates <= low + 1e-12))


def cancels(subject: Subject) -> float:
    """a⁵b⁵: whether c of the unit returns to 0 although f is 1 throughout."""
    trace = subject.trace("aaaaabbbbb")
    return float(trace["c"][-1, 0] == 0 and (trace["f"][:, 0] == 1).all() and trace["c"][4, 0] > 0)
