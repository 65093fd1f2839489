"""One training step, beside the same step in PyTorch where PyTorch is installed: `python -m bench.training`.

A layer with a readout at each step, batch 32, 40 steps, 16 inputs, float32; the median of interleaved runs.
For one thread each, as `make bench` has it: OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1.
"""

from __future__ import annotations

from collections.abc import Callable
from statistics import median
from time import perf_counter

import numpy as np

from cells import Network
from cells.layers import Readout
from cells.parameters import Theta
from cells.training.adam import Adam
from cells.training.batches import Batch
from cells.training.gradients import loss_and_gradient
from cells.training.memory import keep_memory

STEPS, BATCH, FEATURES, ANSWERS = 40, 32, 16, 10
LABELS = {"LSTM": "LSTM", "GRU (reset after)": "GRU", "RNN": "RNN"}  # ours: PyTorch's name


def ours(cell: str, units: int) -> Callable[[], None]:
    rng = np.random.default_rng(0)
    plain = Network.random(cell, FEATURES, units)
    readout = Readout(rng.normal(size=(units, ANSWERS)) / 8, np.zeros(ANSWERS), "softmax")
    theta = Theta(Network(cell, plain.layers, None, readout))
    adam = Adam(theta.vector)
    given = rng.normal(size=(STEPS, BATCH, FEATURES)).astype("float32")
    truth = np.eye(ANSWERS, dtype="float32")[rng.integers(0, ANSWERS, (STEPS, BATCH))]
    batch = Batch(given, truth, np.ones((STEPS, BATCH), "float32"), np.full(BATCH, STEPS))

    def step() -> None:
        _, gradient = loss_and_gradient(theta, batch)
        adam.step(gradient, 0.001)

    return step


def theirs(cell: str, units: int) -> Callable[[], None]:
    import torch

    torch.set_num_threads(1)
    torch.manual_seed(0)
    layer = getattr(torch.nn, LABELS[cell])(FEATURES, units)
    readout = torch.nn.Linear(units, ANSWERS)
    parameters = [*layer.parameters(), *readout.parameters()]
    adam = torch.optim.Adam(parameters, 0.001)
    given = torch.randn(STEPS, BATCH, FEATURES)
    truth = torch.randint(0, ANSWERS, (STEPS * BATCH,))

    def step() -> None:
        adam.zero_grad()
        loss = torch.nn.functional.cross_entropy(readout(layer(given)[0]).flatten(0, 1), truth)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(parameters, 1.0)
        adam.step()

    return step


def timed(step: Callable[[], None]) -> float:
    began = perf_counter()
    step()
    return 1000 * (perf_counter() - began)


def main() -> None:
    """Print the table."""
    keep_memory()  # as where the app trains; PyTorch's steps are the faster for it too
    try:
        import torch  # noqa: F401
    except ImportError:
        print("PyTorch is not installed: our step alone")
        makers = [ours]
    else:
        makers = [ours, theirs]
    goals = {16: 1.0, 64: 1.6}
    for cell in LABELS:
        for units, goal in goals.items():
            steps = [make(cell, units) for make in makers]
            samples = [[timed(step) for step in steps] for _ in range(60)][10:]
            times = [median(column) for column in zip(*samples, strict=True)]
            shown = " / ".join(f"{time:.2f}" for time in times)
            ratio = f"{times[0] / times[1]:.2f} ×  (≤ {goal} ×)" if len(times) > 1 else ""
            print(f"{cell:<18} {units:>3} units   {shown} ms   {ratio}")


if __name__ == "__main__":
    main()
