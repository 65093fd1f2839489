"""Npz files of networks written with NumPy alone, against the loops that such articles print."""

from __future__ import annotations

import io
from collections.abc import Callable

import numpy as np
import pytest

from cells.loading.errors import LoadError
from cells.loading.files import inspect
from cells.loading.understood import Understood

RNG = np.random.default_rng(5)
FEATURES, UNITS, OUTPUTS = 3, 4, 2


def drawn(**shapes: tuple[int, ...]) -> dict[str, np.ndarray]:
    return {name: RNG.normal(size=shape).astype("f4") for name, shape in shapes.items()}


def found(arrays: dict[str, np.ndarray], **answers: str) -> Understood:
    file = io.BytesIO()
    np.savez(file, **arrays)
    return inspect(file.getvalue(), "a.npz", **answers)


def sigmoid(a: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-a))


Step = Callable[..., np.ndarray]


def run(step: Step, rows: np.ndarray, units: int = UNITS) -> np.ndarray:
    h, c, every = np.zeros((units, 1)), np.zeros((units, 1)), []
    for x in rows:
        h, c = step(x[:, None], h, c)
        every.append(h.ravel())
    return np.stack(every)


def check(
    arrays: dict[str, np.ndarray], step: Step, asked: set[str] = frozenset(), **answers: str
) -> Understood:
    """Ours is what the loop says; the file leaves open what it must."""
    read = found(arrays, **answers)
    features = read.network.features
    rows = RNG.normal(size=(6, features)).astype("f4")
    units = len(read.network.layers[0].forward.U[0])
    h = read.network.run(rows).layers[0].forward["h"]
    np.testing.assert_allclose(h, run(step, rows, units), rtol=0, atol=1e-5)
    assert {question.name for question in read.questions} == set(asked)
    return read


SIMPLE = [
    ("Wxh", "Whh", "bh", "Why", "by"),
    ("Wax", "Waa", "ba", "Wya", "by"),
    ("W_xh", "W_hh", "b_h", "W_hq", "b_q"),
    ("U", "W", "b", "V", "c"),
    ("W_ih", "W_hh", "b_h", "W_ho", "b_o"),
]


@pytest.mark.parametrize("names", SIMPLE)
@pytest.mark.parametrize("column", [True, False])
def test_a_plain_rnn_is_read_by_the_names_of_articles(names: tuple[str, ...], column: bool) -> None:
    """Vectors may stand upright, as in Wxh · x, or lie, as in x · Wxh."""
    x, h, b, y, by = names
    shapes = {x: (UNITS, FEATURES), h: (UNITS, UNITS), b: (UNITS, 1), y: (OUTPUTS, UNITS), by: (OUTPUTS, 1)}
    a = drawn(**shapes)
    kept = a if column else {name: array.T for name, array in a.items()}

    def step(row: np.ndarray, state: np.ndarray, c: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        return np.tanh(a[x] @ row + a[h] @ state + a[b]), c

    read = check(kept, step, {"nonlinearity", "readout"})
    rows = RNG.normal(size=(5, FEATURES)).astype("f4")
    expected = run(step, rows) @ a[y].T + a[by].T
    np.testing.assert_allclose(read.network.run(rows).output, expected, rtol=0, atol=1e-5)
    assert read.unused == () and {theirs for theirs, _ in read.names} == set(names)
    assert read.parameters == sum(array.size for array in a.values())


@pytest.mark.parametrize("candidate", ["c", "g"])
@pytest.mark.parametrize("first", ["h", "x"])
@pytest.mark.parametrize("column", [True, False])
@pytest.mark.parametrize("spelling", ["W{}", "W_{}", "lstm/W{}"])
def test_an_lstm_over_h_and_x_is_read_in_either_order(
    candidate: str, first: str, column: bool, spelling: str
) -> None:
    gates = ["f", "i", candidate, "o"]
    W = drawn(**dict.fromkeys(gates, (UNITS, UNITS + FEATURES)))
    b = drawn(**dict.fromkeys(gates, (UNITS, 1)))
    kept = {spelling.format(gate): W[gate] for gate in gates}
    kept |= {spelling.replace("W", "b").format(gate): b[gate] for gate in gates}
    kept = kept if column else {name: array.T for name, array in kept.items()}

    def step(x: np.ndarray, h: np.ndarray, c: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        both = np.concatenate([h, x] if first == "h" else [x, h])
        f, i, g, o = (W[gate] @ both + b[gate] for gate in gates)
        c = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
        return sigmoid(o) * np.tanh(c), c

    check(kept, step, {"joined"}, joined=first)


@pytest.mark.parametrize(
    ("of_x", "of_h"), [("W_x{}", "W_h{}"), ("W{}x", "W{}h"), ("W_{}", "U_{}"), ("U_{}", "W_{}")]
)
def test_an_lstm_of_two_matrices_a_gate_is_read(of_x: str, of_h: str) -> None:
    gates = "fico"
    W = drawn(**dict.fromkeys(gates, (UNITS, FEATURES)))
    U = drawn(**dict.fromkeys(gates, (UNITS, UNITS)))
    b = drawn(**dict.fromkeys(gates, (UNITS,)))
    kept = {of_x.format(gate): W[gate] for gate in gates} | {of_h.format(gate): U[gate] for gate in gates}
    kept |= {f"b_{gate}": b[gate] for gate in gates}

    def step(x: np.ndarray, h: np.ndarray, c: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        f, i, g, o = (W[gate] @ x + U[gate] @ h + b[gate][:, None] for gate in gates)
        c = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
        return sigmoid(o) * np.tanh(c), c

    check(kept, step)


@pytest.mark.parametrize("letters", ["zrh", "urc"])
@pytest.mark.parametrize("update", ["keeps", "replaces"])
@pytest.mark.parametrize("reset", ["before", "after"])
def test_a_gru_is_asked_what_its_gates_do(letters: str, update: str, reset: str) -> None:
    W = drawn(**dict.fromkeys(letters, (FEATURES, UNITS)))
    U = drawn(**dict.fromkeys(letters, (UNITS, UNITS)))
    b = drawn(**dict.fromkeys(letters, (UNITS,)))
    kept = {f"W_x{gate}": W[gate] for gate in letters} | {f"W_h{gate}": U[gate] for gate in letters}
    kept |= {f"b_{gate}": b[gate] for gate in letters}
    z, r, g = letters

    def step(x: np.ndarray, h: np.ndarray, c: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        x, h = x.T, h.T
        update_, reset_ = (sigmoid(x @ W[gate] + h @ U[gate] + b[gate]) for gate in (z, r))
        inner = (reset_ * h) @ U[g] if reset == "before" else reset_ * (h @ U[g])
        candidate = np.tanh(x @ W[g] + inner + b[g])
        share = update_ if update == "replaces" else 1 - update_
        return (share * candidate + (1 - share) * h).T, c

    read = check(kept, step, {"update", "reset"}, update=update, reset=reset)
    defaults = {question.name: question.default for question in read.questions}
    assert defaults == {"update": "keeps" if z == "z" else "replaces", "reset": "before"}


def test_a_gru_over_h_and_x_resets_before_the_product() -> None:
    kept = drawn(**dict.fromkeys(("W_z", "W_r", "W"), (UNITS, UNITS + FEATURES)))

    def step(x: np.ndarray, h: np.ndarray, c: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        z, r = (sigmoid(kept[name] @ np.concatenate([h, x])) for name in ("W_z", "W_r"))
        return (1 - z) * h + z * np.tanh(kept["W"] @ np.concatenate([r * h, x])), c

    check(kept, step, {"joined", "update"}, update="replaces")


@pytest.mark.parametrize("answer", ["row", "column"])
def test_where_every_matrix_is_square_it_is_asked_once_how_they_lie(answer: str) -> None:
    kept = drawn(Wxh=(UNITS, UNITS), Whh=(UNITS, UNITS), bh=(UNITS,))

    def step(x: np.ndarray, h: np.ndarray, c: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        W, U = (kept[name] if answer == "row" else kept[name].T for name in ("Wxh", "Whh"))
        return np.tanh(W @ x + U @ h + kept["bh"][:, None]), c

    check(kept, step, {"units", "nonlinearity"}, units=answer)
    upright = found({**kept, "bh": kept["bh"][:, None]})
    assert "units" not in {question.name for question in upright.questions}


LSTM = {f"W_x{gate}": (UNITS, FEATURES) for gate in "fico"} | {
    f"W_h{gate}": (UNITS, UNITS) for gate in "fico"
}


@pytest.mark.parametrize(
    ("shapes", "said"),
    [
        (LSTM | {"W_ci": (UNITS,), "W_cf": (UNITS,)}, "W_ci, W_cf lie beside the matrices of the LSTM"),
        (LSTM | {"W_xo": (UNITS, FEATURES + 1)}, r"W_xo is \(4, 4\)"),
        ({"Wx": (FEATURES, 4 * UNITS), "Wh": (UNITS, 4 * UNITS)}, "each gate needs a matrix of its own"),
        (LSTM | {"b_f": (UNITS + 1,)}, "b_f has biases of another size"),
        (LSTM | {"b_f": (1,)}, "b_f has biases of another size"),
        ({"Wxh": (UNITS, FEATURES)}, "no recurrent weights"),
    ],
)
def test_what_is_none_of_these_is_refused_by_name(shapes: dict[str, tuple[int, ...]], said: str) -> None:
    with pytest.raises(LoadError, match=said):
        found(drawn(**shapes))


def test_where_a_file_does_not_say_relu_is_an_answer() -> None:
    arrays = drawn(Wxh=(UNITS, FEATURES), Whh=(UNITS, UNITS))
    cells = [found(arrays, nonlinearity=name).network.cell for name in ("tanh", "relu")]
    assert cells == ["RNN", "RNN (relu)"]


def test_what_lies_beside_is_left_aside_and_two_networks_are_two() -> None:
    one = {"Wxh": (UNITS, FEATURES), "Whh": (UNITS, UNITS)}
    both = {f"{place}.{name}": shape for place in "ab" for name, shape in one.items()}
    read = found({**drawn(**both), "loss": np.zeros(3), "chars": np.array(["a", "b"])})
    assert read.questions[0].choices == ("a", "b")
    beside = found({**drawn(**one), "mWxh": np.zeros((UNITS, FEATURES)), "chars": np.array(["a", "b"])})
    assert beside.unused == ("mWxh", "chars")
