"""A network as files: safetensors under PyTorch's names, and npz under ours; both can be loaded again."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from hashlib import sha256

import numpy as np

from cells.arrays import Array
from cells.cell import CELLS
from cells.layers import Layer, directions_of
from cells.loading import npz
from cells.loading.layouts import LAYOUTS, Layout
from cells.network import Network
from cells.parameters import by_name
from cells.weights import Weights

TYPES = {"float32": "F32", "float64": "F64"}
DIRECTIONS = dict(zip(Layer._fields, ("", "_reverse"), strict=True))


def as_npz(network: Network | Mapping[str, Network]) -> bytes:
    """The network as a file of ours, every number as it is; several by name, before each path."""
    return npz.packed(
        {
            place + name: array
            for place, one in by_place(network)
            for name, array in npz.arrays_of(one, one.dtype).items()
        }
    )


def by_place(network: Network | Mapping[str, Network]) -> list[tuple[str, Network]]:
    """The networks of a file, each with what its paths begin with."""
    several = {"": network} if isinstance(network, Network) else network
    return [(f"{name}." if name else "", one) for name, one in several.items()]


def as_safetensors(network: Network | Mapping[str, Network], beside: Mapping[str, str] = {}) -> bytes:
    """The network as a state_dict in safetensors; ValueError where PyTorch has no such cell.

    `beside` are texts that stand in the file with it, such as a vocabulary.
    """
    arrays = {
        place + name: array for place, one in by_place(network) for name, array in state_dict(one).items()
    }
    header: dict[str, object] = {"__metadata__": {"format": "pt", **beside}}
    at = 0
    for name, array in arrays.items():
        stop = at + array.nbytes
        header[name] = {"dtype": TYPES[array.dtype.name], "shape": array.shape, "data_offsets": [at, stop]}
        at = stop
    words = json.dumps(header).encode()
    words += b" " * (-len(words) % 8)
    little = (np.ascontiguousarray(array, array.dtype.newbyteorder("<")) for array in arrays.values())
    return len(words).to_bytes(8, "little") + words + b"".join(array.tobytes() for array in little)


def sum_of(network: Network) -> str:
    """What tells these weights from any others: SHA-256 of them all in single precision, by our names."""
    found = sha256()
    for name, array in sorted(by_name(network).items()):
        found.update(f"{name} {array.shape} ".encode())
        found.update((array + 0.0).astype("<f4").tobytes())  # −0 becomes 0: a file may turn its sign
    return found.hexdigest()


def state_dict(network: Network) -> dict[str, Array]:
    """The arrays by PyTorch's names: embedding, rnn, readout."""
    if ("PyTorch", network.cell) not in LAYOUTS:
        known = ", ".join(cell for format_, cell in LAYOUTS if format_ == "PyTorch")
        raise ValueError(f"PyTorch has no {network.cell}; save it as npz ({known} can be saved for PyTorch)")
    layout = LAYOUTS["PyTorch", network.cell]
    arrays: dict[str, Array] = {}
    if network.embedding is not None:
        arrays["embedding.weight"] = network.embedding
    for depth, direction, weights in directions_of(network.layers):
        place = f"l{depth}{DIRECTIONS[direction]}"
        arrays |= {f"rnn.{kind}_{place}": array for kind, array in joined(layout, weights).items()}
    if network.readout is not None:
        arrays |= {"readout.weight": network.readout.W.T, "readout.bias": network.readout.b}
    return arrays


def joined(layout: Layout, weights: Weights) -> dict[str, Array]:
    """The blocks of one direction as PyTorch stacks them: what `layouts.split` takes apart."""
    cell = CELLS[layout.cell]
    W, U = (dict(zip(cell.blocks, blocks, strict=True)) for blocks in weights[:2])
    b = dict(zip(cell.biases, weights.b, strict=True))
    beside_U = {gate: np.zeros_like(row) for gate, row in b.items()}
    if "hc" in b:
        beside_U["c"] = b["hc"]
    return {
        "weight_ih": stacked(layout, {gate: block.T for gate, block in W.items()}),
        "weight_hh": stacked(layout, {gate: block.T for gate, block in U.items()}),
        "bias_ih": stacked(layout, b),
        "bias_hh": stacked(layout, beside_U),
    }


def stacked(layout: Layout, blocks: dict[str, Array]) -> Array:
    """Blocks in the layout's order; u turns its sign to become z."""
    rows: Sequence[Array] = [-blocks["u"] if gate == "z" else blocks[gate] for gate in layout.order]
    return np.concatenate(rows)
