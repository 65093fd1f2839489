"""A patch: what a state was after a step of one run, put into a step of another; where is it held?

Interchange intervention (Geiger et al. 2021): where the answers become those of the first text, what they
hang on was in the state that was exchanged.
"""

from __future__ import annotations

from cells.edits import Edit
from cells.network import Run


def patch(
    source: Run,
    step: int,
    into: int,
    *symbols: str,
    units: tuple[int, ...] | None = None,
    layer: int = 1,
    direction: str = "forward",
) -> tuple[Edit, ...]:
    """Edits that put symbols of a step of `source` into the step `into` of whatever is run with them.

    With all states of all layers, later steps are those of a text that begins as the source and goes on as
    the other. Without `symbols` it is the states of the cell. ValueError and IndexError for a direction and
    a step that the source lacks.
    """
    trace = source.layers[layer - 1]._asdict().get(direction) if 1 <= layer <= len(source.layers) else None
    if trace is None:
        raise ValueError(f"the source has no {direction} direction in layer {layer}; layers count from 1")
    if not 0 <= step < len(trace):
        raise IndexError(f"step {step} is not in the source; choose 0..{len(trace) - 1}")
    columns = slice(None) if units is None else list(units)
    return tuple(
        Edit(
            symbol,
            units,
            (into, into),
            value=tuple(trace[symbol][step, columns].tolist()),
            layer=layer,
            direction=direction,
        )
        for symbol in symbols or trace.initial
    )
