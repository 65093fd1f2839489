"""Rows of numbers as people have them: commas of two meanings, names in Chinese, batches of sequences."""

from __future__ import annotations

import io

import numpy as np
import pytest

from ui.networks.numeric_rows import from_file, typed
from ui.networks.tokenize import InputFault, read


@pytest.mark.parametrize(
    ("text", "features", "rows"),
    [
        ("0,5; 1,25", 1, [[0.5], [1.25]]),
        ("0,5 0,25; 1 2", 2, [[0.5, 0.25], [1, 2]]),
        ("−0,5\n1,25", 1, [[-0.5], [1.25]]),
        ("1,2; 3,4", 2, [[1, 2], [3, 4]]),
        ("1, 2; 3, 4", 2, [[1, 2], [3, 4]]),
        ("0.5, 1.5; 2, 3", 2, [[0.5, 1.5], [2, 3]]),
    ],
)
def test_a_comma_is_a_decimal_one_where_only_so_the_rows_are_as_wide_as_they_must_be(
    text: str, features: int, rows: list[list[float]]
) -> None:
    assert typed(text, features).values.tolist() == rows


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("0,5 0,25", (0.5, 0.25)),
        ("0,5; 1,25", (0.5, 1.25)),
        ("−0,5 1", (-0.5, 1)),
        ("0,5", (0, 5)),
        ("1,2,3", (1, 2, 3)),
        ("1, 2, 3", (1, 2, 3)),
        ("0.5 1,2 3", (0.5, 1.2, 3)),
        ("1,234,567 8", (1, 234, 567, 8)),
    ],
)
def test_a_comma_between_digits_is_a_decimal_one_beside_another_separator(
    text: str, values: tuple[float, ...]
) -> None:
    assert read(text, "numbers").values == values


@pytest.mark.parametrize(
    ("text", "features", "rows"),
    [
        ("0,5\n0,25\n", 1, [[0.5], [0.25]]),
        ("a;b\n0,5;1,25\n", 2, [[0.5, 1.25]]),
        ("a\tb\n0,5\t1,25\n", 2, [[0.5, 1.25]]),
        ('a,b\n"0,5","1,25"\n', 2, [[0.5, 1.25]]),
        ("0,5 1,25\n", 2, [[0.5, 1.25]]),
        ("1,2\n3,4\n", 2, [[1, 2], [3, 4]]),
    ],
)
def test_a_table_with_decimal_commas_is_read(text: str, features: int, rows: list[list[float]]) -> None:
    assert from_file(text.encode(), "a.csv", features).values.tolist() == rows


def test_the_names_of_columns_may_be_as_a_spreadsheet_in_china_writes_them() -> None:
    found = from_file("温度,湿度\n1,2\n".encode("gb18030"), "a.csv", 2)
    assert (found.columns, found.values.tolist()) == (("温度", "湿度"), [[1, 2]])


@pytest.mark.parametrize(
    ("array", "key"),
    [
        (np.zeros((8, 5, 3)), "rows_batch"),
        (np.zeros((5, 4)), "rows_shape"),
        (np.full((5, 3), np.nan), "row_not_finite"),
        (np.full((5, 3), 1e9), "row_too_large"),
        (np.zeros((100_001, 3)), "rows_long"),
        (np.zeros((0, 3)), "rows_none"),
    ],
)
def test_what_is_wrong_with_an_array_is_named(array: np.ndarray, key: str) -> None:
    file = io.BytesIO()
    np.save(file, array)
    with pytest.raises(InputFault) as caught:
        from_file(file.getvalue(), "a.npy", 3)
    assert caught.value.key == key


def test_a_batch_of_one_sequence_is_that_sequence() -> None:
    file = io.BytesIO()
    np.save(file, np.ones((1, 5, 3)))
    assert from_file(file.getvalue(), "a.npy", 3).values.shape == (5, 3)
