"""Our own files: the arrays of a network by name, `layers.0.forward.W.u`, in an npz without pickles."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

from cells.network import Network
from cells.parameters import by_name, network_of_parts, parts_of

Number: TypeAlias = NDArray[np.generic]
Arrays: TypeAlias = Mapping[str, Number]  # numbers; strings for `cell` and `readout.kind`
Found = TypeVar("Found")
STRINGS = ("cell", "readout.kind")


def write(path: Path, arrays: Arrays) -> None:
    """Writes a file; the same arrays give the same bytes."""
    path.write_bytes(packed(arrays))


def packed(arrays: Arrays) -> bytes:
    """The same file in memory."""
    file = BytesIO()
    np.savez_compressed(file, **arrays)  # type: ignore[arg-type]  # no array is called allow_pickle
    return file.getvalue()


def read(path: Path) -> Arrays:
    """What was written."""
    with np.load(path, allow_pickle=False) as file:
        return {name: file[name] for name in file.files}


def arrays_of(network: Network, dtype: str = "float16") -> Arrays:
    """Everything that `network_of` needs, its numbers in one type."""
    numbers = {name: array.astype(dtype) for name, array in by_name(network).items()}
    kind = {} if network.readout is None else {"readout.kind": np.array(network.readout.kind)}
    return {"cell": np.array(network.cell), **numbers, **kind}


def network_of(arrays: Arrays, dtype: str = "float32") -> Network:
    """The network whose arrays these are; ValueError names one that is missing."""
    numbers = {name: array.astype(dtype) for name, array in arrays.items() if array.dtype.kind == "f"}
    kind = str(got(arrays, "readout.kind")) if "readout.W" in arrays else "linear"
    return network_of_parts(parts_of(str(got(arrays, "cell")), numbers, kind), dtype)


def got(arrays: Mapping[str, Found], name: str) -> Found:
    """The array of this name."""
    if name not in arrays:
        raise ValueError(f"{name} is missing: this is not a whole file of ours; write it again")
    return arrays[name]


@contextmanager
def mendable(path: Path, command: str) -> Iterator[None]:
    """Whatever is wrong with a file becomes a ValueError that names it and the command that mends it."""
    try:
        yield
    except FileNotFoundError:
        raise ValueError(f"{path.name} is missing; `{command}` makes it again") from None
    except Exception as error:  # a few turned bytes make zipfile, zlib and NumPy raise a dozen different ones
        raise ValueError(f"{path.name} is damaged ({error}); `{command}` makes it again") from None


def beneath(arrays: Arrays, place: str) -> Arrays:
    """The arrays whose names begin with the place, without it: `encoder.cell` beneath `encoder` is `cell`."""
    start = f"{place}." if place else ""
    return {name.removeprefix(start): array for name, array in arrays.items() if name.startswith(start)}
