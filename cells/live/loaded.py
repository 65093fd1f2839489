"""One door for networks: a file, a dictionary of arrays, a live PyTorch or Keras model."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from cells.live import keras_layers, torch_modules
from cells.live.arrays import is_tensor, stored
from cells.live.frameworks import framework_of
from cells.loading import files, numpy_archive
from cells.loading.fragment import Part
from cells.loading.npz import packed
from cells.loading.state_dict import parts
from cells.loading.understood import Understood, understood
from cells.network import Network


def load(source: Any, **answers: str) -> Network:
    """The network in a file, in a dictionary of arrays, or in a live model of PyTorch's or Keras's.

    `source` is a path; a dictionary under PyTorch's names or ours; a module, a layer or a model: what a file
    leaves open, it says. LoadError says what is wrong; `answers` are to the questions that are left.
    """
    return inspected(source, answers).network


def inspected(source: Any, answers: Mapping[str, str]) -> Understood:
    """What a file, a dictionary of arrays or a live model holds, and what it does not say."""
    if isinstance(source, (str, Path)):
        return files.inspect_path(source, **answers)
    if isinstance(source, Mapping):
        return understood("NumPy", _parts_of_arrays(source), answers)
    if framework_of(source) is torch_modules:
        return understood("PyTorch", torch_modules.parts_of(source), answers)
    if keras_layers.kind(source):
        return understood("Keras", (keras_layers.part_of(source),), answers)
    with TemporaryDirectory() as folder:  # a model knows best how to write itself down
        path = Path(folder, "model.keras")
        source.save(path)
        return files.inspect_path(path, **answers)


def _parts_of_arrays(source: Mapping[str, Any]) -> Sequence[Part]:
    if any(str(name).rpartition(".")[2] == "cell" for name in source):
        return numpy_archive.read(packed(source))
    arrays = {str(name): value for name, value in source.items() if is_tensor(value)}
    return parts({"": {name: stored(name, value) for name, value in arrays.items()}})
