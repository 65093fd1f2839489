"""Arrays of Flax, Haiku, Equinox and Paddle by their names, whole or in shards: read, or refused by name."""

from __future__ import annotations

import io
import json

import numpy as np
import pytest

from cells.loading.errors import LoadError
from cells.loading.files import inspect
from cells.loading.understood import Understood
from cells.parameters import by_name
from tests.cells.hostile import safe
from tests.cells.test_loading import recorded, understood

FILES = recorded("jax")


def arrays_of(name: str) -> dict[str, np.ndarray]:
    with np.load(io.BytesIO(FILES[name][0])) as file:
        return dict(file)


def found(arrays: dict[str, np.ndarray]) -> Understood:
    file = io.BytesIO()
    np.savez(file, **arrays)
    return inspect(file.getvalue(), "a.npz")


def drawn(**shapes: tuple[int, ...]) -> dict[str, np.ndarray]:
    rng = np.random.default_rng(9)
    return {name: rng.normal(size=shape).astype("f4") for name, shape in shapes.items()}


@pytest.mark.parametrize("name", FILES)
def test_what_is_read_by_a_frameworks_names_says_so(name: str) -> None:
    read = understood("jax", name)
    (note,) = (str(note) for note in read.conventions if note.key == "note.framework")
    assert name.split()[0].replace("nnx", "Flax") in note
    assert read.unused == () and read.parameters == sum(array.size for array in arrays_of(name).values())
    assert dict(read.answers) == {
        **({"embedding": "yes"} if read.network.embedding is not None else {}),
        **({"readout": "linear"} if read.network.readout is not None else {}),
    }


@pytest.mark.parametrize("name", FILES)
def test_names_of_paths_and_containers_make_no_difference(name: str) -> None:
    """Paths may be joined in three ways, by their functions; safetensors keep what npz keep."""
    usual, expected = arrays_of(name), by_name(understood("jax", name).network)
    between = "." if "." in next(iter(usual)) else "/"
    bracketed = {
        "".join(f"['{step}']" for step in path.split(between)): array for path, array in usual.items()
    }
    header, body = {}, b""
    for path, array in usual.items():
        start, body = len(body), body + array.tobytes()
        header[path] = {"dtype": "F32", "shape": array.shape, "data_offsets": [start, len(body)]}
    for other in (found(bracketed), inspect(safe(header, body), "a.safetensors")):
        for part, array in by_name(other.network).items():
            np.testing.assert_array_equal(array, expected[part])


CELL = {"weight_ih": (16, 3), "weight_hh": (16, 4), "bias": (16,)}


@pytest.mark.parametrize(
    ("shapes", "said"),
    [
        (dict.fromkeys(("if/kernel", "in/kernel", "hf/kernel", "hn/kernel"), (4, 4)), "MGUCell of Flax"),
        ({"vanilla_rnn/linear/w": (3, 4), "vanilla_rnn/linear_1/w": (4, 4)}, "VanillaRNN of Haiku"),
        ({"cell/dense_i/kernel": (3, 20), "cell/dense_h/kernel": (4, 20)}, "cell/dense_h/kernel is"),
        ({"cell/dense_i/kernel": (3, 12), "cell/dense_h/kernel": (4, 16)}, "cell/dense_i/kernel is"),
        ({"gru/w_i": (3, 12), "gru/w_h": (4, 12), "gru/b": (16,)}, "gru/b is"),
        ({"gru/w_i": (3, 12), "gru/w_h": (4, 12), "gru/norm/scale": (4,)}, "gru/norm/scale lie beside"),
        ({"lstm/linear/w": (3, 16)}, "no recurrent weights"),
        ({"mlp/linear/w": (7, 16)}, "no recurrent weights"),
        (
            {f"cell.{name}": shape for name, shape in CELL.items()} | {"cell.ln.weight": (16,)},
            "another kind of cell",
        ),
        (
            {f"cell.{name}": shape for name, shape in CELL.items()} | {"cell.bias_n": (4,)},
            "another kind of cell",
        ),
    ],
)
def test_what_no_cell_here_computes_is_refused_by_name(shapes: dict[str, tuple[int, ...]], said: str) -> None:
    with pytest.raises(LoadError, match=said):
        found(drawn(**shapes))


def test_each_of_several_cells_is_one_part_without_what_lies_around() -> None:
    one = arrays_of("Haiku GRU.npz")
    both = {path.replace("gru", name): array for name in ("gru", "gru_1") for path, array in one.items()}
    read = found({**both, "linear/w": np.ones((4, 2), "f4"), "linear/b": np.ones(2, "f4")})
    assert read.questions[0].choices == ("gru", "gru_1")
    assert read.network.readout is None and read.unused == ("linear/w", "linear/b")


PADDLE = {"weight_ih": (16, 3), "weight_hh": (16, 4), "bias_ih": (16,), "bias_hh": (16,)}


@pytest.mark.parametrize("directions", [1, 2])
def test_weights_that_paddle_names_twice_are_one_network_and_its_linear_layers_lie_the_other_way(
    directions: int,
) -> None:
    usual = {
        f"rnn.{kind}_l0{'_reverse' * reverse}": shape
        for reverse in range(directions)
        for kind, shape in PADDLE.items()
    }
    width = 4 * directions
    arrays = drawn(**usual)
    cells = ["cell"] if directions == 1 else ["cell_fw", "cell_bw"]
    copies = {
        f"rnn.0.{cell}.{kind}": arrays[f"rnn.{kind}_l0{'_reverse' * reverse}"]
        for reverse, cell in enumerate(cells)
        for kind in PADDLE
    }
    linear = drawn(**{"fc.weight": (width, width), "fc.bias": (width,)})
    theirs, torch = found({**arrays, **copies, **linear}), found({**arrays, **linear})
    assert theirs.questions[0].name == "readout" and theirs.unused == ()
    np.testing.assert_array_equal(theirs.network.readout.W, linear["fc.weight"])
    np.testing.assert_array_equal(torch.network.readout.W, linear["fc.weight"].T)


def test_cells_in_a_list_of_modules_are_no_copies() -> None:
    read = found(
        drawn(**{f"layers.{n}.cell.{kind}": shape for n in range(2) for kind, shape in PADDLE.items()})
    )
    assert read.questions[0].choices[:2] == ("layers.0.cell", "layers.1.cell")


INDEX = json.dumps(
    {"metadata": {"total_size": 9}, "weight_map": {"lstm.weight_ih_l0": "model-00001.bin"}}, indent=2
)


@pytest.mark.parametrize(
    "name", ["model.safetensors.index.json", "pytorch_model.bin.index.json", "a.safetensors"]
)
def test_an_index_of_shards_is_named_with_its_remedy(name: str) -> None:
    with pytest.raises(LoadError, match="save it as one file"):
        inspect(INDEX.encode(), name)


@pytest.mark.parametrize(
    ("name", "whole"),
    [
        ("model-00001-of-00002.safetensors", False),
        ("pytorch_model-00002-of-00003.bin", False),
        ("model-00001-of-00001.safetensors", True),
        ("epoch-00001.safetensors", True),
    ],
)
def test_a_shard_is_not_taken_for_a_model(name: str, whole: bool) -> None:
    weights = {"weight_ih_l0": (8, 3), "weight_hh_l0": (8, 2)}
    header, at = {}, 0
    for path, shape in weights.items():
        header[path] = {
            "dtype": "F32",
            "shape": shape,
            "data_offsets": [at, at := at + 4 * shape[0] * shape[1]],
        }
    data = safe(header)
    if whole:
        assert inspect(data, name).units == 2
    else:
        with pytest.raises(LoadError, match="save it as one file"):
            inspect(data, name)
