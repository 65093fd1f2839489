"""What a checkpoint itself says of its network: a vocabulary, names of its outputs, the scale of training."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from math import sqrt
from typing import NamedTuple

from ui.networks import vocabulary
from ui.networks.scaling import Scaling
from ui.networks.tokenize import InputFault
from ui.networks.vocabulary import Vocabulary, map_of, of_text

DEEPEST = 8
LABELS = re.compile(r"label|class|tag|target|categor|answer|output", re.IGNORECASE)
LETTERS = re.compile(r"char|vocab|alphabet|letter|token|symbol", re.IGNORECASE)
# Words that tell the names of two rows of numbers apart, and what the second is.
SCALES: Mapping[tuple[str, str], str] = {
    **{("mean", other): "deviation" for other in ("std", "stddev", "stdev", "scale", "sigma", "sd")},
    ("means", "stds"): "deviation",
    ("mu", "sigma"): "deviation",
    **{("mean", other): "variance" for other in ("var", "variance")},
    ("min", "max"): "largest",
}
OF_ANSWERS = {"y", "target", "targets", "label", "labels", "output", "running"}  # and of a normalisation
OF_INPUTS = {
    "",
    "x",
    "data",
    "feature",
    "features",
    "input",
    "inputs",
    "train",
}  # other least and largest are settings


LOOKUPS = ("TextVectorization", "StringLookup")


class Said(NamedTuple):
    """One thing that the file says: where, and what."""

    where: str
    says: Vocabulary | tuple[str, ...] | Scaling


def found(tree: object, reads: int, features: int, outputs: int) -> tuple[Said, ...]:
    """All that fits a network which reads so many tokens or numbers and answers with so many outputs."""
    said = [
        *_vocabularies(tree, reads, reads if features else (reads + 1) // 2, outputs),
        *_labels(tree, outputs),
        *_scalings(tree, features),
    ]
    once = {(type(one.says), _told(one.says)): one for one in reversed(said)}  # the first that says it
    return tuple(one for one in said if once[type(one.says), _told(one.says)] is one)


def _told(says: Vocabulary | tuple[str, ...] | Scaling) -> object:
    match says:
        case Vocabulary():
            return says.tokens
        case Scaling():
            return tuple(f"{number:.6g}" for number in (*says.mean, *says.deviation))
    return says


def _vocabularies(tree: object, reads: int, least: int, outputs: int) -> Iterator[Said]:
    """Maps and lists that name at least so many of the tokens which the network reads."""
    lower = vocabulary.says_lower(tree)
    for where, value in _walk(tree):
        if (
            isinstance(value, dict)
            and isinstance(value.get("config"), dict)
            and value.get("class_name") in LOOKUPS
        ):
            yield from _of_lookup(where, value["config"], reads, lower)
        if where.split(".")[-2:] == ["config", "vocabulary"] or (
            isinstance(value, str) and not LETTERS.search(_last(where))
        ):
            continue
        try:
            one = vocabulary.named(map_of(value), reads, lower)
        except InputFault:
            continue
        named = sum(map(bool, one.tokens))
        numbers = sorted(place for _, place in one.places)
        in_a_row = numbers == [*range(numbers[0], numbers[0] + len(numbers))] and numbers[0] in (0, 1, 2)
        labels = len(numbers) == outputs and LABELS.search(_last(where))
        if named >= max(2, least) and in_a_row and not labels:
            yield Said(where, one)


def _of_lookup(where: str, config: Mapping[str, object], reads: int, lower: bool) -> Iterator[Said]:
    """The words in the configuration of a Keras layer, which puts padding and unknown words before them."""
    words = config.get("vocabulary")
    if not isinstance(words, list) or not words:
        return
    before = {"", "[UNK]", config.get("mask_token"), config.get("oov_token")} & {words[0]}
    masks = "standardize" in config or config.get("mask_token") is not None
    outside = config.get("num_oov_indices", 1)
    shift = 0 if before else masks + (outside if isinstance(outside, int) else 1)
    try:
        one = vocabulary.named(map_of(words), reads, lower)
    except InputFault:
        return
    yield Said(f"{where}.config", replace(one, shift=shift))


def _labels(tree: object, outputs: int) -> Iterator[Said]:
    """Lists and maps of names, one for each output."""
    for where, value in _walk(tree):
        try:
            places = map_of(value) if not isinstance(value, str) else {}
        except InputFault:
            continue
        in_order = sorted(places, key=lambda name: places[name])
        if outputs > 1 and len(places) == outputs and LABELS.search(_last(where)):
            yield Said(where, tuple(in_order))


def _scalings(tree: object, features: int) -> Iterator[Said]:
    """Pairs of rows that say how numbers were scaled: x_mean and x_std, data_min_ and data_max_."""
    for where, value in _walk(tree):
        if not isinstance(value, dict):
            continue
        rows = {str(name).lower(): row for name, one in value.items() if (row := _numbers(one, features))}
        for (first, second), kind in SCALES.items():
            for name in rows:
                parts = re.split(r"([_.])", name)
                beside = {part for part in parts[::2] if part != first}
                other = "".join(second if part == first else part for part in parts)
                known = beside <= OF_INPUTS if kind == "largest" else not beside & OF_ANSWERS
                scaling = _scaling(rows[name], rows.get(other, ()), kind)
                if first in parts and known and scaling:
                    yield Said(f"{where}.{name}, {other}".removeprefix("."), scaling)


def _scaling(mean: Sequence[float], other: Sequence[float], kind: str) -> Scaling | None:
    if not other:
        return None
    wide = max(len(mean), len(other))
    low, high = ((*row,) * (wide if len(row) < wide else 1) for row in (mean, other))
    deviation = {
        "deviation": lambda: high,
        "variance": lambda: tuple(sqrt(max(value, 0)) for value in high),
        "largest": lambda: tuple(top - bottom for bottom, top in zip(low, high, strict=True)),
    }[kind]()
    return Scaling(tuple(low), tuple(deviation)) if all(value > 0 for value in deviation) else None


def _last(where: str) -> str:
    return where.rpartition(".")[2]


def _numbers(value: object, features: int) -> tuple[float, ...]:
    """A number, or one for each feature; else nothing."""
    row = value if isinstance(value, list) else [value]
    if len(row) not in (1, features) or not all(type(number) in (int, float) for number in row):
        return ()
    return tuple(map(float, row))


def _walk(value: object, where: str = "", depth: int = 0) -> Iterator[tuple[str, object]]:
    """Everything in a tree by where it lies; what JSON keeps in a text too."""
    value = of_text(value)
    yield where, value
    if depth == DEEPEST:
        return
    if isinstance(value, dict) and not _is_map(value):
        inside: Iterator[tuple[object, object]] = iter(value.items())
    elif isinstance(value, list) and not all(isinstance(one, str | int | float) for one in value):
        inside = iter(enumerate(value))
    else:
        return
    for name, one in inside:
        yield from _walk(one, f"{where}.{name}" if where else str(name), depth + 1)


def _is_map(found: Mapping[object, object]) -> bool:
    """Whether it is a map of tokens, in which nothing else lies."""
    values = {type(value) for value in found.values()}
    return values == {int} or (values == {str} and all(isinstance(name, int) for name in found))
