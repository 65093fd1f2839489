"""PyTorch, step after step: its modules can't be edited, so an edited network runs as its equations."""

from __future__ import annotations

from collections.abc import Sequence
from string import Template

from cells.cell import named
from cells.exporting import Pass
from cells.recomputing.edited_rows import PYTORCH, rows
from cells.recomputing.parts import COMPARE, END, TIMES, about, main, place
from cells.recomputing.with_pytorch import READOUTS

SCRIPT = Template('''\
$about
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import torch
from torch import $functions

torch.set_grad_enabled(False)
here = Path(__file__).parent
network = np.load(here / "network.npz")
trace = dict(np.load(here / "trace.npz"))
$compare
$defined
def step(W, U, b, x, $given, path, t):
    """W are input weights, U recurrent weights, b biases; the article writes u, w, b."""
$rows
    return dict($returned)


def gates(path):
    """The tensors under a path by the names of their gates."""
    names = [name for name in network if name.startswith(path)]
    return SimpleNamespace(**{name.removeprefix(path): torch.from_numpy(network[name]) for name in names})


def over_time(path, x, turn=1):
    """h at every step of one direction; turn is -1 for the one that begins at the end."""
    W, U, b = (gates(f"{path}.{kind}.") for kind in "WUb")
    $states = $initial
    steps = []$times
    for place in range(len(x))[::turn]:
        steps.append(step(W, U, b, torch.as_tensor(x[place]), $states, path, times[place]))
        $states = $kept
    for symbol in steps[0]:
        compare(torch.stack([now[symbol] for now in steps]), trace[f"{path}.{symbol}"][::turn])
    return torch.stack([now["h"] for now in steps][::turn])


$main$end''')

FUNCTIONS = {
    "hard_sigmoid_5": '''
def hard_sigmoid_5(a):
    """a / 5 + 1/2, cut off at 0 and 1."""
    return torch.clip(a / 5 + 0.5, 0, 1)

''',
    "hard_sigmoid_6": '''
def hard_sigmoid_6(a):
    """a / 6 + 1/2, cut off at 0 and 1."""
    return torch.clip(a / 6 + 0.5, 0, 1)

''',
}


def code(passes: Sequence[Pass]) -> str:
    """The script for these passes; it reads network.npz and trace.npz."""
    cell = named(passes[0].network.cell)
    used = {squash.name for squash in cell.functions}
    return SCRIPT.substitute(
        about=about(passes, "PyTorch", "network.npz"),
        compare=COMPARE,
        functions=", ".join(sorted({"sigmoid", "tanh"} | (used - set(FUNCTIONS)))),
        defined="".join(definition for name, definition in FUNCTIONS.items() if name in used),
        given=", ".join(f"{state}_prev" for state in cell.states),
        rows=rows(passes, PYTORCH),
        returned=", ".join(f"{symbol}={symbol}" for symbol in cell.symbols),
        states=", ".join(cell.states),
        initial=", ".join(f'torch.from_numpy(trace[f"{{path}}.initial.{state}"])' for state in cell.states),
        times=TIMES,
        kept=", ".join(f'steps[-1]["{state}"]' for state in cell.states),
        main=main(passes, _readout, "torch.hstack"),
        end=END,
    )


def _readout(one: Pass) -> str:
    if one.network.readout is None:
        return ""
    W, b = (f'torch.from_numpy(network["{place(one)}readout.{letter}"])' for letter in "Wb")
    output = READOUTS[one.network.readout.kind].format(f"h @ {W} + {b}")
    return f'compare({output}, trace["{place(one)}output"])\n'
