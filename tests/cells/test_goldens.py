"""Our networks compute what PyTorch and Keras computed from the same weights."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from itertools import permutations
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest

from cells.arrays import Array
from cells.cell import CELLS
from cells.layers import Layer
from cells.loading.layouts import LAYOUTS, Layout, split
from cells.network import Network

FOLDER = Path(__file__).parents[1] / "goldens"
TOLERANCE = {"float32": 1e-6, "float64": 1e-12}
NO_GOLDEN = {"LSTM (as printed)": "a misprint, so no framework computes it"}
LIVE = {"ONNX"}  # compared with a running onnxruntime, in test_onnxruntime.py


class Golden(NamedTuple):
    """One recorded network: its weights in the framework's own layout, what it read and what it computed."""

    layout: Layout
    name: str
    arrays: Mapping[str, Array]

    def __str__(self) -> str:
        return f"{self.layout.format} {self.layout.cell} {self.name}"

    @property
    def dtypes(self) -> list[str]:
        """The types in which the framework was run."""
        return [dtype for dtype in TOLERANCE if dtype in self.arrays]

    def states(self, dtype: str) -> Array:
        """What the framework computed, h before c: (layer, direction, symbol, time, unit)."""
        return self.arrays[dtype]

    def network(self, dtype: str, layout: Layout | None = None) -> Network:
        """Our network of the recorded weights, read as `layout` says."""
        read = {"PyTorch": torch_parts, "Keras": keras_parts}[self.layout.format]
        layers, directions = self.arrays["float32"].shape[:2]
        made = [
            Layer(*(split(layout or self.layout, *read(self.arrays, k, d)) for d in range(directions)))
            for k in range(layers)
        ]
        return Network(self.layout.cell, tuple(made)).astype(dtype)


def torch_parts(arrays: Mapping[str, Array], layer: int, direction: int) -> tuple[Array, Array, Array]:
    """Kernel, recurrent kernel and both biases, by their names in a state_dict."""
    place = f"l{layer}" + "_reverse" * direction
    biases = np.stack([arrays[f"bias_ih_{place}"], arrays[f"bias_hh_{place}"]])
    return arrays[f"weight_ih_{place}"], arrays[f"weight_hh_{place}"], biases


def keras_parts(arrays: Mapping[str, Array], layer: int, direction: int) -> tuple[Array, Array, Array]:
    """Kernel, recurrent kernel and bias, by their places in `get_weights`."""
    kernel, recurrent, bias = (arrays[f"layer{layer}/{3 * direction + part}"] for part in range(3))
    return kernel, recurrent, bias


@cache
def goldens() -> tuple[Golden, ...]:
    """Every case of every file."""
    found = []
    for path in sorted(FOLDER.glob("*.npz")):
        with np.load(path, allow_pickle=False) as file:
            layout = LAYOUTS[str(file["framework"]), str(file["cell"])]
            cases: dict[str, dict[str, Array]] = {}
            for key in file.files:
                case, _, name = key.partition("/")
                if name:
                    cases.setdefault(case, {})[name] = file[key]
        found += [Golden(layout, case, arrays) for case, arrays in cases.items()]
    return tuple(found)


def difference(golden: Golden, dtype: str, network: Network) -> float:
    """The largest difference between any h or c of the network and of the framework."""
    run = network.run(golden.arrays["inputs"])
    ours = [
        [[trace[symbol] for symbol in CELLS[network.cell].states] for trace in layer if trace is not None]
        for layer in run.layers
    ]
    theirs = golden.states(dtype)
    assert np.shape(ours) == theirs.shape
    assert all(trace["h"].dtype == dtype for layer in run.layers for trace in layer if trace is not None)
    return float(np.abs(np.array(ours) - theirs).max())


@pytest.mark.parametrize("golden", goldens(), ids=str)
def test_network_computes_what_the_framework_did(golden: Golden) -> None:
    for dtype in golden.dtypes:
        assert difference(golden, dtype, golden.network(dtype)) < TOLERANCE[dtype]


def misread(layout: Layout) -> list[Layout]:
    """The layout with its gates in every other order, and with z taken for u."""
    orders = {"".join(order) for order in permutations(layout.order)} | {layout.order.replace("z", "u")}
    return [layout._replace(order=order) for order in sorted(orders - {layout.order})]


WIDEST = "time=7 features=3 units=4 layers=2 directions=2"


@pytest.mark.parametrize(
    ("golden", "layout"),
    [(golden, layout) for golden in goldens() if golden.name == WIDEST for layout in misread(golden.layout)],
    ids=lambda part: part.order if isinstance(part, Layout) else f"{part.layout.format} {part.layout.cell}",
)
def test_any_other_order_of_gates_is_far_off(golden: Golden, layout: Layout) -> None:
    assert difference(golden, "float32", golden.network("float32", layout)) > 1e4 * TOLERANCE["float32"]


def test_every_cell_has_a_golden() -> None:
    recorded = {golden.layout.cell for golden in goldens()}
    assert recorded | set(NO_GOLDEN) == set(CELLS)
    assert not recorded & set(NO_GOLDEN)


def test_every_layout_has_a_golden() -> None:
    recorded = {golden.layout for golden in goldens()}
    assert recorded == {layout for layout in LAYOUTS.values() if layout.format not in LIVE}


def test_goldens_reach_the_smallest_sizes() -> None:
    for layout in {golden.layout for golden in goldens()}:
        names = " / ".join(golden.name for golden in goldens() if golden.layout == layout)
        for size in ("time=1 ", "features=1 ", "units=1 ", "layers=2 ", "directions=2"):
            assert size in names + " ", (layout, size)


def test_split_keeps_the_type_of_the_file() -> None:
    for golden in goldens():
        for dtype in TOLERANCE:
            arrays = {name: array.astype(dtype) for name, array in golden.arrays.items()}
            parts = (torch_parts if golden.layout.format == "PyTorch" else keras_parts)(arrays, 0, 0)
            for weights in (split(golden.layout, *parts), split(golden.layout, *parts[:2])):
                assert {array.dtype for blocks in weights for array in blocks} == {np.dtype(dtype)}


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=lambda layout: f"{layout.format} {layout.cell}")
def test_a_file_without_biases_has_zeros(layout: Layout) -> None:
    rng, gates = np.random.default_rng(0), len(layout.order)
    kernel, recurrent = rng.standard_normal((gates * 4, 3)), rng.standard_normal((gates * 4, 4))
    stacks = (kernel, recurrent) if layout.axis == 0 else (kernel.T, recurrent.T)
    with_zeros = split(layout, *stacks, np.zeros(layout.biases * gates * 4))
    for without, zeros in zip(split(layout, *stacks), with_zeros, strict=True):
        assert type(without) is type(zeros)
        np.testing.assert_array_equal(without, zeros)


@pytest.mark.parametrize("part", ["kernel", "recurrent kernel", "bias"])
def test_stacks_of_another_cell_are_refused(part: str) -> None:
    layout = LAYOUTS["PyTorch", "LSTM"]
    rows = {"kernel": 16, "recurrent kernel": 16, "bias": 32} | {part: 12}
    stacks = np.zeros((rows["kernel"], 3)), np.zeros((rows["recurrent kernel"], 4)), np.zeros(rows["bias"])
    with pytest.raises(ValueError, match=f"^{part}: .* LSTM of 4 units stacks .* but 12 were found"):
        split(layout, *stacks)
