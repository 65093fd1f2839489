"""PyTorch: its own module, which shows h of the top layer and the last states of all."""

from __future__ import annotations

from collections.abc import Sequence
from string import Template

from cells.cell import named
from cells.exporting import Pass
from cells.layers import Layer
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
$beneath

def states(paths, symbol):
    \"\"\"What each direction began with: (direction, unit).\"\"\"
    return torch.from_numpy(np.array([trace[f"{path}.initial.{symbol}"] for path in paths]))


def ends(paths, symbol):
    \"\"\"What each direction ended with; the backward one ends at the first step.\"\"\"
    return [trace[f"{path}.{symbol}"][0 if path.endswith("backward") else -1] for path in paths]


$main$end""")

BENEATH = '''
def beneath(start):
    """The weights whose names begin so, without that beginning."""
    return {name.removeprefix(start): array for name, array in weights.items() if name.startswith(start)}

'''
# torch.nn.LSTM and its like have one width; layers of several widths are modules on top of each other.
OF_ONE = '''
def beneath(start, depth):
    """The weights of one layer, as a module of one layer calls them."""
    beneath = {name.removeprefix(start): array for name, array in weights.items() if name.startswith(start)}
    parts = {name: name.partition(f"_l{depth}") for name in beneath}
    return {
        f"{kind}_l0{way}": beneath[name]
        for name, (kind, mark, way) in parts.items()
        if mark and way in ("", "_reverse")
    }

'''

MODULE = Template("""\
rnn = torch.nn.$module(
    $features, $units, num_layers=$layers, bidirectional=$both, dtype=torch.$dtype$extra
)
rnn.load_state_dict(beneath($beneath))
paths = [$paths]
h, $last = rnn($x, $initial)
compare(h, np.hstack([$top]))
$compared""")

MODULES = {
    "RNN": ("RNN", ""),
    "LSTM": ("LSTM", ""),
    "GRU (reset after)": ("GRU", ""),
    "RNN (relu)": ("RNN", ', nonlinearity="relu"'),
}
READOUTS = {"linear": "{}", "sigmoid": "torch.sigmoid({})", "softmax": "torch.softmax({}, dim=-1)"}


def code(passes: Sequence[Pass]) -> str:
    """The script for these passes; it reads network.safetensors and trace.npz."""
    return SCRIPT.substitute(
        about=about(passes, "PyTorch", "network.safetensors"),
        compare=COMPARE,
        beneath=BENEATH if all(_even(one) for one in passes) else OF_ONE,
        main="\n".join(map(_pass, passes)),
        end=END,
    )


def _even(one: Pass) -> bool:
    """Whether all layers have as many units."""
    return len({_units(layer) for layer in one.network.layers}) == 1


def _units(layer: Layer) -> int:
    return len(layer.forward.U[0])


def _pass(one: Pass) -> str:
    network, start = one.network, place(one)
    layers = range(len(network.layers))
    several = [layers] if _even(one) else [range(depth, depth + 1) for depth in layers]
    text = inputs(one, f'weights["{start}embedding.weight"].numpy()')
    text += "".join(_module(one, depths, _even(one)) for depths in several)
    if network.readout is None:
        return text
    sums = f'h @ weights["{start}readout.weight"].T + weights["{start}readout.bias"]'
    return text + f'compare({READOUTS[network.readout.kind].format(sums)}, trace["{start}output"])\n'


def _module(one: Pass, depths: range, even: bool) -> str:
    """The statements of one module, which has the layers of these depths."""
    network, start = one.network, place(one)
    first, symbols = network.layers[depths[0]], named(network.cell).states
    module, extra = MODULES[network.cell]
    ways = Layer._fields if first.backward is not None else ("forward",)
    paths = [f"{start}layers.{depth}.{way}" for depth in depths for way in ways]
    initial = [f'states(paths, "{symbol}")' for symbol in symbols]
    last = [f"{symbol}_n" for symbol in symbols]
    return MODULE.substitute(
        module=module,
        extra=extra,
        features=len(first.forward.W[0]),
        units=_units(first),
        layers=len(depths),
        both=first.backward is not None,
        dtype=network.dtype,
        beneath=f'"{start}rnn."' if even else f'"{start}rnn.", {depths[0]}',
        x="torch.as_tensor(x)" if depths[0] == 0 else "h",
        paths=", ".join(f'"{path}"' for path in paths),
        last=last[0] if len(last) == 1 else f"({', '.join(last)})",
        initial=initial[0] if len(initial) == 1 else f"({', '.join(initial)})",
        top=", ".join(f'trace["{path}.h"]' for path in paths[-len(ways) :]),
        compared="".join(f'compare({symbol}_n, ends(paths, "{symbol}"))\n' for symbol in symbols),
    )
