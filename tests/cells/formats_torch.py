"""Examples of docs/formats.md: PyTorch's .pt and .pth."""

from __future__ import annotations

import struct
from collections.abc import Mapping

from tests.cells.formats_shared import Example, kept
from tests.cells.hostile import PYTORCH, called, op, saved, state, tensor

SIZES = "time=7 features=3 units=4 layers={} directions={}"
LSTM = {
    "lstm.weight_ih_l0": (8, 3),
    "lstm.weight_hh_l0": (8, 2),
    "lstm.bias_ih_l0": (8,),
    "lstm.bias_hh_l0": (8,),
}
NAN = struct.pack("<f", float("nan")) * 1000


def file(name: str = "a.pt", **answers: str) -> Example:
    """One of the files that are refused everywhere."""
    return Example("a.pt", PYTORCH[name][0], answers=answers)


def arrays(answers: Mapping[str, str] = {}, /, **shapes: tuple[int, ...]) -> Example:
    """A state_dict of arrays with these shapes."""
    pairs = b"".join(op(name) + tensor(shape) for name, shape in shapes.items())
    return Example("a.pt", lambda: saved(b"}(" + pairs + b"u"), answers=answers)


def cells() -> dict[str, tuple[int, ...]]:
    return {f"{name}.{kind}": shape for name in ("first", "second") for kind, shape in
            {"weight_ih": (8, 2), "weight_hh": (8, 2)}.items()}  # fmt: skip


EXAMPLES: Mapping[str, Example] = {
    "several layers": kept("pytorch", f"LSTM {SIZES.format(2, 1)}.pt"),
    "two directions": kept("pytorch", f"GRU (reset after) {SIZES.format(1, 2)}.pt"),
    "bias=False": kept("pytorch", "LSTM unbiased.pt"),
    "a cell alone": kept("pytorch", "GRU (reset after) cell.pt"),
    "half precision, bfloat16, double": kept("pytorch", "LSTM bfloat16.pt"),
    "storages that are shared, transposed views": kept("pytorch", "LSTM shared.pt"),
    "a checkpoint with an embedding, a linear layer, an optimizer": kept("pytorch", "LSTM lightning.ckpt"),
    "names with prefixes, as of DataParallel": kept("pytorch", "RNN parallel.pt"),
    "dropout, batch_first": arrays(**LSTM),
    "weights torn by dropout, and whole": arrays(**{**LSTM, "lstm.weight_hh_l0_raw": (8, 2)}),
    "first states that were learned": arrays(**LSTM, h0=(1, 2)),
    "single cells, one upon another": arrays({"part": "first + second"}, **cells()),
    "nonlinearity='relu'": arrays(weight_ih_l0=(2, 3), weight_hh_l0=(2, 2)),
    "nonlinearity='relu', once it is answered": kept("activations", "RNN relu 2.pt"),
    "what follows the last linear layer": arrays(**LSTM, **{"fc.weight": (3, 2), "fc.bias": (3,)}),
    "rows of a table, or numbers": arrays(**{"embedding.weight": (9, 3)}, **LSTM),
    "several recurrent modules": arrays(**cells()),
    "proj_size": file("proj_size"),
    "layer norms, peepholes and other arrays within a cell": arrays(**LSTM, **{"lstm.norm.weight": (8,)}),
    "weight_norm, pruning, other parametrisations": file("weight norm"),
    "quantised weights": file("quantised"),
    "TorchScript": file("TorchScript"),
    "a whole model": Example("a.pt", lambda: saved(called("__main__.Net"))),
    "_use_new_zipfile_serialization=False": file("the old format"),
    "whole numbers": file("storage of whole numbers"),
    "NaN, infinity": Example("a.pt", lambda: state(NAN)),
}
