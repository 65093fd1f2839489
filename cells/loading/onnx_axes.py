"""How the axes of a value move through an ONNX graph: which of its nodes leave every unit where it was."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from cells.loading.onnx_graph import Graph
from cells.loading.onnx_moves import Wholes, wholes
from cells.loading.onnx_nodes import Node

CHOOSE = {"Gather", "Slice"}
PASS_ON = {"Identity", "Dropout", "Cast", "Squeeze", "Unsqueeze", "Reshape"}
ASIDE = (0, 2, 1, 3)  # Y is (time, direction, batch, unit): directions must come beside units
TURNS = {(1, 0, 2), ASIDE}  # time and batch change places
EVERYTHING = 2**31 - 1  # what exporters write for the end of a slice; the greatest int64 as well
SINCE_LAST = 13  # the opset from which Softmax is over one axis, the last if none is said


class Laid(NamedTuple):
    """A value with units on its last axis: how many axes, and whether directions were laid beside units."""

    name: str
    axes: int | None
    aside: bool = False


def behind(graph: Graph, node: Node, value: Laid) -> Laid | None:
    """What a node makes of a value, if it keeps all units in their order; it may choose steps."""
    if node.input(0) != value.name or not node.outputs:
        return None
    turned = node.wholes("perm") if node.op == "Transpose" else None
    if turned in TURNS:
        return Laid(node.outputs[0], len(turned or ()), value.aside or turned == ASIDE)
    if node.op in PASS_ON or (node.op in CHOOSE and all_units(graph, node, value)):
        return value._replace(name=node.outputs[0], axes=axes_after(graph, node, value.axes))
    return None


def all_units(graph: Graph, node: Node, value: Laid) -> bool:
    """Whether a node that chooses does so among steps: along another axis than the last."""
    places = [node.whole("axis")] if node.op == "Gather" else sliced(graph, node)
    return places is not None and not any(is_last(place, value.axes) for place in places)


def is_last(place: int, axes: int | None) -> bool:
    """Whether an axis is the last, or may be."""
    if axes is None:
        return place != 0
    return place in (-1, axes - 1)


def sliced(graph: Graph, node: Node) -> list[int] | None:
    """The axes that a Slice cuts; None where they are computed."""
    starts, stops, places, steps = said(graph, node, ("starts", "ends", "axes", "steps"))
    if starts is None or stops is None:
        return None
    along = range(len(starts)) if places is None else places
    whole = (start == 0 and stop >= EVERYTHING for start, stop in zip(starts, stops, strict=True))
    return [place for place, kept in zip(along, whole, strict=True) if not kept or steps]


def said(graph: Graph, node: Node, names: Sequence[str]) -> list[Wholes]:
    """Whole numbers that a node has as inputs behind its first, or as attributes; None for computed ones."""
    return wholes(node, names, [graph.constant(name) if name else None for name in node.inputs[1:]])


def axes_after(graph: Graph, node: Node, axes: int | None) -> int | None:
    """How many axes a value has behind a node; None where the graph does not say."""
    if node.op == "Reshape":
        (sizes,) = said(graph, node, ("shape",))
        return None if sizes is None else len(sizes)
    if node.op == "Gather":
        chosen = graph.constant(node.input(1))
        return None if chosen is None or axes is None else axes - 1 + chosen.ndim
    if node.op in ("Squeeze", "Unsqueeze"):
        (places,) = said(graph, node, ("axes",))
        if places is None or axes is None:
            return None
        return axes + len(places) * (1 if node.op == "Unsqueeze" else -1)
    return axes


def over_units(graph: Graph, node: Node, axes: int | None) -> bool:
    """Whether a Softmax makes shares of the numbers of a step; before opset 13 it joins all later axes."""
    place = node.whole("axis", -1 if graph.opset >= SINCE_LAST else 1)
    return place == -1 or (axes is not None and place == axes - 1)
