"""Stand-ins that look as live models do, and give what PyTorch gave for the same weights and inputs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import SimpleNamespace
from typing import Any, NamedTuple

import numpy as np

from tests.cells.test_goldens import Golden

BATCH, AT = 3, 1  # sequences, and which of them is the recorded one


class Module:
    """What a torch.nn.Module offers, as far as it is asked."""

    def __init__(
        self, arrays: Mapping[str, np.ndarray], forward: Callable[..., Any], **settings: Any
    ) -> None:
        self.arrays, self.compute, self.hooks, self.training = dict(arrays), forward, {}, True
        self.children: dict[str, Module] = {}
        vars(self).update(settings)

    def forward(self, *given: Any, **named: Any) -> Any:
        return self.compute(*given, **named)

    def __call__(self, *given: Any, **named: Any) -> Any:
        made = self.forward(*given, **named)
        for hook in list(self.hooks.values()):
            hook(self, given, named, made)
        return made

    def named_modules(self, prefix: str = "") -> Iterator[tuple[str, Module]]:
        yield prefix, self
        for name, child in self.children.items():
            yield from child.named_modules(f"{prefix}.{name}" if prefix else name)

    def modules(self) -> Iterator[Module]:
        return (module for _, module in self.named_modules())

    def state_dict(self) -> dict[str, np.ndarray]:
        inside = {
            f"{name}.{inner}": array
            for name, child in self.children.items()
            for inner, array in child.state_dict().items()
        }
        return {**self.arrays, **inside}

    def register_forward_hook(self, hook: Callable[..., None], with_kwargs: bool) -> Any:
        assert with_kwargs
        self.hooks[id(hook)] = hook
        return SimpleNamespace(remove=lambda: self.hooks.pop(id(hook)))


def of_torch(name: str) -> type[Module]:
    """A class that says that it is torch.nn's of this name."""
    return type(name, (Module,), {"__module__": "torch.nn.modules.rnn", "forward": Module.forward})


class Packed(NamedTuple):
    """A PackedSequence."""

    data: np.ndarray
    batch_sizes: np.ndarray
    sorted_indices: np.ndarray
    unsorted_indices: np.ndarray


def packed(sequences: list[np.ndarray]) -> Packed:
    """Sequences as PyTorch packs them: the longest first, step by step."""
    order = np.argsort([-len(one) for one in sequences], kind="stable")
    longest = [sequences[place] for place in order]
    steps = [[one[t] for one in longest if t < len(one)] for t in range(len(longest[0]))]
    rows, sizes = np.array([row for step in steps for row in step]), np.array([len(step) for step in steps])
    return Packed(rows, sizes, order, np.argsort(order))


def arranged(rows: np.ndarray, how: str) -> Any:
    """One sequence of (time, feature) as a layer is given it, noise as the others of its batch."""
    noise = [
        np.random.default_rng(other).normal(size=rows.shape).astype(rows.dtype) for other in range(BATCH)
    ]
    batch = [rows if place == AT else noise[place] for place in range(BATCH)]
    if how == "packed":
        return packed([batch[0][:1], rows, batch[2]])
    return {"alone": rows, "first": np.stack(batch), "second": np.stack(batch, axis=1)}[how]


def layer_of(golden: Golden, how: str) -> Module:
    """The layer of PyTorch that was recorded: it reads and answers as it is arranged."""
    kind, _, variant = golden.layout.cell.partition(" (")
    states = golden.states("float32")
    h = np.concatenate([direction[0] for direction in states[-1]], axis=-1)
    last = [direction[:, 0 if reverse else -1] for layer in states for reverse, direction in enumerate(layer)]
    final = np.array(last).swapaxes(0, 1)  # (symbol, layer and direction, unit)
    wide = final if how == "alone" else np.repeat(final[:, :, None], BATCH, axis=2)

    def forward(_: Any) -> Any:
        return arranged(h, how), tuple(wide) if kind == "LSTM" else wide[0]

    arrays = {name: array for name, array in golden.arrays.items() if name.startswith(("weight_", "bias_"))}
    settings = {"batch_first": how == "first", "bidirectional": states.shape[1] == 2}
    if kind == "RNN":
        settings["nonlinearity"] = "relu" if variant else "tanh"
    return of_torch(kind)(arrays, forward, **settings)
