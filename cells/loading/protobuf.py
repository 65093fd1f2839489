"""Protocol buffers as they lie on the wire: numbered fields, read without the description of a message."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import TypeAlias

from cells.loading.errors import LoadError

Field: TypeAlias = int | memoryview
Message: TypeAlias = dict[int, list[Field]]

VARINT, EIGHT, BYTES, FOUR = 0, 1, 2, 5
MOST_FIELDS = 500_000


def message(data: memoryview) -> Message:
    """The fields of one message by their numbers, each in the order of the file."""
    found: Message = {}
    at = seen = 0
    while at < len(data):
        key, at = varint(data, at)
        number, wire = key >> 3, key & 7
        value: Field
        if wire == VARINT:
            value, at = varint(data, at)
        else:
            size = {EIGHT: 8, FOUR: 4}.get(wire)
            if size is None:
                size, at = varint(data, at) if wire == BYTES else (len(data), at)
            if at + size > len(data):
                raise LoadError("onnx.cut")
            value = data[at : at + size]
            at += size
        found.setdefault(number, []).append(value)
        seen += 1
        if seen > MOST_FIELDS:
            raise LoadError("onnx.fields")
    return found


def varint(data: memoryview, at: int) -> tuple[int, int]:
    """A whole number, and where the next thing begins; seven bits a byte, the lowest first."""
    value = 0
    for shift in range(0, 70, 7):
        byte = data[at]
        at += 1
        value |= (byte & 127) << shift
        if byte < 128:
            return value & (2**64 - 1), at
    raise LoadError("onnx.damaged")


def messages(found: Message, number: int) -> Iterator[Message]:
    """The messages within a field."""
    return (message(part) for part in raws(found, number))


def raws(found: Message, number: int) -> list[memoryview]:
    """The bytes of a field."""
    return [part for part in found.get(number, []) if isinstance(part, memoryview)]


def texts(found: Message, number: int) -> tuple[str, ...]:
    """A field of texts."""
    return tuple(bytes(part).decode(errors="replace") for part in raws(found, number))


def text(found: Message, number: int) -> str:
    """A field of one text, empty if it is left out."""
    return next(iter(texts(found, number)), "")


def whole(found: Message, number: int) -> tuple[int, ...]:
    """A field of whole numbers with signs, one by one or packed."""
    numbers: list[int] = []
    for part in found.get(number, []):
        if isinstance(part, int):
            numbers.append(part)
        else:
            at = 0
            while at < len(part):
                value, at = varint(part, at)
                numbers.append(value)
    return tuple(number - 2**64 if number >= 2**63 else number for number in numbers)


def packed(found: Message, number: int, letter: str) -> bytes:
    """A field of floats, one by one or packed, as bytes; `letter` is their type for struct."""
    size = struct.calcsize(letter)
    parts = raws(found, number)
    if any(len(part) % size for part in parts):
        raise LoadError("onnx.damaged")
    return b"".join(parts)
