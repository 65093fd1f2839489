"""One letter, or its place: the same weights under two formulas, and whether they are the same function."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import streamlit as st

from cells import Network
from cells.alternative_formulas import negated, reread, unroll_z_keeps
from cells.arrays import Steps
from cells.training.scores import counting
from ui.compare.members import Comparison, Draw, Member
from ui.figures.curves import Curve, Plot
from ui.figures.theme import QUIET
from ui.networks.answers import best
from ui.networks.tokenize import shown
from ui.page import workspace
from ui.runs import passes
from ui.stepper import answer_track
from ui.text.numbers import digits, rounding
from ui.text.tables import changes
from ui.words import Words


@dataclass(frozen=True)
class Two:
    """h under two formulas, (time, unit), and a third where signs were neglected; the two networks."""

    one: Steps
    other: Steps
    neglected: Steps | None = None
    networks: tuple[Network, Network] | None = None


def _keeps(network: Network, rows: np.ndarray) -> Two:
    """u writes, z keeps with the update block negated, and z keeps where nobody turned its signs."""
    trace, weights = network.run(rows).layers[0].forward, network.layers[0].forward
    other, neglected = (
        unroll_z_keeps(network.cell, some, trace["x"]) for some in (negated(weights), weights)
    )
    return Two(trace["h"], other, neglected)


def _reset(network: Network, rows: np.ndarray) -> Two:
    return _reread(network, rows, "GRU", "GRU (reset after)")


def _misprint(network: Network, rows: np.ndarray) -> Two:
    return _reread(network, rows, "LSTM", "LSTM (as printed)")


def _reread(network: Network, rows: np.ndarray, *cells: str) -> Two:
    one, other = (reread(network, cell) for cell in cells)
    h, h_other = (found.run(rows).layers[0].forward["h"] for found in (one, other))
    return Two(h, h_other, None, (one, other))


PAIRS: Mapping[str, tuple[str, Callable[[Network, np.ndarray], Two]]] = {
    "keeps": ("GRU", _keeps),
    "reset": ("GRU", _reset),
    "misprint": ("LSTM", _misprint),
}


def controls(comparison: Comparison) -> None:
    """Which letter."""
    words = comparison.words
    st.segmented_control(
        words("pick.pair"),
        list(PAIRS),
        format_func=words.names("pair"),
        key="pair",
        required=True,
        label_visibility="collapsed",
    )


def family(pair: str) -> str:
    """Whose weights a pair is about: those of a GRU or of an LSTM."""
    return PAIRS[pair][0]


def one_letter(comparison: Comparison, whose: Member | None = None) -> Draw:
    """Two curves of the stepper's unit and their difference, on the weights of a network of the family."""
    words, pair = comparison.words, comparison.chosen.selection.compare.formulas
    kind, compute = PAIRS[pair]
    member = whose or comparison.lead
    if not member.trace.cell.startswith(kind):
        return lambda *_: workspace.said(words("letter.none", cell=kind))
    if len(member.rows) > passes.WINDOW:
        return lambda *_: workspace.said(words("view.too_long", most=f"{passes.WINDOW:,}"))
    two = compute(member.network, member.rows)
    said = _told(comparison, member, two)
    rows = _answers(member, two, words)

    def draw(_: int, unit: int) -> None:
        at = min(unit, two.one.shape[1] - 1)
        plots = _plots(two, pair, at, member.hue, words)
        workspace.heat(
            comparison.figure(plots), words("together.letter"), words("letter.alt"), len(plots), bool(rows)
        )
        st.markdown(said)
        if rows:
            st.html(changes([*map(shown, comparison.text.tokens)], [rows]))

    return draw


def _plots(two: Two, pair: str, unit: int, hue: str, words: Words) -> list[Plot]:
    lines = [
        Curve(words(f"pair.{pair}.one"), two.one[:, unit], hue),
        Curve(words(f"pair.{pair}.other"), two.other[:, unit], QUIET, "dash"),
    ]
    gaps = [Curve(words("letter.difference"), two.one[:, unit] - two.other[:, unit], hue)]
    if two.neglected is not None:
        wrong = two.one[:, unit] - two.neglected[:, unit]
        gaps.append(Curve(words("letter.neglected"), wrong, QUIET, "dot"))
    return [Plot(words("influence.unit", unit=str(unit + 1)), lines, (-1.0, 1.0)), Plot("", gaps)]


def _told(comparison: Comparison, member: Member, two: Two) -> str:
    """The largest difference of all units and steps, where it is, and whose weights these are."""
    words, pair = comparison.words, comparison.chosen.selection.compare.formulas
    gap = np.abs(two.one - two.other)
    step, unit = np.unravel_index(int(gap.argmax()), gap.shape)
    sentence = words(
        f"letter.{pair}",
        gap=rounding(float(gap.max())) if pair == "keeps" else digits(float(gap.max())),
        unit=str(unit + 1),
        step=str(step + 1),
        neglected=digits(float(np.abs(two.one - two.neglected).max())) if two.neglected is not None else "",
    )
    card, choice = member.chosen.source.card, member.chosen.choice
    trained = card is not None and not choice.twin
    origin = words(
        "letter.trained" if trained else "letter.random",
        network=member.label,
        seed=str(card.seed if card and trained else choice.seed),
    )
    absent = words("letter.absent") if member not in comparison.members else ""
    dropped = member.trace.cell == "GRU (reset after)" and pair == "reset"
    return words.joined(
        sentence,
        _scored(comparison, member, two),
        origin,
        absent,
        words("letter.dropped") if dropped else "",
    )


def _scored(comparison: Comparison, member: Member, two: Two) -> str:
    """What the other formula does to the task: how far it counts, how many answers are right on this text."""
    words, said = comparison.words, member.chosen.source.answers()
    if said is None or two.networks is None:
        return ""
    parts = []
    if said.task.startswith("count"):
        reached = [str(int(counting(network)["longest"])) for network in two.networks]
        parts.append(words("letter.counts", one=reached[0], other=reached[1]))
    true = answer_track.truth_of(said, comparison.text.tokens)
    if true is not None and true.known.any():
        right = []
        for network in two.networks:
            output = network.run(member.rows).output
            assert output is not None, "what answers has a readout"
            right.append(str(int(answer_track.RIGHT[said.kind](output, true.values)[true.known].sum())))
        parts.append(words("letter.right", one=right[0], other=right[1], of=str(int(true.known.sum()))))
    return words.joined(*parts)


def _answers(member: Member, two: Two, words: Words) -> tuple[str, list[str], list[str]] | None:
    said = member.chosen.source.answers()
    if said is None or two.networks is None:
        return None
    outputs = [network.run(member.rows).output for network in two.networks]
    before, after = (best(said, output, words) for output in outputs if output is not None)
    return member.label, before, after
