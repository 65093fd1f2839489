"""Recurrent modules of a live PyTorch model, known by the names of their classes in torch.nn."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, nullcontext
from typing import Any

import numpy as np

from cells.arrays import Array
from cells.live.arrays import is_tensor, numbers, stored, type_of
from cells.live.pass_of_layer import Call, LayerPass, states
from cells.loading.errors import LoadError, shown
from cells.loading.fragment import Part
from cells.loading.stack import EMBEDDING
from cells.loading.state_dict import parts
from cells.network import Network

HOME = "torch.nn.modules.rnn"
LAYERS = ("LSTM", "GRU", "RNN")
SINGLE = ("LSTMCell", "GRUCell", "RNNCell")


def is_module(value: Any) -> bool:
    """Whether it is a module of PyTorch's, by what it offers."""
    return all(hasattr(value, name) for name in ("named_modules", "state_dict", "register_forward_hook"))


def kind(module: Any) -> str:
    """The recurrent class of torch.nn that a module is; "" for any other."""
    of_torch = [one.__name__ for one in type(module).__mro__ if one.__module__ == HOME]
    return next((name for name in of_torch if name in (*LAYERS, *SINGLE)), "")


def is_own(module: Any) -> bool:
    """Whether a recurrent module computes what its class of torch.nn does, no subclass something else."""
    home = next((one for one in type(module).__mro__ if one.__module__ == HOME), None)
    return bool(kind(module)) and type(module).forward is getattr(home, "forward", None)


def recurrent_modules(model: Any) -> dict[str, Any]:
    """Its recurrent modules by name; the name of a model that is one itself is its class's."""
    return {name or kind(module): module for name, module in model.named_modules() if kind(module)}


def nonlinearity(module: Any) -> str:
    """What squashes the state of an RNN: tanh for all other cells."""
    said = getattr(module, "nonlinearity", "tanh")
    return str(said)


def parts_of(model: Any) -> tuple[Part, ...]:
    """The recurrent networks of a model, what its class says of each no longer a question."""
    arrays = {name: stored(name, value) for name, value in model.state_dict().items() if is_tensor(value)}
    modules = dict(model.named_modules())
    return tuple(_told(part, modules) for part in parts({"": arrays}))


def _told(part: Part, modules: Mapping[str, Any]) -> Part:
    """A part without the questions that its modules answer; LoadError where one is none of torch.nn's."""
    names = [array.name.rpartition(".")[0] for array, ours in part.arrays if ours.startswith("layers.")]
    known = [modules[name] for name in dict.fromkeys(names) if name in modules]
    for module in known:
        if not is_own(module):
            raise LoadError("live.another", kind=shown(type(module).__name__))
    squashed = sorted(set(map(nonlinearity, known))) or ["tanh"]
    if len(squashed) > 1:
        raise LoadError("live.mixed", names=", ".join(squashed))
    said = {"nonlinearity": squashed[0]}
    for question in part.questions:
        if question.name == EMBEDDING and (table := modules.get(question.about.rpartition(".")[0])):
            said[EMBEDDING] = "yes" if hasattr(table, "num_embeddings") else "no"
    left = tuple(one for one in part.questions if one.name not in said)
    return part._replace(questions=left, network=lambda answers: part.network({**answers, **said}))


def network_of(module: Any) -> Network:
    """The network of one recurrent module, without what stands before and behind it."""
    arrays = {name: stored(name, value) for name, value in module.state_dict().items()}
    (part,) = parts({"": arrays})
    taken = {one.name: one.default for one in part.questions}
    return part.network(taken | ({"nonlinearity": nonlinearity(module)} if "nonlinearity" in taken else {}))


@contextmanager
def listening(model: Any) -> Iterator[dict[str, list[Call]]]:
    """Hears every call of its recurrent modules; nothing of it stays behind, whatever happens.

    For so long the model stands in evaluation: dropout would make another network of it.
    """
    heard: dict[str, list[Call]] = {}
    stood = [(module, module.training) for module in model.modules()]
    torch = sys.modules.get("torch")
    with ExitStack() as undone:
        for name, module in recurrent_modules(model).items():
            told = _listener(module, heard.setdefault(name, []))
            undone.callback(module.register_forward_hook(told, with_kwargs=True).remove)
        for module, training in stood:
            undone.callback(setattr, module, "training", training)
            module.training = False
        if torch is not None:
            undone.callback(torch.set_rng_state, torch.get_rng_state())
        undone.enter_context(torch.no_grad() if torch is not None else nullcontext())
        yield heard


def _listener(module: Any, calls: list[Call]) -> Any:
    read = _of_cell if kind(module) in SINGLE else _of_layer

    def hear(_: Any, given: Sequence[Any], named: Mapping[str, Any], made: Any) -> None:
        values = dict(zip(("input", "hx"), given, strict=False)) | dict(named)
        calls.append(read(module, values["input"], values.get("hx"), made))

    return hear


def _each(value: Any) -> tuple[Any, ...]:
    """h, or h and c; nothing of None."""
    return () if value is None else tuple(value) if isinstance(value, (tuple, list)) else (value,)


def _began(hx: Any) -> dict[str, list[Array]]:
    """The initial states by symbol, each the vectors of its layers and directions; none for zeros."""
    return dict(zip(("h", "c"), map(_rows, _each(hx)), strict=False))


def _rows(state: Any) -> list[Array]:
    """A state as its vectors: (layer and direction)(sequence, unit)."""
    found = numbers(state)
    return list(found if found.ndim == 3 else found[:, None])


def _of_layer(module: Any, given: Any, hx: Any, made: Any) -> Call:
    """A call of nn.LSTM, nn.GRU or nn.RNN: a batch, one sequence, or a packed one."""
    output, last = made
    packed = hasattr(given, "batch_sizes")
    read, wrote = (_unpacked(one) if packed else _sequences(module, one) for one in (given, output))
    began, final, both = _began(hx), _began(last), 1 + bool(module.bidirectional)

    def sequence(at: int) -> LayerPass:
        initial = states({symbol: [side[at] for side in sides] for symbol, sides in began.items()}, both)
        ended = {symbol: tuple(side[at] for side in sides) for symbol, sides in final.items()}
        return LayerPass(read[at], initial, wrote[at], final=ended)

    return Call(type_of(output.data if packed else output), len(read), sequence)


def _sequences(module: Any, value: Any) -> list[Array]:
    """A batch as its sequences, each (time, feature)."""
    rows = numbers(value)
    if rows.ndim == 2:
        return [rows]
    return list(rows if module.batch_first else rows.swapaxes(0, 1))


def _unpacked(packed: Any) -> list[Array]:
    """A PackedSequence as the sequences that were packed, each as long as it is."""
    rows, sizes = numbers(packed.data), numbers(packed.batch_sizes)
    starts = np.concatenate(([0], np.cumsum(sizes)[:-1])).astype(int)
    places = range(int(sizes[0])) if packed.unsorted_indices is None else numbers(packed.unsorted_indices)
    return [rows[starts[sizes > place] + int(place)] for place in places]


def _of_cell(_: Any, given: Any, hx: Any, made: Any) -> Call:
    """A call of nn.LSTMCell, nn.GRUCell or nn.RNNCell: one step."""
    wrote, *_ = _each(made)
    final = {
        symbol: np.atleast_2d(numbers(one)) for symbol, one in zip(("h", "c"), _each(made), strict=False)
    }
    began = {symbol: np.atleast_2d(numbers(one)) for symbol, one in zip(("h", "c"), _each(hx), strict=False)}
    read, h = np.atleast_2d(numbers(given)), np.atleast_2d(numbers(wrote))

    def sequence(at: int) -> LayerPass:
        initial = states({symbol: [rows[at]] for symbol, rows in began.items()}, 1)
        ended = {symbol: (rows[at],) for symbol, rows in final.items()}
        return LayerPass(read[at : at + 1], initial, h[at : at + 1], final=ended)

    return Call(type_of(wrote), len(read), sequence)
