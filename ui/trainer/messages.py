"""What a server and its worker processes say to each other: jobs go there, what comes of them comes back."""

from __future__ import annotations

import pickle
from collections.abc import Mapping
from typing import IO, Any, NamedTuple, TypeAlias

from cells.training.looking import Look
from cells.training.parts import Parts


class Job(NamedTuple):
    """Go on from a state, a pickled one or the start, and look after each of these updates, in order.

    With `explains` the update after that many is told with its parts. After so many `seconds` the worker
    stops wherever it is: what is left to do is another job.
    """

    line: str
    state: bytes | None
    looks: tuple[int, ...]
    explains: int | None
    seconds: float


class Looked(NamedTuple):
    """A look, the state to go on from, and the seconds since the message before that the updates took."""

    look: Look
    state: bytes
    seconds: float


class Reached(NamedTuple):
    """So many updates are done."""

    update: int


class Explained(NamedTuple):
    """An update with its parts."""

    parts: Parts


class Stopped(NamedTuple):
    """The job ends here, done or not."""

    update: int
    state: bytes
    seconds: float


class Failed(NamedTuple):
    """The job ends: the recipe cannot be trained, or not beyond `update`, by a RecipeError's fault."""

    fault: str
    update: int
    details: Mapping[str, str | float]


Message: TypeAlias = Looked | Reached | Explained | Stopped | Failed


def send(pipe: IO[bytes], message: Job | Message) -> None:
    """Write one; BrokenPipeError where nobody reads any more."""
    pickle.dump(message, pipe, pickle.HIGHEST_PROTOCOL)
    pipe.flush()


def receive(pipe: IO[bytes]) -> Any:  # as the other end sends it: a Job, or a Message
    """The next one; EOFError where nobody writes any more."""
    # Both ends of the pipe are ours, and nothing else gets in.
    return pickle.load(pipe)  # noqa: S301
