"""What was understood of a file, before anybody looks at a number of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cells.loading.errors import LoadError, shown
from cells.loading.fragment import Answers, Part, Question
from cells.loading.sentences import Sentence
from cells.loading.tensors import check_sizes
from cells.network import Network

SHOWN_NAMES = 12


@dataclass(frozen=True, eq=False)
class Understood:
    """A file's network with all that was read out of the file, taken for granted, or left aside.

    `names` pairs the file's own names with ours; `questions` are what the file does not say, and `answers`
    what was taken for each.
    """

    format: str
    network: Network
    parameters: int
    names: tuple[tuple[str, str], ...]
    conventions: tuple[Sentence, ...]
    unused: tuple[str, ...]
    questions: tuple[Question, ...]
    answers: Answers

    @property
    def directions(self) -> int:
        """1, or 2 where the network reads from both ends."""
        return 1 + (self.network.layers[0].backward is not None)

    @property
    def units(self) -> int:
        """Units of the first layer's forward direction."""
        return len(self.network.layers[0].forward.U[0])

    def lines(self) -> Iterator[str]:
        """All of it in words."""
        network = self.network
        layers, directions = len(network.layers), self.directions
        yield f"{self.format}: {network.cell}, {layers} layer{'s' * (layers > 1)}, {directions} " + (
            "directions" if directions > 1 else "direction"
        )
        sizes = f"{network.features} features, {self.units} units, {self.parameters:,} parameters"
        yield f"{sizes}, {network.dtype}"
        if network.embedding is not None:
            yield f"embedding of {len(network.embedding)} rows"
        if network.readout is not None:
            yield f"readout: {network.readout.W.shape[1]} outputs, {network.readout.kind}"
        yield from map(str, self.conventions)
        for theirs, ours in self.names:
            yield f"  {shown(theirs)} → {ours}"
        if self.unused:
            more = len(self.unused) - SHOWN_NAMES
            names = ", ".join(map(shown, self.unused[:SHOWN_NAMES]))
            yield f"not shown: {names}{f' and {more} more' if more > 0 else ''}"
        for question in self.questions:
            choices = " | ".join(map(shown, question.choices))
            yield f"? {question.asks} {question.name}={shown(self.answers[question.name])} ({choices})"


def understood(format_: str, parts: Sequence[Part], given: Answers) -> Understood:
    """The part that the answers choose, as a network; LoadError says which answer does not fit."""
    asked: tuple[Question, ...] = ()
    chosen = parts[0]
    if len(parts) > 1:
        names = tuple(part.name for part in parts)
        asked = (Question("part", "The file holds several networks. Which one?", names, names[0]),)
        choice = taken(asked[0], given)
        chosen = next(part for part in parts if part.name == choice)
    asked += chosen.questions
    unknown = set(given) - {question.name for question in asked}
    if unknown:
        name = shown(min(unknown))
        if not asked:
            raise LoadError("ask.nothing", name=name)
        raise LoadError("ask.unknown", name=name, questions=", ".join(question.name for question in asked))
    answers = {question.name: taken(question, given) for question in asked}
    arrays = [array for array, _ in chosen.arrays]
    check_sizes(arrays)
    try:
        network = chosen.network(answers)
    except LoadError:
        raise
    except ValueError as error:
        raise LoadError("network", error=error) from None
    return Understood(
        format_,
        network,
        sum(array.size for array in arrays),
        tuple((array.name, ours) for array, ours in chosen.arrays),
        chosen.conventions,
        chosen.unused,
        asked,
        answers,
    )


def taken(question: Question, given: Answers) -> str:
    """The answer to a question, or what is taken without one."""
    answer = given.get(question.name, question.default)
    if answer not in question.choices:
        choices = ", ".join(map(shown, question.choices))
        raise LoadError("ask.choice", question=question.name, answer=repr(shown(answer)), choices=choices)
    return answer
