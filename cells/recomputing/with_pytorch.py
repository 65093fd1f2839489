"""PyTorch: its own module, which shows h of the top layer and the last states of all."""

from __future__ import annotations

from collections.abc import Sequence
from string import Template

from cells.cell import named
from cells.exporting import Pass, traces
from cells.recomputing.parts import COMPARE, END, about, inputs, place

SCRIPT = Template("""\
$about
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file

torch.set_grad_enabled(False)
here = Path(__file__).parent
weights = load_file(here / "network.safetensors")
trace = np.load(here / "trace.npz")
$compare

def beneath(start):
    \"\"\"The weights whose names begin so, without that beginning.\"\"\"
    return {name.removeprefix(start): array for name, array in weights.items() if name.startswith(start)}


def states(paths, symbol):
    \"\"\"What each direction began with: (direction, unit).\"\"\"
    return torch.from_numpy(np.array([trace[f"{path}.initial.{symbol}"] for path in paths]))


def ends(paths, symbol):
    \"\"\"What each direction ended with; the backward one ends at the first step.\"\"\"
    return [trace[f"{path}.{symbol}"][0 if path.endswith("backward") else -1] for path in paths]


$main$end""")

PASS = Template("""\
${inputs}rnn = torch.nn.$module(
    $features, $units, num_layers=$layers, bidirectional=$both, dtype=torch.$dtype
)
rnn.load_state_dict(beneath("${start}rnn."))
paths = [$paths]
h, $last = rnn(torch.as_tensor(x), $initial)
compare(h, np.hstack([$top]))
$compared""")

MODULES = {"RNN": "RNN", "LSTM": "LSTM", "GRU (reset after)": "GRU"}
READOUTS = {"linear": "{}", "sigmoid": "torch.sigmoid({})", "softmax": "torch.softmax({}, dim=-1)"}


def code(passes: Sequence[Pass]) -> str:
    """The script for these passes; it reads network.safetensors and trace.npz."""
    return SCRIPT.substitute(
        about=about(passes, "PyTorch", "network.safetensors"),
        compare=COMPARE,
        main="\n".join(map(_pass, passes)),
        end=END,
    )


def _pass(one: Pass) -> str:
    network, start = one.network, place(one)
    symbols = named(network.cell).states
    paths = [f"{start}layers.{depth}.{direction}" for depth, direction, _ in traces(one.run)]
    top = [path for path in paths if path.startswith(f"{start}layers.{len(network.layers) - 1}.")]
    initial = [f'states(paths, "{symbol}")' for symbol in symbols]
    last = [f"{symbol}_n" for symbol in symbols]
    text = PASS.substitute(
        inputs=inputs(one, f'weights["{start}embedding.weight"].numpy()'),
        module=MODULES[network.cell],
        features=network.features,
        units=len(network.layers[0].forward.U[0]),
        layers=len(network.layers),
        both=network.layers[0].backward is not None,
        dtype=network.dtype,
        start=start,
        paths=", ".join(f'"{path}"' for path in paths),
        last=last[0] if len(last) == 1 else f"({', '.join(last)})",
        initial=initial[0] if len(initial) == 1 else f"({', '.join(initial)})",
        top=", ".join(f'trace["{path}.h"]' for path in top),
        compared="".join(f'compare({symbol}_n, ends(paths, "{symbol}"))\n' for symbol in symbols),
    )
    if network.readout is None:
        return text
    sums = f'h @ weights["{start}readout.weight"].T + weights["{start}readout.bias"]'
    return text + f'compare({READOUTS[network.readout.kind].format(sums)}, trace["{start}output"])\n'
