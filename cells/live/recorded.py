"""What the recurrent layers of a live model did when it ran, held to the model's own h."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from cells.arrays import Array, Matrix
from cells.layers import LayerState
from cells.live.frameworks import framework_of
from cells.live.pass_of_layer import BOUNDS, Call, LayerPass, difference
from cells.loading.errors import LoadError, shown
from cells.network import Network, Run

CHAINED = 1e-6  # how far apart a state that was handed on may be from the one that was made


@dataclass(frozen=True, eq=False)
class Recorded:
    """A recurrent layer of a model, as it was when the model ran: one sequence of what it read.

    `network` has its weights, `inputs` (time, feature) are what it really saw, `initial` where it began, None
    for zeros; `run` is our pass over them and `agrees` the largest difference between our h and the layer's.
    `sequence` counts from 0 within the batch of `sequences`.
    """

    name: str
    network: Network
    inputs: Matrix
    initial: tuple[LayerState, ...] | None
    run: Run
    agrees: float
    sequence: int
    sequences: int


def recorded(model: Any, *inputs: Any, sequence: int = 0, **named: Any) -> dict[str, Recorded]:
    """Run a live PyTorch or Keras model once: every recurrent layer by its name, with what it really read.

    `inputs` and `named` go to the model as they are; of a batch `sequence` is taken, counted from 0. A layer
    that is called several times is one run while each call begins where the last ended, as a cell's do in a
    loop; else there is one for each: "rnn", "rnn (2)". ValueError where a layer does not compute what its
    weights say, to 1e-5 in float32, or where nothing recurrent ran; nothing is left behind in the model.
    """
    return heard_by(model, inputs, named, sequence)[0]


def heard_by(
    model: Any, inputs: Sequence[Any], named: Mapping[str, Any], sequence: int = 0
) -> tuple[dict[str, Recorded], Any]:
    """The same, and what the model made of its inputs."""
    framework = framework_of(model)
    modules = framework.recurrent_modules(model)
    if not modules:
        raise LoadError("live.none", kind=shown(type(model).__name__))
    if not getattr(model, "built", True):  # Keras builds with a call of its own
        model(*inputs, **named)
    with framework.listening(model) as heard:
        output = model(*inputs, **named)
    if not any(heard.values()):
        raise LoadError("live.silent", names=", ".join(map(shown, modules)))
    found = {
        f"{name} ({place})" if place > 1 else name: _recorded(name, network, calls, sequence)
        for name, network in ((name, framework.network_of(modules[name])) for name in heard if heard[name])
        for place, calls in enumerate(_chains(heard[name], sequence), start=1)
    }
    return found, output


def _recorded(name: str, network: Network, calls: Sequence[Call], sequence: int) -> Recorded:
    passes = [call.sequence(sequence) for call in calls]
    inputs, initial = np.concatenate([one.inputs for one in passes]), passes[0].initial
    run = network.run(inputs, initial=initial)
    h = passes[-1].h if passes[-1].last else np.concatenate([one.h for one in passes])
    whole = LayerPass(inputs, initial, h, passes[-1].last, passes[-1].final)
    by, where = difference(run, whole)
    bound = BOUNDS.get(calls[0].dtype, BOUNDS["float32"])
    if not by <= bound * max(1.0, float(np.abs(h).max())):
        raise LoadError("live.apart", name=shown(name), where=where, bound=f"{bound:g}")
    return Recorded(name, network, inputs, initial, run, by, sequence, calls[0].sequences)


def _chains(calls: Sequence[Call], sequence: int) -> Iterator[list[Call]]:
    """The calls of a layer as runs: those that go on from where the one before ended belong together."""
    chain: list[Call] = []
    for call in calls:
        if not 0 <= sequence < call.sequences:
            raise LoadError("live.sequence", sequence=sequence, count=call.sequences)
        if chain and not _goes_on(chain[-1].sequence(sequence), call.sequence(sequence)):
            yield chain
            chain = []
        chain.append(call)
    if chain:
        yield chain


def _goes_on(before: LayerPass, after: LayerPass) -> bool:
    """Whether a pass over one direction begins with all the states that another ended with."""
    if after.initial is None or any(layer.backward is not None for layer in after.initial):
        return False
    began = {
        symbol: [layer.forward[symbol] for layer in after.initial] for symbol in after.initial[0].forward
    }
    return all(
        len(before.final.get(symbol, ())) == len(rows) and all(map(_same, before.final[symbol], rows))
        for symbol, rows in began.items()
    )


def _same(one: Array, other: Array) -> bool:
    return np.allclose(one, other, rtol=0, atol=CHAINED)
