"""What a script gives a view, as the view's records: a network, and what it reads."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from cells import LayerState, Network, Recorded, load, recorded, shipped
from cells.checks import check_initial, check_inputs
from cells.live import keras_layers, torch_modules
from cells.live.arrays import is_tensor, numbers
from cells.live.loaded import inspected
from cells.live.whole import agreement
from cells.loading.errors import LoadError
from cells.loading.understood import Understood
from ui.networks.catalogue import CATALOGUE
from ui.networks.defaults import made_consistent, with_network
from ui.networks.numeric_rows import Rows, drawn
from ui.networks.registry import resolve
from ui.networks.splitting import SPLITS, split, usual
from ui.networks.tokenize import TokenizedText
from ui.networks.uploaded import YOURS, Uploaded
from ui.networks.vocabulary import listed
from ui.runs.passes import ReadText
from ui.runs.viewed import Viewed
from ui.selection.records import Selection
from ui.words import Words


@dataclass(frozen=True, eq=False)
class GivenView(Viewed):
    """A view of what a script gave: `called` so, `agrees` with the model that it came from.

    `given` are the steps where no text gives them: then nothing can be typed either.
    """

    given: TokenizedText | None = None
    called: str = ""
    agrees: float | None = None

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


class Names(NamedTuple):
    """Names of tokens: of what the network reads, in the order of its rows, and of what it answers."""

    vocabulary: Sequence[str] = ()
    labels: Sequence[str] = ()


def in_order(what: str, names: Any) -> tuple[str, ...]:
    """Names in the order of their places: a list, an array, a text of single letters, a map either way.

    ValueError where they have no order, or two have one place.
    """
    if isinstance(names, (set, frozenset)):
        raise ValueError(
            f"{what} is a set, which has no order; give a list in the order of the network's places"
        )
    if not isinstance(names, Mapping):
        return tuple(map(str, names))
    pairs = [(name, place) if isinstance(name, str) else (place, name) for name, place in names.items()]
    places = {int(place): str(name) for name, place in pairs}
    if len(places) < len(pairs) or min(places, default=0) < 0:
        raise ValueError(f"{what} gives two names to one place, or a place below 0; each must have its own")
    return tuple(places.get(place, "") for place in range(1 + max(places, default=-1)))


@dataclass(frozen=True, eq=False)
class Source:
    """A network that a script gave; `inputs` are what it was seen to read, where it was."""

    network: Network
    called: str
    inputs: np.ndarray | None = None
    initial: tuple[LayerState, ...] | None = None
    agrees: float | None = None
    model: Any = None  # the live one that it is of, where that has not run


def given_view(
    source: Any,
    read: Any,
    names: Names,
    initial: Sequence[LayerState] | None,
    language: str,
    answers: Mapping[str, str],
) -> GivenView:
    """The view of a network on what it reads; ValueError says in a sentence what does not fit."""
    ships, tokens = isinstance(source, str) and shipped_name(source), read is None or _is_tokens(read)
    if ships and (any(names) or initial is not None or not tokens):
        raise ValueError(f"{source} reads a text and knows its own names; give a text alone")
    if answers and (ships or isinstance(source, (Network, Recorded))):
        raise TypeError(f"view has no argument {next(iter(answers))!r}, and this network leaves nothing open")
    if ships:
        return _of_shipped(source, read, language)
    found = _source_of(source, read, answers)
    if found.inputs is not None:
        if isinstance(source, Recorded) and not tokens:
            raise ValueError(
                "what was recorded is shown on what it read; give names of its steps, or nothing"
            )
        if initial is not None:
            raise ValueError("what a live layer did began where it began; view its network for another start")
        read, steps = found.inputs, None if read is None or not _is_tokens(read) else read
        return _view(found, _of_rows(found.network, read, steps), names, initial, language)
    made = _view(found, _of_given(found.network, read, names), names, initial, language)
    if found.model is None or initial is not None:
        return made
    rows, places = made.inputs.rows, made.inputs.places
    return replace(made, agrees=agreement(found.model, found.network, rows if places is None else places))


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
        return Source(load(source, **answers), called)
    alone = torch_modules.kind(source) in torch_modules.LAYERS or bool(keras_layers.kind(source))
    if read is not None and not _is_tokens(read) and (alone or hasattr(read, "detach")):
        found = recorded(source, _as_input(source, read) if alone else read)
        if len(found) > 1:
            layers = ", ".join(found)
            raise ValueError(
                f"the model has several recurrent layers: view recorded(model, …)[name] of {layers}"
            )
        return _recorded(*found.values())
    whole = inspected(source, answers)
    parts = next((one.choices for one in whole.questions if one.name == "part"), ())
    if parts and "part" not in answers:
        raise LoadError("live.parts", names=", ".join(parts))
    return Source(whole.network, type(source).__name__, model=source)


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


def _is_tokens(read: Any) -> bool:
    """Whether it is a text, or a list of words."""
    return isinstance(read, str) or (
        isinstance(read, (list, tuple)) and bool(read) and all(isinstance(one, str) for one in read)
    )


class Steps(NamedTuple):
    """What is stepped through, in one of three ways: a text to be read, rows with names, tokens."""

    mode: str
    text: str = ""
    rows: Rows | None = None
    given: TokenizedText | None = None


def _of_given(network: Network, read: Any, names: Names) -> Steps:
    if read is None:
        raise ValueError("say what it reads: a text, tokens, or an array (time, feature)")
    if _is_tokens(read):
        return _of_tokens(network, read, names)
    array = numbers(read) if is_tensor(read) else np.asarray(read)
    columns = tuple(map(str, getattr(read, "columns", ())))
    if array.ndim == 2 + (network.embedding is None):
        raise ValueError(f"it is {array.shape}, several sequences; give one of them, as read[0]")
    rows = check_inputs(array, network.features, network.dtype, network.embedding)
    if network.embedding is None:
        return _of_rows(network, rows, None, columns)
    tokens = tuple(names.vocabulary) or tuple(map(str, range(len(network.embedding))))
    named = [tokens[place] or str(place) for place in array]
    found = _of_tokens(network, named, Names(tokens))
    once = len(set(tokens)) == len(tokens) and all(tokens[place] for place in array)
    return found if once else Steps("spaces", given=TokenizedText(tuple(named), rows=rows))


def _of_tokens(network: Network, read: Any, names: Names) -> Steps:
    """A text, or tokens, which are one where reading them as a text gives them again."""
    if not names.vocabulary and network.embedding is None:
        raise ValueError(
            f"this network reads rows of {network.features} numbers; give an array (time, "
            f"{network.features}), or name its features with vocabulary=[…]"
        )
    size = 0 if network.embedding is None else len(network.embedding)
    known = tuple(names.vocabulary) or tuple(map(str, range(size)))
    first = usual(known) if names.vocabulary else "spaces"
    if isinstance(read, str):
        return Steps(first, read)
    for mode in dict.fromkeys((first, *SPLITS)):
        text = ("" if mode == "characters" else " ").join(read)
        if split(text, mode, frozenset(known).__contains__) == list(read):
            return Steps(mode, text)
    return Steps(first, given=TokenizedText(tuple(read)))


def _of_rows(network: Network, rows: np.ndarray, steps: Any, columns: Sequence[str] = ()) -> Steps:
    """Rows of x; `steps` names them."""
    if network.embedding is not None:
        return Steps("spaces", given=TokenizedText(_named(steps, rows), rows=rows))
    return Steps("kept", rows=Rows(rows, tuple(columns)), given=TokenizedText(_named(steps, rows), rows=rows))


def _named(steps: Any, rows: np.ndarray) -> tuple[str, ...]:
    names = tuple(map(str, range(1, len(rows) + 1))) if steps is None else tuple(steps)
    if len(names) != len(rows):
        raise ValueError(f"{len(names)} tokens name {len(rows)} steps; give one for each")
    return names


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
    )


def _fitting(what: str, names: Sequence[str], size: int) -> tuple[str, ...]:
    """Names, one for each place, or none at all."""
    if names and len(names) != size:
        raise ValueError(f"{what} has {len(names)} names; give {size}, one for each place")
    return tuple(map(str, names))
