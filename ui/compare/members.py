"""Several networks on one text: what the views of the compare page are drawn from."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np
import plotly.graph_objects as go

from cells import Network, shipped
from cells.costs import costs, matched_units
from cells.trace import Trace
from cells.weights import Weights
from ui.compare import own
from ui.figures.curves import Plot, curves
from ui.figures.theme import NETWORKS
from ui.networks import cards
from ui.networks.comparable import KINDS
from ui.networks.kinds import features
from ui.networks.tokenize import TokenizedText
from ui.page import workspace
from ui.selection.records import TRAINED
from ui.session import private
from ui.session.chosen import Chosen
from ui.session.screen import PHONE_LETTERS, narrow
from ui.stepper.view import View
from ui.words import Words

MOST_UNITS = 256
MOST_FLOW = 400  # steps through which Jacobians are chained, and up to which a gradient follows the step
DASHES = ("solid", "dash", "dashdot", "longdash")  # tell networks apart where hues don't
Draw: TypeAlias = Callable[[int, int], None]  # a view at a step and a unit, both counted from 0


def both(name: str) -> bool:
    """Whether the network of this name reads from both ends."""
    return KINDS[name][1] == 2 if name in KINDS else shipped.card(name).bidirectional


@dataclass(frozen=True)
class Member:
    """One network of a comparison on the text: its name in the link, what it is called, what it computed."""

    name: str
    label: str
    chosen: Chosen
    view: View

    @property
    def trace(self) -> Trace:
        """The forward direction of its first layer."""
        return self.view.trace

    @property
    def weights(self) -> Weights:
        """Those that the trace was computed with."""
        return self.view.weights[0][1]

    @property
    def network(self) -> Network:
        """The whole of it."""
        return self.chosen.network

    @property
    def rows(self) -> np.ndarray:
        """What it reads."""
        return np.asarray(self.chosen.inputs.rows)

    @property
    def both(self) -> bool:
        """Whether it reads from both ends."""
        return self.chosen.source.directions == 2

    @property
    def hue(self) -> str:
        """The colour of its architecture."""
        return NETWORKS["Bi-LSTM" if self.both else self.trace.cell.partition(" (")[0]]


@dataclass(frozen=True)
class Comparison:
    """The networks side by side, and what the reader chose: the text that all of them read, and the view."""

    chosen: Chosen
    members: Sequence[Member]
    about: str = ""  # the cell that the view is about, where it is about one

    @property
    def words(self) -> Words:
        """In the reader's language."""
        return self.chosen.words

    @property
    def text(self) -> TokenizedText:
        """The text that all of them read."""
        return self.chosen.read.text

    @property
    def lead(self) -> Member:
        """The network in diagram and equations: the reader's choice, if the view can be of that."""
        wanted = self.chosen.selection.compare.lead
        return next((member for member in self.leads if member.name == wanted), self.leads[0])

    @property
    def leads(self) -> Sequence[Member]:
        """Those that the view can be of; all where it is about no cell, or none has it."""
        return [one for one in self.members if one.trace.cell.startswith(self.about)] or self.members

    @property
    def looks(self) -> Sequence[tuple[str, str]]:
        """Colour and dash of each network's line: that of its architecture, but no colour twice."""
        usual = [member.hue for member in self.members]
        free = [hue for hue in NETWORKS.values() if hue not in usual]
        hues = [free.pop() if hue in usual[:place] else hue for place, hue in enumerate(usual)]
        return list(zip(hues, DASHES, strict=False))

    @property
    def edited(self) -> bool:
        """Whether an edit is in force on any of the networks."""
        return any(member.chosen.edits.in_force for member in self.members)

    @property
    def unedited(self) -> Comparison:
        """The same networks without the reader's edits."""
        chosen = self.chosen.unedited
        return replace(self, chosen=chosen, members=[member_of(chosen, one.name) for one in self.members])

    @property
    def one_line(self) -> str:
        """That two networks share a line, where one seed gives them the same weights."""
        found = {member.name: member.trace["h"] for member in self.members}
        same = {"LSTM", "Bi-LSTM"} <= {*found} and np.array_equal(found["LSTM"], found["Bi-LSTM"])
        return self.words("view.one_line") if same else ""

    @property
    def first(self) -> int:
        """The number of the first step shown."""
        return self.lead.view.first

    @property
    def tokens(self) -> Sequence[str]:
        """The tokens of the steps shown, as they stand on the axes."""
        return self.lead.view.tokens

    def figure(self, plots: Sequence[Plot]) -> go.Figure:
        """Plots over the steps shown, beside each other; on a phone below."""
        if narrow():
            return curves(plots, self.tokens, self.first, 1, PHONE_LETTERS)
        return curves(plots, self.tokens, self.first)


def label(chosen: Chosen, name: str, changed: bool = False) -> str:
    """How a network of the comparison is called; `changed` where the reader edited it."""
    words = chosen.words
    if chosen.source.private:
        usual = private.labels(words).get(name, name)
        return f"{usual} · {words('badge.edited')}" if changed else usual
    if name not in KINDS:
        return cards.sibling(shipped.card(name), words, chosen.choice, changed)
    cell, directions = KINDS[name]
    usual = words("badge.bi", cell=cell) if directions == 2 else cell
    return f"{usual} · {words('badge.edited')}" if changed else usual


def member(chosen: Chosen, name: str) -> Chosen:
    """One of the networks alone: one layer, since what stands side by side is the cells."""
    choice = chosen.choice
    if (hers := private.named(name)) is not None:
        return chosen.but(model=name, cell=hers.network.cell, layer=1, direction="forward")
    if chosen.source.private:  # a trained one beside hers, as it ships
        beside = {"network": own.entry_of_shipped(name), "checkpoint": TRAINED}
        cell = shipped.card(name).cell
        return chosen.but(model=name, cell=cell, write=0, twin=0, layer=1, direction="forward", **beside)
    if name not in KINDS:
        cell = shipped.card(name).cell
        return chosen.but(model=name, cell=cell, layers=1, layer=1, direction="forward")
    (cell, directions), units = KINDS[name], choice.units
    if chosen.selection.compare.matched_by == "parameters":
        wanted = costs("LSTM", features(choice), units).parameters
        units = matched_units(cell, features(choice), wanted, directions)
    return chosen.but(
        cell=cell,
        directions=directions,
        units=min(units, MOST_UNITS),
        layers=1,
        layer=1,
        direction="forward",
    )


def names_of(chosen: Chosen) -> tuple[str, ...]:
    """The names of the networks side by side."""
    return own.chosen_names() if chosen.source.private else chosen.selection.compare.networks


def members(chosen: Chosen) -> Mapping[str, Chosen]:
    """All of them, by name; a reader's own as they are labelled."""
    known = private.labels(chosen.words) if chosen.source.private else {}
    return {known.get(name, name): member(chosen, name) for name in names_of(chosen)}


def member_of(chosen: Chosen, name: str) -> Member:
    """One of the networks, its run, and what it is called."""
    one = member(chosen, name)
    return Member(name, label(chosen, name, one.changed), one, workspace.viewed(one))


def edited(chosen: Chosen) -> bool:
    """Whether any of the networks is one that the reader edited."""
    return any(one.changed for one in members(chosen).values())
