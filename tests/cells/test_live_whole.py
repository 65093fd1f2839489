"""A whole live model is shown only where it reads and answers as its network of ours does."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from cells import LoadError, Network, load
from cells.live.whole import agreement, whole
from tests.cells.live_models import Module, layer_of
from tests.cells.test_goldens import goldens

GOLDEN = next(
    one for one in goldens() if str(one).startswith("PyTorch LSTM time=7 features=3 units=4 layers=1 dir")
)
ROWS, UNITS = GOLDEN.arrays["inputs"], 4
TABLE = np.vstack([ROWS, ROWS[:2] + 1])  # of nine tokens the first seven are the recorded sequence
IDS, H = np.arange(7), GOLDEN.states("float32")[0, 0, 0]
HEAD = np.random.default_rng(0).normal(size=(5, UNITS)).astype("float32")


def model_of(read: Callable[[np.ndarray], np.ndarray], answer: Callable[[np.ndarray], Any]) -> Module:
    """Embedding, the recorded layer, a linear layer, with something of the model's own between them."""
    layer = layer_of(GOLDEN, "alone")
    network = load(layer)

    def computed(rows: np.ndarray) -> Any:
        trace = network.run(rows).layers[0].forward
        return trace["h"], tuple(trace.final[state][None] for state in ("h", "c"))

    layer.compute = computed
    model = Module({}, lambda ids: answer(layer(read(TABLE[np.asarray(ids).reshape(-1)]))[0]))
    table = Module({"weight": TABLE}, lambda x: x, num_embeddings=9)
    model.children = {"embed": table, "rnn": layer, "out": Module({"weight": HEAD}, lambda x: x)}
    return model


@pytest.fixture(autouse=True)
def tensors(monkeypatch: pytest.MonkeyPatch) -> None:
    """The stand-ins take arrays for tensors."""
    monkeypatch.setattr("cells.live.whole._batch", lambda _, read: read)


def told(model: Module, **answers: str) -> str:
    with pytest.raises(LoadError) as error:
        agreement(model, whole(model, answers).network, IDS)
    return error.value.sentence.key


@pytest.mark.parametrize(
    "answer", [lambda h: h @ HEAD.T, lambda h: (h @ HEAD.T, None), lambda h: (h @ HEAD.T)[-1]]
)
def test_a_model_that_is_as_its_weights_say_agrees(answer: Callable[[np.ndarray], Any]) -> None:
    model = model_of(lambda x: x, answer)
    by = agreement(model, whole(model, {}).network, IDS)
    assert by is not None and by <= 1e-6
    np.testing.assert_allclose(whole(model, {}).network.run(IDS).layers[0].forward["h"], H, atol=1e-6)


def test_one_whose_layer_reads_something_else_is_refused() -> None:
    assert told(model_of(np.tanh, lambda h: h @ HEAD.T)) == "live.inputs"
    assert told(model_of(lambda x: x[::-1], lambda h: h @ HEAD.T)) == "live.inputs"


def test_one_whose_answers_are_made_otherwise_is_refused_unless_none_are_shown() -> None:
    model = model_of(lambda x: x, lambda h: h @ HEAD.T + 1)
    assert told(model) == "live.answers"
    assert agreement(model, whole(model, {"readout": "none"}).network, IDS) is not None


def test_one_that_cannot_be_run_on_the_text_alone_says_nothing() -> None:
    def fails(_: object) -> None:
        raise TypeError("missing an argument")

    model = model_of(lambda x: x, lambda h: h)
    model.compute = fails
    assert agreement(model, whole(model, {}).network, IDS) is None


def test_of_several_networks_one_must_be_chosen() -> None:
    model = Module({}, lambda x: x)
    model.children = {"first": layer_of(GOLDEN, "alone"), "second": layer_of(GOLDEN, "alone")}
    with pytest.raises(LoadError) as error:
        whole(model, {})
    assert error.value.sentence.key == "live.parts"
    assert isinstance(whole(model, {"part": "second"}).network, Network)
