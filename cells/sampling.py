"""One to many: a network that writes, each token drawn from its own answer and read again."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from cells.arrays import Given, Vector
from cells.network import Network


def write(
    network: Network,
    read: Callable[[Sequence[str]], Given],
    answers: Sequence[str],
    prompt: Sequence[str],
    count: int,
    temperature: float,
    rng: np.random.Generator,
) -> tuple[str, ...]:
    """The tokens that the network writes after the prompt.

    `read` turns tokens into what the network reads, `answers` name the outputs of its softmax. At
    temperature 0 the likeliest token is written; at 1 tokens come as often as the network expects them.
    """
    run = network.run(read(prompt), keep=(len(prompt) - 1, len(prompt)))
    written: list[str] = []
    while len(written) < count:
        assert run.output is not None
        shares = tempered(run.output[-1], temperature)
        written.append(answers[rng.choice(len(answers), p=shares)])
        run = network.run(read(written[-1:]), initial=run.final)
    return tuple(written)


def tempered(shares: Vector, temperature: float) -> Vector:
    """The shares to the power of 1 / temperature, made to add up to 1 again; at 0 the largest alone."""
    if temperature == 0:
        certain: Vector = np.eye(len(shares))[shares.argmax()]
        return certain
    logs = np.log(np.maximum(shares.astype(float), 1e-300)) / temperature
    powers = np.exp(logs - logs.max())
    result: Vector = powers / powers.sum()
    return result
