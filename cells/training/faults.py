"""What is said of settings that cannot be trained: by names, so that other languages can say it too."""

from __future__ import annotations

from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {
    "long": "the settings are longer than {most} characters; leave out what is as usual",
    "task": "there is no task {given} to train here; choose one of {choices}",
    "cell": "there is no cell {given}; choose one of {choices}",
    "field": "there is no setting {given}; choose from {choices}",
    "twice": "{name} is said twice; say it once",
    "number": "{name} is {given}, which is no number; write one such as {example}",
    "whole": "{name} is {given}; it must be a whole number, such as {example}",
    "bounds": "{name} is {given}; choose from {least} to {most}",
    "start": "there is no start {given}; choose one of {choices}, or give a bias or chrono",
    "starts": "{names} exclude each other; choose one of them",
    "gates": "{name} is about a gate that keeps, and {cell} has none; leave it out",
    "longest": "how long the sequences of {task} are is its texts' matter; leave longest out",
    "work": "with {units} units sequences cannot go to {longest}; choose at most {most}, or fewer units",
    "batch": "a batch of {batch} is more than the {samples} sequences of {task}; choose at most {samples}",
    "package": "{task} is learned from the texts of {package}, which are not here; fetch them: {command}",
    "diverged": "at update {update} numbers became infinite; choose a smaller rate, or clip the gradient",
}


class RecipeError(ValueError):
    """Settings that cannot be trained: `fault` is a key of SENTENCES, `details` fill its blanks."""

    def __init__(self, name: str, /, **details: str | float) -> None:
        super().__init__(SENTENCES[name].format(**details))
        self.fault, self.details = name, details

    def __reduce__(self) -> tuple[object, ...]:
        return _again, (self.fault, self.details)


def _again(name: str, details: Mapping[str, str | float]) -> RecipeError:
    return RecipeError(name, **details)


class Diverged(RecipeError):  # noqa: N818  # what it is is no error of ours
    """Numbers of an update are NaN or infinite; the weights before it stay."""

    def __init__(self, update: int) -> None:
        super().__init__("diverged", update=update)
        self.update = update

    def __reduce__(self) -> tuple[object, ...]:
        return Diverged, (self.update,)
