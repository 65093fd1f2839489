"""What is worth keeping between reruns: bounded, and keyed on all that the value depends on.

Cached functions compute from their keys alone. A long text and a reader's own network stay in their session:
what is private never becomes a key of a cache that others reach. They are called by keyword: of any other
argument Streamlit looks up the name in the function's signature, at each call.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from cells import Network
from cells.encoder_decoder import Translation
from ui.networks.own import YOURS
from ui.networks.registry import Source, resolve
from ui.runs import passes
from ui.runs.passes import ReadText, ShownRun
from ui.selection.records import NetworkChoice, TextChoice
from ui.session import private

LONG = 5_000  # tokens from which the pass shows its progress and stays in the session


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
    return source.network() if source.private else _network(weights=source.weights)


@st.cache_resource(max_entries=32, show_spinner=False, hash_funcs=KEYS)
def _run(choice: NetworkChoice, text: TextChoice, edits: str, most: int) -> ShownRun:
    source = resolve(choice)
    return passes.shown_run(
        source, network(source), text, edits, completed(source, text, most), None, translation
    )


def run(
    source: Source,
    text: TextChoice,
    edits: str,
    read: ReadText,
    most: int,
    report: Callable[[float], None],
) -> ShownRun:
    """`passes.shown_run` over the first `most` tokens; a long text is read once a session and choice."""
    if source.private or len(read.text.tokens) > LONG:
        key = ("run", source.choice, text, edits, most)
        return private.once(
            key,
            lambda: passes.shown_run(source, network(source), text, edits, read, report, translation),
        )
    return _run(choice=source.choice, text=text, edits=edits, most=most)


@st.cache_resource(max_entries=64, show_spinner=False)
def translation(text: str) -> Translation:
    """Spelling to phonemes, both passes."""
    return passes.translated(text)


def completed(source: Source, text: TextChoice, most: int) -> ReadText:
    """`passes.completed`, what networks write kept for all."""
    return passes.completed(source, text, most, translation, _writer)


def _writer(source: Source, prompt: tuple[str, ...], most: int, temperature: int) -> tuple[str, ...]:
    return _written(
        weights=source.weights, seed=source.choice.seed, prompt=prompt, most=most, temperature=temperature
    )


@st.cache_data(max_entries=64, show_spinner=False, hash_funcs=KEYS)
def _written(
    weights: NetworkChoice, seed: int, prompt: tuple[str, ...], most: int, temperature: int
) -> tuple[str, ...]:
    source = resolve(weights)
    return passes.written(source, network(source), seed, prompt, most, temperature)


def widest(source: Source) -> int:
    """How many steps are shown at once: fewer where each has very many numbers."""
    return passes.widest(network(source))
