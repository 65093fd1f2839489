"""A reader's own network when what its file left open is answered, or as another epoch of it was."""

from __future__ import annotations

from dataclasses import replace

from cells.loading.errors import LoadError
from cells.loading.files import inspect
from ui.networks import numeric_rows
from ui.networks.scaling import UNSCALED
from ui.networks.uploaded import Uploaded


def carried_over(after: Uploaded, before: Uploaded) -> Uploaded:
    """A network with what the reader said of another of its shape: the next epoch is read as the last."""
    said, asked = before.understood.answers, {question.name for question in after.understood.questions}
    given = {name: answer for name, answer in said.items() if name in asked}
    try:
        same = replace(after, understood=inspect(after.data, after.name, **given)) if given else after
    except LoadError:
        return after  # its questions are others
    if same.shape != before.shape:
        return after
    return replace(same, known=before.known, labels=before.labels, rows=before.rows, scaling=before.scaling)


def answered(own: Uploaded, question: str, answer: str) -> Uploaded:
    """The same file with another answer to one of its questions; LoadError says why that cannot be."""
    given = {question: answer}
    if question != "part":  # another network of the file asks its own questions
        given = {**own.understood.answers, **given}
    other = inspect(own.data, own.name, **given)
    same = other.network.features == own.understood.network.features
    after = replace(
        own,
        understood=other,
        rows=own.rows if same else numeric_rows.drawn(other.network.features),
        scaling=own.scaling if same else UNSCALED,
    )
    return replace(
        after,
        known=own.known if after.reads == own.reads else None,
        labels=own.labels if after.outputs == own.outputs else (),
    )
