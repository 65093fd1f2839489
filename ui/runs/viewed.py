"""What a reader chose, and all that follows from it: each question is asked once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Self

from cells import Network
from cells.edit_text import parsed
from cells.layers import LayerState
from ui.networks.kinds import Inputs
from ui.networks.registry import Source, resolve
from ui.networks.tokenize import TokenizedText
from ui.runs import passes
from ui.runs.link import link_of
from ui.runs.passes import ReadText, ShownRun
from ui.selection.alterations import FittedAlterations, fitted_alterations
from ui.selection.edits import Fitted, fitted, refused
from ui.selection.records import MOST, NetworkChoice, Selection, TextChoice
from ui.words import Words


@dataclass(frozen=True, eq=False)
class Viewed:
    """A selection with what stands behind it, in the reader's language.

    It computes by itself; the app's ui.session.chosen.Chosen keeps what was computed. Not `edited` where the
    selection's edits are left aside: the network as it is. `initial` are the states that it begins with, None
    for zeros.
    """

    selection: Selection
    source: Source
    words: Words
    edited: bool = True
    initial: tuple[LayerState, ...] | None = None

    @property
    def choice(self) -> NetworkChoice:
        """The chosen network."""
        return self.selection.network

    @cached_property
    def fault(self) -> str:
        """What is wrong with the network's file, if anything."""
        return ""

    @cached_property
    def network(self) -> Network:
        """The network."""
        return self.source.network()

    @property
    def plain(self) -> Network:
        """The network with its weights as they came."""
        return self.source.plain.network()

    @cached_property
    def typed(self) -> TokenizedText:
        """What the reader typed, as tokens, or what is wrong with it."""
        return self.source.read(self.selection.text.text)

    @property
    def written(self) -> str | None:
        """The text as it was typed, where the steps come from one."""
        return self.selection.text.text

    @cached_property
    def alterations(self) -> FittedAlterations:
        """Which of the weights that were to be altered are, and which the network lacks."""
        return FittedAlterations() if self.fault else fitted_alterations(self.choice.altered, self.network)

    @property
    def changed(self) -> bool:
        """Whether the numbers are those of a network that the reader edited."""
        return bool(self.edits.in_force or self.alterations.in_force)

    @property
    def original(self) -> Self:
        """The same without edits and with its weights as they came."""
        return self.but(weights="", edit="") if self.changed else self

    @property
    def legible(self) -> bool:
        """Whether there is something to step through: tokens, or a network that writes its own."""
        writes = self.source.entry.writes and self.selection.text.write > 0
        return not self.typed.fault or (self.typed.fault == "empty" and writes)

    @property
    def pass_over(self) -> tuple[NetworkChoice, TextChoice, str]:
        """What the numbers depend on."""
        return self.choice, self.selection.text, self.edits.line

    @cached_property
    def most(self) -> int:
        """How many tokens of the text are read."""
        return MOST

    @cached_property
    def read(self) -> ReadText:
        """What is stepped through: the text, and what the network writes behind it."""
        return passes.completed(self.source, self.selection.text, self.most)

    @property
    def tokens(self) -> tuple[str, ...]:
        """The tokens of all steps."""
        return self.read.text.tokens

    @cached_property
    def inputs(self) -> Inputs:
        """What the network reads; what it wrote itself is never strange to it."""
        inputs = self.source.inputs(self.read.text)
        if self.read.own is None:
            return inputs
        typed = self.typed.cut(self.most)
        return replace(inputs, unknown=self.source.inputs(typed).unknown if typed.tokens else ())

    @cached_property
    def edits(self) -> Fitted:
        """The edits in force on this network and text, and those that rest; none where not `edited`."""
        edits = parsed(self.selection.edits.written) if self.edited else ()
        if not edits or self.fault or not self.legible:
            return Fitted()
        if self.source.entry.kind == "published":
            return refused(edits)
        return fitted(edits, self.network, len(self.tokens))

    @property
    def unedited(self) -> Self:
        """The same, the selection's edits left aside."""
        return replace(self, edited=False)

    def run(self, report: Callable[[float], None] = lambda _: None) -> ShownRun:
        """The pass over the text; `report` hears the share that is done where that takes long."""
        text, line = self.selection.text, self.edits.line
        return passes.shown_run(
            self.source, self.network, text, line, self.read, report, initial=self.initial
        )

    @cached_property
    def window(self) -> tuple[int, int]:
        """First and last-plus-one of the steps shown, counted from 0."""
        return passes.window(self.network, self.selection.text, len(self.tokens))

    @cached_property
    def link(self) -> str:
        """The query string of the view."""
        return link_of(self.selection, self.source.own)

    def but(self, **parts: str | int | tuple[str, ...]) -> Self:
        """The same with other values of these parts of the selection."""
        selection = self.selection.but(**parts)
        return replace(self, selection=selection, source=resolve(selection.network, self.source.own))
