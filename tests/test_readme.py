"""What README shows runs as it stands there."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np

import gates
from tests.cells.live_models import Module, layer_of
from tests.cells.test_goldens import goldens

README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")


def block(after: str) -> str:
    """The lines of code that follow a sentence."""
    found = re.search(re.escape(after) + r"\n\n((?:    .*\n)+)", README)
    assert found, f"README no longer says {after!r}"
    return re.sub(r"^    ", "", found[1], flags=re.M)


def test_the_lines_for_a_notebook_lead_from_a_live_model_to_its_gates() -> None:
    golden = next(one for one in goldens() if str(one).startswith("PyTorch LSTM time=7 features=3 units=4"))
    layer = layer_of(golden, "alone")
    model = Module({}, layer)
    model.children = {"encoder": Module({}, layer)}
    model.children["encoder"].children = {"rnn": layer}
    names = {"model": model, "batch": golden.arrays["inputs"]}
    *before, gate, last = block("the gate values at every timestep:").splitlines()
    exec("\n".join(before), names)
    layers = names["layers"]
    assert isinstance(layers, dict) and list(layers) == ["encoder.rnn"]
    assert eval(gate, names).shape == (7, 4)
    assert "agrees with the model" in repr(eval(last, names))


def test_the_line_for_a_whole_model_reads_a_text() -> None:
    letters = sorted(set("the cat"))
    rng = np.random.default_rng(0)
    shapes = {
        "embed.weight": (6, 3),
        "rnn.weight_ih_l0": (16, 3),
        "rnn.weight_hh_l0": (16, 4),
        "out.weight": (6, 4),
    }
    model = {name: rng.normal(size=shape).astype("float32") for name, shape in shapes.items()}
    (line,) = block("reads text in the notebook, as you type:").splitlines()
    shown = eval(line, {"gates": gates, "model": model, "letters": letters})
    assert repr(shown).startswith("network: LSTM, 1 layer, 4 units, 7 steps")
