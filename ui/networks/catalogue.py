"""The catalogue: every network that a reader can choose from, and its examples."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from cells.cell import OFFERED
from ui.selection.records import MOST, MOST_WRITTEN


@dataclass(frozen=True)
class CatalogueEntry:
    """One entry of the picker.

    `kind` says what its numbers are ("handbuilt", "trained", "published", "untrained", "yours"); `shaped`:
    cell, units, layers, directions and seed are the reader's; `examples` are (mode, text) pairs; `siblings`
    the names of trained networks that do the same task, `beside` those of them that stand side by side first
    where not simply the first ones do; `cells` those that the reader can choose from;
    `writes` says that the network can go on with the text; `most` is how many tokens it takes; `opens` the
    step that is shown first: where something happens, or the one before.
    """

    kind: str
    cells: tuple[str, ...]
    modes: tuple[str, ...]
    shaped: bool
    examples: tuple[tuple[str, str], ...]
    siblings: tuple[str, ...] = ()
    writes: bool = False
    most: int = MOST
    opens: int = 6
    beside: tuple[str, ...] = ()


def _examples(mode: str, *texts: str) -> tuple[tuple[str, str], ...]:
    return tuple((mode, text) for text in texts)


def _trained(
    siblings: str, mode: str, *texts: str, opens: int = CatalogueEntry.opens, beside: str = ""
) -> CatalogueEntry:
    return CatalogueEntry(
        "trained",
        (),
        (mode,),
        False,
        _examples(mode, *texts),
        tuple(siblings.split()),
        opens=opens,
        beside=tuple(beside.split()),
    )


LAG = "xyzzyxzxyyzxxzyzyxzyyxxzzxyzyxxyzzyxzyxyzxxyzzyxyzxzyyxzxyzy"  # 60 letters that say nothing
ADDENDS = (
    "0.61 0.09 0.44 0.87 0.30* 0.72 0.15 0.98 0.53 0.27 0.66 0.01 0.39 0.80 0.12 0.94 0.48 0.25 0.70 0.33 "
    "0.58 0.06 0.91 0.17 0.76 0.42 0.85 0.21 0.50* 0.64 0.13 0.37 0.99 0.29 0.55 0.08 0.73 0.46 0.82 0.19"
)

CATALOGUE: Mapping[str, CatalogueEntry] = {
    "count10": _trained(
        "count10-lstm count10-gru count10-rnn",
        "characters",
        "aaaaabbbbb",
        "a" * 10 + "b" * 10,
        "a" * 20 + "b" * 20,
        "a" * 30 + "b" * 30,
    ),
    "count50": _trained(
        "count50-lstm count50-gru count50-rnn",
        "characters",
        "a" * 20 + "b" * 20,
        "a" * 50 + "b" * 50,
        "a" * 70 + "b" * 70,
        opens=21,
    ),
    "brackets": _trained(
        "brackets-lstm brackets-gru brackets-rnn",
        "characters",
        "[(()[])]()",
        "((((((([])))))))",
        "([)]",
        "[][][](([]))",
        opens=4,
    ),
    "first": _trained(
        "first-lstm-chrono first-lstm-3 first-lstm-1 first-lstm-0 first-gru first-rnn",
        "characters",
        "B" + LAG,
        "D" + LAG,
        "A" + LAG[:20],
        opens=1,
        beside="first-lstm-chrono first-lstm-0 first-gru first-rnn",
    ),
    "parity": _trained("parity-lstm", "characters", "0110100111", "1" * 12, "0000100001000", opens=3),
    "adding": _trained("adding-lstm", "marked", ADDENDS, "0.25* " + "0.5 " * 20 + "0.75*", opens=5),
    "copy": _trained("copy-gru", "characters", "badge_____", "facade______", "ha__", "headache________"),
    "names": _trained(
        "names-gru", "characters", "kowalski", "papadopoulos", "rossi", "schneider", "virtanen", opens=8
    ),
    "reviews": _trained(
        "reviews-lstm",
        "words",
        "i wanted to love it but the ending is a mess",
        "a warm and funny film",
        "the plot is dull but the actors are wonderful",
        "not funny , not good , just boring",
        opens=10,
    ),
    "tags": _trained(
        "tags-bilstm tags-lstm tags-gru tags-rnn",
        "words",
        "The old man the boats .",
        "Time flies like an arrow .",
        "They can fish in the can .",
        "I saw her duck behind the wall .",
        opens=3,
    ),
    "shakespeare": CatalogueEntry(
        "trained",
        (),
        ("characters",),
        False,
        _examples(
            "characters", "ROMEO. What light", "To be, or not to be: that is", "Enter the King and his"
        ),
        ("shakespeare-lstm",),
        writes=True,
        most=MOST - MOST_WRITTEN,
    ),
    "g2p": CatalogueEntry(
        "published",
        ("GRU (reset after)",),
        ("characters",),
        False,
        _examples("characters", "recurrent", "streamlit", "knight", "colonel"),
        most=40,
        opens=10,
    ),
    "counter": CatalogueEntry(
        "handbuilt",
        ("LSTM", "LSTM (as printed)"),
        ("characters",),
        False,
        (
            ("characters", "aaaaabbbbb"),
            ("characters", "aaabbbaabb"),
            ("characters", "bbbbbaaaaa"),
            ("characters", "a" * 30 + "b" * 30),
        ),
    ),
    "latch": CatalogueEntry(
        "handbuilt",
        ("LSTM", "LSTM (as printed)"),
        ("characters",),
        False,
        (("characters", "remember"), ("characters", "zzzzaaaa"), ("characters", "the first letter stays")),
        opens=1,
    ),
    "random": CatalogueEntry(
        "untrained",
        tuple(cell.name for cell in OFFERED),
        ("characters", "words", "numbers"),
        True,
        (
            ("characters", "hello, world"),
            ("characters", "长短期记忆网络"),
            ("words", "the cat sat on the mat because the mat was warm"),
            ("numbers", "0 0.5 1 0.5 0 −0.5 −1 −0.5 0 0.5 1 0.5 0 −0.5 −1 −0.5"),
        ),
    ),
}
