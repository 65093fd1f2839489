"""Files that nobody should trust, made by hand: what each tries, and what is said of it."""

from __future__ import annotations

import io
import json
import pickle
import struct
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile

import h5py
import numpy as np
import onnx
from onnx import helper, numpy_helper

MARKER = "touched-by-a-hostile-file"
F32 = onnx.TensorProto.FLOAT


class Hostile(NamedTuple):
    """A file's suffix, its bytes, and words that its sentence must have."""

    suffix: str
    make: Callable[[Path], bytes]
    said: str


# --- PyTorch: pickles written operation by operation


def op(value: object) -> bytes:
    """What puts a value on the stack, without header and end."""
    return pickle.dumps(value, 2)[2:-1]


def named(path: str) -> bytes:
    module, _, name = path.rpartition(".")
    return f"c{module}\n{name}\n".encode()


def called(path: str, *arguments: bytes) -> bytes:
    return named(path) + b"(" + b"".join(arguments) + b"tR"


def tensor(
    shape: tuple[int, ...],
    key: str = "0",
    numbers: int = 1000,
    offset: int = 0,
    strides: tuple[int, ...] | None = None,
    kind: str = "torch.FloatStorage",
) -> bytes:
    plain = tuple(int(np.prod(shape[axis + 1 :], dtype=object)) for axis in range(len(shape)))
    kept = b"(" + op("storage") + named(kind) + op(key) + op("cpu") + op(numbers) + b"tQ"
    steps = plain if strides is None else strides
    rest = op(offset) + op(shape) + op(steps) + op(False) + called("collections.OrderedDict")
    return called("torch._utils._rebuild_tensor_v2", kept, rest)


def saved(pickled: bytes, storage: bytes = bytes(4000), **extra: bytes) -> bytes:
    data = io.BytesIO()
    with ZipFile(data, "w") as archive:
        archive.writestr("model/data.pkl", b"\x80\x02" + pickled + b".")
        archive.writestr("model/data/0", storage)
        for name, inside in extra.items():
            archive.writestr(f"model/{name}", inside)
    return data.getvalue()


def state(storage: bytes = bytes(4000), **changed: bytes | None) -> bytes:
    """A state_dict of an LSTM of 2 units that reads 3 numbers, with some of it changed."""
    tensors: dict[str, bytes | None] = {
        "weight_ih_l0": tensor((8, 3)),
        "weight_hh_l0": tensor((8, 2)),
        "bias_ih_l0": tensor((8,)),
        "bias_hh_l0": tensor((8,)),
        **changed,
    }
    pairs = b"".join(op(name) + made for name, made in tensors.items() if made is not None)
    return saved(b"}(" + pairs + b"u", storage)


def with_key(name: str) -> bytes:
    return state(weight_ih_l0=tensor((8, 3), key=name))


def bomb() -> bytes:
    data = io.BytesIO()
    with (
        ZipFile(data, "w", ZIP_DEFLATED) as archive,
        archive.open("model/data/0", "w", force_zip64=True) as file,
    ):
        for _ in range(33):
            file.write(bytes(8 << 20))
    with ZipFile(data, "a") as archive:
        archive.writestr("model/data.pkl", b"\x80\x02}.")
    return data.getvalue()


def encrypted() -> bytes:
    data = bytearray(state())
    at = data.rfind(b"PK\x01\x02")
    data[at + 8] |= 1
    return bytes(data)


def within_itself(times: int) -> bytes:
    kept = struct.pack("<I", 99)
    return b"}r" + kept + b"(" + b"".join(op(str(turn)) + b"j" + kept for turn in range(times)) + b"u"


touch = op(f"import pathlib; pathlib.Path('{MARKER}').touch()")
nested = b"".join((b")", b"\x85" * 200_000))

PYTORCH: Mapping[str, tuple[Callable[[], bytes], str]] = {
    "os.system": (lambda: saved(called("os.system", op(f"touch {MARKER}"))), "os.system, which is code"),
    "exec": (lambda: saved(called("builtins.exec", touch)), "builtins.exec, which is code"),
    "eval by STACK_GLOBAL": (
        lambda: saved(op("builtins") + op("eval") + b"\x93(" + op("1") + b"tR"),
        "builtins.eval, which is code",
    ),
    "INST": (lambda: saved(b"(" + touch + b"ibuiltins\nexec\n"), "what no file of weights needs"),
    "OBJ": (lambda: saved(b"(" + named("builtins.exec") + touch + b"o"), "what no file of weights needs"),
    "EXT1": (lambda: saved(b"\x82\x01"), "what no file of weights needs"),
    "NEWOBJ": (lambda: saved(named("builtins.exec") + b"(" + touch + b"t\x81"), "builtins.exec"),
    "storage that is code": (
        lambda: state(weight_ih_l0=tensor((8, 3), kind="os.system")),
        "os.system, which is code",
    ),
    "torch.hub": (lambda: saved(called("torch.hub.load", op("a"), op("b"))), "torch.hub.load, which is code"),
    "a call of OrderedDict with a list": (
        lambda: saved(called("collections.OrderedDict", op([1]))),
        "collections.OrderedDict",
    ),
    "whole model": (lambda: saved(called("__main__.Net")), "state_dict"),
    "quantised": (
        lambda: saved(called("torch._utils._rebuild_qtensor", op(1))),
        "quantised",
    ),
    "TorchScript": (lambda: saved(b"}", **{"constants.pkl": b"\x80\x02)."}), "TorchScript"),
    "the old format": (lambda: b"\x80\x02\x8a\x0al\xfc\x9cF\xf9 j\xa8P\x19." + bytes(90), "its old format"),
    "plain pickle": (lambda: pickle.dumps({"a": 1}), "a pickle, which is code"),
    "cut short": (lambda: state()[:-40], "damaged"),
    "bytes changed": (lambda: state().replace(b"weight_hh_l0", b"weight_hh_l7"), "damaged"),
    "zip bomb": (bomb, "unpacks to more than"),
    "encrypted": (encrypted, "encrypted"),
    "path out of the archive": (lambda: with_key("../../../../../../etc/passwd"), "damaged"),
    "absolute path": (lambda: with_key("/etc/passwd"), "damaged"),
    "no such storage": (lambda: with_key("7"), "damaged"),
    "offset out of bounds": (lambda: state(weight_ih_l0=tensor((8, 3), offset=990)), "beyond its storage"),
    "negative offset": (lambda: state(weight_ih_l0=tensor((8, 3), offset=-5)), "beyond its storage"),
    "stride out of bounds": (lambda: state(weight_ih_l0=tensor((8, 3), strides=(10**12, 1))), "beyond"),
    "negative stride": (lambda: state(weight_ih_l0=tensor((8, 3), strides=(-3, 1))), "damaged"),
    "strides of another rank": (lambda: state(weight_ih_l0=tensor((8, 3), strides=(1,))), "2 sizes and 1"),
    "storage cut short": (lambda: state(bytes(400)), "cut short"),
    "storage of whole numbers": (
        lambda: state(weight_ih_l0=tensor((8, 3), kind="torch.LongStorage")),
        "weight_ih_l0 holds Long",
    ),
    "10^9 units": (lambda: state(weight_hh_l0=tensor((4 * 10**9, 10**9))), "are not read here"),
    "10^9 numbers in one": (
        lambda: state(weight_ih_l0=tensor((8, 10**9), strides=(0, 0))),
        "are not read here",
    ),
    "0 units": (lambda: state(weight_hh_l0=tensor((0, 0))), "weight_hh_l0"),
    "0 features": (lambda: state(weight_ih_l0=tensor((8, 0))), "nothing in it"),
    "units disagree": (lambda: state(weight_ih_l0=tensor((12, 3))), "stacks 8 rows of gates"),
    "bias disagrees": (lambda: state(bias_ih_l0=tensor((4,))), "do not fit"),
    "five gates": (lambda: state(weight_hh_l0=tensor((10, 2))), "4 · units"),
    "one axis": (lambda: state(weight_hh_l0=tensor((8,))), "weight_hh_l0 is"),
    "layers disagree": (
        lambda: state(weight_ih_l1=tensor((8, 5)), weight_hh_l1=tensor((8, 2))),
        "layer 2",
    ),
    "a layer left out": (
        lambda: state(weight_ih_l2=tensor((8, 2)), weight_hh_l2=tensor((8, 2))),
        "_l1 is missing",
    ),
    "no recurrent kernel": (lambda: state(weight_hh_l0=None), "weight_hh_l0 is missing"),
    "proj_size": (lambda: state(weight_hr_l0=tensor((1, 2))), "proj_size"),
    "weight norm": (
        lambda: state(weight_hh_l0=None, weight_hh_l0_g=tensor((8, 1)), weight_hh_l0_v=tensor((8, 2))),
        "normalisation",
    ),
    "no weights": (lambda: saved(b"}"), "no weights at all"),
    "a list": (lambda: saved(b"]"), "not hold a dictionary"),
    "NaN": (lambda: state(struct.pack("<1000f", *[float("nan")] * 1000)), "holds NaN or infinity"),
    "infinity": (lambda: state(struct.pack("<1000f", *[float("inf")] * 1000)), "holds NaN or infinity"),
    "memo of 2^31": (lambda: saved(b"}r" + struct.pack("<I", 2**31 - 1)), "no weights"),
    "bytes of 2^62": (lambda: saved(b"\x8e" + struct.pack("<Q", 2**62)), "damaged"),
    "tuples 200,000 deep": (lambda: saved(b"}(" + nested + b"K\x01u"), "no weights"),
    "a million operations": (lambda: saved(b"}" + b"q\x00" * 500_000), "more than weights"),
    "stack too short": (lambda: saved(b"R"), "damaged"),
    "a dictionary 2,000 times within itself": (lambda: saved(within_itself(2000)), "no weights"),
}

# --- safetensors


def safe(header: object, body: bytes = bytes(4000)) -> bytes:
    words = header if isinstance(header, bytes) else json.dumps(header).encode()
    return len(words).to_bytes(8, "little") + words + body


def at(shape: list[object], start: int, stop: int, dtype: str = "F32") -> dict[str, object]:
    return {"dtype": dtype, "shape": shape, "data_offsets": [start, stop]}


def safe_state(body: bytes = bytes(4000), **changed: object) -> bytes:
    return safe({"weight_ih_l0": at([8, 3], 0, 96), "weight_hh_l0": at([8, 2], 96, 160), **changed}, body)


SAFETENSORS: Mapping[str, tuple[Callable[[], bytes], str]] = {
    "header of 2^60 bytes": (lambda: struct.pack("<Q", 2**60) + bytes(90), "cut short"),
    "cut short": (lambda: safe_state()[:60], "cut short"),
    "deep JSON": (lambda: safe(b"[" * 500_000 + b"]" * 500_000), "damaged"),
    "a list": (lambda: safe([1]), "names no tensors"),
    "outside": (lambda: safe_state(weight_ih_l0=at([8, 3], 9_999_904, 10**7)), "outside of the file"),
    "backwards": (lambda: safe_state(weight_ih_l0=at([8, 3], 96, 0)), "outside of the file"),
    "negative": (lambda: safe_state(weight_ih_l0=at([8, 3], -96, 0)), "outside of the file"),
    "too few bytes": (lambda: safe_state(weight_ih_l0=at([8, 3], 0, 90)), "has 90 bytes"),
    "whole numbers": (lambda: safe_state(weight_ih_l0=at([8, 3], 0, 24, "I8")), "holds I8"),
    "10^9 units": (lambda: safe_state(weight_hh_l0=at([4 * 10**9, 10**9], 0, 4)), "says"),
    "10^9 units of another type": (
        lambda: safe_state(weight_hh_l0=at([4 * 10**9, 10**9], 0, 4, "I8")),
        "are not read here",
    ),
    "100,000 tensors": (lambda: safe({f"x{n}": at([1], 0, 4) for n in range(100_000)}), "up to 20,000"),
    "half a unit": (lambda: safe_state(weight_ih_l0=at([8, 2.5], 0, 80)), "not one of an array"),
    "a thousand axes": (lambda: safe_state(weight_ih_l0=at([2] * 1000, 0, 80)), "not one of an array"),
    "no offsets": (lambda: safe_state(weight_ih_l0={"dtype": "F32", "shape": [1]}), "does not say"),
    "NaN": (lambda: safe_state(b"\xff" * 4000), "weight_ih_l0 holds NaN"),
}


# --- HDF5


def h5(write: Callable[[h5py.File], None]) -> bytes:
    data = io.BytesIO()
    with h5py.File(data, "w") as file:
        write(file)
    return data.getvalue()


def lstm(file: h5py.File, **changed: object) -> None:
    arrays = {"0": np.zeros((3, 8), "f4"), "1": np.zeros((2, 8), "f4"), "2": np.zeros(8, "f4"), **changed}
    group = file.create_group("layers/lstm/cell/vars")
    for name, array in arrays.items():
        if array is not None:
            group[name] = array


def h5_lstm(**changed: object) -> Callable[[], bytes]:
    names = {"kernel": "0", "recurrent": "1", "bias": "2"}
    return lambda: h5(lambda file: lstm(file, **{names[name]: array for name, array in changed.items()}))


def external_storage(file: h5py.File) -> None:
    lstm(file, **{"0": None})
    group = file["layers/lstm/cell/vars"]
    group.create_dataset("0", (3, 8), "f4", external=[("/etc/passwd", 0, 96)])


def virtual(file: h5py.File) -> None:
    lstm(file, **{"0": None})
    layout = h5py.VirtualLayout((3, 8), "f4")
    layout[:] = h5py.VirtualSource("/tmp/other.h5", "secret", (3, 8))
    file["layers/lstm/cell/vars"].create_virtual_dataset("0", layout)


def declared(file: h5py.File) -> None:
    lstm(file, **{"0": None})
    file["layers/lstm/cell/vars"].create_dataset("0", (250_000_000, 8), "f4")


def pieces(file: h5py.File) -> None:
    lstm(file, **{"0": None})
    group = file["layers/lstm/cell/vars"]
    group.create_dataset("0", (250_000_000, 8), "f4", chunks=(1000, 8), compression="gzip")


def two_cells(file: h5py.File) -> None:
    for name in ("lstm_cell", "lstm_cell_1"):
        group = file.create_group(f"layers/rnn/cell/cells/{name}/vars")
        for role, shape in {"0": (3, 8), "1": (2, 8), "2": (8,)}.items():
            group[role] = np.zeros(shape, "f4")


def cycle(file: h5py.File) -> None:
    lstm(file)
    file["layers/lstm/again"] = file["layers"]


def model_of(kind: str) -> Callable[[], bytes]:
    def write(file: h5py.File) -> None:
        layer = {"class_name": kind, "config": {"name": "reader", "activation": "elu"}}
        inner = {"class_name": "Sequential", "config": {"name": "inner", "layers": [layer]}}
        whole = inner if kind != "LSTM" else {"class_name": "Sequential", "config": {"layers": [inner]}}
        file.attrs["model_config"] = json.dumps(whole)
        group = file.create_group("model_weights/reader/reader/cell")
        for name, shape in {"kernel": (3, 8), "recurrent_kernel": (2, 8)}.items():
            group[name] = np.zeros(shape, "f4")

    return lambda: h5(write)


def model(config: object) -> Callable[[], bytes]:
    def write(file: h5py.File) -> None:
        layer = {"class_name": "LSTM", "config": {"name": "lstm", **config}}
        whole = {"class_name": "Sequential", "config": {"layers": [layer]}}
        file.attrs["model_config"] = json.dumps(whole)
        group = file.create_group("model_weights/lstm/lstm/lstm_cell")
        for name, shape in {"kernel": (3, 8), "recurrent_kernel": (2, 8), "bias": (8,)}.items():
            group[name] = np.zeros(shape, "f4")

    return lambda: h5(write)


def deep(file: h5py.File) -> None:
    lstm(file)
    file.attrs["model_config"] = "[" * 60_000 + "]" * 60_000


HDF5: Mapping[str, tuple[Callable[[], bytes], str]] = {
    "external link": (
        lambda: h5(lambda file: file.update({"layers": h5py.ExternalLink("/etc/passwd", "/")})),
        "links are not followed",
    ),
    "soft link": (
        lambda: h5(lambda file: file.update({"layers": h5py.SoftLink("/nowhere")})),
        "links are not followed",
    ),
    "external storage": (lambda: h5(external_storage), "numbers in another file"),
    "virtual dataset": (lambda: h5(virtual), "numbers in another file"),
    "8 GB declared": (lambda: h5(declared), "the file holds less"),
    "8 GB declared in pieces": (lambda: h5(pieces), "are not read here"),
    "two cells in one layer": (lambda: h5(two_cells), "a layer of several cells"),
    "groups in a circle": (lambda: h5(cycle), "too many groups"),
    "cut short": (lambda: h5_lstm()()[:900], "damaged"),
    "texts for weights": (h5_lstm(kernel=np.array([b"a"] * 3)), "no kernel with rows and columns"),
    "whole numbers": (h5_lstm(kernel=np.zeros((3, 8), "i8")), "holds int64"),
    "objects": (h5_lstm(kernel=np.zeros((3, 8), "i1")), "holds int8"),
    "NaN": (h5_lstm(recurrent=np.full((2, 8), np.nan, "f4")), "vars/1 holds NaN"),
    "0 units": (h5_lstm(recurrent=np.zeros((0, 8), "f4")), "4 · units"),
    "five gates": (h5_lstm(recurrent=np.zeros((2, 10), "f4")), "4 · units"),
    "kernel disagrees": (h5_lstm(kernel=np.zeros((3, 12), "f4")), "do not fit"),
    "bias disagrees": (h5_lstm(bias=np.zeros(7, "f4")), "do not fit"),
    "no recurrent kernel": (h5_lstm(recurrent=None), "no recurrent layer"),
    "no layers": (lambda: h5(lambda file: None), "no recurrent layer"),
    "softsign": (model({"recurrent_activation": "softsign"}), "recurrent_activation=softsign"),
    "elu": (model({"activation": "elu"}), "activation=elu"),
    "no activation": (model({"activation": None}), "activation=None"),
    "go_backwards": (model({"go_backwards": True}), "go_backwards=True"),
    "a cell of somebody's own": (model_of("PeepholeLSTM"), "no LSTM, GRU or SimpleRNN among its layers"),
    "elu in a model within": (model_of("LSTM"), "activation=elu"),
    "deep configuration": (lambda: h5(deep), "damaged"),
}

# --- ONNX


def onnx_model(nodes: list[object], tensors: list[object] = ()) -> bytes:
    inputs = [helper.make_tensor_value_info("X", F32, [None, 1, 3])]
    outputs = [helper.make_tensor_value_info("Y", F32, None)]
    return helper.make_model(
        helper.make_graph(nodes, "g", inputs, outputs, list(tensors))
    ).SerializeToString()


def weights(**changed: object) -> list[object]:
    shapes = {"W": (1, 8, 3), "R": (1, 8, 2), "B": (1, 16)}
    arrays = {name: np.zeros(shape, "f4") for name, shape in shapes.items()} | changed
    return [numpy_helper.from_array(array, name) for name, array in arrays.items() if array is not None]


def node(
    *more: str, op: str = "LSTM", inputs: tuple[str, ...] = ("X", "W", "R", "B"), **attributes: object
) -> object:
    return helper.make_node(op, [*inputs, *more], ["Y"], name="reader", **attributes)


def outside() -> bytes:
    tensors = weights()
    tensors[0].ClearField("raw_data")
    tensors[0].data_location = onnx.TensorProto.EXTERNAL
    entry = tensors[0].external_data.add()
    entry.key, entry.value = "location", "../../etc/passwd"
    return onnx_model([node()], tensors)


def huge() -> bytes:
    tensors = weights()
    del tensors[1].dims[:]
    tensors[1].dims.extend([1, 4 * 10**9, 10**9])
    return onnx_model([node()], tensors)


def negative() -> bytes:
    tensors = weights()
    del tensors[1].dims[:]
    tensors[1].dims.extend([1, -8, -2])
    return onnx_model([node()], tensors)


def doubled() -> bytes:
    tensors, name, nodes = (
        [*weights(W=None), numpy_helper.from_array(np.zeros((1, 8, 3), "f4"), "W0")],
        "W0",
        [],
    )
    for turn in range(1, 41):
        nodes.append(helper.make_node("Concat", [name, name], [f"W{turn}"], axis=2))
        name = f"W{turn}"
    return onnx_model([*nodes, node(inputs=("X", name, "R", "B"))], tensors)


def filled(size: int, times: int) -> bytes:
    """As many constants of this size, each made of a shape alone, that several nodes read."""
    kept = [*weights(), numpy_helper.from_array(np.array([1, size]), "shape")]
    nodes = [helper.make_node("ConstantOfShape", ["shape"], [f"B{turn}"]) for turn in range(times)]
    readers = [helper.make_node("LSTM", ["X", "W", "R", f"B{turn}"], [f"Y{turn}"]) for turn in range(times)]
    return onnx_model([*nodes, *readers], kept)


def field(number: int, inside: bytes) -> bytes:
    size, length = len(inside), bytearray()
    while size > 127:
        length.append(size & 127 | 128)
        size >>= 7
    return bytes([number << 3 | 2, *length, size]) + inside


def within(depth: int) -> bytes:
    graph = b""
    for _ in range(depth):
        graph = field(1, field(4, b"If") + field(5, field(1, b"then_branch") + field(6, graph)))
    return field(7, graph)


def quantised() -> bytes:
    tensors = [*weights(W=None), numpy_helper.from_array(np.zeros((1, 8, 3), "i1"), "small")]
    tensors.append(numpy_helper.from_array(np.float32(0.1), "scale"))
    return onnx_model([helper.make_node("DequantizeLinear", ["small", "scale"], ["W"]), node()], tensors)


start = numpy_helper.from_array(np.ones((1, 1, 2), "f4"), "start")
lengths = numpy_helper.from_array(np.array([3], "i4"), "lengths")
peepholes = numpy_helper.from_array(np.ones((1, 6), "f4"), "P")

ONNX: Mapping[str, tuple[Callable[[], bytes], str]] = {
    "external data": (outside, "external_data=False"),
    "peepholes": (lambda: onnx_model([node("", "", "", "P")], [*weights(), peepholes]), "peepholes"),
    "clip": (lambda: onnx_model([node(clip=3.0)], weights()), "clip"),
    "input_forget": (lambda: onnx_model([node(input_forget=1)], weights()), "input_forget"),
    "other activations": (
        lambda: onnx_model([node(activations=["Softsign", "Tanh", "Tanh"])], weights()),
        "activations softsign",
    ),
    "reverse": (lambda: onnx_model([node(direction="reverse")], weights()), "direction reverse"),
    "two directions of one": (lambda: onnx_model([node(direction="bidirectional")], weights()), "of 2"),
    "quantised weights": (quantised, "DequantizeLinear, not in the file; export it before quantising"),
    "quantised node": (
        lambda: onnx_model([node(op="DynamicQuantizeLSTM", domain="com.microsoft")], weights()),
        "not of ONNX itself",
    ),
    "weights are inputs": (lambda: onnx_model([node()], weights(W=None)), "an input of the graph"),
    "other hidden_size": (lambda: onnx_model([node(hidden_size=9)], weights()), "hidden_size 9"),
    "stored states": (lambda: onnx_model([node("", "start")], [*weights(), start]), "stored states"),
    "fixed lengths": (lambda: onnx_model([node("lengths")], [*weights(), lengths]), "sequence_lens"),
    "plain products": (
        lambda: onnx_model(
            [helper.make_node("MatMul", ["X", "W"], ["a"]), helper.make_node("Tanh", ["a"], ["Y"])], weights()
        ),
        "exported as plain products",
    ),
    "no nodes": (lambda: onnx_model([], weights()), "no recurrent layer"),
    "10^9 units": (huge, "numbers are read"),
    "negative sizes": (negative, "not one of an array"),
    "0 units": (lambda: onnx_model([node()], weights(R=np.zeros((1, 0, 0), "f4"))), "R"),
    "constants doubled 40 times": (doubled, "more than"),
    "10^9 zeros": (lambda: filled(10**9, 1), "numbers are read"),
    "2 * 10^7 zeros a hundred times": (lambda: filled(2 * 10**7, 100), "copied to more than"),
    "graphs 200 deep": (lambda: within(200), "too deep"),
    "NaN": (lambda: onnx_model([node()], weights(R=np.full((1, 8, 2), np.nan, "f4"))), r"R\[0\] holds NaN"),
    "whole numbers": (lambda: onnx_model([node()], weights(W=np.zeros((1, 8, 3), "i8"))), "int64"),
    "kernel disagrees": (lambda: onnx_model([node()], weights(W=np.zeros((1, 12, 3), "f4"))), "do not fit"),
    "cut short": (lambda: onnx_model([node()], weights())[:-30], "cut short"),
    "no graph": (lambda: b"\x08\x07", "no graph"),
}

# --- npz and names


def npz(allow_pickle: bool = False, **arrays: object) -> bytes:
    data = io.BytesIO()
    np.savez(data, allow_pickle=allow_pickle, **arrays)
    return data.getvalue()


def npy(header: str, body: bytes = b"") -> bytes:
    words = header.encode().ljust(117) + b"\n"
    data = io.BytesIO()
    with ZipFile(data, "w") as archive:
        archive.writestr("cell.npy", b"\x93NUMPY\x01\x00" + struct.pack("<H", len(words)) + words + body)
    return data.getvalue()


class Code:
    def __reduce__(self) -> tuple[object, ...]:
        return exec, (f"import pathlib; pathlib.Path('{MARKER}').touch()",)


NPZ: Mapping[str, tuple[Callable[[], bytes], str]] = {
    "objects": (lambda: npz(True, cell=np.array([Code()], object)), "Python objects"),
    "gigabytes declared": (
        lambda: npy("{'descr': '<f4', 'fortran_order': False, 'shape': (4000000000, 1000)}"),
        "it is damaged",
    ),
    "code for a header": (lambda: npy(f"__import__('os').system('touch {MARKER}')"), "damaged"),
    "zip bomb": (bomb, "unpacks to more than"),
    "nobody's names": (lambda: npz(W=np.zeros((3, 8))), "no recurrent weights"),
    "no such cell": (lambda: npz(cell=np.array("GPT")), "there is no cell"),
    "blocks left out": (lambda: npz(cell=np.array("RNN")), "needs at least one layer"),
    "NaN": (
        lambda: npz(cell=np.array("RNN"), **{"layers.0.forward.W.h": np.array([[np.nan]])}),
        "holds NaN",
    ),
}


def archive_of_texts() -> bytes:
    data = io.BytesIO()
    with ZipFile(data, "w") as archive:
        archive.writestr("readme.txt", "weights")
    return data.getvalue()


OTHERS = {
    ".exe": (lambda: b"MZ", "export the network to one of them"),
    ".pkl": (lambda: pickle.dumps(Code()), "a pickle, which is code"),
}
SUFFIXES = (".pt", ".pth", ".ckpt", ".safetensors", ".keras", ".h5", ".hdf5", ".onnx", ".npz")
EMPTY = {suffix: (lambda: b"", "damaged|not a|no graph") for suffix in SUFFIXES}
TEXT = {
    suffix: (lambda: b"<!DOCTYPE html>\n<title>404</title>\n" * 99, "damaged|not a|cut short")
    for suffix in SUFFIXES
}

FILES: Mapping[str, Mapping[str, tuple[Callable[[], bytes], str]]] = {
    ".pt": PYTORCH,
    ".safetensors": SAFETENSORS,
    ".h5": HDF5,
    ".onnx": ONNX,
    ".npz": NPZ,
    ".keras": {"an archive of something else": (archive_of_texts, "no config.json")},
}
