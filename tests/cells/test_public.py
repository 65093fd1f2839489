"""What a stranger meets first: `import cells` is light, its names are there, and imports form no circle."""

from __future__ import annotations

import ast
import subprocess
import sys
from graphlib import TopologicalSorter
from pathlib import Path

import cells

FOLDER = Path(cells.__file__).parent
IMPORTED = """
import sys
before = set(sys.modules)
import cells
print(*sorted({name.split(".")[0] for name in set(sys.modules) - before}))
"""
PUBLIC = {  # names that lessons, notebooks and other projects hold on to
    *("CELLS", "Layer", "LoadError", "Network", "Readout", "Run", "Trace", "Weights"),
    *("equations", "load", "provenance", "state_jacobian"),
}


def module(path: Path) -> str:
    return ".".join(("cells", *path.relative_to(FOLDER).with_suffix("").parts)).removesuffix(".__init__")


def imported(path: Path, known: set[str]) -> set[str]:
    """Every module of ours that a file imports, under TYPE_CHECKING and inside functions too."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        match node:
            case ast.ImportFrom(module=str(source), names=names):
                found |= {
                    f"{source}.{name.name}" if f"{source}.{name.name}" in known else source for name in names
                }
            case ast.Import(names=names):
                found |= {name.name for name in names}
    return found & known


def test_every_public_name_is_there_and_they_stand_in_order():
    assert cells.__all__ == sorted(cells.__all__, key=lambda name: (not name.isupper(), name))
    assert set(cells.__all__) >= PUBLIC
    assert all(hasattr(cells, name) for name in cells.__all__)


def test_importing_cells_needs_numpy_alone():
    done = subprocess.run([sys.executable, "-c", IMPORTED], capture_output=True, text=True, check=True)
    assert set(done.stdout.split()) <= {*sys.stdlib_module_names, "numpy", "cells"}


def test_no_modules_of_cells_import_each_other_in_a_circle():
    files = {module(path): path for path in sorted(FOLDER.rglob("*.py"))}
    TopologicalSorter({name: imported(path, set(files)) for name, path in files.items()}).prepare()
