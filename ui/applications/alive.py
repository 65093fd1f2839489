"""What a network does in life: what it was given, and what it made of that, as people write both."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from html import escape
from typing import NamedTuple

import numpy as np

from ui.networks.answers import best, called
from ui.networks.tokenize import shown
from ui.runs.viewed import Viewed
from ui.text.numbers import decimals, percent

MOST = 40  # tokens of a text that a card has room for
UNLIKE = "&#x2060;"  # has no look: a browser may leave out an annotation that says what it stands below
MORE = "…"
JOINED = {"words": " ", "marked": " ", "numbers": " "}  # what stands between two tokens


class InLife(NamedTuple):
    """What is read and what is answered, as HTML."""

    read: str
    answered: str


def in_life(way: str, view: Viewed) -> InLife:
    """One network at work on its text; nothing where there is none to read."""
    return WAYS[way](view) if view.legible and not view.fault else InLife("", "")


def _written(view: Viewed, tokens: Sequence[str]) -> str:
    """Tokens as a text; of a long one the beginning."""
    gap = JOINED.get(view.choice.mode, "")
    return escape(gap.join(tokens[:MOST])) + MORE * (len(tokens) > MOST)


def _many_to_one(view: Viewed) -> InLife:
    """A text, and the one answer at its end."""
    said, output = view.source.answers(), view.run().output
    assert said is not None and output is not None, "these networks answer"
    place = int(output[-1].argmax())
    value = float(output[-1, place])
    name = called(said, view.words)(said.names[place])
    told = decimals(value) if said.kind == "linear" else f"{escape(name)} <small>{percent(value)}</small>"
    return InLife(_written(view, view.tokens), f"<b>{told}</b>")


def _one_to_many(view: Viewed) -> InLife:
    """How a text begins, and how it goes on."""
    read = view.read
    own = len(read.text.tokens) if read.own is None else read.own
    begins, goes_on = (escape("".join(part)) for part in (read.text.tokens[:own], read.text.tokens[own:]))
    return InLife(begins, f"{begins}<i>{goes_on}</i>")


def _aligned(view: Viewed) -> InLife:
    """Each token, under it its answer."""
    said, output = view.source.answers(), view.run().output
    assert said is not None and output is not None, "these networks answer"
    named = zip(view.tokens, best(said, output, view.words), strict=False)
    pairs = [
        f"<ruby>{escape(shown(token))}<rt>{UNLIKE}{escape(answer)}</rt></ruby>" for token, answer in named
    ]
    return InLife(_written(view, view.tokens), "".join(pairs[:MOST]) + MORE * (len(pairs) > MOST))


def _encoder_decoder(view: Viewed) -> InLife:
    """What is read first, and what is answered then."""
    said, output, read = view.source.answers(), view.run().output, view.read
    assert said is not None and output is not None, "these networks answer"
    if read.own is not None:  # the decoder reads <s> and what it has answered itself
        names = [said.names[place] for place in output[read.own - 1 : -1].argmax(axis=1)]
        heard = called(said, view.words)
        sounds = (f'<span title="{escape(heard(name))}">{escape(name)}</span>' for name in names)
        return InLife(escape(view.selection.text.text), " ".join(sounds))
    asked = np.array([token == "_" for token in view.tokens])
    answers = np.array(best(said, output, view.words), dtype=object)[asked[: len(output)]]
    return InLife(_written(view, view.tokens), escape("".join(answers)))


WAYS: Mapping[str, Callable[[Viewed], InLife]] = {
    "many_to_one": _many_to_one,
    "one_to_many": _one_to_many,
    "aligned": _aligned,
    "encoder_decoder": _encoder_decoder,
}
