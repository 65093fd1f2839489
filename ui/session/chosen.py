"""What a reader of the app chose, computed once for her session or for all who choose the same."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import streamlit as st

from cells import Network
from ui.networks.registry import resolve
from ui.runs.passes import ReadText, ShownRun
from ui.runs.viewed import Viewed
from ui.selection.records import MOST, Selection
from ui.session import cache, private
from ui.words import Words

STOPPED = "stopped"  # the session's key of the text whose long pass the reader stopped


@dataclass(frozen=True, eq=False)
class Chosen(Viewed):
    """A selection of a session with what stands behind it, in the reader's language."""

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
    source = resolve(selection.network, private.uploaded())
    return Chosen(selection, source, Words(selection.display.lang))
