"""What a reader of the app chose, computed once for her session or for all who choose the same."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Self

import streamlit as st

from cells import Network
from ui.networks.registry import Source, resolve
from ui.runs.passes import ReadText, ShownRun
from ui.runs.viewed import Viewed
from ui.selection.records import MOST, NetworkChoice, Selection
from ui.session import cache, private
from ui.words import Words

STOPPED = "stopped"  # the session's key of the text whose long pass the reader stopped


@dataclass(frozen=True, eq=False)
class Chosen(Viewed):
    """A selection of a session with what stands behind it, in the reader's language."""

    def but(self, **parts: str | int | tuple[str, ...]) -> Self:
        """The same with other values of these parts; `model` names one of the reader's networks, too."""
        selection = self.selection.but(**parts)
        return replace(self, selection=selection, source=_source(selection.network))

    @cached_property
    def fault(self) -> str:
        """What is wrong with the network's file, if anything."""
        return cache.fault(self.source)

    @cached_property
    def network(self) -> Network:
        """The network."""
        return cache.network(self.source)

    @property
    def plain(self) -> Network:
        """The network with its weights as they came."""
        return cache.network(self.source.plain)

    @cached_property
    def stopped(self) -> bool:
        """Whether the reader stopped the long pass over this text: one window of it is read then."""
        return st.session_state.get(STOPPED) == self.selection.text and len(self.typed.tokens) > cache.LONG

    @cached_property
    def most(self) -> int:
        """How many tokens of the text are read."""
        return cache.widest(self.source) if self.stopped else MOST

    @cached_property
    def read(self) -> ReadText:
        """What is stepped through: the text, and what the network writes behind it."""
        return cache.completed(self.source, self.selection.text, self.most)

    def run(self, report: Callable[[float], None] = lambda _: None) -> ShownRun:
        """The pass over the text; `report` hears the share that is done where that takes long."""
        line = self.edits.line
        return cache.run(self.source, self.selection.text, line, self.read, self.most, report)


def chosen(selection: Selection) -> Chosen:
    """What stands behind a selection of this session."""
    return Chosen(selection, _source(selection.network), Words(selection.display.lang))


def _source(choice: NetworkChoice) -> Source:
    """What stands behind a choice of this session."""
    return resolve(choice, private.named(choice.model) or private.present())
