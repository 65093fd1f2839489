"""One operation of an ONNX graph, with what its attributes say."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from cells.loading.onnx_tensors import Tensor, sparse, tensor
from cells.loading.protobuf import Message, messages, packed, text, texts, whole

FLOATS = (("value_float", 2), ("value_floats", 7))  # attributes of Constant, and their fields


class Node(NamedTuple):
    """One operation; `inside` are the graphs of an If, Loop or Scan."""

    op: str
    name: str
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    attributes: Mapping[str, Message]
    domain: str

    def whole(self, name: str, default: int = 0) -> int:
        """An attribute that is a whole number."""
        return next(iter(whole(self.attributes.get(name, {}), 3)), default)

    def real(self, name: str, default: float) -> float:
        """An attribute that is a number."""
        found = packed(self.attributes.get(name, {}), 2, "f")
        return float(np.frombuffer(found, "<f4")[0]) if found else default

    def reals(self, name: str) -> list[float]:
        """An attribute that is a list of numbers."""
        found = packed(self.attributes.get(name, {}), 7, "f")
        return [float(number) for number in np.frombuffer(found, "<f4")]

    def wholes(self, name: str) -> tuple[int, ...] | None:
        """An attribute that is a list of whole numbers."""
        return whole(self.attributes[name], 8) if name in self.attributes else None

    def text(self, name: str, default: str = "") -> str:
        """An attribute that is a text."""
        return text(self.attributes.get(name, {}), 4) or default

    def tensor(self, name: str, default: Tensor) -> Tensor:
        """An attribute that is a tensor."""
        found = messages(self.attributes.get(name, {}), 5)
        return next((tensor(name, part) for part in found), default)

    def constant(self, name: str) -> Tensor | None:
        """The value of a Constant, whichever of its attributes says it."""
        about = self.attributes
        for found in messages(about.get("value", {}), 5):
            return tensor(name, found)
        for found in messages(about.get("sparse_value", {}), 22):
            return sparse(name, found)
        if "value_float" in about or "value_floats" in about:
            one, several = (packed(about.get(which, {}), field, "f") for which, field in FLOATS)
            return np.frombuffer(one or several, "<f4").reshape(() if one else -1)
        if "value_int" in about or "value_ints" in about:
            numbers = whole(about.get("value_int", {}), 3) or whole(about.get("value_ints", {}), 8)
            return np.array(numbers, "int64").reshape(() if "value_int" in about else -1)
        return None

    def input(self, place: int) -> str:
        """The name of an input, empty if it is left out."""
        return self.inputs[place] if place < len(self.inputs) else ""


def node(part: Message) -> Node:
    """A NodeProto."""
    attributes = {text(about, 1): about for about in messages(part, 5)}
    return Node(text(part, 4), text(part, 3), texts(part, 1), texts(part, 2), attributes, text(part, 7))
