"""Singular values of recurrent weights, and whether gradients vanish (Pascanu, Mikolov & Bengio 2013)."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from cells import shipped
from cells.arrays import Vector
from cells.drawn_networks import LENGTHS, SEEDS, Start
from cells.network import Network
from cells.phenomena.findings import Finding
from cells.reach import reach
from cells.tasks import TASKS

GAINS = (0.9, 1.0, 1.5)
NETWORKS = ("first-rnn", "count50-rnn")
ROUNDING = 1 + 1e-9


def vanishing() -> Iterator[Finding]:
    """σ₁ of U, in how many of 20 networks a gradient ever grows, and what is left of it after 50 steps.

    σ₁ below 1 is enough for vanishing, above 1 necessary for exploding: not enough.
    """
    for gain in GAINS:
        largest, norms = _drawn(gain)
        of, small = f"U × {gain:g}", bool((largest <= ROUNDING).all())
        yield Finding("sigma", of, float(largest.max()))
        yield Finding("bounded", of, float(_bounded(largest, norms)), low=1)
        grows = float((norms.max(axis=1) > ROUNDING).mean())
        yield Finding("grows", of, grows, high=0) if small else Finding("grows", of, grows)
        yield Finding("left50", of, float(np.exp(np.log(norms[:, -1]).mean())), high=1 if small else None)
    for name in NETWORKS:
        card, network = shipped.card(name), shipped.network(name)
        task = TASKS[card.task]
        tokens = task.draw(np.random.default_rng(0), task.sizes[1])[: LENGTHS[-1]]
        norms = _norms(network, card.read(tokens))
        yield Finding("sigma", name, sigma(network))
        yield Finding("bounded", name, float(_bounded(np.array([sigma(network)]), norms[None])), low=1)
        yield Finding("left50", name, float(norms[-1]))


def sigma(network: Network) -> float:
    """The largest singular value of an RNN's recurrent weights."""
    return float(np.linalg.svd(network.layers[0].forward.U[0], compute_uv=False)[0])


def _norms(network: Network, inputs: np.ndarray) -> Vector:
    return reach(network.run(inputs).layers[0].forward, network.layers[0].forward).memory


def _drawn(gain: float, seeds: int = SEEDS) -> tuple[Vector, np.ndarray]:
    """σ₁ of each drawn network (seed,), and the norms after each step (seed, step)."""
    drawn = [Start("RNN", gain=gain).on_noise(LENGTHS[-1], seed) for seed in range(seeds)]
    return np.array([sigma(one) for one, _ in drawn]), np.array([_norms(*one) for one in drawn])


def _bounded(largest: Vector, norms: np.ndarray) -> float:
    """The share of networks in which no gradient is above σ₁ to the number of its steps."""
    powers = largest[:, None] ** np.arange(1, norms.shape[1] + 1)
    return float((norms <= powers * ROUNDING).all(axis=1).mean())
