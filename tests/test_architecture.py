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
READS = {
    "cells": {"cells"},
    "ui": {"ui", "cells"},
    "gates": {"ui", "cells"},
    "pages": {"ui", "cells"},
    "app.py": {"ui", "cells"},
    "serve.py": {"ui"},
}
SOURCES = [
    ROOT / "app.py",
    ROOT / "serve.py",
    *(path for part in READS for path in sorted((ROOT / part).rglob("*.py"))),
]
SCRIPTS = sorted((ROOT / "ui").rglob("*.js"))

# Packages of one file format each, imported by its loader where it is used.
FORMATS = {"h5py", "onnx", "safetensors"}
PAGES = {"applications", "compare", "memory", "upload", "export", "shelf", "teach", "train", "verdicts"}
SPEAK_STREAMLIT = {"session", "page", *PAGES}
# A room imports those before it; what a page shows stands last, side by side.
ROOMS = (
    *(
        {"words"},
        {"serving"},
        {"rooms"},
        {"text"},
        {"selection"},
        {"figures"},
        {"networks"},
        {"claims"},
        {"runs"},
        {"stepper"},
        {"trainer"},
        {"lessons"},
        {"session"},
        {"page"},
        {"handout"},
        {"notebook"},
    ),
    PAGES,
)


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def part(path: Path) -> str:
    return path.relative_to(ROOT).parts[0]


def top(module: str) -> str:
    return module.split(".")[0]


def statements(node: ast.AST, deferred: bool) -> Iterator[ast.AST]:
    """What stands in a node; without `deferred` only what runs, or is read for types, with its module."""
    for child in ast.iter_child_nodes(node):
        if deferred or not isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)):
            yield child
            yield from statements(child, deferred)


def imports(path: Path, deferred: bool = True) -> Iterator[str]:
    """What a file imports, by its whole names: modules, and things in them; `deferred` in functions too."""
    for node in statements(ast.parse(path.read_text(encoding="utf-8")), deferred):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name(path)}: import absolutely"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def plain(path: Path) -> Iterator[str]:
    """What a file imports when it is loaded; what is read for types alone is not."""
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield str(node.module)


def arrows(root: str, deferred: bool = False) -> dict[str, set[str]]:
    """Which modules of a folder import which others of it, types among them; `deferred` in functions too."""
    paths = {
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
        for path in SOURCES
        if part(path) == root
    }
    found: dict[str, set[str]] = {}
    for module, path in paths.items():
        asked = {whole if whole in paths else whole.rpartition(".")[0] for whole in imports(path, deferred)}
        found[module] = asked & (paths.keys() - {module})
    return found


def test_imports_point_one_way():
    ours = {"cells", "gates", "ui", "pages", "app", "serve", "tests", "bench"}
    asked = {(name(path), module) for path in SOURCES for module in imports(path)}
    wrong = [(path, module) for path, module in asked if top(module) in ours - READS[path.split("/")[0]]]
    assert wrong == []


def test_cells_know_numpy_and_the_standard_library_alone():
    allowed = set(sys.stdlib_module_names) | {"numpy", "cells"}
    strange = []
    for path in SOURCES:
        if part(path) == "cells":
            loaders = FORMATS if "loading" in path.parts else set()
            at_once = {top(module) for module in plain(path)} - allowed
            later = {top(module) for module in imports(path)} - allowed - loaders
            strange += [(name(path), module) for module in sorted(at_once | later)]
    assert strange == []


def test_streamlit_stays_where_it_belongs():
    speak = [path for path in SOURCES if part(path) == "ui" and "streamlit" in map(top, imports(path))]
    assert [name(path) for path in speak if path.relative_to(ROOT).parts[1] not in SPEAK_STREAMLIT] == []


@pytest.mark.parametrize("root", ["cells", "ui"])
def test_no_module_imports_itself_by_way_of_others(root):
    left = arrows(root)
    while ends := {one for one in left if not left[one] or one not in set().union(*left.values())}:
        left = {module: asked - ends for module, asked in left.items() if module not in ends}
    assert left == {}


def test_a_room_imports_those_before_it():
    floor = {room: place for place, rooms in enumerate(ROOMS) for room in rooms}
    wrong = [
        (module, other)
        for module, asked in arrows("ui", deferred=True).items()
        for other in asked
        if "." in module and module.split(".")[1] != other.split(".")[1]
        if floor[other.split(".")[1]] >= floor[module.split(".")[1]]
    ]
    assert wrong == []


def test_every_room_has_its_place():
    rooms = {path.name for path in (ROOT / "ui").iterdir() if (path / "__init__.py").exists()}
    assert sorted(rooms) == sorted(room for rooms in ROOMS for room in rooms)


def test_a_file_holds_one_idea():
    lines = {name(path): len(path.read_text(encoding="utf-8").splitlines()) for path in SOURCES + SCRIPTS}
    assert {path for path, count in lines.items() if count > 300} == set()


def test_cells_load_without_the_packages_of_the_page():
    code = "import sys, cells; sys.exit(bool({'streamlit', 'plotly', 'ui'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


@pytest.mark.parametrize("sheet", sorted((ROOT / "ui").rglob("*.css")), ids=lambda path: path.name)
def test_style_sheets_ask_nothing_of_what_an_element_holds(sheet):
    """A chart puts in its labels one by one: with :has() in our sheets each took 5 ms instead of 0.16."""
    assert ":has(" not in re.sub(r"/\*.*?\*/", "", sheet.read_text(encoding="utf-8"), flags=re.DOTALL)
