"""Rows of numbers as people have them: commas of two meanings, names in Chinese, batches of sequences."""

from __future__ import annotations

import io

import numpy as np
import pytest

from cells import Network
from cells.exporting import Pass, as_csv
from ui.networks.numeric_rows import from_file, of_columns, typed
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
        (np.zeros((5, 2)), "rows_shape"),
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


@pytest.mark.parametrize(
    ("text", "features", "columns", "rows", "left"),
    [
        (
            "date,open,high,low\n2024-01-02,1,2,3\n2024-01-03,2,3,4\n",
            3,
            "open high low",
            [[1, 2, 3], [2, 3, 4]],
            ["date"],
        ),
        ("open,high,rises\n1,2,yes\n2,3,no\n", 2, "open high", [[1, 2], [2, 3]], ["rises"]),
        (",a,b\n0,5,6\n1,7,8\n", 2, "a b", [[5, 6], [7, 8]], []),
        ("a;b;c\n1,5;2;3\n", 2, "a b", [[1.5, 2]], []),
        ("\ta\tb\n0\t5\t6\n", 2, "a b", [[5, 6]], []),
        ("a,b,c\n1,,3\n2,5,4\n,6,7\n1,2,4\n", 2, "b c", None, []),
        ("2024-01-02 1 2\n2024-01-03 2 3\n", 2, "2 3", [[1, 2], [2, 3]], ["1"]),
    ],
)
def test_of_more_columns_than_are_read_those_with_numbers_are_taken_and_the_others_named(
    text: str, features: int, columns: str, rows: list[list[float]] | None, left: list[str]
) -> None:
    if rows is None:  # of three columns two have a gap
        with pytest.raises(InputFault) as caught:
            from_file(text.encode(), "a.csv", features)
        assert (caught.value.key, dict(caught.value.details)["row"]) == ("row_not_a_number", "4")
        return
    found = from_file(text.encode(), "a.csv", features)
    assert (" ".join(found.columns), found.values.tolist()) == (columns, rows)
    assert found.table is not None and list(found.table.left) == left


def test_any_columns_can_be_taken_in_any_order() -> None:
    found = from_file(b"a,b,c\n1,2,3\n4,5,6\n", "a.csv", 2)
    assert found.table is not None
    other = of_columns(found.table, (2, 0), "a.csv")
    assert (other.columns, other.values.tolist()) == (("c", "a"), [[3, 1], [6, 4]])
    assert other.digest != found.digest


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("a,b,c,d\n1,2,3,4\n4,5,6\n", "row_uneven"),
        ("a,b,c,d\nx,y,3,4\nz,v,4,5\n", "columns_few"),
        ("a,b\n1,2\n", "row_width"),
        ("a,b,c,d\n1,2,3,4\n1e9,2,3,4\n1,2,3e9,4\n", "row_too_large"),
        ("a,b,c,d\n", "rows_none"),
    ],
)
def test_what_is_wrong_with_a_wider_table_is_named(text: str, key: str) -> None:
    with pytest.raises(InputFault) as caught:
        from_file(text.encode(), "a.csv", 3)
    assert caught.value.key == key


def test_of_a_wider_array_the_first_columns_that_are_numbers_are_taken() -> None:
    file = io.BytesIO()
    array = np.arange(8.0).reshape(2, 4)
    array[1, 0] = np.nan
    np.save(file, array)
    found = from_file(file.getvalue(), "a.npy", 3)
    assert (found.columns, found.values.tolist()) == (("2", "3", "4"), [[1, 2, 3], [5, 6, 7]])


def test_a_byte_order_mark_is_no_part_of_a_name() -> None:
    for text, columns in (("a,b\n1,2\n", ("a", "b")), ("温度,湿度\n1,2\n", ("温度", "湿度"))):
        found = from_file(text.encode("utf-8-sig"), "a.csv", 2)
        assert (found.columns, found.values.tolist()) == (columns, [[1, 2]])


def test_our_own_table_of_a_run_can_be_brought_back() -> None:
    network = Network.random("GRU", 2, 3)
    x = np.ones((2, 2))
    data = as_csv([Pass(network, x, ("甲", "乙"), network.run(x))])
    found = from_file(data, "trace.csv", 1)
    assert found.table is not None and found.table.left == ("direction", "symbol", "token")
    assert found.table.columns == ("layer", "step", "unit", "value")
