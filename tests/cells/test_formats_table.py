"""docs/formats.md: what it says of each thing that a format can express is what happens with such a file."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest

from cells.loading import hdf5
from cells.loading.errors import LoadError
from cells.loading.files import inspect
from cells.loading.sentences import SENTENCES, Sentence
from tests.cells import formats_keras, formats_named, formats_onnx, formats_torch
from tests.cells.formats_shared import Example
from tests.cells.test_loading import top

TABLE = Path(__file__).parents[2] / "docs/formats.md"
EXAMPLES: Mapping[str, Mapping[str, Example]] = {
    "PyTorch": formats_torch.EXAMPLES,
    "Keras": formats_keras.EXAMPLES,
    "ONNX": formats_onnx.EXAMPLES,
    "safetensors": formats_named.SAFE,
    "npz": formats_named.NUMPY,
}
KEYS = {text: key for key, text in SENTENCES.items()}
# What is said of every file of a format, and changes no numbers of it.
USUAL = {"note.order", "note.keeps", "note.reset_before", "note.reset_after", "note.ours", "note.article"}
USUAL |= {"note.framework", "note.dropout"}


class Row(NamedTuple):
    """One row: the section, what a file has, and what becomes of it."""

    format: str
    thing: str
    result: str
    said: str


def rows() -> list[Row]:
    found, section = [], ""
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            section = line.removeprefix("## ")
        elif line.startswith("| ") and not line.startswith("| what the file has"):
            found.append(Row(section, *(cell.strip() for cell in line[1:-1].split(" | "))))
    return found


@pytest.fixture(autouse=True)
def one_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hdf5, "ask", hdf5.answer)


def test_every_row_has_an_example_and_every_example_a_row() -> None:
    listed = [(row.format, row.thing) for row in rows()]
    assert len(set(listed)) == len(listed)
    assert set(listed) == {(name, thing) for name, several in EXAMPLES.items() for thing in several}
    assert {row.result for row in rows()} == {"computed", "told", "asked", "refused"}


@pytest.mark.parametrize("row", rows(), ids=lambda row: f"{row.format}: {row.thing}")
def test_what_the_table_says_is_what_happens(row: Row) -> None:
    example = EXAMPLES[row.format][row.thing]
    if row.result == "refused":
        with pytest.raises(LoadError) as caught:
            inspect(example.make(), example.name, **example.answers)
        (_, _), (_, fault) = caught.value.sentence.blanks
        assert isinstance(fault, Sentence) and fault.key == KEYS[row.said]
        return
    found = inspect(example.make(), example.name, **example.answers)
    told = {note.key for note in found.conventions}
    if row.result == "told":
        assert KEYS[row.said] in told
    elif row.result == "asked":
        name, _, choices = row.said.partition(": ")
        (asked,) = (question for question in found.questions if f"`{question.name}`" == name)
        assert choices in (", ".join(asked.choices), "the names of all")
    else:
        assert row.result == "computed" and told <= USUAL
        assert example.inputs is not None and example.expected is not None
        run = found.network.run(example.inputs)
        for ours in (run.output, top(found.network, example.inputs)):
            if ours is not None and ours.shape == example.expected.shape:
                np.testing.assert_allclose(ours, example.expected, rtol=0, atol=1e-5)
                return
        pytest.fail("nothing of the shape that the framework computed")
