"""Rows of numbers, one a step and a column for each feature: typed, drawn, or from a CSV, npy or npz file."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import PurePath

import numpy as np

from cells.loading.archive import opened
from cells.loading.errors import LoadError
from cells.loading.files import DAMAGE
from cells.loading.numpy_archive import array
from ui.networks.columns import Table, fault_of, is_number, number, of_array, tabulated
from ui.networks.tokenize import BESIDE_COMMAS, DECIMAL_COMMA, LARGEST, SEPARATOR, InputFault
from ui.selection.records import MOST
from ui.text.numbers import minus

MOST_BYTES = 20 << 20  # of a file of rows
DRAWN, SEED = 16, 7  # steps that are drawn where a reader has given none yet
DELIMITERS = "\t;,"


@dataclass(frozen=True, eq=False)
class Rows:
    """Numbers (time, feature), names of the features where they have some, the file that they came from."""

    values: np.ndarray
    columns: tuple[str, ...] = ()
    name: str = ""
    table: Table | None = None  # where the file has more columns than the network reads
    taken: tuple[int, ...] = ()  # which of the table's these are
    batch: np.ndarray | None = None  # (sequence, time, feature) where the file has several
    item: int = 0  # which of them this is

    @property
    def digest(self) -> str:
        """What tells these rows from any others."""
        return sha256(repr((self.values.shape, self.columns)).encode() + self.values.tobytes()).hexdigest()


def drawn(features: int) -> Rows:
    """Standard normal numbers to begin with, always the same."""
    return Rows(np.random.default_rng(SEED).normal(size=(DRAWN, features)).round(2))


def written(rows: Rows) -> str:
    """Rows as one types them: 0.5 −1; 0.25 2."""
    return "; ".join(" ".join(minus(f"{number:g}") for number in row) for row in rows.values)


def typed(text: str, features: int) -> Rows:
    """Rows apart by semicolons or lines, their numbers by spaces or commas; InputFault says what is wrong."""
    lines = [line for part in text.split("\n") for line in part.split(";")]
    cells, decimal = (
        [row for row in ([cell for cell in apart.split(line) if cell] for line in lines) if row]
        for apart in (SEPARATOR, BESIDE_COMMAS)
    )
    return Rows(numbers(decimal if only(decimal, features) else cells, features))


def only(cells: Sequence[Sequence[str]], features: int) -> bool:
    """Whether commas are decimal ones: only so every row is as wide as it must be."""
    inside = [cell for row in cells for cell in row if "," in cell]
    fits = all(len(row) == features for row in cells)
    return fits and bool(inside) and all(DECIMAL_COMMA.fullmatch(cell) for cell in inside)


def from_file(data: bytes, name: str, features: int) -> Rows:
    """The rows of a file; InputFault says what is wrong with it."""
    suffix = PurePath(name).suffix.lower()
    if len(data) > MOST_BYTES:
        raise InputFault("rows_large", size=len(data) >> 20, most=MOST_BYTES >> 20)
    if suffix not in (".npz", ".npy"):
        return from_csv(data, name, features)
    try:
        return from_arrays(data, name, features)
    except InputFault:
        raise
    except LoadError as error:
        raise InputFault("rows_damaged", name=name) from error
    except DAMAGE as error:
        raise InputFault("rows_damaged", name=name) from error


def from_csv(data: bytes, name: str, features: int) -> Rows:
    """Columns apart by tabs, semicolons, commas or spaces; a first row without any number names them.

    Where there are more columns than the network reads, those without numbers are left out, and the first
    of the others are taken: the reader may take others.
    """
    text = decoded(data, name)
    lines = [line for line in text.splitlines() if line.strip()]
    first = lines[0] if lines else ""
    mark = next((mark for mark in DELIMITERS if mark in first), " ")
    cells = [[cell.strip() for cell in row] for row in csv.reader(lines, delimiter=mark)]
    if mark == " ":
        cells = [[cell for cell in row if cell] for row in cells]
    if mark == "," and only(bare := [line.split() for line in lines], features):
        cells = bare
    named = bool(cells) and not any(map(is_number, cells[0]))
    if not cells or len(cells[0]) <= features:
        columns = tuple(cells[0]) if named and len(cells[0]) == features else ()
        return Rows(numbers(cells[named:], features, 1 + named), columns, name)
    return usual(tabulated(cells, named), features, name)


def usual(table: Table, features: int, name: str) -> Rows:
    """The first columns that can be read, those without a name last."""
    check_count(len(table.values))
    places = range(len(table.columns))
    sound = sorted((at for at in places if at not in table.wrong), key=lambda at: not table.columns[at])
    whole = sound if len(sound) >= features else places
    if len(whole) < features:
        left = ", ".join(table.left)
        raise InputFault("columns_few", found=len(places), left=left or "–", features=features)
    return of_columns(table, tuple(sorted(whole[:features])), name)


def of_columns(table: Table, places: tuple[int, ...], name: str) -> Rows:
    """These columns of a table, in this order; InputFault says what is wrong with one."""
    for at in places:
        if at in table.wrong:
            raise table.wrong[at]
    return Rows(table.values[:, places], tuple(table.columns[at] for at in places), name, table, places)


def decoded(data: bytes, name: str) -> str:
    """The text of a file: UTF-8, or as spreadsheets in China write it."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise InputFault("rows_text", name=name)


def from_arrays(data: bytes, name: str, features: int) -> Rows:
    """The first table of an npz that is as wide as it must be, or the array of an npy."""
    if data.startswith(b"PK"):
        with opened(data) as archive:
            found = [array(inside, archive.read(inside)) for inside in archive.namelist()]
    else:
        found = [array(name, data)]
    found = [one[0] if one.ndim == 3 and len(one) == 1 else one for one in found]  # a batch of one sequence
    if batches := [one for one in found if one.ndim == 3 and one.shape[2] == features]:
        return of_batch(batches[0], name)
    tables = [one for one in found if one.ndim == 2 and one.dtype.kind in "biuf"]
    fit = [table for table in tables if table.shape[1] == features]
    if not fit and len(wider := [table for table in tables if table.shape[1] > features]) == 1:
        check_count(len(wider[0]))
        return usual(of_array(wider[0].astype("float64")), features, name)
    if not fit:
        shapes = ", ".join(str(one.shape) for one in found) or "–"
        raise InputFault("rows_shape", found=shapes, features=features)
    values = fit[0].astype("float64")
    check_count(len(values))
    check_finite(values)
    return Rows(values, name=name)


def of_batch(batch: np.ndarray, name: str) -> Rows:
    """The first of several sequences (sequence, time, feature)."""
    values = batch.astype("float64")
    check_count(values.shape[0] and values.shape[1])
    check_finite(values)
    return Rows(values[0], name=name, batch=values)


def of_item(rows: Rows, item: int) -> Rows:
    """Another sequence of the same file, counted from 0."""
    assert rows.batch is not None, "asked for where there are several"
    return replace(rows, values=rows.batch[item], item=item)


def check_finite(values: np.ndarray) -> None:
    """Every number is one that a network reads; of several sequences too."""
    bad = np.argwhere(~(np.abs(values) <= LARGEST))
    if bad.size:
        *_, row, column = bad[0]
        raise fault_of(values[tuple(bad[0])], int(row) + 1, int(column) + 1, str(values[tuple(bad[0])]))


def numbers(cells: Sequence[Sequence[str]], features: int, first: int = 1) -> np.ndarray:
    """The cells as numbers (time, feature); InputFault names row, counted from `first`, and column."""
    check_count(len(cells))
    return np.array([list(row(cells_, place, features)) for place, cells_ in enumerate(cells, first)])


def row(cells: Sequence[str], place: int, features: int) -> Iterator[float]:
    """One row of numbers."""
    if len(cells) != features:
        raise InputFault("row_width", row=place, found=len(cells), features=features)
    for column, cell in enumerate(cells, start=1):
        try:
            value = number(cell)
        except ValueError:
            raise InputFault("row_not_a_number", row=place, column=column, token=cell) from None
        if not abs(value) <= LARGEST:
            raise fault_of(value, place, column, cell)
        yield value


def check_count(rows: int) -> None:
    """There are rows, and no more than can be read."""
    if rows == 0:
        raise InputFault("rows_none")
    if rows > MOST:
        raise InputFault("rows_long", rows=f"{rows:,}", most=f"{MOST:,}")
