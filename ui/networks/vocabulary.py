"""Names for the rows of an embedding, the features of x or the outputs: typed in order, or as JSON."""

from __future__ import annotations

import json

from ui.networks.tokenize import InputFault, characters

MOST_BYTES = 8 << 20
BREAKS = ("↵", "\\n", "<nl>", "<newline>", "<eol>")  # how files write a line break that is a token


def parsed(text: str, size: int) -> tuple[str, ...]:
    """A token for each of `size` places, "" for those without; InputFault says what is wrong.

    A JSON list is in order, a JSON map gives each token its place from 0 on or each place its token, and
    anything else is a row of characters.
    """
    if text.lstrip()[:1] in ("[", "{"):
        try:
            found = json.loads(text)
        except (ValueError, RecursionError):
            if text.lstrip()[:2] in ('["', '{"'):
                raise InputFault("vocabulary_json") from None
            found = None
        if found:
            return in_places(found, size)
    return in_places(list(characters(text).tokens), size)


def in_places(found: object, size: int) -> tuple[str, ...]:
    """The tokens, each at its place."""
    places = map_of(found)
    for token, place in places.items():
        if not 0 <= place < size:
            raise InputFault("vocabulary_place", token=token, place=place, size=size, last=size - 1)
    tokens = [""] * size
    mark = "" if "\n" in places else next((sign for sign in BREAKS if sign in places), "")
    for token, place in places.items():
        if tokens[place]:
            raise InputFault("vocabulary_twice", token=token, other=tokens[place], place=place)
        tokens[place] = token
    return tuple("\n" if token and token == mark else token for token in tokens)


def map_of(found: object) -> dict[str, int]:
    """The place of each token."""
    match found:
        case list() if all(isinstance(token, str) for token in found):
            places: dict[str, int] = {}
            for place, token in enumerate(found):
                if token in places:
                    raise InputFault("vocabulary_again", token=token)
                places[token] = place
            return places
        case dict() if all(type(place) is int for place in found.values()):
            return dict(found)
        case dict() if all(isinstance(token, str) and place.isdecimal() for place, token in found.items()):
            return {token: int(place) for place, token in found.items()}
    raise InputFault("vocabulary_kind")


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
