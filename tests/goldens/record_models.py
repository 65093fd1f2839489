"""Records Keras models that hold more than a stack: models within models, other orders, names that mislead.
Recorded with keras 3.15.1 and jax 0.10.2:

pip install keras==3.15.1 jax==0.10.2 h5py
KERAS_BACKEND=jax python tests/goldens/record_models.py
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import keras
import numpy as np
from cases import draw
from keeping import Kept, keep
from keras import Input, Model, Sequential
from keras.layers import (
    GRU,
    LSTM,
    Bidirectional,
    Dense,
    Dropout,
    Embedding,
    LayerNormalization,
    TimeDistributed,
)

WORDS = np.array([3, 0, 5, 5, 1, 2])
ROWS = (7, 5)


class Made(NamedTuple):
    """A model, and the layer of it whose every h is what our network must compute; None for its output."""

    name: str
    cell: str
    model: Model
    part: str | None = None
    shown: Model | None = None


def within() -> Iterator[Made]:
    """Models within models."""
    first, second = LSTM(6, return_sequences=True, name="a"), LSTM(4, return_sequences=True, name="b")
    inner = Sequential([Input(ROWS), first, LayerNormalization(), second], name="inner")
    yield Made(
        "norm within", "LSTM", Sequential([Input(ROWS), inner, Dense(3)]), "inner/a", Sequential([first])
    )
    rows = Input(ROWS)
    gru = GRU(4, use_bias=False, reset_after=False, return_sequences=True, name="g")
    encoder = Model(rows, gru(rows), name="encoder")
    given = Input(ROWS)
    both = Bidirectional(GRU(3, return_sequences=True), name="both")(encoder(Dropout(0.1)(given)))
    yield Made("settings within", "GRU", Model(given, Dense(2)(both)), "encoder/g", Sequential([gru]))
    layers = [LSTM(5, return_sequences=True), Dropout(0.2), LSTM(4, return_sequences=True)]
    inner = Sequential([Input((None, 3)), *layers], name="inner")
    words = Input((None,), dtype="int32")
    said = Dense(5, activation="softmax")(inner(Embedding(6, 3)(words)))
    yield Made("stack within", "LSTM", Model(words, said))
    middle = Sequential([Input((None, 3)), inner, Dense(2)], name="middle")
    yield Made("stack within within", "LSTM", Sequential([Input((None, 3)), middle]))
    block = LSTM(5, return_sequences=True, name="block")
    again = Sequential([Input(ROWS), block], name="again")
    given = Input(ROWS)
    yield Made("called twice", "LSTM", Model(given, Dense(2)(again(again(given)))), None, Sequential([block]))
    aside, rows = Input((4,), name="a"), Input(ROWS, name="b")
    lstm = LSTM(3, return_sequences=True, name="lstm")
    two = Model({"b": rows, "a": aside}, [lstm(rows), Dense(3)(aside)], name="two")
    given = Input(ROWS, name="given"), Input((4,), name="aside")
    every, _ = two({"a": given[1], "b": given[0]})
    dense = Dense(2)
    yield Made("two inputs", "LSTM", Model(given, dense(every)), None, Sequential([lstm, dense]))
    letters = LSTM(4, name="letters", return_sequences=False)
    inner = Sequential([Input(ROWS), letters], name="word")
    model = Sequential([Input((3, *ROWS)), TimeDistributed(inner, name="each"), LSTM(3, name="upper")])
    every = LSTM(4, return_sequences=True)
    every.build((None, *ROWS))
    yield Made("each word", "LSTM", model, "each/letters", Sequential([every]))


def misnamed() -> Iterator[Made]:
    """Layers whose names begin as those of directions do, in models with the slots of an optimizer."""
    reader = Bidirectional(LSTM(4, return_sequences=True), name="backward_pass")
    yield Made("backward both", "LSTM", Sequential([Input((None, 3)), reader, Dense(2)]))
    one = LSTM(4, return_sequences=True, name="backward_pass")
    yield Made("backward one", "LSTM", Sequential([Input((None, 3)), one, Dense(2)]))
    two = [GRU(4, return_sequences=True, name=f"{name}_pass") for name in ("forward", "backward")]
    yield Made("forward backward", "GRU (reset after)", Sequential([Input((None, 3)), *two, Dense(2)]))


def recorded() -> Iterator[Kept]:
    """Every model in both containers that say what the model is."""
    rng = np.random.default_rng(11)
    for made in (*within(), *misnamed()):
        made.model.set_weights([draw(rng, array.shape, 0.5) for array in made.model.get_weights()])
        shown = made.shown or made.model
        if made.name == "each word":
            shown.set_weights(made.model.get_layer("each").layer.get_weights())
        words = shown is made.model and made.name == "stack within"
        width = 3 if shown is made.model else ROWS[1]
        inputs = WORDS if words else draw(rng, (7, width), 2)
        h = keras.ops.convert_to_numpy(shown(inputs[None]))[0]
        output = shown is made.model or len(shown.layers) > 1
        answers = {"part": made.part} if made.part else {}
        if "backward" in made.name:
            made.model.compile("adam", "mse")
            made.model.optimizer.build(made.model.trainable_variables)
        for suffix in (".keras", ".h5"):
            yield Kept(
                f"{made.name}{suffix}", made.cell, saved(made.model, suffix), inputs, h, answers, output
            )


def saved(model: Model, suffix: str) -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"model{suffix}"
        (model.save_weights if suffix == ".weights.h5" else model.save)(path)
        return path.read_bytes()


if __name__ == "__main__":
    logging.disable(logging.WARNING)
    keep("keras_models", recorded())
