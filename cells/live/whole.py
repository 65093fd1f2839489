"""A whole live model held to its network of ours: does its layer read the same, is its answer made so?"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Any

import numpy as np

from cells.arrays import Given, Steps
from cells.checks import check_inputs
from cells.functions import sigmoid, softmax
from cells.layers import Readout
from cells.live import torch_modules
from cells.live.arrays import is_tensor, numbers
from cells.live.frameworks import framework_of
from cells.live.loaded import inspected
from cells.live.pass_of_layer import BOUNDS
from cells.live.recorded import heard_by
from cells.loading.errors import LoadError, shown
from cells.loading.understood import Understood
from cells.network import Network
from cells.network import shown as shown_h

# What a model may hand out of the sums that its last layer makes.
HANDED_OUT = (lambda sums: sums, softmax, sigmoid, lambda sums: np.log(softmax(sums)))
CLOSE = 1e-4  # how far apart probabilities and sums may be


def whole(model: Any, answers: Mapping[str, str]) -> Understood:
    """The one recurrent network of a live model; LoadError where it has several and none is chosen."""
    found = inspected(model, answers)
    parts = next((one.choices for one in found.questions if one.name == "part"), ())
    if parts and "part" not in answers:
        raise LoadError("live.parts", names=", ".join(map(shown, parts)))
    return found


def agreement(model: Any, network: Network, read: Given, part: str = "") -> float | None:
    """How far h of a live model's layer is from ours, the model run on the same ids or rows.

    `read` is as `network.run` takes it, `part` names the layer where there are several. None where the model
    can't be run on them alone; LoadError where the layer reads something else, starts elsewhere, or what the
    model hands out is not made by our readout.
    """
    try:
        found, output = heard_by(model, (_batch(model, np.asarray(read)),), {})
    except LoadError as error:
        if error.sentence.key == "live.apart":
            raise
        return None
    except Exception:  # whatever a model says that wants other inputs
        return None
    one = found.get(part) or next(iter(found.values()))
    if part not in found and len(found) > 1:
        return None
    rows = check_inputs(read, network.features, network.dtype, network.embedding)
    if one.inputs.shape != rows.shape or np.abs(one.inputs - rows).max() > BOUNDS["float32"]:
        raise LoadError("live.inputs", name=shown(one.name))
    if any(np.any(row) for layer in one.initial or () for side in layer if side for row in side.values()):
        raise LoadError("live.began", name=shown(one.name))
    if network.readout is not None and not _answers(network.readout, shown_h(one.run.layers[-1]), output):
        raise LoadError("live.answers", name=shown(one.name))
    return one.agrees


def _batch(model: Any, read: np.ndarray) -> Any:
    """One sequence as the model is usually given it."""
    if framework_of(model) is not torch_modules:
        return read[None]
    layers = torch_modules.recurrent_modules(model).values()
    first = all(getattr(layer, "batch_first", True) for layer in layers)
    batch = sys.modules["torch"].as_tensor(read[None] if first else read[:, None])
    return batch.to(next(model.parameters()).dtype) if batch.dtype.is_floating_point else batch


def _answers(readout: Readout, h: Steps, output: Any) -> bool:
    """Whether what the model hands out is made of h by our readout; another shape can't tell."""
    made = output[0] if isinstance(output, (tuple, list)) else output
    if not is_tensor(made):
        return True
    sums = h @ readout.W + readout.b
    given = np.squeeze(numbers(made))
    if given.shape == np.squeeze(sums).shape:
        return any(np.allclose(given, np.squeeze(way(sums)), atol=CLOSE) for way in HANDED_OUT)
    if given.shape == np.squeeze(sums[-1]).shape:
        return any(np.allclose(given, np.squeeze(way(sums))[-1], atol=CLOSE) for way in HANDED_OUT)
    return True
