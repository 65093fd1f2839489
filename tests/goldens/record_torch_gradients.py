"""Records the gradients that PyTorch computes for its own goldens. Recorded with torch 2.13.0:

pip install torch==2.13.0 numpy && python tests/goldens/record_torch_gradients.py
"""

from __future__ import annotations

import numpy as np
import torch
from cases import FOLDER, Arrays, Case, cases, draw, file_of, keep
from record_torch import MODULES


def record(cell: str, case: Case, golden: Arrays, rng: np.random.Generator) -> Arrays:
    """∂L of every weight and of the inputs in float64, where L = Σ weighting · h of the top layer."""
    whole, _ = MODULES[cell]
    module = whole(case.features, case.units, case.layers, bidirectional=case.directions == 2).double()
    module.load_state_dict(
        {name: torch.tensor(golden[f"{case}/{name}"]).double() for name in module.state_dict()}
    )
    inputs = torch.tensor(golden[f"{case}/inputs"]).double().requires_grad_()
    weighting = draw(rng, (case.time, case.units * case.directions), 1)
    (module(inputs)[0] * torch.tensor(weighting)).sum().backward()
    weights = {name: array.grad.numpy().astype("float32") for name, array in module.named_parameters()}
    return {"weighting": weighting, "inputs": inputs.grad.numpy().astype("float32"), **weights}


if __name__ == "__main__":
    version = f"torch {torch.__version__.split('+')[0]}"
    for cell in MODULES:
        with np.load(FOLDER / file_of(f"PyTorch {cell}")) as golden:
            rng = np.random.default_rng(1)
            answers = {case: record(cell, case, golden, rng) for case in cases()}
        keep("PyTorch", version, cell, answers, FOLDER / "gradients" / file_of(cell))
