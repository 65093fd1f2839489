"""What is said of files: one table, every sentence of it used, each with just its blanks."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

from cells.loading.errors import LoadError
from cells.loading.files import inspect
from cells.loading.sentences import SENTENCES, Sentence, sentence
from tests.cells.hostile import FILES

FOLDERS = ("cells/loading", "cells/live")
TREES = [
    ast.parse(path.read_text(encoding="utf-8"))
    for folder in FOLDERS
    for path in (Path(__file__).parents[2] / folder).glob("*.py")
    if path.name not in ("sentences.py", "errors.py")
]
HANDED_ON = {"key", "stack"}  # what is said elsewhere under its own key
WHERE = {"op", "node"}  # what `where` fills in


def calls() -> Iterator[tuple[ast.expr, set[str]]]:
    """What is said by which key, and the blanks that are filled."""
    for tree in TREES:
        for call in ast.walk(tree):
            if isinstance(call, ast.Call) and ast.unparse(call.func) in ("LoadError", "sentence"):
                filled = [{word.arg} if word.arg else WHERE for word in call.keywords]
                key = call.args[0]
                for said in (key.body, key.orelse) if isinstance(key, ast.IfExp) else (key,):
                    yield said, set().union(*filled)


def test_every_sentence_that_is_said_is_in_the_table_and_its_blanks_are_filled():
    handed_on = set()
    for key, filled in calls():
        if isinstance(key, ast.Constant):
            wanted = {name for _, name, _, _ in Formatter().parse(SENTENCES[key.value]) if name}
            assert filled == wanted, key.value
        else:
            handed_on.add(ast.unparse(key))
    assert handed_on == HANDED_ON


def test_every_sentence_of_the_table_is_said():
    written = {node.value for tree in TREES for node in ast.walk(tree) if isinstance(node, ast.Constant)}
    assert set(SENTENCES) - written == set()


def test_a_sentence_stands_in_another():
    error = LoadError("named", name="a.pt", fault=sentence("pt.cut", name="{fault}"))
    assert str(error) == "a.pt: the storage of {fault} is cut short; the file is damaged"


def test_what_another_process_refuses_keeps_its_key():
    with pytest.raises(LoadError) as caught:
        inspect(FILES[".h5"]["external storage"][0](), "far.h5")
    name, fault = dict(caught.value.sentence.blanks).values()
    assert name == "far.h5" and isinstance(fault, Sentence) and fault.key == "hdf5.elsewhere"
    assert str(fault) in str(caught.value)
