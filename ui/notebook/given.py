"""What a script gives a view, as the view's records: a network, and what it reads."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from cells import LayerState, Network, Recorded, recorded, shipped
from cells.checks import check_initial
from cells.live import keras_layers, torch_modules
from cells.live.arrays import numbers
from cells.live.loaded import inspected
from cells.live.whole import agreement, whole
from cells.loading.sentences import Sentence
from cells.loading.understood import Understood
from ui.networks.catalogue import CATALOGUE
from ui.networks.defaults import made_consistent, with_network
from ui.networks.numeric_rows import drawn
from ui.networks.own import YOURS
from ui.networks.registry import resolve
from ui.networks.tokenize import TokenizedText
from ui.networks.uploaded import Uploaded
from ui.networks.vocabulary import listed
from ui.notebook.steps import Names, Steps, is_tokens, of_given, of_rows
from ui.runs.passes import ReadText
from ui.runs.viewed import Viewed
from ui.selection.records import Selection
from ui.words import Words

# How arrays are kept, and what is off once a network is trained: notes that change no number.
QUIET = {
    f"note.{name}" for name in ("order", "keeps", "reset_before", "reset_after", "dropout", "cudnn", "ours")
}


@dataclass(frozen=True, eq=False)
class GivenView(Viewed):
    """A view of what a script gave: `called` so, `agrees` with the model that it came from.

    `given` are the steps where no text gives them: then nothing can be typed either.
    """

    given: TokenizedText | None = None
    called: str = ""
    agrees: float | None = None
    notes: tuple[str, ...] = ()

    @cached_property
    def read(self) -> ReadText:
        """What is stepped through."""
        return super().read if self.given is None else ReadText(self.given)

    @cached_property
    def typed(self) -> TokenizedText:
        """The same, as if it had been typed."""
        return super().typed if self.given is None else self.given

    @property
    def written(self) -> str | None:
        """The text, where there is one."""
        return super().written if self.given is None else None


@dataclass(frozen=True, eq=False)
class Source:
    """A network that a script gave; `inputs` are what it was seen to read, where it was."""

    network: Network
    called: str
    inputs: np.ndarray | None = None
    initial: tuple[LayerState, ...] | None = None
    agrees: float | None = None
    model: Any = None  # the live one that it is of, where that has not run
    notes: tuple[Sentence, ...] = ()  # what its file or model has that is not shown


def given_view(
    source: Any,
    read: Any,
    names: Names,
    initial: Sequence[LayerState] | None,
    language: str,
    answers: Mapping[str, str],
) -> GivenView:
    """The view of a network on what it reads; ValueError says in a sentence what does not fit."""
    ships, tokens = isinstance(source, str) and shipped_name(source), read is None or is_tokens(read)
    if ships and (any(names) or initial is not None or not tokens):
        raise ValueError(f"{source} reads a text and knows its own names; give a text alone")
    if answers and (ships or isinstance(source, (Network, Recorded))):
        raise TypeError(f"view has no argument {next(iter(answers))!r}, and this network leaves nothing open")
    if ships:
        return _of_shipped(source, read, language)
    if any(names) or answers:
        read = _ids(source, read)
    found = _source_of(source, read, answers)
    if found.inputs is not None:
        if isinstance(source, Recorded) and not tokens:
            raise ValueError(
                "what was recorded is shown on what it read; give names of its steps, or nothing"
            )
        if initial is not None:
            raise ValueError("what a live layer did began where it began; view its network for another start")
        read, steps = found.inputs, None if read is None or not is_tokens(read) else read
        return _view(found, of_rows(found.network, read, steps), names, initial, language)
    made = _view(found, of_given(found.network, read, names), names, initial, language)
    if found.model is None or initial is not None:
        return made
    rows, places = made.inputs.rows, made.inputs.places
    part = answers.get("part", "")
    agrees = agreement(found.model, found.network, rows if places is None else places, part)
    unrun = (made.words("handout.unrun"),) if agrees is None else ()
    return replace(made, agrees=agrees, notes=(*unrun, *made.notes))


def _ids(source: Any, read: Any) -> Any:
    """A tensor of whole numbers for a whole model as the places of one sequence, which have names."""
    alone = isinstance(source, (Network, Recorded, str, Path, Mapping)) or bool(torch_modules.kind(source))
    if alone or not hasattr(read, "detach") or numbers(read).dtype.kind not in "iu":
        return read
    ids = numbers(read)
    return ids.reshape(-1) if ids.ndim == 2 and 1 in ids.shape else ids


def shipped_name(name: str) -> bool:
    """Whether a network of this name ships, or is drawn or built."""
    return name in CATALOGUE or name in shipped.cards()


def _of_shipped(name: str, text: Any, language: str) -> GivenView:
    """A network of the app's own, as it opens there, on another text."""
    entry = name if name in CATALOGUE else next(one for one in CATALOGUE if name in CATALOGUE[one].siblings)
    selection = with_network(Selection(), entry).but(lang=language)
    if name != entry:
        selection, _ = made_consistent(selection.but(model=name))
    if text is not None:
        selection = selection.but(text=text if isinstance(text, str) else " ".join(map(str, text)))
    words = Words(language)
    return GivenView(selection, resolve(selection.network), words, called=words.names("network")(entry))


def _source_of(source: Any, read: Any, answers: Mapping[str, str]) -> Source:
    """The network of whatever was given; a live layer is run on what it is to read."""
    if isinstance(source, Recorded):
        return _recorded(source)
    if isinstance(source, Network):
        return Source(source, source.cell)
    if isinstance(source, (str, Path, Mapping)):
        called = Path(source).name if isinstance(source, (str, Path)) else "network"
        if isinstance(source, str) and not Path(source).exists():
            raise ValueError(
                f"there is no file {source!r}, and no network of this name: {', '.join(CATALOGUE)}"
            )
        read_ = inspected(source, answers)
        return Source(read_.network, called, notes=told(read_))
    alone = torch_modules.kind(source) in torch_modules.LAYERS or bool(keras_layers.kind(source))
    if read is not None and not is_tokens(read) and (alone or hasattr(read, "detach")):
        found = recorded(source, _as_input(source, read) if alone else read)
        if len(found) > 1:
            layers = ", ".join(found)
            raise ValueError(
                f"the model has several recurrent layers: view recorded(model, …)[name] of {layers}"
            )
        return _recorded(*found.values())
    found_ = whole(source, answers)
    return Source(found_.network, type(source).__name__, model=source, notes=told(found_))


def told(found: Understood) -> tuple[Sentence, ...]:
    """What was taken for granted or left aside, as far as it may change the numbers."""
    return tuple(note for note in found.conventions if note.key not in QUIET)


def _recorded(found: Recorded) -> Source:
    return Source(found.network, found.name, found.inputs, found.initial, found.agrees)


def _as_input(layer: Any, read: Any) -> Any:
    """Rows as a layer takes them: a batch of one for Keras, a tensor of its own type for PyTorch."""
    if hasattr(read, "detach"):
        return read
    rows = np.asarray(read)
    if keras_layers.is_layer(layer):
        return (rows if rows.ndim == 3 else rows[None]).astype("float32")
    return sys.modules["torch"].as_tensor(rows, dtype=next(iter(layer.parameters())).dtype)


def _view(
    source: Source, steps: Steps, names: Names, initial: Sequence[LayerState] | None, language: str
) -> GivenView:
    network = source.network
    own = Uploaded(
        source.called,
        b"",
        "",
        Understood("", network, network.parameters, (), (), (), (), {}),
        steps.rows or drawn(network.features),
        listed(
            _fitting(
                "vocabulary",
                names.vocabulary,
                len(network.embedding) if network.embedding is not None else network.features,
            )
        ),
        _fitting("labels", names.labels, 0 if network.readout is None else len(network.readout.b)),
    )
    selection = Selection().but(
        network=YOURS, mode=steps.mode, text=steps.text, cell=network.cell, lang=language, edit="", step=1
    )
    began = (
        source.initial
        if initial is None
        else check_initial(network.cell, network.layers, initial, network.dtype)
    )
    return GivenView(
        selection,
        resolve(selection.network, own),
        Words(language),
        initial=began,
        given=steps.given,
        called=source.called,
        agrees=source.agrees,
        notes=tuple(map(Words(language).of_file, source.notes)),
    )


def _fitting(what: str, names: Sequence[str], size: int) -> tuple[str, ...]:
    """Names, one for each place, or none at all."""
    if names and len(names) != size:
        raise ValueError(f"{what} has {len(names)} names; give {size}, one for each place")
    return tuple(map(str, names))
