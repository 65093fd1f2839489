"""Zip archives of others: looked at in memory, refused when they would unpack to too much."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from cells.loading.errors import LoadError, shown
from cells.loading.tensors import MOST_BYTES

MOST_FILES = 10_000


@contextmanager
def opened(data: bytes) -> Iterator[ZipFile]:
    """The archive, if what it unpacks to is bounded; nothing of it ever reaches a disk."""
    with ZipFile(BytesIO(data)) as archive:
        inside = archive.infolist()
        if len(inside) > MOST_FILES:
            raise LoadError("archive.files", files=f"{len(inside):,}", most=f"{MOST_FILES:,}")
        if sum(entry.file_size for entry in inside) > MOST_BYTES:
            raise LoadError("archive.large", most=MOST_BYTES >> 20)
        for entry in inside:
            if entry.flag_bits & 1 or entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
                raise LoadError("archive.packed", name=shown(entry.filename))
        yield archive
