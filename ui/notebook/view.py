"""`view`: a network and what it reads, as a page in a notebook's cell, a file, or a widget."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property
from html import escape
from operator import index
from pathlib import Path
from typing import Any

from cells import CELLS, Edit, LayerState, Network
from cells.edit_text import parsed, written
from cells.edits import check_edits
from cells.trace import Trace
from ui.handout import Handout
from ui.notebook.given import GivenView, given_view
from ui.notebook.steps import Names, in_order
from ui.runs import sentences
from ui.runs.passes import widest
from ui.stepper.run_message import Message, data_of
from ui.stepper.view import View, view_of
from ui.words import LANGUAGES

ENDS = {"en": ".", "zh": "。"}  # of a sentence
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
        """What the layer and direction shown computed, at all steps: trace["f"] is (time, unit)."""
        viewed, at = self._viewed, self._viewed.selection.at
        if len(self._shown.tokens) == self._shown.total:
            return self._shown.trace
        run = viewed.network.run(viewed.inputs.rows, viewed.initial, edits=viewed.edits.in_force)
        whole: Trace = getattr(run.layers[at.layer - 1], at.direction)
        return whole

    @property
    def agrees(self) -> float | None:
        """The largest difference between our h and the live layer's; None where it was not asked."""
        return self._viewed.agrees

    @cached_property
    def _shown(self) -> View:
        return view_of(self._viewed)

    @cached_property
    def _message(self) -> Message:
        viewed = self._viewed
        stop = ENDS[viewed.words.language]
        notes = (f"{note[:1].upper()}{note[1:]}{stop}" for note in viewed.notes)
        look = viewed.words.joined(*notes, sentences.look(viewed, self._shown.trace))
        resting = sentences.at_rest(viewed)
        return data_of(self._viewed, self._shown, look, "link_without_network", False, resting)

    @cached_property
    def _handout(self) -> Handout:
        viewed = self._viewed
        at, called, agrees = viewed.selection.at, viewed.called, viewed.agrees
        if self._several:
            way = viewed.words(f"direction.{at.direction}")
            called += f" · {viewed.words('survey.where', layer=str(at.layer), direction=way)}"
        return Handout(viewed, self._shown, self._message, self._symbols, date.today(), "", called, agrees)

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
        layers, at = len(self.network.layers), self._viewed.selection.at
        where = f" (layer {at.layer}, {at.direction})" if self._several else ""
        units = self._shown.trace["h"].shape[1]
        counts = (_counted(layers, "layer"), _counted(units, "unit"), _counted(self._shown.total, "step"))
        said = self.agrees is not None and not self._viewed.changed
        agrees = f", agrees with the model to {self.agrees:.0e}" if said else ""
        return f"{self._viewed.called}: {self.network.cell}, {', '.join(counts)}{where}{agrees}"

    @property
    def _several(self) -> bool:
        """Whether there is more than one layer or direction."""
        return len(self.network.layers) > 1 or self.network.layers[0].backward is not None


def _counted(count: int, what: str) -> str:
    return f"{count:,} {what}{'' if count == 1 else 's'}"


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
    names = Names(in_order("vocabulary", vocabulary), in_order("labels", labels))
    viewed = given_view(source, read, names, initial, lang, answers)
    if not viewed.legible:
        raise ValueError(viewed.words(f"fault.{viewed.typed.fault}", **dict(viewed.typed.details)))
    place: dict[str, Any] = {"layer": _whole("layer", layer), "direction": direction}
    place |= {"step": _whole("step", step), "unit": _whole("unit", unit)}
    _check_place(viewed, **place)
    line = _line(edits, viewed)
    known = ("x", *CELLS[viewed.choice.cell].symbols)
    chosen = known[1:] if symbols is None else (symbols,) if isinstance(symbols, str) else tuple(symbols)
    if strange := [symbol for symbol in chosen if symbol not in known]:
        raise ValueError(
            f"there is no {', '.join(strange)} in the {viewed.choice.cell}; it has {', '.join(known)}"
        )
    if not chosen:
        raise ValueError(f"symbols is empty; leave it out, or choose some of {', '.join(known)}")
    # Of very many steps those around the one that is asked for.
    start = max(1, place["step"] - widest(viewed.network) // 2)
    selection = viewed.selection.but(edit=line, start=start, **place)
    return NotebookView(replace(viewed, selection=selection), tuple(dict.fromkeys(chosen)))


def _whole(name: str, value: Any) -> int:
    """A whole number, of whichever type."""
    try:
        return index(value)
    except TypeError:
        raise ValueError(f"{name} is {value!r}; it must be a whole number") from None


def _line(edits: Sequence[Edit] | Edit | str, viewed: GivenView) -> str:
    """The edits as a line; ValueError names what is not there, as `network.run` does."""
    if isinstance(edits, str):
        line = parsed(edits)
        if line is None:
            raise ValueError(f"edits are {edits!r}; write them as f.3@5-9=0")
        given = line
    else:
        given = (edits,) if isinstance(edits, Edit) else tuple(edits or ())
    if strange := [one for one in given if not isinstance(one, Edit)]:
        raise ValueError(f"{strange[0]!r} is no Edit; give a list of them, or a line: f.3@5-9=0")
    if any(one.units is not None and not len(one.units) for one in given if hasattr(one.units, "__len__")):
        raise ValueError("an edit names no unit; leave units out to edit all")
    if viewed.source.entry.kind != "published":
        check_edits(given, viewed.network.cell, viewed.network.layers, len(viewed.tokens))
    return written(given)


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
