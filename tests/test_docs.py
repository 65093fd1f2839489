"""What the documents name is there: files, commands, symbols, and the frameworks' orders of gates."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cells.loading.layouts import LAYOUTS
from cells.symbols import SYMBOLS

ROOT = Path(__file__).parents[1]
DOCUMENTS = ("README.md", "CONTRIBUTING.md", "docs/glossary.md", "docs/formats.md", "tests/goldens/README.md")
PATH = re.compile(r"`((?:cells|ui|pages|bench|tests|docs|deploy)/[\w./-]*)`|\((docs/[\w./-]+)\)")
THEIRS = {"g": "c", "n": "c", "h": "c", "hh": "c"}  # what they call the candidate's block


def text(document: str) -> str:
    return (ROOT / document).read_text(encoding="utf-8")


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_path_in_a_document_is_there(document):
    named = {first or second for first, second in PATH.findall(text(document))}
    assert {path for path in named if not (ROOT / path).exists()} == set()
    assert named


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_command_of_make_is_there(document):
    targets = set(re.findall(r"^([a-z]+):", text("Makefile"), flags=re.M))
    assert set(re.findall(r"(?:^    |`)make ([a-z]+)", text(document), flags=re.M)) <= targets


def glossary(named: str, column: int = 1) -> list[str]:
    """The cells of the one row of the glossary whose first cell says this."""
    rows = [
        [cell.strip() for cell in line.split("|")[1:-1]] for line in text("docs/glossary.md").splitlines()
    ]
    (row,) = [row for row in rows if row and named in row[0]]
    return row[column:]


@pytest.mark.parametrize("symbol", SYMBOLS.values(), ids=lambda symbol: symbol.name)
def test_the_glossary_names_every_symbol_as_the_screen_does(symbol):
    shown, spoken = glossary(f"`{symbol.name}`")[:2]
    assert shown.split(",")[0] == symbol.shown
    assert spoken.split(",")[0] == symbol.title


@pytest.mark.parametrize(
    ("format_", "name"), [key for key in LAYOUTS if key[1] in ("LSTM", "GRU", "GRU (reset after)")]
)
def test_the_glossary_has_the_orders_in_which_files_are_read(format_, name):
    orders = glossary("an LSTM’s blocks" if name == "LSTM" else "a GRU’s blocks", column=2)
    written = orders[("PyTorch", "Keras", "ONNX").index(format_)].split()
    assert "".join(THEIRS.get(block, block) for block in written) == LAYOUTS[format_, name].order
