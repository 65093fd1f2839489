"""What a checkpoint says of its network is found by what it is, and offered where it fits."""

from __future__ import annotations

from pathlib import Path

import pytest

from cells.loading.beside import beside
from ui.networks.found import found
from ui.networks.scaling import Scaling
from ui.networks.vocabulary import Vocabulary

FOLDER = Path(__file__).parents[2] / "goldens" / "beside"
SIX = ("\n", " ", "a", "b", "é", "z")


def says(tree: object, reads: int = 0, features: int = 0, outputs: int = 0) -> list[object]:
    return [
        one.says.tokens if isinstance(one.says, Vocabulary) else one.says
        for one in found(tree, reads, features, outputs)
    ]


def test_the_vocabulary_of_a_checkpoint_is_offered_once() -> None:
    tree = beside((FOLDER / "charlm.pt").read_bytes())
    assert [(one.where, one.says.tokens) for one in found(tree, 6, 0, 6)] == [("stoi", SIX)]


def test_the_scale_of_what_it_reads_and_the_names_of_what_it_answers_are_offered() -> None:
    tree = beside((FOLDER / "forecast.pt").read_bytes())
    assert says(tree, 3, 3, 2) == [("up", "down"), Scaling((100, 50, 20), (10, 5, 2))]


@pytest.mark.parametrize(
    ("tree", "deviation"),
    [
        ({"mean_": [1, 2], "scale_": [3, 4], "var_": [9, 16]}, (3, 4)),
        ({"x_mean": [1, 2], "x_var": [9, 16]}, (3, 4)),
        ({"data_min_": [1, 2], "data_max_": [4, 6], "scale_": [1 / 3, 0.25], "min_": [-1 / 3, -0.5]}, (3, 4)),
        ({"a": {"Mean": [1, 2], "Std": [3, 4]}}, (3, 4)),
        ({"mu": 1, "sigma": 3}, (3,)),
        ({"min_lr": 1, "max_lr": 3}, None),
        ({"y_mean": 1, "y_std": 3}, None),
        ({"bn.running_mean": [1, 2], "bn.running_var": [9, 16]}, None),
        ({"mean": [1, 2], "std": [3, 0]}, None),
        ({"mean": [1, 2, 3], "std": [3, 4, 5]}, None),
    ],
)
def test_two_rows_that_lie_side_by_side_are_a_scale(
    tree: object, deviation: tuple[float, ...] | None
) -> None:
    said = [one for one in says(tree, 0, 2) if isinstance(one, Scaling)]
    assert [one.deviation for one in said] == ([] if deviation is None else [deviation])


@pytest.mark.parametrize(
    ("tree", "tokens"),
    [
        ({"chars": "abc"}, ("a", "b", "c")),
        ({"name": "abc"}, None),
        ({"empty": [], "none": {}, "chars": ""}, None),
        ({"word_index": '{"the": 1, "cat": 2}'}, ("", "the", "cat")),
        ({"history": {"loss": 3, "epoch": 900}}, None),
        ({"itos": ["a", "b", "c"], "stoi": {"a": 0, "b": 1, "c": 2}}, ("a", "b", "c")),
        (
            {"class_name": "TextVectorization", "config": {"vocabulary": ["x"], "standardize": "lower"}},
            ("", "", "x"),
        ),
        ({"class_name": "StringLookup", "config": {"vocabulary": ["x", "y"]}}, ("", "x", "y")),
        ({"class_name": "StringLookup", "config": {"vocabulary": ["[UNK]", "y"]}}, ("[UNK]", "y", "")),
        ({"assets/vocabulary.txt": ["", "[UNK]", "y"]}, ("", "[UNK]", "y")),
    ],
)
def test_what_names_most_of_what_is_read_is_a_vocabulary(
    tree: object, tokens: tuple[str, ...] | None
) -> None:
    assert says(tree, 3) == ([] if tokens is None else [tokens])
