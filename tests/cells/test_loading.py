"""What a file's framework computed, its network computes here: every format, cell and size."""

from __future__ import annotations

import io
import json
import tarfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from cells.arrays import Array
from cells.loading import hdf5
from cells.loading.files import inspect
from cells.loading.understood import Understood
from cells.network import Network

FOLDER = Path(__file__).parents[1] / "goldens" / "files"
TOLERANCE = 1e-6


@cache
def recorded(archive: str) -> Mapping[str, tuple[bytes, Mapping[str, object], Array, Array]]:
    """Every file of an archive: bytes, what is known about it, inputs and expected numbers."""
    with tarfile.open(FOLDER / f"{archive}.tar.xz") as packed:
        files = {entry.name: packed.extractfile(entry).read() for entry in packed}
    about = json.loads(files["about.json"])
    arrays = np.load(io.BytesIO(files["answers.npz"]), allow_pickle=False)
    return {
        name: (files[name], known, arrays[f"{name}/inputs"], arrays[f"{name}/expected"])
        for name, known in about.items()
    }


def every_file() -> list[tuple[str, str]]:
    archives = [path.name.removesuffix(".tar.xz") for path in sorted(FOLDER.glob("*.tar.xz"))]
    return [(archive, name) for archive in archives for name in recorded(archive)]


@pytest.fixture(autouse=True)
def one_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """These files are good: the HDF5 library may read them here, which is quicker."""
    monkeypatch.setattr(hdf5, "ask", hdf5.answer)


def top(network: Network, inputs: Array) -> Array:
    """h of the last layer, both directions side by side."""
    run = network.run(inputs)
    return np.concatenate([trace["h"] for trace in run.layers[-1] if trace is not None], axis=-1)


def understood(archive: str, name: str) -> Understood:
    data, known, _, _ = recorded(archive)[name]
    found = inspect(data, name, **known["answers"])
    # Weights alone don't say that layers are one network; these models were.
    asked = (choice for question in found.questions if question.name == "part" for choice in question.choices)
    stacked = next((choice for choice in asked if " + " in choice), None)
    return inspect(data, name, part=stacked, **known["answers"]) if stacked else found


@pytest.mark.parametrize(("archive", "name"), every_file())
def test_the_network_of_a_file_computes_what_its_framework_did(archive: str, name: str) -> None:
    _, known, inputs, expected = recorded(archive)[name]
    network = understood(archive, name).network
    assert network.cell == known["cell"]
    ours = network.run(inputs).output if known["output"] else top(network, inputs)
    assert ours is not None and ours.shape == expected.shape
    assert np.abs(ours - expected).max() <= TOLERANCE
