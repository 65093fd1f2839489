"""What lies beside the weights is read as plain things, and nothing of it is run."""

from __future__ import annotations

import collections
import io
import json
import pickle
import zipfile
from pathlib import Path

import numpy as np
import pytest

from cells.loading.beside import MOST_VALUES, beside
from tests.cells.hostile import EMPTY, FILES

FOLDER = Path(__file__).parents[1] / "goldens" / "beside"
TOKENS = ["\n", " ", "a", "b", "é", "z"]


def test_what_pytorch_kept_beside_the_weights_is_there() -> None:
    found = beside((FOLDER / "charlm.pt").read_bytes())
    assert isinstance(found, dict)
    assert found["stoi"] == {token: place for place, token in enumerate(TOKENS)}
    assert found["itos"] == dict(enumerate(TOKENS))
    assert (found["args"]["chars"], found["epoch"], found["loss"]) == ("".join(TOKENS), 3, 0.5)
    scale = beside((FOLDER / "forecast.pt").read_bytes())
    assert isinstance(scale, dict)
    assert (scale["mean"], scale["y_std"]) == ([100, 50, 20], 2)


@pytest.mark.parametrize("protocol", range(2, pickle.HIGHEST_PROTOCOL + 1))
@pytest.mark.parametrize(
    "value",
    [
        {"a": 1, "b": [1.5, "x", None, True]},
        {"mean": np.arange(6.0), "std": np.arange(6, dtype="<f4"), "n": np.int64(7)},
        {"big": np.array([1.0, 2.0], ">f8")},
        collections.Counter("abca"),
    ],
)
def test_a_pickle_is_read_as_python_reads_it(value: object, protocol: int) -> None:
    def plain(one: object) -> object:
        if isinstance(one, dict):
            return {name: plain(inner) for name, inner in one.items()}
        return one.tolist() if isinstance(one, np.ndarray | np.generic) else one

    assert beside(pickle.dumps(value, protocol)) == plain(value)


def test_the_words_of_a_keras_model_are_its_assets_and_its_configuration() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("config.json", json.dumps({"config": {"layers": []}}))
        archive.writestr("model.weights.h5", b"")
        archive.writestr("assets/layers/text_vectorization/vocabulary.txt", "\n[UNK]\nthe\ncat")
    found = beside(file.getvalue())
    assert isinstance(found, dict)
    assert found["config.json"] == {"config": {"layers": []}}
    assert found["assets/layers/text_vectorization/vocabulary.txt"] == ["", "[UNK]", "the", "cat"]


def test_texts_and_small_rows_of_an_npz_are_there() -> None:
    file = io.BytesIO()
    np.savez(file, chars=np.array(["a", "b"]), mean=np.array([1.0, 2]), W=np.zeros((3, 3)))
    assert beside(file.getvalue()) == {"chars": ["a", "b"], "mean": [1, 2]}


HOSTILE = [(kind, name) for kind, files in FILES.items() for name in files]


@pytest.mark.parametrize(("kind", "name"), HOSTILE, ids=[f"{name}{kind}" for kind, name in HOSTILE])
def test_a_hostile_file_holds_no_more_than_is_looked_at(kind: str, name: str) -> None:
    made = FILES[kind][name][0]()
    beside(made)
    for at in (1, len(made) // 2, len(made) - 1):
        beside(made[:at])


@pytest.mark.parametrize("kind", EMPTY)
def test_an_empty_file_holds_nothing_to_offer(kind: str) -> None:
    assert not beside(EMPTY[kind][0]()) or kind == ".keras"


def test_things_that_hold_one_another_often_are_looked_at_a_bounded_number_of_times() -> None:
    nested: object = ["x"]
    for _ in range(7):
        nested = [nested] * 100
    found = beside(pickle.dumps(nested))
    assert json.dumps(found).count("x") <= MOST_VALUES
