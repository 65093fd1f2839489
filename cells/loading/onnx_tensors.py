"""The arrays of an ONNX model, dense and sparse; numbers outside of the file are never touched."""

from __future__ import annotations

from math import prod
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from cells.loading import protobuf
from cells.loading.errors import LoadError, shown
from cells.loading.protobuf import Message, message, packed, raws, whole
from cells.loading.tensors import MOST_NUMBERS, check_floats, floats, shape_of

Tensor: TypeAlias = NDArray[np.generic]

TYPES = {1: "float32", 10: "float16", 11: "float64", 16: "bfloat16"}
WHOLE = {6: "<i4", 7: "<i8"}
QUANTISED = {2: "uint8", 3: "int8", 4: "uint16", 5: "int16", 17: "float8", 21: "uint4", 22: "int4"}


def tensor(name: str, part: Message) -> Tensor:
    """A TensorProto whose numbers lie in the file."""
    if protobuf.raws(part, 13) or whole(part, 14) == (1,):
        raise LoadError("onnx.elsewhere", name=shown(name))
    shape = shape_of(name, whole(part, 1))
    kind = next(iter(whole(part, 2)), 0)
    size = prod(shape)
    if size > MOST_NUMBERS:
        raise LoadError("onnx.large", name=shown(name), shape=shown(shape), most=f"{MOST_NUMBERS:,}")
    raw = b"".join(raws(part, 9))
    if kind in WHOLE:
        numbers: Tensor = (
            np.frombuffer(raw, WHOLE[kind]) if raw else np.array(whole(part, 7 if kind == 7 else 5), "int64")
        )
    else:
        dtype = check_floats(name, TYPES.get(kind, QUANTISED.get(kind, f"type {kind}")))
        if not raw and dtype == "float32":
            raw = packed(part, 4, "f")
        elif not raw and dtype == "float64":
            raw = packed(part, 10, "d")
        elif not raw:
            raw = np.array(whole(part, 5), "int64").astype("<u2").tobytes()
        numbers = floats(raw, dtype)
    if numbers.size != size:
        raise LoadError("onnx.count", name=shown(name), shape=shown(shape), found=numbers.size)
    return numbers.reshape(shape)


def sparse(name: str, part: Message) -> Tensor:
    """A SparseTensorProto, its numbers in their places among zeros."""
    shape = shape_of(name, whole(part, 3))
    if prod(shape) > MOST_NUMBERS:
        raise LoadError("onnx.large", name=shown(name), shape=shown(shape), most=f"{MOST_NUMBERS:,}")
    values, places = (tensor(name, message(raw)) for number in (1, 2) for raw in raws(part, number)[:1])
    found = np.zeros(prod(shape), values.dtype)
    each = (places.T, shape) if places.ndim == 2 else (places[None], (prod(shape),))
    found[np.ravel_multi_index(tuple(each[0]), each[1])] = values
    return found.reshape(shape)
