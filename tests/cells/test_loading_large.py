"""Large files of formats whose layers or nodes refer to each other: looked through once, up to a bound."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from zipfile import ZipFile

import h5py
import numpy as np
import pytest
from onnx import helper, numpy_helper

from cells.loading.errors import LoadError
from cells.loading.files import inspect
from cells.loading.fragment import MOST_PARTS
from cells.loading.keras_layers import MOST_LAYERS
from cells.loading.stack import MOST_LAYERS as MOST_STACKED
from tests.cells.hostile import F32


def chained(count: int, kinds: tuple[str, ...]) -> bytes:
    """A .keras of layers in a chain, their kinds in turn, without weights."""
    layers = [
        {
            "class_name": kinds[place % len(kinds)],
            "config": {"name": f"l{place}"},
            "inbound_nodes": [[[f"l{place - 1}", 0, 0, {}]]] if place else [],
        }
        for place in range(count)
    ]
    weights, file = io.BytesIO(), io.BytesIO()
    with h5py.File(weights, "w") as tree:
        tree.create_group("layers")
    with ZipFile(file, "w") as archive:
        archive.writestr(
            "config.json", json.dumps({"class_name": "Functional", "config": {"layers": layers}})
        )
        archive.writestr("model.weights.h5", weights.getvalue())
    return file.getvalue()


def passed_on(count: int, readers: int, behind: int = 0) -> bytes:
    """An .onnx in which LSTMs read the last values of a chain of Identity nodes, one more chain behind."""
    tensors = [
        numpy_helper.from_array(np.zeros((1, 8, size), "f4"), name) for name, size in (("W", 3), ("R", 2))
    ]
    nodes = [helper.make_node("Identity", [f"v{place}"], [f"v{place + 1}"]) for place in range(count)]
    for place in range(readers):
        nodes.append(helper.make_node("LSTM", [f"v{count - place}", "W", "R"], [f"y{place}"], hidden_size=2))
    for place in range(behind):
        nodes.append(helper.make_node("Identity", [f"b{place}" if place else "y0"], [f"b{place + 1}"]))
    ends = [helper.make_tensor_value_info(name, F32, None) for name in ("v0", "y0")]
    return helper.make_model(helper.make_graph(nodes, "g", ends[:1], ends[1:], tensors)).SerializeToString()


def state(modules: int, prefix: str = "", layers: int = 1) -> bytes:
    """An .npz of LSTMs under PyTorch's names."""
    arrays = {
        f"{prefix}m{module}.{kind}_l{layer}": np.zeros((8, 2), "f4")
        for module in range(modules)
        for layer in range(layers)
        for kind in ("weight_ih", "weight_hh")
    }
    file = io.BytesIO()
    np.savez(file, **arrays)
    return file.getvalue()


def named(of_x: str, of_h: str, count: int) -> bytes:
    """An .npz of networks by names of Haiku or of an article, with as many other arrays."""
    gates = 3 if "gru" in of_x else 1
    arrays = {of_x.format(number): np.zeros((3, 2 * gates), "f4") for number in range(count)}
    arrays |= {of_h.format(number): np.zeros((2, 2 * gates), "f4") for number in range(count)}
    file = io.BytesIO()
    np.savez(file, **arrays, **{f"other{number}": np.zeros(1, "f4") for number in range(count)})
    return file.getvalue()


def work(data: bytes, name: str) -> int:
    """How many lines of Python reading a file takes, each turn of a loop one: its work, on any machine."""
    counted = 0

    def count(_frame: object, event: str, _argument: object) -> object:
        nonlocal counted
        counted += event == "line"
        return count

    before = sys.gettrace()
    sys.settrace(count)  # type: ignore[arg-type]
    try:
        inspect(data, name)
    except LoadError:
        pass
    finally:
        sys.settrace(before)
    return counted


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("a.keras", lambda size: chained(size, ("LSTM", *("Dropout",) * 9))),
        ("a.keras", lambda size: chained(size, ("Dense", "Dropout"))),
        ("a.onnx", lambda size: passed_on(10 * size, 1)),
        ("a.onnx", lambda size: passed_on(10 * size, 100)),
        ("a.onnx", lambda size: passed_on(1, 1, behind=size)),
        ("a.npz", lambda size: state(1, layers=size // 10)),
        ("a.npz", lambda size: state(2, "a." * size)),
        ("a.npz", lambda size: named("gru_{}/w_i", "gru_{}/w_h", size // 10)),
        ("a.npz", lambda size: named("n{}.Wxh", "n{}.Whh", size // 10)),
    ],
)
def test_the_work_grows_with_the_file(name: str, make: Callable[[int], bytes]) -> None:
    work(make(100), name)  # what is imported at first
    small, large = work(make(200), name), work(make(600), name)
    assert 0 < large < 4 * small


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.keras", chained(3000, ("LSTM", "Dropout")), f"more than {MOST_LAYERS:,} layers"),
        ("a.keras", chained(MOST_LAYERS, ("LSTM", "Dropout")), f"more than {MOST_PARTS} recurrent layers"),
        ("a.onnx", passed_on(10, MOST_PARTS + 1), f"more than {MOST_PARTS} recurrent layers"),
        ("a.onnx", passed_on(100_001, 1), "up to 100,000 are read"),
        ("a.npz", named("gru_{}/w_i", "gru_{}/w_h", MOST_PARTS + 1), f"more than {MOST_PARTS} recurrent"),
        ("a.npz", named("n{}.Wxh", "n{}.Whh", MOST_PARTS + 1), f"more than {MOST_PARTS} recurrent"),
        ("a.npz", state(MOST_PARTS + 1), f"more than {MOST_PARTS} recurrent layers"),
        ("a.npz", state(1, layers=MOST_STACKED + 1), f"up to {MOST_STACKED} are computed"),
    ],
)
def test_more_than_can_be_looked_at_is_refused_in_one_sentence(name: str, data: bytes, said: str) -> None:
    with pytest.raises(LoadError, match=said):
        inspect(data, name)


def test_what_stands_around_a_module_holds_no_other() -> None:
    arrays = {
        **{f"model.{name}.rnn.weight_{kind}_l0": np.zeros((8, 2)) for name in "ab" for kind in ("ih", "hh")},
        "model.a.embedding.weight": np.zeros((5, 2), "f4"),
        "model.head.weight": np.zeros((3, 2), "f4"),
    }
    file = io.BytesIO()
    np.savez(file, **arrays)
    a = inspect(file.getvalue(), "a.npz", part="model.a.rnn")
    assert a.network.embedding is not None and a.unused == ()
    b = inspect(file.getvalue(), "a.npz", part="model.b.rnn")
    assert b.network.embedding is None and b.unused == ()
