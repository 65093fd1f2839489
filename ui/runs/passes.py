"""What a pass over a text gives a page: all layers over the steps shown, and the answers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from cells import Network
from cells.arrays import Steps
from cells.edit_text import parsed
from cells.encoder_decoder import Translation, g2p
from cells.layers import Layer, LayerRun, LayerState
from cells.sampling import write
from cells.trace import Trace
from cells.weights import Weights
from ui.networks.registry import Source
from ui.networks.tokenize import TokenizedText, read
from ui.selection.records import Position, TextChoice

WINDOW = 2_000  # steps kept and shown at once
ROOM = WINDOW * 256  # numbers of one symbol that are kept and shown at once


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


# What a network writes behind a prompt: source, prompt, how many tokens, temperature in percent.
Writer = Callable[[Source, tuple[str, ...], int, int], tuple[str, ...]]


def translated(text: str) -> Translation:
    """Spelling to phonemes, both passes."""
    return g2p().translate(read(text.lower(), "characters").tokens)


def written(
    source: Source, network: Network, seed: int, prompt: tuple[str, ...], most: int, temperature: int
) -> tuple[str, ...]:
    """What a trained network writes behind a prompt, its choices drawn from the seed."""
    assert source.card is not None, "only trained networks write"
    card, rng = source.card, np.random.default_rng(seed)
    return write(network, card.read, card.answers, prompt, most, temperature / 100, rng)


def _writer(source: Source, prompt: tuple[str, ...], most: int, temperature: int) -> tuple[str, ...]:
    return written(source, source.network(), source.choice.seed, prompt, most, temperature)


def completed(
    source: Source,
    text: TextChoice,
    most: int,
    translate: Callable[[str], Translation] = translated,
    writer: Writer = _writer,
) -> ReadText:
    """The first `most` tokens of a text and what the network writes behind them: what is stepped through."""
    if source.entry.kind == "published":
        both = translate(text.text)
        return ReadText(TokenizedText(both.tokens), len(both.read) + 1)
    typed = source.read(text.text).cut(most)
    if not (source.entry.writes and text.write):
        return ReadText(typed)
    prompt = typed.tokens or ("\n",)
    # An edited network goes on reading what it wrote as it came: else there would be nothing to compare.
    own = writer(source.plain, prompt, text.write, text.temperature)
    return ReadText(TokenizedText((*prompt, *own)), len(prompt))


def shown_run(
    source: Source,
    network: Network,
    text: TextChoice,
    edits: str,
    read: ReadText,
    report: Callable[[float], None] | None = None,
    translate: Callable[[str], Translation] = translated,
    initial: Sequence[LayerState] | None = None,
) -> ShownRun:
    """Every layer of the source's network, and its answers, over the window of steps shown.

    `read` is what is stepped through, `edits` are those in force, in a line; `report` hears the share that is
    done; `initial` is where it begins, None for zeros.
    """
    if source.entry.kind == "published":
        return _of_both(translate(text.text))
    rows = source.inputs(read.text).rows
    shown = window(network, text, len(rows))
    with np.errstate(over="ignore", invalid="ignore"):  # a file's weights may be as large as numbers get
        found = network.run(rows, initial, shown, report, parsed(edits) or ())
    return ShownRun(found.layers, found.output, ((0, network.layers),))


def _of_both(both: Translation) -> ShownRun:
    pair = g2p()
    weights = ((0, pair.encoder.layers), (len(both.read), pair.decoder.layers))
    return ShownRun((LayerRun(both.trace),), both.answers, weights)


def widest(network: Network) -> int:
    """How many steps are shown at once: fewer where each has very many numbers."""
    largest = max(int(size) for layer in network.layers for size in layer.forward.W[0].shape)
    return max(1, min(WINDOW, ROOM // largest))


def window(network: Network, text: TextChoice, steps: int) -> tuple[int, int]:
    """First and last-plus-one of the steps shown, counted from 0."""
    most = widest(network)
    first = max(0, min(text.start - 1, steps - most))
    return first, min(steps, first + most)
