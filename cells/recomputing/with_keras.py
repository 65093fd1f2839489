"""Keras 3: its own layers, with our blocks in its order."""

from __future__ import annotations

from collections.abc import Sequence
from string import Template

from cells.cell import named
from cells.exporting import Pass
from cells.loading.layouts import LAYOUTS
from cells.recomputing.parts import COMPARE, END, about, main, place

SCRIPT = Template('''\
$about
from pathlib import Path

import keras
import numpy as np

keras.config.set_floatx("$dtype")
here = Path(__file__).parent
network = np.load(here / "network.npz")
trace = np.load(here / "trace.npz")
$compare
$defined
def stacked(path, kind):
    """The blocks of all gates as Keras stacks them."""
    $gates = (network[f"{path}.{kind}.{gate}"] for gate in "$letters")
    return np.concatenate(($stack), axis=-1)$sign


def over_time(path, x, turn=1):
    """h at every step of one direction; turn is -1 for the one that begins at the end."""
    $bias
    layer = keras.layers.$layer(len(trace[f"{path}.initial.h"]), return_sequences=True$extra)
    layer.build((1, *x.shape))
    layer.set_weights([stacked(path, "W"), stacked(path, "U"), bias])
    states = [keras.ops.convert_to_tensor(trace[f"{path}.initial.{state}"][None]) for state in $states]
    h = keras.ops.convert_to_numpy(layer(x[None, ::turn], initial_state=states))[0, ::turn]
    compare(h, trace[f"{path}.h"])
    return h


$main$end''')

LAYERS = {
    "RNN": ("SimpleRNN", ""),
    "LSTM": ("LSTM", ""),
    "GRU": ("GRU", ", reset_after=False"),
    "GRU (reset after)": ("GRU", ", reset_after=True"),
}
# What a layer is given where its functions are not the usual ones; Keras 3 has another hard sigmoid than a/5.
ACTIVATIONS = {
    "relu": ', activation="relu"',
    "hard_sigmoid_5": ", recurrent_activation=hard_sigmoid_5",
    "hard_sigmoid_6": ', recurrent_activation="hard_sigmoid"',
}
HARD_SIGMOID_5 = '''
def hard_sigmoid_5(a):
    """The hard sigmoid of Keras 1 and 2: a / 5 + 1/2, cut off at 0 and 1."""
    return keras.ops.clip(a / 5 + 0.5, 0, 1)

'''

BIAS = 'bias = stacked(path, "b")'
TWO_BIASES = """inside = network[f"{path}.b.hc"]  # added before the reset acts; the gates have no such bias
    bias = np.stack((stacked(path, "b"), np.concatenate((0 * inside, 0 * inside, inside))))"""


def code(passes: Sequence[Pass]) -> str:
    """The script for these passes; it reads network.npz and trace.npz."""
    network = passes[0].network
    layout, cell = LAYOUTS["Keras", network.cell], named(network.cell)
    layer, extra = LAYERS[cell.family]
    functions = [squash.name for squash in cell.functions]
    letters = layout.order.replace("z", "u")
    stack = ", ".join("-u" if gate == "z" else gate for gate in layout.order)
    return SCRIPT.substitute(
        about=about(passes, "Keras", "network.npz"),
        compare=COMPARE,
        letters=letters,
        gates=", ".join(letters) if len(letters) > 1 else f"({letters},)",
        stack=stack if len(letters) > 1 else f"{stack},",
        sign="  # Keras's z keeps where u replaces: z = 1 - u" if "z" in layout.order else "",
        bias=TWO_BIASES if "hc" in cell.biases else BIAS,
        layer=layer,
        extra=extra + "".join(ACTIVATIONS.get(name, "") for name in functions),
        defined=HARD_SIGMOID_5 if "hard_sigmoid_5" in functions else "",
        dtype=network.dtype,
        states=repr(cell.states).replace("'", '"'),
        main=main(passes, _readout),
        end=END,
    )


def _readout(one: Pass) -> str:
    readout = one.network.readout
    if readout is None:
        return ""
    start = place(one)
    return (
        f'readout = keras.layers.Dense({len(readout.b)}, activation="{readout.kind}")\n'
        "readout.build(h.shape)\n"
        f'readout.set_weights([network["{start}readout.W"], network["{start}readout.b"]])\n'
        f'compare(keras.ops.convert_to_numpy(readout(h)), trace["{start}output"])\n'
    )
