"""The house keeps its shape: imports point one way, and a file holds one idea."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FOLDERS = ("cells", "ui", "pages")
SOURCES = [
    *ROOT.glob("app.py"),
    *(path for folder in FOLDERS for path in sorted((ROOT / folder).rglob("*.py"))),
]
READS = {"cells": {"cells"}, "ui": {"ui", "cells"}, "pages": {"ui", "cells"}, "app.py": {"ui", "cells"}}

# Packages of one file format each, imported by its loader where it is used.
FORMATS = {"h5py", "onnx", "safetensors"}
SPEAK_STREAMLIT = {"session", "page", "stepper", "applications", "compare", "memory", "upload", "export"}


def imports(path: Path, deferred: bool = True) -> Iterator[str]:
    """The modules that a file imports, by their whole names; without `deferred` those of its top level."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree) if deferred else tree.body:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.relative_to(ROOT)}: import absolutely"
            yield str(node.module)


def part(path: Path) -> str:
    return path.relative_to(ROOT).parts[0]


@pytest.fixture(params=SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def source(request: pytest.FixtureRequest) -> Path:
    path: Path = request.param
    return path


def test_imports_point_one_way(source):
    ours = {"cells", "ui", "pages", "app", "tests", "bench"}
    assert {module.split(".")[0] for module in imports(source)} & ours <= READS[part(source)]


def test_cells_know_numpy_and_the_standard_library_alone(source):
    if part(source) == "cells":
        allowed = set(sys.stdlib_module_names) | {"numpy", "cells"}
        assert {module.split(".")[0] for module in imports(source, deferred=False)} <= allowed
        loaders = FORMATS if "loading" in source.parts else set()
        assert {module.split(".")[0] for module in imports(source)} <= allowed | loaders


def test_streamlit_stays_where_it_belongs(source):
    if part(source) == "ui" and any(module.split(".")[0] == "streamlit" for module in imports(source)):
        assert source.relative_to(ROOT / "ui").parts[0] in SPEAK_STREAMLIT


def test_a_file_holds_one_idea(source):
    assert len(source.read_text(encoding="utf-8").splitlines()) <= 300


def test_cells_load_without_the_packages_of_the_page():
    code = "import sys, cells; sys.exit(bool({'streamlit', 'plotly', 'ui'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


@pytest.mark.parametrize("sheet", sorted((ROOT / "ui").rglob("*.css")), ids=lambda path: path.name)
def test_style_sheets_ask_nothing_of_what_an_element_holds(sheet):
    """A chart puts in its labels one by one: with :has() in our sheets each took 5 ms instead of 0.16."""
    assert ":has(" not in re.sub(r"/\*.*?\*/", "", sheet.read_text(encoding="utf-8"), flags=re.DOTALL)
