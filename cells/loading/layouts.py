"""Where each format keeps which gate: the only place that knows an order of gates."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from cells.arrays import Array, Matrix
from cells.cell import CELLS
from cells.loading.errors import LoadError
from cells.loading.sentences import sentence
from cells.weights import Weights


class Layout(NamedTuple):
    """How a format stacks the blocks of one cell.

    `order` spells the stack in our names of blocks, with one more: z, an update gate that keeps, u = 1 - z.
    On axis 0 a stack is (gates · unit, feature), blocks transposed; on axis 1 it is (feature, gates · unit).
    `biases` is how many the format keeps for each block: 2 are one beside W and one beside U, in this order.
    """

    format: str
    cell: str
    order: str
    axis: int
    biases: int


# Of each family; a variant's blocks lie as those of its family. Keras and ONNX take any activations.
IN_PYTORCH = ("RNN", "LSTM", "GRU (reset after)", "RNN (relu)")
FAMILIES = (
    Layout("PyTorch", "RNN", "h", axis=0, biases=2),
    Layout("PyTorch", "LSTM", "ifco", axis=0, biases=2),
    Layout("PyTorch", "GRU (reset after)", "rzc", axis=0, biases=2),
    Layout("Keras", "RNN", "h", axis=1, biases=1),
    Layout("Keras", "LSTM", "ifco", axis=1, biases=1),
    Layout("Keras", "GRU", "zrc", axis=1, biases=1),
    Layout("Keras", "GRU (reset after)", "zrc", axis=1, biases=2),
    Layout("ONNX", "RNN", "h", axis=0, biases=2),
    Layout("ONNX", "LSTM", "iofc", axis=0, biases=2),
    Layout("ONNX", "GRU", "zrc", axis=0, biases=2),
    Layout("ONNX", "GRU (reset after)", "zrc", axis=0, biases=2),
)

LAYOUTS: Mapping[tuple[str, str], Layout] = {
    (layout.format, cell.name): layout._replace(cell=cell.name)
    for cell in CELLS.values()
    for layout in FAMILIES
    if layout.cell == cell.family and (layout.format != "PyTorch" or cell.name in IN_PYTORCH)
}


def split(layout: Layout, kernel: Matrix, recurrent: Matrix, bias: ArrayLike | None = None) -> Weights:
    """The stacked weights of one direction as named blocks, in our convention and of the same float type.

    `bias` is all that the format keeps, in its order and in any shape: a pair of (4 · unit,), (2, 3 · unit),
    (8 · unit,). A file without any has zeros.
    """
    units = recurrent.shape[1 - layout.axis]
    shape = (layout.biases, len(layout.order), units)
    biases = np.zeros(shape, kernel.dtype) if bias is None else np.asarray(bias)
    check_shapes(layout, kernel, recurrent, biases)
    biases = biases.reshape(shape)
    cell = CELLS[layout.cell]
    b = named(layout, biases.sum(axis=0))
    if "hc" in cell.biases:
        # The reset acts on the one beside U and not on the other: they cannot be added.
        beside_W, beside_U = (named(layout, stack) for stack in biases)
        b |= {"c": beside_W["c"], "hc": beside_U["c"]}
    return Weights(
        W=cell.Blocks(**named(layout, unstacked(layout, kernel))),
        U=cell.Blocks(**named(layout, unstacked(layout, recurrent))),
        b=cell.Biases(**b),
    )


def unstacked(layout: Layout, stack: Matrix) -> list[Matrix]:
    """The blocks of a stack in its order, each (feature, unit)."""
    blocks = np.split(stack, len(layout.order), layout.axis)
    return [block.T for block in blocks] if layout.axis == 0 else blocks


def named(layout: Layout, blocks: Iterable[Array]) -> dict[str, Array]:
    """Blocks by our names; z turns its sign on the way, for 1 - sigmoid(a) = sigmoid(-a)."""
    pairs = zip(layout.order, blocks, strict=True)
    return dict(("u", -block) if gate == "z" else (gate, block) for gate, block in pairs)


def check_shapes(layout: Layout, kernel: Matrix, recurrent: Matrix, biases: Array) -> None:
    """Every stack holds whole blocks of as many units; LoadError says which does not."""
    gates, units = len(layout.order), recurrent.shape[1 - layout.axis]
    for stack, found, wanted in (
        ("stack.kernel", kernel.shape[layout.axis], gates * units),
        ("stack.recurrent", recurrent.shape[layout.axis], gates * units),
        ("stack.bias", biases.size, layout.biases * gates * units),
    ):
        if found != wanted:
            raise LoadError(
                "stack.rows",
                stack=sentence(stack),
                format=layout.format,
                cell=layout.cell,
                units=units,
                wanted=wanted,
                found=found,
            )
