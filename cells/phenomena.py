"""Known phenomena measured again, beside the figures that this project quotes for them.

    python -m cells.phenomena

Nothing is trained here: half-lives, gradients at initialisation, and saturation of untrained gates. The
figures came without a word on their inputs and W: those below were chosen because they come closest.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from cells.arrays import Array, Vector
from cells.cell import named
from cells.gradient_flow import state_jacobian
from cells.network import Layer, Network
from cells.saturation import saturation
from cells.time_scale import of_bias
from cells.trace import Trace
from cells.weights import INITIALISATIONS, Weights, with_biases

UNITS, SEEDS = 32, 20


class Figure(NamedTuple):
    """One quoted number and ours; `low` and `high` bound what counts as the same."""

    where: str
    quoted: float
    found: float
    spread: float
    low: float
    high: float

    @property
    def reproduced(self) -> bool:
        """Whether the quoted number lies within the bounds."""
        return self.low <= self.quoted <= self.high


class Table(NamedTuple):
    """What was measured, how, what counts as reproduced, and every number."""

    title: str
    setup: str
    tolerance: str
    figures: tuple[Figure, ...]


HALF_LIVES = ((0, 1.0), (1, 2.2), (2, 5.5), (3, 14.3), (5, 103))


def half_lives() -> Table:
    """Half-life of a constant f = σ(b_f)."""
    figures = []
    for bias, quoted in HALF_LIVES:
        found, digit = float(of_bias(bias).half_life), 0.5 if quoted > 100 else 0.05
        figures.append(Figure(f"b_f={bias}", quoted, found, 0, found - digit, found + digit))
    return Table("Half-life in steps", "ln(1/2) / ln f, f = σ(b_f)", "the digits quoted", tuple(figures))


class Start(NamedTuple):
    """A network before training: biases are 0 but for those named, U is multiplied by `gain`."""

    name: str
    cell: str
    features: int
    initialisation: str
    quoted: tuple[float, ...]
    gain: float = 1
    biases: Mapping[str, float] = {}

    def network(self, rng: np.random.Generator) -> Network:
        """One drawn network of it."""
        kind = named(self.cell)
        W, U, b = INITIALISATIONS[self.initialisation](kind, self.features, UNITS, rng)
        biases = {gate: np.full(UNITS, self.biases.get(gate, 0.0)) for gate in kind.biases}
        weights = Weights(W, kind.Blocks(*(self.gain * block for block in U)), b)
        return Network(self.cell, (Layer(with_biases(kind, weights, biases)),))


LENGTHS = (1, 10, 20, 50)
STARTS = (
    Start("tanh RNN, orthogonal × .9", "RNN", 16, "orthogonal", (0.90, 0.028, 2.4e-4, 1.1e-10), gain=0.9),
    Start("tanh RNN × 1.0", "RNN", 16, "orthogonal", (1.0, 0.070, 1.5e-3, 9.1e-9)),
    Start("tanh RNN × 1.5", "RNN", 16, "orthogonal", (1.5, 2.1, 0.70, 0.021), gain=1.5),
    Start("LSTM b_f=0", "LSTM", 9, "uniform", (0.64, 0.0125, 1.3e-4, 8.6e-11)),
    Start("LSTM b_f=1", "LSTM", 9, "uniform", (0.83, 0.26, 0.061, 4.7e-4), biases={"f": 1}),
    Start("LSTM b_f=3", "LSTM", 9, "uniform", (0.97, 2.4, 4.8, 13), biases={"f": 3}),
    Start("LSTM b_f=5", "LSTM", 9, "uniform", (1.0, 3.5, 9.3, 49), biases={"f": 5}),
    Start("GRU b_u=0", "GRU", 9, "uniform", (0.72, 0.018, 2.3e-4, 2.6e-10)),
    Start("GRU b_u=−3", "GRU", 9, "uniform", (0.98, 0.73, 0.53, 0.20), biases={"u": -3}),
)
FACTOR = 1.2


def gradients(seeds: int = SEEDS) -> Table:
    """Geometric mean over seeds of ‖∂state_T/∂state_0‖₂ before training, of an LSTM ‖∂c_T/∂c_0‖₂."""
    figures = []
    for start in STARTS:
        logs = np.log([_norms(start, np.random.default_rng(seed)) for seed in range(seeds)])
        means, spreads = np.exp(logs.mean(axis=0)), np.exp(logs.std(axis=0, ddof=1))
        # Both means are of that many seeds, so their difference varies by √2 of one's standard error.
        factors = np.maximum(FACTOR, spreads ** (2 * np.sqrt(2 / seeds)))
        figures += [
            Figure(f"{start.name}, T={length}", quoted, mean, spread, mean / factor, mean * factor)
            for length, quoted, mean, spread, factor in zip(
                LENGTHS, start.quoted, means, spreads, factors, strict=True
            )
        ]
    return Table(
        f"‖∂state_T/∂state_0‖₂ at initialisation, {UNITS} units, {seeds} seeds (± is a factor)",
        "standard normal inputs; initial state 0, biases 0 but for the one named\n"
        "  RNN: U orthogonal, times the factor; W uniform ±√(6/(features + units)); 16 features\n"
        "  LSTM and GRU: W and U uniform ±1/√units; 9 features",
        f"a factor of {FACTOR}, or two standard errors of the difference of two means of {seeds} seeds",
        tuple(figures),
    )


def _norms(start: Start, rng: np.random.Generator) -> Vector:
    network = start.network(rng)
    trace = network.run(rng.normal(size=(LENGTHS[-1], start.features))).layers[0].forward
    return np.array([_norm(trace, network.layers[0].forward, length - 1) for length in LENGTHS])


def _norm(trace: Trace, weights: Weights, t: int) -> float:
    jacobian = state_jacobian(trace, weights, -1, t)
    memory = slice(UNITS, None) if "c" in trace.initial else slice(None)
    return float(np.linalg.norm(jacobian[memory, memory], 2))


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


def lines(table: Table) -> Iterator[str]:
    """A table as text."""
    yield table.title
    yield f"  {table.setup}"
    yield f"  reproduced = within {table.tolerance}"
    for figure in table.figures:
        verdict = "reproduced" if figure.reproduced else "not for these seeds"
        spread = f"± {figure.spread:<8.3g}" if figure.spread else " " * 10
        numbers = f"quoted {figure.quoted:<8.3g} found {figure.found:<8.3g} {spread}"
        yield f"  {figure.where:33} {numbers} {verdict}"


def main(tables: Sequence[Table] | None = None) -> None:
    """Prints the tables, and how many of their figures were reproduced."""
    shown = (half_lives(), gradients(), saturations()) if tables is None else tables
    for table in shown:
        print("\n".join(lines(table)), end="\n\n")
    figures = [figure for table in shown for figure in table.figures]
    print(f"{sum(figure.reproduced for figure in figures)} of {len(figures)} figures reproduced")


if __name__ == "__main__":
    main()
