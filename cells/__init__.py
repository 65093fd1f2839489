"""What recurrent cells compute: every gate of every step, by name.

The names below are what notebooks and scripts build on; everything else may move between versions.
"""

from cells.altered_weights import Alteration, altered
from cells.cell import CELLS
from cells.counterfactual import without
from cells.edits import Edit
from cells.equations import equations
from cells.gradient_flow import flow, output_gradient, state_jacobian
from cells.layers import Layer, LayerRun, LayerState, Readout
from cells.live.loaded import load
from cells.live.recorded import Recorded, recorded
from cells.loading.errors import LoadError
from cells.moments import Moment, moments
from cells.network import Network, Run
from cells.patch import patch
from cells.provenance import provenance
from cells.saturation import saturation
from cells.saving import as_npz, as_safetensors
from cells.survey import survey
from cells.sweep import answer_at, distance_at, sweep
from cells.time_scale import half_life
from cells.tokens import one_hot, token_vectors
from cells.trace import Trace
from cells.weights import Weights

__all__ = [
    "CELLS",
    "Alteration",
    "Edit",
    "Layer",
    "LayerRun",
    "LayerState",
    "LoadError",
    "Moment",
    "Network",
    "Readout",
    "Recorded",
    "Run",
    "Trace",
    "Weights",
    "altered",
    "answer_at",
    "as_npz",
    "as_safetensors",
    "distance_at",
    "equations",
    "flow",
    "half_life",
    "load",
    "moments",
    "one_hot",
    "output_gradient",
    "patch",
    "provenance",
    "recorded",
    "saturation",
    "state_jacobian",
    "survey",
    "sweep",
    "token_vectors",
    "without",
]
