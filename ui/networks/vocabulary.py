"""Names for the rows of an embedding or the features of x, as people keep them: typed, as lines, as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from cells.loading.beside import beside
from ui.networks.tokenize import InputFault, characters, spaced

MOST_BYTES = 8 << 20
BREAKS = ("↵", "\\n", "<nl>", "<newline>", "<eol>")  # how files write a line break that is a token
DEEPEST = 6  # a vocabulary lies no deeper in JSON
# Where a file has several maps: those by which tokens are looked up, the surest first; counts are none.
LOOKED_UP = ("word_index", "vocab", "stoi", "token_to_id", "itos", "index_word", "vocabulary", "chars")


@dataclass(frozen=True)
class Vocabulary:
    """Tokens with their numbers as a file has them, for a network that reads `size` numbers.

    `shift` is added to each number; `lower` says that texts are read in lower case, as the file says or
    since no token has a capital.
    """

    places: tuple[tuple[str, int], ...]
    size: int
    shift: int = 0
    lower: bool = False

    @cached_property
    def tokens(self) -> tuple[str, ...]:
        """A token for each number that the network reads, "" for those without."""
        tokens = [""] * self.size
        for token, place in self.places:
            if 0 <= place + self.shift < self.size:
                tokens[place + self.shift] = token
        mark = "" if "\n" in tokens else next((sign for sign in BREAKS if sign in tokens), "")
        return tuple("\n" if token and token == mark else token for token in tokens)

    @property
    def extra(self) -> int:
        """How many tokens have a number that the network does not read."""
        return len(self.places) - sum(map(bool, self.tokens))


def parsed(text: str, size: int) -> Vocabulary:
    """What a reader typed or brought; InputFault says what is wrong.

    JSON is a list in order, a map from tokens to numbers or back, or a file of a tokenizer with such in it.
    Else each line is a token, with its number if it has one; a single line is a row of characters.
    """
    if text.lstrip()[:1] in ("[", "{"):
        try:
            found = json.loads(text, strict=False)
        except (ValueError, RecursionError):
            if text.lstrip()[:2] in ('["', '{"'):
                raise InputFault("vocabulary_json") from None
            found = None
        if found:
            return of_json(found, size)
    return of_lines(text, size)


def from_file(data: bytes, size: int) -> Vocabulary:
    """The vocabulary in a file: text, or what Python's pickle or torch.save wrote of one."""
    if data[:1] == b"\x80" or data[:2] == b"PK":
        return of_json(beside(data), size)
    try:
        return parsed(data.decode("utf-8-sig"), size)
    except UnicodeDecodeError:
        raise InputFault("vocabulary_text") from None


def of_json(found: object, size: int) -> Vocabulary:
    """A list, a map, or the best of those that lie deeper; InputFault where there is none."""
    try:
        return named(map_of(found), size, says_lower(found))
    except InputFault:
        inner = [at for at in maps_in(found) if at is not found]
        for name in LOOKED_UP:
            for holder in (found, *inner):
                if isinstance(holder, dict) and name in holder:
                    return named(map_of(of_text(holder[name])), size, says_lower(found))
        raise


def of_lines(text: str, size: int) -> Vocabulary:
    """A token a line, some with a number beside it; or the characters of a single line, in order."""
    lines = [line.removesuffix("\r") for line in text.rstrip("\r\n").split("\n")]
    letters = characters(text).tokens
    row = letters if len(letters) == size else characters(text.rstrip("\r\n")).tokens
    distinct = len(set(row)) == len(row)
    if len(lines) == 1 or (distinct and (len(row) == size or len(lines) == 2 != size)):
        apart = spaced(text).tokens
        if not distinct and len(apart) > 1:
            return named(map_of(list(apart)), size)
        return fitting(named(map_of(list(row)), size))
    tokens = [line.strip() or line for line in lines]
    return named(numbered(tokens) or map_of(tokens), size)


def numbered(lines: Sequence[str]) -> dict[str, int] | None:
    """Lines of a token and its number, or how often it is found, in which case they stand in order."""
    behind = [line.rsplit(None, 1) for line in lines]
    before = [line.split(None, 1)[::-1] for line in lines]
    for pairs in (behind, before):
        if not all(len(pair) == 2 and pair[1].isdecimal() for pair in pairs):
            continue
        tokens, counts = [pair[0] for pair in pairs], [int(pair[1]) for pair in pairs]
        if len(set(tokens)) == len(tokens):
            in_order = sorted(counts) in ([*range(len(counts))], [*range(1, len(counts) + 1)])
            return dict(zip(tokens, counts if in_order else range(len(counts)), strict=True))
    return None


def named(places: Mapping[str, int], size: int, lower: bool = False) -> Vocabulary:
    """The vocabulary of these numbers; InputFault where two tokens share one, or none can be read."""
    if not places:
        raise InputFault("vocabulary_kind")
    held: dict[int, str] = {}
    for token, place in places.items():
        if place in held:
            raise InputFault("vocabulary_twice", token=token, other=held[place], place=place)
        held[place] = token
    plain = "".join(token for token in places if token[:1] not in ("<", "["))
    found = Vocabulary(tuple(places.items()), size, 0, lower or plain == plain.lower() != plain.upper())
    return found if any(found.tokens) else fitting(found)


def fitting(found: Vocabulary) -> Vocabulary:
    """The same, where the network reads every number; InputFault names the first that it does not."""
    size, last = found.size, found.size - 1
    for token, place in found.places:
        if not 0 <= place < size:
            raise InputFault("vocabulary_place", token=token, place=place, size=size, last=last)
    return found


def listed(tokens: Sequence[str]) -> Vocabulary | None:
    """Tokens in order, read as they are spelled; None where there are none."""
    return Vocabulary(tuple((token, at) for at, token in enumerate(tokens)), len(tokens)) if tokens else None


def map_of(found: object) -> dict[str, int]:
    """The number of each token; of a text, or a list of tokens with scores, in their order."""
    match found:
        case str() if found:
            return map_of([*found])
        case [[str(), float() | int()], *_]:
            return map_of([pair[0] for pair in found if isinstance(pair, list) and pair])
        case list() if all(isinstance(token, str) for token in found):
            places: dict[str, int] = {}
            for place, token in enumerate(found):
                if token in places and token:
                    raise InputFault("vocabulary_again", token=token)
                places[token] = place
            return {token: place for token, place in places.items() if token}
        case dict() if all(isinstance(token, str) and type(place) is int for token, place in found.items()):
            return dict(found)
        case dict() if all(isinstance(token, str) and is_place(place) for place, token in found.items()):
            return {token: int(place) for place, token in found.items()}
    raise InputFault("vocabulary_kind")


def is_place(place: object) -> bool:
    """Whether it is a number of a token, as JSON keeps it as a key or as itself."""
    return type(place) is int or (isinstance(place, str) and place.isdecimal())


def of_text(found: object) -> object:
    """JSON that is kept as a text within JSON, as itself."""
    if isinstance(found, str) and found[:1] in ("[", "{"):
        try:
            return json.loads(found)
        except (ValueError, RecursionError):
            return found
    return found


def maps_in(found: object, depth: int = 0) -> Iterator[dict[object, object]]:
    """Every map in a file, the outer ones first."""
    found = of_text(found)
    if isinstance(found, dict):
        yield found
    if isinstance(found, dict | list) and depth < DEEPEST:
        for inner in found.values() if isinstance(found, dict) else found[:64]:
            yield from maps_in(inner, depth + 1)


def says_lower(found: object) -> bool:
    """Whether a tokenizer's file says that it reads texts in lower case."""
    said = {"lower": True, "lowercase": True, "do_lower_case": True, "type": "Lowercase"}
    said |= {"standardize": "lower_and_strip_punctuation"}
    return any(one.get(name) == value for one in maps_in(found) for name, value in said.items())


def labels(text: str, size: int) -> tuple[str, ...]:
    """Names of `size` outputs, apart by commas or lines, or a JSON list; InputFault for any other number."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        found = text.replace("\n", ",").split(",")
    names = tuple(str(name).strip() for name in (found if isinstance(found, list) else [found]))
    names = tuple(filter(None, names))
    if len(names) != size:
        raise InputFault("labels_count", found=len(names), size=size)
    return names
