"""Records what Keras computes. Recorded with keras 3.15.1 on torch 2.13.0:

pip install torch==2.13.0 keras==3.15.1
KERAS_BACKEND=torch python tests/goldens/record_keras.py [RNN LSTM …]
"""

from __future__ import annotations

import sys
from functools import partial
from importlib.metadata import version

import keras
import numpy as np
from cases import Arrays, Case, cases, draw, keep
from keras import ops

LAYERS = {
    "RNN": keras.layers.SimpleRNN,
    "LSTM": keras.layers.LSTM,
    "GRU": partial(keras.layers.GRU, reset_after=False),
    "GRU (reset after)": keras.layers.GRU,
    "RNN (relu)": partial(keras.layers.SimpleRNN, activation="relu"),
}


@keras.saving.register_keras_serializable()
def hard_sigmoid_5(a: object) -> object:
    """The hard sigmoid of Keras 1 and 2, which Keras 3 no longer has."""
    return ops.clip(a / 5 + 0.5, 0, 1)


FAMILIES = tuple(LAYERS)
GATES = {
    "hard sigmoid 5": {"recurrent_activation": hard_sigmoid_5},
    "hard sigmoid 6": {"recurrent_activation": "hard_sigmoid"},
}
OTHERS = {
    **GATES,
    "relu": {"activation": "relu"},
    **{f"{gate}, relu": {**settings, "activation": "relu"} for gate, settings in GATES.items()},
}
for name, kind in (
    ("LSTM (", LAYERS["LSTM"]),
    ("GRU (", LAYERS["GRU"]),
    ("GRU (reset after, ", keras.layers.GRU),
):
    for others, settings in OTHERS.items():
        LAYERS[f"{name}{others})"] = partial(kind, **settings)


def record(cell: str, case: Case, rng: np.random.Generator) -> Arrays:
    """Weights as `get_weights` lists them, inputs, and the states."""
    inputs = draw(rng, (case.time, case.features), 2)
    answers: Arrays = {"inputs": inputs}
    found, rows = [], inputs
    for layer, width in enumerate(case.widths):
        module = LAYERS[cell](case.units, return_sequences=True)
        module = keras.layers.Bidirectional(module) if case.directions == 2 else module
        module.build((1, None, width))
        weights = [draw(rng, array.shape, case.bound) for array in module.get_weights()]
        module.set_weights(weights)
        answers |= {f"layer{layer}/{part}": array for part, array in enumerate(weights)}
        found.append(states(module, rows))
        rows = output(module, rows)
    # On this backend layers of float64 are 1e-7 from float64 arithmetic, so they are not recorded.
    return {**answers, "float32": np.stack(found)}


def states(module: keras.layers.Layer, rows: np.ndarray) -> np.ndarray:
    """h and c of every step; the layer shows h only, so its cells are stepped, and must agree with it."""
    both = isinstance(module, keras.layers.Bidirectional)
    layers = [module.forward_layer, module.backward_layer] if both else [module]
    turns = [slice(None), slice(None, None, -1)]
    found = [stepped(layer.cell, rows[turn])[:, turn] for layer, turn in zip(layers, turns, strict=False)]
    h = np.concatenate([side[0] for side in found], axis=-1)
    np.testing.assert_allclose(h, output(module, rows), rtol=0, atol=4 * np.finfo(rows.dtype).eps)
    return np.stack(found)


def stepped(one: keras.layers.Layer, rows: np.ndarray) -> np.ndarray:
    """h, and c if the cell has it, of every step in the order of rows: (symbol, time, unit)."""
    state, found = one.get_initial_state(1), []
    for row in rows:
        _, state = one(row[None], state)
        found.append(np.concatenate([ops.convert_to_numpy(array) for array in state]))
    return np.stack(found, axis=1)


def output(module: keras.layers.Layer, rows: np.ndarray) -> np.ndarray:
    """What the layer hands on: (time, directions · unit)."""
    return ops.convert_to_numpy(module(rows[None]))[0]


def cases_of(cell: str) -> list[Case]:
    """Of gates and candidates with other functions a few: the rest is as in their families."""
    few = cell not in FAMILIES
    return [case for case in cases() if not few or (case.layers == case.directions == 2 and case.units < 37)]


if __name__ == "__main__":
    versions = f"keras {keras.__version__} on torch {version('torch').split('+')[0]}"
    for cell in sys.argv[1:] or LAYERS:
        rng = np.random.default_rng(0)
        keep("Keras", versions, cell, {case: record(cell, case, rng) for case in cases_of(cell)})
