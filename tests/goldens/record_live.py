"""Runs live models under `recorded` and `load`, and keeps how far they agree. Recorded with these:

pip install torch==2.13.0 keras==3.15.1 h5py
KERAS_BACKEND=torch python -m tests.goldens.record_live
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import keras
import numpy as np
import torch
from keras import layers as of_keras
from torch import nn
from torch.nn.utils.rnn import pack_sequence

from cells import load, recorded
from cells.loading.errors import LoadError
from tests.goldens.live_cases import GOLDEN, digest


class Letters(nn.Module):
    """A language model of letters, as most are written."""

    def __init__(self) -> None:
        super().__init__()
        self.embed, self.out = nn.Embedding(20, 8), nn.Linear(32, 20)
        self.rnn = nn.LSTM(8, 16, 2, batch_first=True, dropout=0.5, bidirectional=True)

    def forward(self, x: Any, state: Any = None) -> Any:
        h, state = self.rnn(self.embed(x), state)
        return self.out(h), state


class Loop(nn.Module):
    """Cells in a loop, and a layer that is called a step at a time."""

    def __init__(self) -> None:
        super().__init__()
        self.first, self.second, self.third = nn.LSTMCell(5, 6), nn.GRUCell(6, 6), nn.LSTM(6, 4)

    def forward(self, x: Any) -> Any:
        h = c = torch.zeros(len(x), 6)
        g = state = y = None
        for t in range(x.shape[1]):
            h, c = self.first(x[:, t], (h, c))
            g = self.second(h, g)
            y, state = self.third(g[None], state)
        return y


class Louder(nn.LSTM):
    """One that changes what its class computes."""

    def forward(self, *given: Any) -> Any:
        h, state = super().forward(*given)
        return h * 1.01, state


def of_torch() -> Iterator[tuple[str, Any, tuple[Any, ...], int]]:
    ids, state = torch.randint(0, 20, (3, 11)), (torch.randn(4, 3, 16), torch.randn(4, 3, 16))
    yield "torch letters, batch first, dropout", Letters(), (ids,), 1
    yield "torch letters, from a state", Letters(), (ids, state), 2
    for kind in (nn.LSTM, nn.GRU, nn.RNN):
        for dtype in (torch.float32, torch.float64, torch.bfloat16, torch.float16):
            for both in (False, True):
                layer = kind(5, 7, 2, bidirectional=both).to(dtype)
                yield f"torch {kind.__name__} {dtype} {1 + both}", layer, (torch.randn(9, 4, 5).to(dtype),), 3
    layer = nn.GRU(5, 7, 2, bidirectional=True)
    packed = pack_sequence([torch.randn(steps, 5) for steps in (3, 7, 5)], enforce_sorted=False)
    for at in range(3):
        yield f"torch packed {at}", layer, (packed, torch.randn(4, 3, 7)), at
    yield (
        "torch without a batch",
        nn.LSTM(5, 7),
        (torch.randn(9, 5), (torch.randn(1, 7), torch.randn(1, 7))),
        0,
    )
    yield "torch cells in a loop", Loop(), (torch.randn(2, 8, 5),), 1
    yield "torch no bias", nn.GRU(5, 7, bias=False), (torch.randn(9, 1, 5),), 0
    yield "torch a subclass that changes h", Louder(3, 4), (torch.randn(5, 3),), 0
    yield "torch proj_size", nn.LSTM(3, 4, proj_size=2), (torch.randn(5, 3),), 0
    yield "torch relu", nn.RNN(3, 4, nonlinearity="relu"), (torch.randn(5, 3),), 0
    yield "torch nothing recurrent", nn.Linear(3, 4), (torch.randn(5, 3),), 0


def of_keras_layers() -> Iterator[tuple[str, Any, tuple[Any, ...], int]]:
    def model(*layers: Any) -> Any:
        return keras.Sequential([of_keras.Input((9, 5)), *layers])

    rows, both = np.random.default_rng(0).normal(size=(3, 9, 5)).astype("float32"), of_keras.Bidirectional
    stack = model(
        of_keras.LSTM(6, return_sequences=True),
        both(of_keras.GRU(4, return_sequences=True)),
        both(of_keras.LSTM(4)),
        of_keras.Dense(2),
    )
    yield "keras stack, two directions, last h", stack, (rows,), 2
    masked = keras.Sequential(
        [
            of_keras.Input((None,)),
            of_keras.Embedding(20, 5, mask_zero=True),
            of_keras.LSTM(6, return_sequences=True),
            both(of_keras.GRU(3, reset_after=False)),
        ]
    )
    yield "keras masked at the end", masked, (np.array([[3, 4, 5, 0, 0], [1, 2, 3, 4, 5]]),), 0
    yield "keras masked in the midst", masked, (np.array([[3, 0, 5, 0, 0]]),), 0
    stateful = of_keras.LSTM(4, stateful=True)
    stateful.build((3, 9, 5))
    stateful(rows)
    yield "keras stateful", stateful, (rows,), 1
    yield "keras SimpleRNN", model(of_keras.SimpleRNN(4, return_sequences=True)), (rows,), 0
    yield "keras relu", model(of_keras.LSTM(4, activation="relu")), (rows,), 0
    yield "keras go_backwards", model(of_keras.LSTM(4, go_backwards=True)), (rows,), 0
    yield "keras sum of both", model(both(of_keras.LSTM(4), merge_mode="sum")), (rows,), 0


def told(model: Any, inputs: tuple[Any, ...], at: int) -> Any:
    """How far each layer agrees, or which sentence is said."""
    try:
        found = recorded(model, *inputs, sequence=at)
    except LoadError as error:
        return error.sentence.key
    return {name: [len(one.inputs), one.agrees] for name, one in found.items()}


def loaded() -> Iterator[tuple[str, float]]:
    """Models that are loaded whole, and how far their answers are from ours."""
    for name, model in (("torch letters", Letters().eval()), ("torch GRU", nn.GRU(5, 7, 2))):
        ids, rows = torch.randint(0, 20, (1, 11)), torch.randn(9, 5)
        with torch.no_grad():
            theirs = model(ids)[0][0] if name == "torch letters" else model(rows)[0]
        run = load(model).run(ids[0].numpy() if name == "torch letters" else rows.numpy())
        ours = run.output if run.output is not None else run.layers[-1].forward["h"]
        yield name, float(np.abs(ours - theirs.numpy()).max())
    rows = np.random.default_rng(1).normal(size=(1, 9, 5)).astype("float32")
    model = keras.Sequential(
        [
            of_keras.Input((9, 5)),
            of_keras.GRU(6, return_sequences=True),
            of_keras.GRU(4, return_sequences=True),
            of_keras.Dense(2, activation="softmax"),
        ]
    )
    theirs = keras.ops.convert_to_numpy(model(rows))[0]
    yield "keras stack", float(np.abs(load(model).run(rows[0]).output - theirs).max())


if __name__ == "__main__":
    torch.manual_seed(0)
    keras.utils.set_random_seed(0)
    cases = (case for some in (of_torch(), of_keras_layers()) for case in some)
    record = {
        "torch": torch.__version__,
        "keras": keras.__version__,
        "digest": digest(),
        "recorded": {name: told(model, inputs, at) for name, model, inputs, at in cases},
        "loaded": dict(loaded()),
    }
    GOLDEN.write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(record["recorded"], indent=1), record["loaded"])
