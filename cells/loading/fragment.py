"""What every reader hands over: the recurrent networks of a file, and what the file leaves open."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import NamedTuple, TypeAlias

from cells.loading.errors import LoadError
from cells.loading.sentences import Sentence
from cells.loading.tensors import Stored
from cells.network import Network

Answers: TypeAlias = Mapping[str, str]
NOTHING: Mapping[str, str] = MappingProxyType({})
MOST_PARTS = 256  # recurrent layers of a file
NAMELESS = "the file"  # a part that lies in the file under no name of its own


class Question(NamedTuple):
    """What a file does not say; `about` is the array that it is about, where it is about one."""

    name: str
    asks: str
    choices: tuple[str, ...]
    default: str
    about: str = ""


class Part(NamedTuple):
    """One recurrent network of a file.

    `arrays` are the ones that it is made of, each with our name for it; `conventions` say how the file
    keeps them; `unused` names what lies beside them and is not shown. `network` makes it, once every
    question has an answer.
    """

    name: str
    arrays: tuple[tuple[Stored, str], ...]
    conventions: tuple[Sentence, ...]
    questions: tuple[Question, ...]
    unused: tuple[str, ...]
    network: Callable[[Answers], Network]


def check_parts(count: int) -> None:
    """A file has no more recurrent layers than are looked at one by one."""
    if count > MOST_PARTS:
        raise LoadError("parts", most=MOST_PARTS)
