"""`view`: a network and what it reads, as a page in a notebook's cell, a file, or a widget."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property
from html import escape
from pathlib import Path
from typing import Any

from cells import Edit, LayerState, Network
from cells.edit_text import parsed, written
from cells.trace import Trace
from ui.handout import Handout
from ui.notebook.given import GivenView, Names, given_view, in_order
from ui.runs import sentences
from ui.stepper.run_message import Message, data_of
from ui.stepper.view import View, view_of
from ui.words import LANGUAGES

HEIGHT = 760  # pixels of the page in a cell


class NotebookView:
    """A run of a network, shown: its last expression in a cell draws it, `save` keeps it, `widget` lives.

    `trace` is the direction of the layer that is shown, `network` what computed it, `agrees` the largest
    difference from the live layer's own h, None where there was none.
    """

    def __init__(self, viewed: GivenView, symbols: Sequence[str]) -> None:
        self._viewed, self._symbols = viewed, tuple(symbols)

    @property
    def network(self) -> Network:
        """The network."""
        return self._viewed.network

    @property
    def trace(self) -> Trace:
        """What the layer and direction shown computed: trace["f"] is (time, unit)."""
        return self._shown.trace

    @property
    def agrees(self) -> float | None:
        """The largest difference between our h and the live layer's; None where it was not asked."""
        return self._viewed.agrees

    @cached_property
    def _shown(self) -> View:
        return view_of(self._viewed)

    @cached_property
    def _message(self) -> Message:
        look, resting = sentences.look(self._viewed, self._shown.trace), sentences.at_rest(self._viewed)
        return data_of(self._viewed, self._shown, look, "link_without_network", False, resting)

    @cached_property
    def _handout(self) -> Handout:
        viewed = self._viewed
        made, agrees = date.today(), viewed.agrees
        return Handout(viewed, self._shown, self._message, self._symbols, made, "", viewed.called, agrees)

    @cached_property
    def page(self) -> str:
        """The view as one HTML page that needs nothing else."""
        return self._handout.page

    def save(self, path: str | Path) -> Path:
        """Write the page to a file, which any browser opens."""
        path = Path(path)
        path.write_text(self.page, "utf-8")
        return path

    def widget(self) -> Any:
        """The view as a widget whose step, unit and edits are traits; it needs the package anywidget."""
        from ui.notebook.widget import widget

        return widget(self._handout)

    def _repr_html_(self) -> str:
        """The page in a frame of its own: of two in a notebook the focused one has the keys."""
        style = f"width: 100%; height: {HEIGHT}px; border: 0; border-radius: 8px"
        page, title = escape(self.page), escape(repr(self))
        return f'<iframe srcdoc="{page}" title="{title}" style="{style}" allow="clipboard-write"></iframe>'

    def __repr__(self) -> str:
        layers, units = len(self.network.layers), self.trace["h"].shape[1]
        shape = f"{layers} layer{'s' * (layers > 1)}, {units} units, {len(self.trace)} steps"
        agrees = "" if self.agrees is None else f", agrees with the model to {self.agrees:.0e}"
        return f"{self._viewed.called}: {self.network.cell}, {shape}{agrees}"


def view(
    source: Any,
    read: Any = None,
    *,
    layer: int = 1,
    direction: str = "forward",
    symbols: Sequence[str] | None = None,
    step: int = 1,
    unit: int = 1,
    edits: Sequence[Edit] | str = (),
    vocabulary: Sequence[str] | Mapping[Any, Any] = (),
    labels: Sequence[str] | Mapping[Any, Any] = (),
    initial: Sequence[LayerState] | None = None,
    lang: str = "en",
    **answers: str,
) -> NotebookView:
    """Every gate of a recurrent network at every step of what it reads, to step through.

    `source` is a Network, a live PyTorch or Keras model or layer, what `recorded` gave, a file, a dictionary
    of arrays, or the name of a network that ships ("count10"). `read` is a text, tokens, rows (time, feature)
    or places in an embedding (time,); a live layer is run on its rows and must agree. `vocabulary` names what
    the network reads, in order or by a map of places, `labels` what it answers; `initial` holds a LayerState
    for each layer, as `run.final` does. `layer`, `step` and `unit` count from 1. `answers` are to what a file
    leaves open. ValueError says in a sentence what does not fit.
    """
    if lang not in LANGUAGES:
        raise ValueError(f"lang is {lang!r}; choose one of {', '.join(LANGUAGES)}")
    viewed = given_view(
        source,
        read,
        Names(in_order("vocabulary", vocabulary), in_order("labels", labels)),
        initial,
        lang,
        answers,
    )
    if not viewed.legible:
        raise ValueError(viewed.words(f"fault.{viewed.typed.fault}", **dict(viewed.typed.details)))
    line = edits if isinstance(edits, str) else written(edits)
    if parsed(line) is None:
        raise ValueError(f"edits are {line!r}; write them as f.3@5-9=0")
    place: Mapping[str, Any] = {"layer": layer, "direction": direction, "step": step, "unit": unit}
    _check_place(viewed, **place)
    known = ("x", *viewed.run().trace(viewed.selection.at).symbols)
    chosen = known[1:] if symbols is None else tuple(symbols)
    if strange := [symbol for symbol in chosen if symbol not in known]:
        raise ValueError(
            f"there is no {', '.join(strange)} in the {viewed.choice.cell}; it has {', '.join(known)}"
        )
    return NotebookView(replace(viewed, selection=viewed.selection.but(edit=line, **place)), chosen)


def _check_place(viewed: GivenView, layer: int, direction: str, step: int, unit: int) -> None:
    """The layer, direction, step and unit are there."""
    layers, steps = viewed.network.layers, len(viewed.tokens)
    if not 1 <= layer <= len(layers):
        raise ValueError(f"layer is {layer}; the network has 1..{len(layers)}")
    directions = ("forward", "backward") if layers[layer - 1].backward is not None else ("forward",)
    if direction not in directions:
        raise ValueError(f"direction is {direction!r}; the layer has {' and '.join(directions)}")
    units = len(layers[layer - 1].forward.U[0])
    for name, value, most in (("step", step, steps), ("unit", unit, units)):
        if not 1 <= value <= most:
            raise ValueError(f"{name} is {value}; there are 1..{most}")
