"""PyTorch's names for weights, wherever they are kept: `encoder.rnn.weight_ih_l0_reverse`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise, takewhile
from typing import TypeAlias

from cells.loading.errors import LoadError, shown
from cells.loading.fragment import NAMELESS, Part, Question, check_parts
from cells.loading.layouts import LAYOUTS
from cells.loading.sentences import sentence
from cells.loading.stack import Side, Stack
from cells.loading.tensors import Stored
from cells.loading.wrapping import around, head

Arrays: TypeAlias = Mapping[str, Stored]
Modules: TypeAlias = Mapping[str, Mapping[tuple[int, bool], Arrays]]  # layer and whether it is reverse → kind

NAME = re.compile(
    r"(?P<module>(?:.*\.)?)(?P<kind>(?:weight|bias)_(?:ih|hh|hr))(?:_l(?P<layer>\d{1,3})(?P<side>_reverse)?)?$",
    re.DOTALL,
)
WRAPPED = re.compile(r"weight_(ih|hh)(_l\d+(_reverse)?)?(_g|_v|_raw|_orig|\.original\d?)$")
RAW = "_raw"  # the weight itself, where a wrapper puts a torn copy in its place
STATE = re.compile(
    r"(^|[._])((h|c)_?(0|x|init)|init(ial)?_?(h|c|hidden|cell|state)s?|(hidden|cell)_?(0|init|state)?|state_?0?)$",
    re.IGNORECASE,
)
NORM = re.compile(r"(layer_?norm|ln|norm|bn)[^.]*\.", re.IGNORECASE)
KERNELS, BIASES = ("weight_ih", "weight_hh"), ("bias_ih", "bias_hh")
CELLS_BY_GATES = {1: "RNN", 3: "GRU (reset after)", 4: "LSTM"}
NONLINEARITY = Question(
    "nonlinearity",
    "torch.nn.RNN has tanh or relu; the file does not say which. Which was it?",
    ("tanh", "relu"),
    "tanh",
)


def parts(dictionaries: Mapping[str, Arrays], axis: int = 0) -> tuple[Part, ...]:
    """Every module with recurrent weights in any of them; `axis` is where outputs of linear layers lie."""
    found: list[Part] = []
    for place, arrays in dictionaries.items():
        known = modules(arrays)
        check_parts(len(found) + len(known))
        found += [part(module, known, arrays, place, axis) for module in known]
        if stacked := as_layers(known, arrays):
            (joined,) = whole = modules(stacked)
            one = part(joined, whole, stacked, place, axis)
            found.append(one._replace(conventions=(*one.conventions, sentence("note.guess"))))
    if not found:
        names = [name for arrays in dictionaries.values() for name in arrays]
        wrapped = [name for name in names if WRAPPED.search(name)]
        if wrapped:
            raise normalised(wrapped[0])
        if not names:
            raise LoadError("torch.nothing")
        raise LoadError("torch.none", names=", ".join(map(shown, names[:3])))
    return tuple(found)


def modules(arrays: Arrays) -> Modules:
    """The modules that hold recurrent weights, in the file's order: "", "encoder.rnn."."""
    found: dict[str, dict[tuple[int, bool], dict[str, Stored]]] = {}
    raw: list[tuple[re.Match[str], Stored]] = []
    for name, array in arrays.items():
        match = NAME.match(name.removesuffix(RAW))
        if match and name.endswith(RAW):
            raw.append((match, array))
        elif match:
            found.setdefault(match["module"], {}).setdefault(place_in(match), {})[match["kind"]] = array
    for match, array in raw:
        inner = f"{match['module']}module."
        sides = found.setdefault(inner if inner in found else match["module"], {})
        sides.setdefault(place_in(match), {})[match["kind"]] = array
    return found


def as_layers(known: Modules, arrays: Arrays) -> Arrays:
    """The arrays, single cells that can read one another as layers of one module; empty if they are not."""
    sides = [sides.get((0, False), {}) for sides in known.values()]
    if len(sides) < 2 or any(set(KERNELS) - {*one} for one in sides):
        return {}
    shapes = [(one["weight_ih"].shape, one["weight_hh"].shape) for one in sides]
    fits = all(below[-1:] == above[-1:] for (_, below), (above, _) in pairwise(shapes))
    same = len({kind_of_cell(one["weight_hh"]) for one in sides}) == 1
    cells = {name: match for name in arrays if (match := NAME.match(name)) and match["module"] in known}
    if not (fits and same) or any(match["layer"] for match in cells.values()):
        return {}
    depth = {module: number for number, module in enumerate(known)}
    joined = " + ".join(module.rstrip(".") for module in known)
    names = {name: f"{joined}.{one['kind']}_l{depth[one['module']]}" for name, one in cells.items()}
    return {names.get(name, name): array for name, array in arrays.items()}


def place_in(match: re.Match[str]) -> tuple[int, bool]:
    """The layer that a weight belongs to, and whether to its reverse side."""
    return int(match["layer"] or 0), match["side"] is not None


def part(module: str, known: Modules, arrays: Arrays, place: str, axis: int) -> Part:
    """The network of one of the known modules."""
    sides = known[module]
    layers = tuple(
        tuple(side(module, arrays, sides, layer, reverse) for reverse in directions(sides, layer))
        for layer in range(1 + max(layer for layer, _ in sides))
    )
    cell = kind_of_cell(layers[0][0].recurrent)
    own = {array.name for sides_ in layers for one in sides_ for array in one.arrays}
    rest = [array for name, array in scope(module, known, arrays).items() if not is_weight(name, module)]
    rest = [array for array in rest if array.name not in own and array.size]
    inside = {array.name for name, array in arrays.items() if module and name.startswith(module)}
    learned = [one for one in rest if is_state(one, layers) and one.name not in inside]
    rest = [array for array in rest if array not in learned]
    width = sum(one.recurrent.shape[-1] for one in layers[-1])
    ahead = {arrays[name].name for name in takewhile(lambda name: not is_weight(name, module), arrays)}
    before, behind, doubted = around(rest, layers[0][0].kernel.shape[-1], width, axis, ahead)
    stack = Stack(LAYOUTS["PyTorch", cell], layers, before, behind, False, doubted)
    unused = tuple(array.name for array in rest if array not in (before, *(behind or ())[:2]))
    left = set(unused)
    check_own(module, [name for name, array in arrays.items() if array.name in left])
    full = f"{place}.{module}" if place else module
    said = [sentence("note.dropout")]
    if pieces := [name for name in own if name.endswith(RAW)]:
        said.append(sentence("note.raw", names=names_of(pieces)))
    if behind is None and (several := head(rest, width, axis)):
        said.append(sentence("note.head", names=names_of(several)))
    if learned:
        said.append(sentence("note.learned", names=names_of([array.name for array in learned])))
    return stack.part(
        full.rstrip(".") or NAMELESS, tuple(said), (NONLINEARITY,) if cell == "RNN" else (), unused
    )


def names_of(names: Sequence[str]) -> str:
    """The first few of them."""
    return ", ".join(map(shown, names[:3])) + (" …" if len(names) > 3 else "")


def is_weight(name: str, module: str) -> bool:
    """Whether it is a weight of the module itself, or another copy of one."""
    match = NAME.match(name)
    return match is not None and match["module"] == module


def is_state(array: Stored, layers: Sequence[Sequence[Side]]) -> bool:
    """Whether it is a first state that was learned, by its name and shape: one for each side, or for all."""
    units, sides = layers[0][0].recurrent.shape[-1], sum(map(len, layers))
    fits = array.shape[-1:] == (units,) and len(array.shape) <= 3 and array.size <= units * sides
    return fits and STATE.search(array.name) is not None


def check_own(module: str, unused: Iterable[str]) -> None:
    """A recurrent module of PyTorch's holds nothing but its weights: what does is another kind of cell.

    A model that is one itself has layers of its own below their names, but no single arrays and no norms.
    """
    inside = [name for name in unused if name.startswith(module)]
    beside = inside if module else [name for name in inside if "." not in name or NORM.match(name)]
    if beside:
        where = shown(module.rstrip(".")) if module else NAMELESS
        raise LoadError("torch.another", module=where, names=names_of(beside))


def directions(sides: Mapping[tuple[int, bool], object], layer: int) -> tuple[bool, ...]:
    """Whether each side of a layer reads from the end."""
    return (False, True) if (layer, True) in sides else (False,)


def side(
    module: str, arrays: Arrays, sides: Mapping[tuple[int, bool], Arrays], layer: int, reverse: bool
) -> Side:
    """The stacks of one direction; those that must be there are."""
    found = sides.get((layer, reverse), {})
    if "weight_hr" in found:
        raise LoadError("torch.proj_size", name=shown(found["weight_hr"].name))
    for kind in KERNELS:
        if kind not in found:
            wrapped = [name for name in arrays if name.startswith(module) and WRAPPED.search(name)]
            if wrapped:
                raise normalised(wrapped[0])
            missing = f"{shown(module)}{kind}_l{layer}{'_reverse' * reverse}"
            raise LoadError("torch.missing", name=missing)
    kernel, recurrent = (found[kind] for kind in KERNELS)
    return Side(kernel, recurrent, tuple(found[kind] for kind in BIASES if kind in found))


def normalised(name: str) -> LoadError:
    """What is said of weights that are kept in pieces."""
    return LoadError("torch.wrapped", name=shown(name))


def kind_of_cell(recurrent: Stored) -> str:
    """The cell, by how many gates its recurrent weights stack."""
    rows, units = recurrent.shape if len(recurrent.shape) == 2 else (0, 0)
    gates = rows // units if units and rows % units == 0 else 0
    if gates not in CELLS_BY_GATES:
        raise LoadError("torch.gates", name=shown(recurrent.name), shape=shown(recurrent.shape))
    return CELLS_BY_GATES[gates]


def alike(pair: tuple[str, str]) -> bool:
    """Whether both are the same."""
    return pair[0] == pair[1]


def scope(module: str, known: Modules, arrays: Arrays) -> Arrays:
    """What stands around a module: the widest surroundings that hold no other recurrent module."""
    steps = module.split(".")[:-1]
    others = [other.split(".")[:-1] for other in known if other != module]
    if not others:
        return arrays
    shared = max(sum(1 for _ in takewhile(alike, zip(steps, other, strict=False))) for other in others)
    prefix = "".join(f"{step}." for step in steps[: shared + 1])
    return {name: array for name, array in arrays.items() if name.startswith(prefix) and prefix}
