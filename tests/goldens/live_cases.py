"""Where the record of live models is, and of which code it is."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import cells.live

GOLDEN = Path(__file__).with_name("live.json")


def digest() -> str:
    """What tells the code that reads live models from any other."""
    folder = Path(cells.live.__file__).parent
    return sha256(b"".join(path.read_bytes() for path in sorted(folder.glob("*.py")))).hexdigest()
