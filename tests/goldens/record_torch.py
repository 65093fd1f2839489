"""Records what PyTorch computes. Recorded with torch 2.13.0:

pip install torch==2.13.0 numpy && python tests/goldens/record_torch.py [RNN LSTM …]
"""

from __future__ import annotations

import sys
from functools import partial

import numpy as np
import torch
from cases import Arrays, Case, cases, draw, keep

MODULES = {
    "RNN": (torch.nn.RNN, torch.nn.RNNCell),
    "LSTM": (torch.nn.LSTM, torch.nn.LSTMCell),
    "GRU (reset after)": (torch.nn.GRU, torch.nn.GRUCell),
    "RNN (relu)": tuple(partial(kind, nonlinearity="relu") for kind in (torch.nn.RNN, torch.nn.RNNCell)),
}


def record(cell: str, case: Case, rng: np.random.Generator) -> Arrays:
    """Weights by their names in the state_dict, inputs, and the states."""
    whole, _ = MODULES[cell]
    module = whole(case.features, case.units, case.layers, bidirectional=case.directions == 2)
    shapes = {name: tuple(array.shape) for name, array in module.state_dict().items()}
    weights = {name: draw(rng, shape, case.bound) for name, shape in shapes.items()}
    inputs = draw(rng, (case.time, case.features), 2)
    answers = {**weights, "inputs": inputs}
    for dtype in ("float32", "float64"):
        module = module.to(getattr(torch, dtype))
        module.load_state_dict({name: torch.tensor(array) for name, array in weights.items()})
        answers[dtype] = states(cell, case, module, torch.tensor(inputs.astype(dtype)))
    return answers


def states(cell: str, case: Case, module: torch.nn.RNNBase, inputs: torch.Tensor) -> np.ndarray:
    """h and c everywhere; the module shows h of its last layer only, so cells are stepped, and must agree."""
    found, rows = [], inputs
    for layer, width in enumerate(case.widths):
        sides = []
        for suffix in (f"_l{layer}", f"_l{layer}_reverse")[: case.directions]:
            one = MODULES[cell][1](width, case.units, dtype=inputs.dtype)
            one.load_state_dict({name: module.state_dict()[name + suffix] for name in one.state_dict()})
            reverse = suffix.endswith("reverse")
            steps = stepped(one, rows.flip(0) if reverse else rows)
            sides.append(steps.flip(1) if reverse else steps)
        found.append(torch.stack(sides))
        rows = torch.cat([side[0] for side in sides], dim=-1)
    torch.testing.assert_close(rows, module(inputs)[0], rtol=0, atol=4 * torch.finfo(rows.dtype).eps)
    return torch.stack(found).numpy()


def stepped(one: torch.nn.RNNCellBase, rows: torch.Tensor) -> torch.Tensor:
    """h, and c if the cell has it, of every step in the order of rows: (symbol, time, unit)."""
    state, found = None, []
    for row in rows:
        state = one(row, state)
        found.append(torch.stack(state if isinstance(state, tuple) else (state,)))
    return torch.stack(found, dim=1)


if __name__ == "__main__":
    version = f"torch {torch.__version__.split('+')[0]}"
    torch.set_grad_enabled(False)
    for cell in sys.argv[1:] or MODULES:
        rng = np.random.default_rng(0)
        keep("PyTorch", version, cell, {case: record(cell, case, rng) for case in cases()})
