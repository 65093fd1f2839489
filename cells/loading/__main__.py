"""Prints what is understood of a file: `python -m cells.loading FILE [question=answer …]`."""

from __future__ import annotations

import sys
from pathlib import Path

from cells.loading.errors import LoadError
from cells.loading.files import inspect

if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit("python -m cells.loading FILE [question=answer …]")
    path, answers = Path(sys.argv[1]), dict(pair.split("=", 1) for pair in sys.argv[2:] if "=" in pair)
    try:
        for line in inspect(path.read_bytes(), path.name, **answers).lines():
            print(line)
    except (LoadError, OSError) as error:
        sys.exit(str(error))
