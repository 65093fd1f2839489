"""Known phenomena of networks before training, beside the figures that this project quotes for them.

Nothing is trained here: half-lives, gradients at initialisation, saturation of untrained gates.
"""

from __future__ import annotations

import numpy as np

from cells.arrays import Array, Matrix
from cells.cell import named
from cells.drawn_networks import GATES, LENGTHS, QUOTED, SEEDS, UNITS, Start
from cells.layers import Layer
from cells.network import Network
from cells.phenomena.figures import Figure, Table
from cells.reach import Reach, reach
from cells.saturation import saturation
from cells.time_scale import of_bias
from cells.weights import INITIALISATIONS, Weights

HALF_LIVES = ((0, 1.0), (1, 2.2), (2, 5.5), (3, 14.3), (5, 103))


def half_lives() -> Table:
    """Half-life of a constant f = σ(b_f)."""
    figures = []
    for bias, quoted in HALF_LIVES:
        found, digit = float(of_bias(bias).half_life), 0.5 if quoted > 100 else 0.05
        figures.append(Figure(f"b_f={bias}", quoted, found, 0, found - digit, found + digit))
    return Table("Half-life in steps", "ln(1/2) / ln f, f = σ(b_f)", "the digits quoted", tuple(figures))


FACTOR = 1.2


def gradients(seeds: int = SEEDS) -> Table:
    """Geometric mean over seeds of ‖∂state_T/∂state_0‖₂ before training, of an LSTM ‖∂c_T/∂c_0‖₂."""
    figures: list[Figure] = []
    for start in QUOTED:
        norms = [_reach(start, seed).memory for seed in range(seeds)]
        figures += of_start(start, np.array(norms)[:, np.array(LENGTHS) - 1])
    return Table(
        f"‖∂state_T/∂state_0‖₂ at initialisation, {UNITS} units, {seeds} seeds (± is a factor)",
        "standard normal inputs; initial state 0, biases 0 but for the one named\n"
        "  RNN: U orthogonal, times the factor; W uniform ±√(6/(features + units)); 16 features\n"
        "  LSTM and GRU: W and U uniform ±1/√units; 9 features",
        f"a factor of {FACTOR}, or two standard errors of the difference of two means of {seeds} seeds",
        tuple(figures),
    )


def _reach(start: Start, seed: int) -> Reach:
    network, inputs = start.on_noise(LENGTHS[-1], seed)
    return reach(network.run(inputs).layers[0].forward, network.layers[0].forward)


def of_start(start: Start, norms: Matrix) -> list[Figure]:
    """The quoted figures of a start beside norms of our own, (seed, length)."""
    logs, name = np.log(norms), _name(start)
    means, spreads = np.exp(logs.mean(axis=0)), np.exp(logs.std(axis=0, ddof=1))
    # Both means are of that many seeds, so their difference varies by √2 of one's standard error.
    factors = np.maximum(FACTOR, spreads ** (2 * np.sqrt(2 / len(norms))))
    columns = zip(LENGTHS, QUOTED[start], means, spreads, factors, strict=True)
    return [
        Figure(f"{name}, T={length}", quoted, float(mean), float(spread), mean / factor, mean * factor)
        for length, quoted, mean, spread, factor in columns
    ]


def _name(start: Start) -> str:
    if start.cell == "RNN":
        return f"tanh RNN × {start.gain:.1f}"
    return f"{start.cell} b_{GATES[start.cell]}={start.bias:g}".replace("-", "−")


LETTERS, STEPS = 27, 200
SATURATED = ((1, "left", 0), (1, "right", 0), (4, "right", 11), (16, "left", 24), (16, "right", 44))


def saturations(seeds: int = SEEDS) -> Table:
    """Saturated forget gates of an untrained LSTM, its weights multiplied by 1, 4 and 16."""
    shares = {
        scale: np.array([_shares(scale, np.random.default_rng(seed)) for seed in range(seeds)])
        for scale in (1, 4, 16)
    }
    figures = []
    for scale, side, quoted in SATURATED:
        column = 100 * shares[scale][:, ["left", "right"].index(side)]
        found, spread = float(column.mean()), float(column.std(ddof=1))
        within = max(0.5, 2 * spread)
        figures.append(
            Figure(f"weights × {scale}, f {side}", quoted, found, spread, found - within, found + within)
        )
    return Table(
        f"Saturated forget gates in %, untrained LSTM, {UNITS} units, b_f=1, {seeds} seeds",
        f"W, U, other biases uniform ±1/√units; W and U multiplied; {STEPS} random letters of {LETTERS}",
        "two standard deviations of the seeds (the quoted figures are of one run), or half a per cent",
        tuple(figures),
    )


def _shares(scale: float, rng: np.random.Generator) -> tuple[float, float]:
    W, U, b = INITIALISATIONS["forget bias"](named("LSTM"), LETTERS, UNITS, rng, value=1)
    large: list[tuple[Array, ...]] = [type(blocks)(*(scale * block for block in blocks)) for blocks in (W, U)]
    letters = np.eye(LETTERS)[rng.integers(0, LETTERS, STEPS)]
    trace = Network("LSTM", (Layer(Weights(large[0], large[1], b)),)).run(letters).layers[0].forward
    left, right = saturation(trace)["f"]
    return float(left.mean()), float(right.mean())
