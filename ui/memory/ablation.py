"""Ablation: what is left of a trained network's score without a gate, and of the reader's edited one."""

from __future__ import annotations

from collections.abc import Iterator
from time import perf_counter

import streamlit as st

from cells.ablation import LONGEST, Ablation, Held, at_hand
from cells.phenomena.critical import AMONG, CRITICAL, critical_parts
from cells.phenomena.figures import Figure
from cells.tasks import TASKS
from ui.memory.context import PATIENCE, TURN, LongWork, Measure, MemoryContext, table
from ui.memory.scoring import Scoring
from ui.networks.cards import phrase, short
from ui.page.progress import Progress
from ui.selection.meanings import MEANINGS
from ui.session.chosen import Chosen
from ui.text.edits import told
from ui.text.numbers import percent
from ui.words import Words

ASKED, STOPPED = "ablation_asked", "ablation_stopped"  # the session's keys of what was begun, and stopped
VALUES = dict(zip(Held._fields, ("0", "1", "mean"), strict=True))


def show(context: MemoryContext) -> None:
    """The score with each gate held, what was found elsewhere, and the score of the edited network."""
    words, scoring = context.words, _scoring(context.chosen)
    if isinstance(scoring, str):
        st.info(scoring)
        return
    stopped = st.session_state.get(STOPPED) == scoring.key
    if scoring.left and not stopped and _begun(scoring):
        st.html('<div style="height: 300px"></div>')  # one element, as what stands there before and after
        return
    with st.container():
        if not scoring.left:
            _found(context, scoring)
        else:
            st.info(
                words("ablation.stopped", share=percent(scoring.share)) if stopped else words("ablation.slow")
            )
            if st.button(words("ablation.go_on" if stopped else "ablation.measure")):
                st.session_state.pop(STOPPED, None)
                st.session_state[ASKED] = scoring.key
                st.rerun()  # the page's own run measures


def _scoring(chosen: Chosen) -> Scoring | str:
    """What is measured of the chosen network, or why nothing can be."""
    card, words = chosen.source.card, chosen.words
    if card is None:
        return words("ablation.own" if chosen.source.private else "ablation.no_task")
    if chosen.choice.twin:
        return words("ablation.untrained")
    if not at_hand(card):
        return words("ablation.not_at_hand", text=card.text)
    return Scoring(chosen, card)


def _begun(scoring: Scoring) -> bool:
    """Whether it is to be measured: at once where that takes a second or two, else when it is asked for."""
    return scoring.card.task in TASKS or st.session_state.get(ASKED) == scoring.key


def _quickly(context: MemoryContext) -> bool:
    """Measure as far as that goes within the reader's patience; whether nothing is left to do."""
    scoring = _scoring(context.chosen)
    if isinstance(scoring, str) or st.session_state.get(STOPPED) == scoring.key or not _begun(scoring):
        return True
    if scoring.card.task not in TASKS:
        return not scoring.left  # even to find the texts takes longer
    began = perf_counter()

    def report(_: float) -> None:
        if perf_counter() - began > PATIENCE:
            raise TimeoutError

    try:
        for _ in scoring.measure(report):
            pass
    except TimeoutError:
        return False
    return True


def _progress(context: MemoryContext) -> Progress:
    """The place of the bar while the rest is measured."""
    scoring, words = _scoring(context.chosen), context.words
    assert isinstance(scoring, Scoring), "there is nothing to wait for where nothing can be measured"
    return Progress(
        words("ablation.measuring"),
        words("notice.stop"),
        on_stop=lambda: st.session_state.update({STOPPED: scoring.key}),
        key="stop_scoring",
    )


def _go_on(context: MemoryContext, bar: Progress) -> None:
    """Measure more in the page's own run, and begin that again."""
    scoring, began = _scoring(context.chosen), perf_counter()
    assert isinstance(scoring, Scoring), "there is nothing to wait for where nothing can be measured"
    for _ in scoring.measure(bar.report):
        if perf_counter() - began > TURN:
            st.rerun()
    bar.done()
    st.rerun()


def _found(context: MemoryContext, scoring: Scoring) -> None:
    """The table, and what follows from it."""
    words, chosen, found, card = context.words, context.chosen, scoring.found, scoring.card
    usual = phrase(card, found.score, found.usual, words)
    if scoring.of_edited is not None:
        now = phrase(card, found.score, scoring.of_edited, words)
        st.html(words("ablation.edited", score=now, usual=usual))
    else:
        st.html(words("ablation.usual", score=usual))
    if chosen.changed and not scoring.edited:
        passing = next(filter(scoring.passing, chosen.edits.in_force))
        why = "ablation.of_mean" if passing.how == "mean" else "ablation.of_steps"
        st.info(words(why, edit=told(passing, words)))
    if not found.gates:
        st.info(words("ablation.no_gates"))
        return
    st.caption(words("ablation.below"))
    st.html(table([*_rows(found, words)]))
    measured = words("ablation.measured", count=f"{scoring.sequences:,}", most=str(LONGEST))
    means = words("ablation.means_drawn" if card.task in TASKS else "ablation.means_same")
    st.caption(words.joined(words("ablation.bars"), measured, means))
    st.html(_verdict(found, words))


def _rows(found: Ablation, words: Words) -> Iterator[list[str]]:
    """For each part the scores, a bar behind each as long as what is lost."""
    scores = [score for held in found.gates.values() for score in held] + [*found.without_tanh.values()]
    most = max(map(found.lost, scores))

    def cell(score: float, meaning: str) -> str:
        lost = max(0.0, found.lost(score)) / most if most > 0 else 0.0
        small = f" <small>{meaning}</small>" if meaning else ""
        return (
            f'<span class="lost" style="--lost: {100 * lost:.1f}%">{short(found.score, score)}{small}</span>'
        )

    yield ["", *(words(f"ablation.{how}") for how in Held._fields)]
    for gate, held in found.gates.items():
        meanings = [words(f"stepper.mean_{MEANINGS[gate][VALUES[how]]}") for how in Held._fields]
        yield [words(f"title.{gate}"), *map(cell, held, (*meanings[:2], ""))]
    for symbol, score in found.without_tanh.items():
        yield [words(f"ablation.without_{symbol}"), "", cell(score, ""), ""]


def _verdict(found: Ablation, words: Words) -> str:
    """What Greff et al. found, and whether this network agrees, as `python -m cells.phenomena` judges it."""
    if not found.without_tanh:
        return words("ablation.lstm_only")
    figures = critical_parts([found]).figures
    if not figures:
        return words.joined(words("ablation.theirs"), words("ablation.unlearned"))
    agree = sum(figure.reproduced for figure in figures)
    said = ("ablation.disagrees", "ablation.half", "ablation.agrees")[agree]
    places = dict(zip(CRITICAL, (_place(figure, found, words) for figure in figures), strict=True))
    return words.joined(
        words("ablation.theirs"), words(said, most=str(AMONG), **places), words("ablation.unlike")
    )


def _place(figure: Figure, found: Ablation, words: Words) -> str:
    """At which place of all parts one stands; a part without which nothing is lost has none."""
    part = next(symbol for symbol, name in CRITICAL.items() if figure.where.endswith(name))
    score = found.without_tanh[part] if part in found.without_tanh else found.gates[part].kept
    if found.lost(score) <= 0:
        return words("ablation.nothing_lost")
    total = len(found.gates) + len(found.without_tanh)
    return words("ablation.place", place=f"{figure.found:.0f}", total=str(total))


def _advice(context: MemoryContext) -> str | None:
    """Where there are no bars, there is nothing to look for."""
    scoring = _scoring(context.chosen)
    return "" if isinstance(scoring, Scoring) and not scoring.left else None


VIEW = Measure(show, "gates", _advice, work=LongWork(_quickly, _progress, _go_on))
