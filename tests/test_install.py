"""`pip install .` needs NumPy alone: README's lines run in a fresh environment, far from the source tree."""

from __future__ import annotations

import shutil
import subprocess
import sys
import venv
from importlib.metadata import distribution
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.test_readme import block

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[1]
PACKAGES = ("cells", "ui")
NOT_SHIPPED = shutil.ignore_patterns("__pycache__", "*.egg-info")
BEYOND_README = """
import sys
from pathlib import Path
import cells
from cells import shipped
assert Path(cells.__file__).is_relative_to(sys.prefix), cells.__file__
assert trace["f"].shape == trace.previous("c").shape == (5, 32)
assert shipped.cards()
assert all(shipped.network(name).layers for name in shipped.cards())
Path("saved.safetensors").write_bytes(cells.as_safetensors(network))
assert (cells.load("saved.safetensors").layers[0].forward.U.f == network.layers[0].forward.U.f).all()
Path("saved.h5").write_bytes(bytes(8))
try:
    cells.load("saved.h5")
except cells.LoadError as error:
    assert "pip install h5py" in str(error), error
else:
    raise AssertionError("an HDF5 file was read without h5py")
"""


def run(*command: object, cwd: Path) -> str:
    done = subprocess.run([*map(str, command)], cwd=cwd, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from a copy of what belongs in it, so that nothing is left lying in the tree."""
    source, wheels = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("wheels")
    for package in PACKAGES:
        shutil.copytree(ROOT / package, source / package, ignore=NOT_SHIPPED)
    for file in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / file, source)
    offline = ("--no-index", "--no-deps", "--no-build-isolation", "--disable-pip-version-check")
    run(sys.executable, "-m", "pip", "wheel", *offline, "--wheel-dir", wheels, ".", cwd=source)
    (found,) = wheels.glob("gates-*.whl")
    return found


def test_the_wheel_holds_every_file_of_the_packages_and_nothing_else(wheel):
    shipped = {
        path.relative_to(ROOT).as_posix()
        for package in PACKAGES
        for path in (ROOT / package).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    with ZipFile(wheel) as archive:
        found = {name for name in archive.namelist() if ".dist-info/" not in name}
    assert found == shipped
    assert "cells/py.typed" in found


def test_the_lines_of_readme_run_with_numpy_alone(wheel, tmp_path):
    home, here = tmp_path / "venv", tmp_path / "elsewhere"
    here.mkdir()
    venv.create(home, with_pip=False)
    python = home / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    lend_numpy(next(home.rglob("site-packages")))
    # Without --no-deps: pip itself sees that NumPy is all that is asked for.
    install = ("install", "--quiet", "--no-index", "--disable-pip-version-check", wheel)
    run(sys.executable, "-m", "pip", "--python", python, *install, cwd=here)
    lines = block("`.[formats]` what Keras files need.")
    assert len(lines.splitlines()) == 6
    run(python, "-I", "-W", "error", "-c", lines + BEYOND_README, cwd=here)


def lend_numpy(packages: Path) -> None:
    """This environment's NumPy among the packages of another, with what says which version it is."""
    numpy = distribution("numpy")
    for name in {file.parts[0] for file in numpy.files or () if file.parts[0] != ".."}:
        (packages / name).symlink_to(Path(str(numpy.locate_file(name))))
