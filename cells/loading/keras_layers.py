"""The layers of a Keras model and of the models within it, each with what it reads."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple, TypeAlias

from cells.loading.errors import LoadError, shown
from cells.loading.keras_arrays import ANYWHERE
from cells.loading.keras_model import (
    CELLS_BY_CLASS,
    WITHIN,
    WRAPPERS,
    KerasLayer,
    described,
    layer,
    snake_case,
)

Value: TypeAlias = tuple[str, int]  # a layer, and which of the things that it hands on
Call: TypeAlias = tuple[Value, ...]
Calls: TypeAlias = tuple[Call, ...]

MOST_LAYERS = 1000  # of a model and all within it: of more, the page would have others wait
DEEPEST = 16  # models within models


class Place(NamedTuple):
    """Where a model lies in another: how names in it begin, and where its weights lie."""

    names: str = ""
    weights: str = ""
    depth: int = 0

    def group(self, name: str, numbered: str, legacy: bool) -> str:
        """Where the weights of a layer lie; older files sort them by name, beneath the outermost model."""
        if not legacy:
            return f"{self.weights}layers/{numbered}/"
        return f"{self.weights}{ANYWHERE}/{name}/" if self.weights else f"model_weights/{name}/"

    def within(self, name: str, group: str, legacy: bool) -> Place:
        """Where a model of this name in this group lies."""
        return Place(
            f"{self.names}{name}/", self.weights if legacy and self.weights else group, self.depth + 1
        )


class Read(NamedTuple):
    """A layer with what it reads: of each call its input and then states, and what masks it."""

    layer: KerasLayer
    calls: Calls
    masks: Call = ()


def layers(text: str, legacy: bool) -> tuple[KerasLayer, ...]:
    """The layers of a model's configuration, in its order; none if its class says them in code."""
    model = json.loads(text)
    inside = model.get("config") if isinstance(model, dict) else None
    if listed(inside) is None:
        return ()
    found = Flat(legacy)
    found.model(inside, Place(), ())
    return tuple(wired(found.reads))


class Flat:
    """All layers of a model and of those within it, in one row."""

    def __init__(self, legacy: bool) -> None:
        self.legacy = legacy
        self.reads: list[Read] = []

    def model(self, inside: object, place: Place, fed: Call) -> None:
        """One model in its place; `fed` is what its inputs read there."""
        if place.depth > DEEPEST:
            raise LoadError("keras.deep")
        inner = listed(inside) or []
        chained = not any(isinstance(about, dict) and "inbound_nodes" in about for about in inner)
        counted, before = Counter[str](), fed
        feeds = dict(zip(ends(inside, "input_layers"), fed, strict=False))
        for about in inner:
            kind, config = described(about)
            name = str(config.get("name", about.get("name") if isinstance(about, dict) else None))
            snake = snake_case(kind)
            number = counted[snake]
            counted[snake] += 1
            group = place.group(name, f"{snake}{f'_{number}' if number else ''}", self.legacy)
            calls, masks = ((before,) if before else (), ()) if chained else read_by(about, place.names)
            if (name, 0) in feeds and not calls:
                calls = ((feeds[name, 0],),)
            one = layer(place.names + name, kind, config, group, ())
            if any(isinstance(part, dict) for part in listed(one.config) or ()):
                wrapped = kind in WRAPPERS and not self.legacy
                self.inner(one, calls, place.within(name, f"{group}{'layer/' * wrapped}", self.legacy))
            else:
                self.add(Read(one, calls, masks))
            before = ((one.name, 0),)

    def inner(self, one: KerasLayer, calls: Calls, place: Place) -> None:
        """A model within one, which hands on what its last layers do, unless it is called twice."""
        first, start = calls[0] if calls else (), len(self.reads)
        self.model(one.config, place, first)
        inputs = max(1, len(ends(one.config, "input_layers")))
        if calls and len(first) != inputs and any(read.layer.recurrent for read in self.reads[start:]):
            raise LoadError("keras.fed", name=shown(one.name), wanted=inputs, found=len(first))
        last = [(place.names + name, which) for name, which in ends(one.config, "output_layers")]
        for number, end in enumerate(last or [(self.reads[-1].layer.name, 0)]):
            name = f"{one.name}:{number}" if number else one.name
            self.add(Read(bare(name, WITHIN if len(calls) < 2 else "Shared"), ((end,),)))

    def add(self, one: Read) -> None:
        """One more layer."""
        if len(self.reads) == MOST_LAYERS:
            raise LoadError("keras.layers", most=f"{MOST_LAYERS:,}")
        self.reads.append(one)


def wired(reads: Sequence[Read]) -> Iterator[KerasLayer]:
    """The layers, each knowing by name what it reads; states that others hand on are layers of their own."""
    known, states = {one.layer.name: one.layer for one in reads}, dict[str, KerasLayer]()
    for one in reads:
        names = [[name_of(value, known) for value in call] for call in one.calls]
        for call, values in zip(names, one.calls, strict=True):
            for name, (made, _) in zip(call, values, strict=True):
                if name not in known and made in known:
                    states[name] = bare(name, "State")._replace(inputs=(made,))
        yield one.layer._replace(
            inputs=tuple(name for call in names for name in call),
            handed=any(len(call) > 1 for call in names),
            masked=next((name for name, _ in one.masks), ""),
        )
    yield from states.values()


def name_of(value: Value, known: Mapping[str, KerasLayer]) -> str:
    """What a value is called: as the layer that hands it on, unless it is a state beside h."""
    name, which = value
    numbered, made = f"{name}:{which}", known.get(name)
    if numbered in known or (made and made.recurrent and which > (0 if made.bidirectional else 1)):
        return numbered
    return name


def bare(name: str, kind: str) -> KerasLayer:
    """What is no layer of the model and stands among them, to be read."""
    return KerasLayer(name, kind, {}, False, True, "", ())


def listed(inside: object) -> list[object] | None:
    """What a configuration lists as layers; None where it lists none."""
    found = inside.get("layers") if isinstance(inside, dict) else inside
    return found if isinstance(found, list) else None


def ends(inside: object, which: str) -> list[Value]:
    """A model's first or last layers, in the order of its calls."""
    return list(values_of(inside.get(which))) if isinstance(inside, dict) else []


def read_by(about: object, start: str) -> tuple[Calls, Call]:
    """What a layer reads in each of its calls, and what masks it, by names that begin with `start`."""
    nodes = about.get("inbound_nodes") if isinstance(about, dict) else None
    nodes = nodes if isinstance(nodes, list) else []
    calls = (tuple((start + name, which) for name, which in values_of(node)) for node in nodes)
    masks = (value for node in nodes for value in masks_of(node))
    return tuple(filter(None, calls)), tuple((start + name, which) for name, which in masks)


def masks_of(node: object) -> Iterator[Value]:
    """What a call is given as its mask."""
    match node:
        case {"kwargs": {"mask": mask}}:
            yield from values_of(mask)


def values_of(nodes: object) -> Iterator[Value]:
    """The values that a call reads: the first is its input, others may be states; masks are none of them."""
    waiting = [nodes]
    while waiting:
        match waiting.pop():
            case {"keras_history": [str(name), _, int(which)]}:
                yield name, which
            case [str(name), int(), int(which), *rest]:
                yield name, which
                waiting += rest
            case {"args": args, "kwargs": kwargs}:
                waiting += [kwargs, args]
            case dict() as inside:
                waiting += [inside[key] for key in sorted(inside, reverse=True) if key != "mask"]
            case list() as inside:
                waiting += reversed(inside)


def recurrent_within(text: str) -> list[KerasLayer]:
    """The recurrent layers of whatever else lies within the model."""
    found, waiting = [], [json.loads(text)]
    while waiting:
        about = waiting.pop()
        match about:
            case {"class_name": str(kind), "config": dict(config)} if kind in (
                *CELLS_BY_CLASS,
                *WRAPPERS,
                "RNN",
            ):
                one = layer(str(config.get("name")), kind, config, "", ())
                if one.recurrent:
                    found.append(one)
                    continue
        if isinstance(about, (dict, list)):
            waiting += about.values() if isinstance(about, dict) else about
    return found
