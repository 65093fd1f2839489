"""Recurrent layers of a live Keras model, known by the names of their classes."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from typing import Any

import numpy as np

from cells.arrays import Array
from cells.live.arrays import numbers, stored, type_of
from cells.live.pass_of_layer import Call, LayerPass, states
from cells.loading.errors import LoadError, shown
from cells.loading.fragment import Part
from cells.loading.keras_arrays import recurrent
from cells.loading.keras_model import CELLS_BY_CLASS, KerasLayer, check, layer, of_version
from cells.loading.layouts import LAYOUTS
from cells.loading.stack import Stack
from cells.network import Network

HOMES = ("keras.", "tf_keras.", "tensorflow.python.keras.")
ORDER = ("sequences", "initial_state", "mask", "training")  # of what a recurrent layer is called with
ROLES = ("kernel", "recurrent_kernel", "bias")


def is_layer(value: Any) -> bool:
    """Whether it is a layer or a model of Keras."""
    return _of_keras(type(value)) and hasattr(value, "get_config") and hasattr(value, "call")


def _of_keras(kind: type) -> bool:
    return any(one.__module__.startswith(HOMES) for one in kind.__mro__)


def kind(value: Any) -> str:
    """The class of Keras that a recurrent layer is; "" for any other."""
    of_keras = [one.__name__ for one in type(value).__mro__ if one.__module__.startswith(HOMES)]
    return next((name for name in of_keras if name in (*CELLS_BY_CLASS, "Bidirectional", "RNN")), "")


def version(value: Any) -> str:
    """The version of the Keras that a layer is of; TensorFlow's own has TensorFlow's, below 3 as well."""
    home = next(one.__module__ for one in type(value).__mro__ if one.__module__.startswith(HOMES))
    return str(getattr(sys.modules.get(home.partition(".")[0]), "__version__", ""))


def recurrent_modules(model: Any) -> dict[str, Any]:
    """Its recurrent layers by name, those of models within it too; a Bidirectional is one."""
    found: dict[str, Any] = {}
    waiting, seen = [model], set[int]()
    while waiting:
        one = waiting.pop()
        if id(one) in seen:
            continue
        seen.add(id(one))
        if kind(one):
            name, count = str(one.name), 1 + sum(key.partition(" [")[0] == one.name for key in found)
            found[name if count == 1 else f"{name} [{count}]"] = one
        else:
            waiting += reversed(list(getattr(one, "_layers", None) or getattr(one, "layers", None) or ()))
    return found


def described(value: Any) -> KerasLayer:
    """What a layer's own configuration says of it; LoadError where we compute something else."""
    about = of_version(layer(str(value.name), kind(value), value.get_config(), "", ()), version(value))
    if not about.recurrent:
        raise LoadError("live.another", kind=shown(about.kind))
    check(about)
    if not about.merged:
        raise LoadError("live.merged", name=shown(value.name))
    return about


def _sides(value: Any) -> tuple[Any, ...]:
    """The layers of each direction."""
    return (value.forward_layer, value.backward_layer) if kind(value) == "Bidirectional" else (value,)


def part_of(value: Any) -> Part:
    """One recurrent layer by itself."""
    about = described(value)
    arrays = {}
    for side, name in zip(_sides(value), ("forward", "backward"), strict=False):
        place = f"{name}_layer/" if about.bidirectional else ""
        for role in ROLES:
            held = getattr(side.cell, role, None)
            if held is not None:
                arrays[f"{value.name}/{place}{role}"] = stored(f"{value.name}/{place}{role}", held)
    found = recurrent(str(value.name), arrays, about.cell)
    return Stack(LAYOUTS["Keras", about.cell], (found.sides,)).part(str(value.name))


def network_of(value: Any) -> Network:
    """Its network."""
    return part_of(value).network({})


@contextmanager
def listening(model: Any) -> Iterator[dict[str, list[Call]]]:
    """Hears every call of its recurrent layers; nothing of it stays behind, whatever happens."""
    heard: dict[str, list[Call]] = {}
    with ExitStack() as undone:
        for name, one in recurrent_modules(model).items():
            # In the layer's own dictionary: its __setattr__ would take a function for one of its parts.
            before = {"call": vars(one)["call"]} if "call" in vars(one) else {}
            undone.callback(vars(one).update, before)
            undone.callback(vars(one).pop, "call", None)
            for state in _states(one):
                undone.callback(state.assign, numbers(state))
            vars(one)["call"] = _listener(one, heard.setdefault(name, []))
        yield heard


def _states(value: Any) -> list[Any]:
    """The variables in which a stateful layer keeps its states from one call to the next."""
    states_ = (state for side in _sides(value) for state in getattr(side, "states", None) or ())
    return [state for state in states_ if hasattr(state, "assign")]


def _listener(value: Any, calls: list[Call]) -> Any:
    call, about = value.call, described(value)

    def hear(*given: Any, **named: Any) -> Any:
        values = dict(zip(ORDER, given, strict=False)) | named
        began = _began(value, about, values.get("initial_state"))
        made = call(*given, **named)
        calls.append(_heard(about, values["sequences"], values.get("mask"), began, made))
        return made

    return hear


def _began(value: Any, about: KerasLayer, given: Any) -> dict[str, list[Array]]:
    """The initial states by symbol, each the vectors of its directions; none where it began at 0."""
    sides = _sides(value)
    if given is None and about.config.get("stateful"):
        given = [state for side in sides for state in side.states]
    if given is None:
        return {}
    rows = [numbers(state) for state in (given if isinstance(given, (tuple, list)) else (given,))]
    each = len(rows) // len(sides)
    return {symbol: rows[place::each] for place, symbol in enumerate(("h", "c")[:each])}


def _heard(
    about: KerasLayer, sequences: Any, mask: Any, began: Mapping[str, Sequence[Array]], made: Any
) -> Call:
    first = made[0] if isinstance(made, (tuple, list)) else made
    read, wrote = numbers(sequences), numbers(first)
    every, both = wrote.ndim == 3, 1 + about.bidirectional
    told = made[1:] if isinstance(made, (tuple, list)) and both == 1 else ()
    final = {symbol: numbers(one) for symbol, one in zip(("h", "c"), told, strict=False)}
    kept = np.ones(read.shape[:2], bool) if mask is None else numbers(mask).astype(bool)

    def sequence(at: int) -> LayerPass:
        count = int(kept[at].sum())
        if not kept[at][:count].all() or not count:
            raise LoadError("live.mask", name=shown(about.name))
        initial = states({symbol: [side[at] for side in sides] for symbol, sides in began.items()}, both)
        h = wrote[at][:count] if every else wrote[at][None]
        ended = {symbol: (rows[at],) for symbol, rows in final.items()}
        return LayerPass(read[at][:count], initial, h, not every, ended)

    return Call(type_of(first), len(read), sequence)
