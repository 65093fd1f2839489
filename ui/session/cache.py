"""What is worth keeping between reruns: bounded, keyed on values.

A long text and a reader's own network stay in their session: what is private never becomes a key of a cache
that others reach.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple, TypeVar

import numpy as np
import streamlit as st

from cells import Network
from cells.arrays import Steps
from cells.encoder_decoder import Translation, g2p
from cells.sampling import write
from cells.trace import Trace
from cells.weights import Weights
from ui.networks import registry
from ui.networks.defaults import OF_THE_VIEW, Selection
from ui.networks.registry import Inputs
from ui.networks.tokenize import Reading, read
from ui.session import private

Directed = TypeVar("Directed", Trace, Weights)

WINDOW = 2_000  # steps kept and shown at once
ROOM = WINDOW * 256  # numbers of one symbol that are kept and shown at once
LONG = 5_000  # tokens from which the pass shows its progress and stays in the session


class Shown(NamedTuple):
    """What the page shows of a pass: one layer and direction, the answers if there is a readout, the weights.

    `weights` are pairs (first step, weights from there on): an encoder and its decoder are shown as one.
    """

    trace: Trace
    output: Steps | None
    weights: tuple[tuple[int, Weights], ...]


def computed(selection: Selection) -> Selection:
    """The selection without what only changes how its numbers are looked at."""
    plain = Selection()
    return replace(selection, **{name: getattr(plain, name) for name in OF_THE_VIEW})


def weights_only(selection: Selection) -> Selection:
    """The selection without what the weights do not depend on: the same network for every text."""
    plain, story = Selection(), registry.story(selection.network)
    chosen = replace(
        computed(selection), text="", layer=plain.layer, direction=plain.direction, start=plain.start
    )
    if story.shaped:
        return chosen
    return replace(
        chosen,
        units=plain.units,
        layers=plain.layers,
        initialisation=plain.initialisation,
        write=plain.write,
        temperature=plain.temperature,
        seed=selection.seed if selection.twin else plain.seed,
    )


def fault(selection: Selection) -> str:
    """What is wrong with the chosen network's file, if anything; all other networks still work."""
    try:
        network(selection)
    except ValueError as error:
        return str(error)
    return ""


def shared(selection: Selection) -> str:
    """A selection as a key of what all sessions share.

    One string is hashed in 0.03 ms, field by field it takes 0.46, four times a run.
    """
    assert not registry.private(selection), "a reader's own network is kept in her session alone"
    return repr(selection)


@st.cache_resource(max_entries=64, show_spinner=False, hash_funcs={Selection: shared})
def _network(selection: Selection) -> Network:
    return registry.network(selection)


def network(selection: Selection) -> Network:
    """The chosen network, drawn once for all who choose it."""
    key = weights_only(selection)
    return registry.network(key) if registry.private(key) else _network(key)


@st.cache_resource(max_entries=48, show_spinner=False, hash_funcs={Selection: shared})
def _run(selection: Selection, _inputs: Inputs) -> Shown:
    return _shown(selection, _inputs, None)


def run(selection: Selection, inputs: Inputs, report: Callable[[float], None]) -> Shown:
    """The chosen layer and direction, and the network's answers, over the window of steps shown.

    A long text is read once a session and choice; `report` hears the share that is done.
    """
    key = computed(selection)
    if registry.private(key) or len(inputs.rows) > LONG:
        return private.once(key, lambda: _shown(key, inputs, report))
    return _run(key, inputs)


def _shown(selection: Selection, inputs: Inputs, report: Callable[[float], None] | None) -> Shown:
    if registry.story(selection.network).kind == "published":
        return _translated(translation(selection.text))
    first, last = window(selection, len(inputs.rows))
    with np.errstate(over="ignore", invalid="ignore"):  # a file's weights may be as large as numbers get
        run = network(selection).run(inputs.rows, keep=(first, last), report=report)
    layer, weights = run.layers[selection.layer - 1], network(selection).layers[selection.layer - 1]
    return Shown(
        _directed(selection, layer.forward, layer.backward),
        run.output,
        ((0, _directed(selection, weights.forward, weights.backward)),),
    )


def _translated(both: Translation) -> Shown:
    pair = g2p()
    reads, writes = pair.encoder.layers[0].forward, pair.decoder.layers[0].forward
    return Shown(both.trace, both.answers, ((0, reads), (len(both.read), writes)))


@st.cache_resource(max_entries=64, show_spinner=False)
def translation(text: str) -> Translation:
    """Spelling to phonemes, both passes."""
    return g2p().translate(read(text.lower(), "characters").tokens)


def completed(selection: Selection, reading: Reading) -> tuple[Reading, int | None]:
    """The tokens that are stepped through, and the first of them that the network wrote itself, if any."""
    story = registry.story(selection.network)
    if story.kind == "published":
        both = translation(selection.text)
        return Reading(both.tokens), len(both.read) + 1
    if not (story.writes and selection.write):
        return reading, None
    prompt = reading.tokens or ("\n",)
    return Reading((*prompt, *_written(writing(selection), prompt))), len(prompt)


def writing(selection: Selection) -> Selection:
    """The selection without what the written text does not depend on, its beginning aside."""
    chosen = weights_only(selection)
    return replace(chosen, write=selection.write, temperature=selection.temperature, seed=selection.seed)


@st.cache_data(max_entries=64, show_spinner=False, hash_funcs={Selection: shared})
def _written(selection: Selection, prompt: tuple[str, ...]) -> tuple[str, ...]:
    card = registry.card(selection)
    assert card is not None, "only trained networks write"
    return write(
        network(selection),
        card.read,
        card.answers,
        prompt,
        selection.write,
        selection.temperature / 100,
        np.random.default_rng(selection.seed),
    )


def _directed(selection: Selection, forward: Directed, backward: Directed | None) -> Directed:
    chosen = backward if selection.direction == "backward" else forward
    assert chosen is not None, "a selection that fits shows the backward direction only where there is one"
    return chosen


def widest(selection: Selection) -> int:
    """How many steps are shown at once: fewer where each has very many numbers."""
    weights = network(selection).layers[selection.layer - 1].forward
    return max(1, min(WINDOW, ROOM // max(map(int, weights.W[0].shape))))


def window(selection: Selection, steps: int) -> tuple[int, int]:
    """First and last-plus-one of the steps shown, counted from 0."""
    most = widest(selection)
    first = max(0, min(selection.start - 1, steps - most))
    return first, min(steps, first + most)
