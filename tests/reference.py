"""The cells once more, written differently: plain Python numbers, one unit at a time, no NumPy."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import exp, tanh
from typing import Any

Numbers = list[float]
Function = Callable[[float], float]


def sigmoid(a: float) -> float:
    return 1 / (1 + exp(-a)) if a >= 0 else exp(a) / (1 + exp(a))


def product(row: Sequence[float], matrix: Any, unit: int) -> float:
    """What a row of numbers brings to one unit."""
    return sum(float(number) * float(matrix[k][unit]) for k, number in enumerate(row))


def total(weights: Any, gate: str, unit: int, x: Sequence[float], h: Sequence[float]) -> float:
    W, U, b = (getattr(part, gate) for part in weights)
    return product(x, W, unit) + product(h, U, unit) + float(b[unit])


class Functions:
    """What gates and candidate are squashed by."""

    def __init__(self, gate: Function = sigmoid, candidate: Function = tanh) -> None:
        self.gate, self.candidate = gate, candidate


def rising(slope: float) -> Function:
    """A hard sigmoid."""
    return lambda a: 0.0 if a <= -slope / 2 else 1.0 if a >= slope / 2 else 0.5 + a / slope


def rnn(weights: Any, x: Numbers, h: Numbers, of: Functions) -> dict[str, Numbers]:
    return {"h": [of.candidate(total(weights, "h", unit, x, h)) for unit in range(len(h))]}


def lstm(
    weights: Any, x: Numbers, h: Numbers, c: Numbers, of: Functions, printed: bool = False
) -> dict[str, Numbers]:
    result: dict[str, Numbers] = {name: [] for name in ("f", "i", "o", "c_tilde", "c", "h")}
    for unit in range(len(h)):
        for gate in ("f", "i", "o"):
            result[gate].append(of.gate(total(weights, gate, unit, x, h)))
        result["c_tilde"].append(of.candidate(total(weights, "c", unit, x, h)))
        kept = result["f"][unit] * c[unit]
        result["c"].append(kept + result["i"][unit] * result["c_tilde"][unit])
        result["h"].append(result["o"][unit] * of.candidate(c[unit] if printed else result["c"][unit]))
    return result


def lstm_as_printed(weights: Any, x: Numbers, h: Numbers, c: Numbers, of: Functions) -> dict[str, Numbers]:
    return lstm(weights, x, h, c, of, printed=True)


def gru(weights: Any, x: Numbers, h: Numbers, of: Functions) -> dict[str, Numbers]:
    W, U, b = weights
    units = range(len(h))
    u = [of.gate(total(weights, "u", unit, x, h)) for unit in units]
    r = [of.gate(total(weights, "r", unit, x, h)) for unit in units]
    seen = [r[unit] * h[unit] for unit in units]
    c_tilde = [
        of.candidate(product(x, W.c, unit) + product(seen, U.c, unit) + float(b.c[unit])) for unit in units
    ]
    return {"u": u, "r": r, "c_tilde": c_tilde, "h": blend(u, h, c_tilde)}


def gru_reset_after(weights: Any, x: Numbers, h: Numbers, of: Functions) -> dict[str, Numbers]:
    W, U, b = weights
    units = range(len(h))
    u = [of.gate(total(weights, "u", unit, x, h)) for unit in units]
    r = [of.gate(total(weights, "r", unit, x, h)) for unit in units]
    heard = [r[unit] * (product(h, U.c, unit) + float(b.hc[unit])) for unit in units]
    c_tilde = [of.candidate(product(x, W.c, unit) + float(b.c[unit]) + heard[unit]) for unit in units]
    return {"u": u, "r": r, "c_tilde": c_tilde, "h": blend(u, h, c_tilde)}


def blend(u: Numbers, old: Numbers, new: Numbers) -> Numbers:
    """u = 1 takes the new, u = 0 keeps the old."""
    return [share * b + (1 - share) * a for share, a, b in zip(u, old, new, strict=True)]


STEPS: dict[str, Any] = {
    "RNN": rnn,
    "LSTM": lstm,
    "GRU": gru,
    "GRU (reset after)": gru_reset_after,
    "LSTM (as printed)": lstm_as_printed,
}
GATES = {"hard sigmoid 5": rising(5), "hard sigmoid 6": rising(6)}
CANDIDATES = {"relu": lambda a: max(a, 0.0)}


def parted(cell: str) -> tuple[str, Functions]:
    """A cell's family, and the functions that its name says: "GRU (reset after, relu)"."""
    kind, _, inside = cell.rstrip(")").partition(" (")
    said = inside.split(", ") if inside else []
    of = Functions()
    for name in said:
        of.gate, of.candidate = GATES.get(name, of.gate), CANDIDATES.get(name, of.candidate)
    rest = [name for name in said if name not in {**GATES, **CANDIDATES}]
    return f"{kind} ({rest[0]})" if rest else kind, of


def run(cell: str, weights: Any, inputs: Any, initial: dict[str, Any]) -> dict[str, list[Numbers]]:
    """Every symbol at every step: lists of (time, unit)."""
    family, of = parted(cell)
    states = ("h", "c") if family.startswith("LSTM") else ("h",)
    state = {name: [float(number) for number in initial[name]] for name in states}
    trace: dict[str, list[Numbers]] = {}
    for x in inputs:
        given = ([float(number) for number in x], *(state[name] for name in states))
        step = STEPS[family](weights, *given, of)
        state = {name: step[name] for name in states}
        for name, row in step.items():
            trace.setdefault(name, []).append(row)
    return trace
