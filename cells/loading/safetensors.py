"""Safetensors: a header of JSON that says where each tensor lies, then the tensors."""

from __future__ import annotations

import json
from math import prod

import numpy as np

from cells.loading.errors import LoadError, shown
from cells.loading.fragment import Part
from cells.loading.names import parts
from cells.loading.tensors import FLOATS, Stored, check_floats, floats, shape_of

LONGEST_HEADER = 10 << 20
MOST_TENSORS = 20_000
TYPES = {"F32": "float32", "F64": "float64", "F16": "float16", "BF16": "bfloat16"}


def read(data: bytes) -> tuple[Part, ...]:
    """The recurrent networks among the tensors, by their names."""
    length = int.from_bytes(data[:8], "little")
    if not 2 <= length <= min(LONGEST_HEADER, len(data) - 8):
        raise LoadError("safetensors.cut")
    header = json.loads(data[8 : 8 + length])
    if not isinstance(header, dict):
        raise LoadError("safetensors.header")
    if len(header) > MOST_TENSORS:
        raise LoadError("safetensors.many", count=f"{len(header):,}", most=f"{MOST_TENSORS:,}")
    body = memoryview(data)[8 + length :]
    header.pop("__metadata__", None)
    return parts({name: tensor(name, about, body) for name, about in header.items()})


def tensor(name: str, about: object, body: memoryview) -> Stored:
    """One tensor, as the header describes it."""
    match about:
        case {"dtype": str(kind), "shape": [*sizes], "data_offsets": [int(start), int(stop)]}:
            shape = shape_of(name, sizes)
            if not 0 <= start <= stop <= len(body):
                raise LoadError("safetensors.outside", name=shown(name))
            dtype = TYPES.get(kind, kind)
            if dtype in FLOATS and stop - start != prod(shape) * np.dtype(FLOATS[dtype]).itemsize:
                raise LoadError(
                    "safetensors.bytes", name=shown(name), shape=shown(shape), type=dtype, bytes=stop - start
                )
            return Stored(
                name,
                shape,
                lambda: floats(body[start:stop], check_floats(name, dtype)).reshape(shape),
            )
    raise LoadError("safetensors.tensor", name=shown(name))
