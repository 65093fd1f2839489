"""What is worth keeping between reruns: bounded, and keyed on all that the value depends on.

Cached functions compute from their keys alone. A long text and a reader's own network stay in their session:
what is private never becomes a key of a cache that others reach.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
import streamlit as st

from cells import Network
from cells.arrays import Steps
from cells.edit_text import parsed
from cells.encoder_decoder import Translation, g2p
from cells.layers import Layer, LayerRun
from cells.sampling import write
from cells.trace import Trace
from cells.weights import Weights
from ui.networks.registry import Source, resolve
from ui.networks.tokenize import TokenizedText, read
from ui.networks.uploaded import YOURS
from ui.selection.records import NetworkChoice, Position, TextChoice
from ui.session import private

WINDOW = 2_000  # steps kept and shown at once
ROOM = WINDOW * 256  # numbers of one symbol that are kept and shown at once
LONG = 5_000  # tokens from which the pass shows its progress and stays in the session


class ShownRun(NamedTuple):
    """What a page shows of a pass: every layer over the window of steps, and the answers, if it answers.

    `weights` are pairs (first step, layers from there on): an encoder and its decoder are shown as one.
    """

    layers: tuple[LayerRun, ...]
    output: Steps | None
    weights: tuple[tuple[int, tuple[Layer, ...]], ...]

    def trace(self, at: Position) -> Trace:
        """The layer and direction that the reader looks at."""
        layer = self.layers[at.layer - 1]
        chosen = layer.backward if at.direction == "backward" else layer.forward
        assert chosen is not None, "a selection that fits shows only directions that there are"
        return chosen

    def weights_of(self, at: Position) -> tuple[tuple[int, Weights], ...]:
        """The weights of that layer and direction, with the step from which on they are in force."""
        found = []
        for first, layers in self.weights:
            layer = layers[at.layer - 1]
            chosen = layer.backward if at.direction == "backward" else layer.forward
            assert chosen is not None, "weights have the directions of their trace"
            found.append((first, chosen))
        return tuple(found)


class ReadText(NamedTuple):
    """What is stepped through: the tokens, and the first of them that the network wrote itself, if any."""

    text: TokenizedText
    own: int | None = None


def fault(source: Source) -> str:
    """What is wrong with the chosen network's file, if anything; all other networks still work."""
    try:
        network(source)
    except ValueError as error:
        return str(error)
    return ""


def shared(choice: NetworkChoice) -> str:
    """A choice as a key of what all sessions share: one string is hashed faster than eleven fields."""
    if choice.network == YOURS:
        raise PermissionError("a reader's own network is kept in her session alone")
    return repr(choice)


KEYS: dict[str | type[Any], Callable[[Any], Any]] = {NetworkChoice: shared, TextChoice: repr}


@st.cache_resource(max_entries=64, show_spinner=False, hash_funcs=KEYS)
def _network(weights: NetworkChoice) -> Network:
    return resolve(weights).network()


def network(source: Source) -> Network:
    """The chosen network, drawn once for all who choose it."""
    return source.network() if source.private else _network(source.weights)


@st.cache_resource(max_entries=32, show_spinner=False, hash_funcs=KEYS)
def _run(choice: NetworkChoice, text: TextChoice, edits: str, most: int) -> ShownRun:
    source = resolve(choice)
    read = completed(source, text, most)
    return _shown(source, text, edits, read, None)


def run(
    source: Source,
    text: TextChoice,
    edits: str,
    read: ReadText,
    most: int,
    report: Callable[[float], None],
) -> ShownRun:
    """Every layer of the chosen network, and its answers, over the window of steps shown.

    `read` are the first `most` tokens of the text, and what the network writes behind them; `edits` are those
    in force, in a line. A long text is read once a session and choice; `report` hears the share that is done.
    """
    if source.private or len(read.text.tokens) > LONG:
        key = ("run", source.choice, text, edits, most)
        return private.once(key, lambda: _shown(source, text, edits, read, report))
    return _run(source.choice, text, edits, most)


def _shown(
    source: Source, text: TextChoice, edits: str, read: ReadText, report: Callable[[float], None] | None
) -> ShownRun:
    if source.entry.kind == "published":
        return _translated(translation(text.text))
    rows = source.inputs(read.text).rows
    known = network(source)
    shown = window(source, text, len(rows))
    with np.errstate(over="ignore", invalid="ignore"):  # a file's weights may be as large as numbers get
        found = known.run(rows, keep=shown, report=report, edits=parsed(edits) or ())
    return ShownRun(found.layers, found.output, ((0, known.layers),))


def _translated(both: Translation) -> ShownRun:
    pair = g2p()
    weights = ((0, pair.encoder.layers), (len(both.read), pair.decoder.layers))
    return ShownRun((LayerRun(both.trace),), both.answers, weights)


@st.cache_resource(max_entries=64, show_spinner=False)
def translation(text: str) -> Translation:
    """Spelling to phonemes, both passes."""
    return g2p().translate(read(text.lower(), "characters").tokens)


def completed(source: Source, text: TextChoice, most: int) -> ReadText:
    """The first `most` tokens of a text and what the network writes behind them: what is stepped through."""
    if source.entry.kind == "published":
        both = translation(text.text)
        return ReadText(TokenizedText(both.tokens), len(both.read) + 1)
    typed = source.read(text.text).cut(most)
    if not (source.entry.writes and text.write):
        return ReadText(typed)
    prompt = typed.tokens or ("\n",)
    # An edited network goes on reading what it wrote as it came: else there would be nothing to compare.
    written = _written(source.plain.weights, source.choice.seed, prompt, text.write, text.temperature)
    return ReadText(TokenizedText((*prompt, *written)), len(prompt))


@st.cache_data(max_entries=64, show_spinner=False, hash_funcs=KEYS)
def _written(
    weights: NetworkChoice, seed: int, prompt: tuple[str, ...], most: int, temperature: int
) -> tuple[str, ...]:
    source = resolve(weights)
    assert source.card is not None, "only trained networks write"
    card, rng = source.card, np.random.default_rng(seed)
    return write(network(source), card.read, card.answers, prompt, most, temperature / 100, rng)


def widest(source: Source) -> int:
    """How many steps are shown at once: fewer where each has very many numbers."""
    largest = max(int(size) for layer in network(source).layers for size in layer.forward.W[0].shape)
    return max(1, min(WINDOW, ROOM // largest))


def window(source: Source, text: TextChoice, steps: int) -> tuple[int, int]:
    """First and last-plus-one of the steps shown, counted from 0."""
    most = widest(source)
    first = max(0, min(text.start - 1, steps - most))
    return first, min(steps, first + most)
