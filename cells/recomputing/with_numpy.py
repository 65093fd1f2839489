"""Plain NumPy: the cell's own equations, step after step, as the screen shows them."""

from __future__ import annotations

from collections.abc import Sequence
from string import Template

from cells.cell import named
from cells.exporting import Pass
from cells.recomputing.edited_rows import NUMPY, rows
from cells.recomputing.parts import COMPARE, END, TIMES, about, edited, main, place

SCRIPT = Template('''\
$about
from pathlib import Path
from types import SimpleNamespace

import numpy as np
from numpy import tanh

here = Path(__file__).parent
network = np.load(here / "network.npz")
trace = $trace
$compare

def sigmoid(a):
    """1 / (1 + exp(-a)), written so that it never overflows."""
    return (1 + tanh(a / 2)) / 2

$functions$softmax
def step(W, U, b, x, $given$there):
    """W are input weights, U recurrent weights, b biases; the article writes u, w, b."""
$rows
    return dict($returned)


def gates(path):
    """The arrays under a path by the names of their gates."""
    names = [name for name in network if name.startswith(path)]
    return SimpleNamespace(**{name.removeprefix(path): network[name] for name in names})


def over_time(path, x, turn=1):
    """h at every step of one direction; turn is -1 for the one that begins at the end."""
    W, U, b = (gates(f"{path}.{kind}.") for kind in "WUb")
    $states = $initial
    steps = []$times
    for $each:
        steps.append(step(W, U, b, x_t, $states$there))
        $states = $kept
    for symbol in steps[0]:
        compare([now[symbol] for now in steps], trace[f"{path}.{symbol}"][::turn])
    return np.array([now["h"] for now in steps])[::turn]


$main$end''')

SOFTMAX = '''
def softmax(a):
    """Shares that add up to 1."""
    powers = np.exp(a - a.max(axis=-1, keepdims=True))
    return powers / powers.sum(axis=-1, keepdims=True)

'''

FUNCTIONS = {
    "hard_sigmoid_5": '''
def hard_sigmoid_5(a):
    """a / 5 + 1/2, cut off at 0 and 1."""
    return np.clip(a / 5 + 0.5, 0, 1)

''',
    "hard_sigmoid_6": '''
def hard_sigmoid_6(a):
    """a / 6 + 1/2, cut off at 0 and 1."""
    return np.clip(a / 6 + 0.5, 0, 1)

''',
    "relu": '''
def relu(a):
    """a where it is positive, else 0."""
    return np.maximum(a, 0)

''',
}

READOUTS = {"linear": "{}", "sigmoid": "sigmoid({})", "softmax": "softmax({})"}


def code(passes: Sequence[Pass]) -> str:
    """The script for these passes; it reads network.npz and trace.npz."""
    cell, changes = named(passes[0].network.cell), edited(passes)
    readouts = {one.network.readout.kind for one in passes if one.network.readout is not None}
    return SCRIPT.substitute(
        about=about(passes, "plain NumPy", "network.npz"),
        compare=COMPARE,
        functions="".join(FUNCTIONS.get(squash.name, "") for squash in cell.functions),
        softmax=SOFTMAX if "softmax" in readouts else "",
        given=", ".join(f"{state}_prev" for state in cell.states),
        rows=rows(passes, NUMPY),
        there=", path, t" if changes else "",
        trace='dict(np.load(here / "trace.npz"))' if changes else 'np.load(here / "trace.npz")',
        each="t, x_t in zip(times[::turn], x[::turn])" if changes else "x_t in x[::turn]",
        times=TIMES if changes else "",
        returned=", ".join(f"{symbol}={symbol}" for symbol in cell.symbols),
        states=", ".join(cell.states),
        initial=", ".join(f'trace[f"{{path}}.initial.{state}"]' for state in cell.states),
        kept=", ".join(f'steps[-1]["{state}"]' for state in cell.states),
        main=main(passes, _readout),
        end=END,
    )


def _readout(one: Pass) -> str:
    if one.network.readout is None:
        return ""
    sums = f'h @ network["{place(one)}readout.W"] + network["{place(one)}readout.b"]'
    return f'compare({READOUTS[one.network.readout.kind].format(sums)}, trace["{place(one)}output"])\n'
