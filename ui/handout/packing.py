"""What a page of its own is packed in: gzip, written in 85 letters that need no escaping in HTML or a script."""

from __future__ import annotations

import gzip
import json
from base64 import b85encode
from collections.abc import Mapping

# Five letters for four bytes, a sixteenth less than base64. Letters that HTML would escape give way to others.
PLAIN = bytes.maketrans(b"<>&", b",:.")
LETTERS = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`{|}~".translate(
    PLAIN
)


def packed_parts(parts: Mapping[str, object]) -> dict[str, str]:
    """The blanks of page.html: `packed`, how many bytes it holds, and the letters it is written in."""
    sent = gzip.compress(json.dumps(parts, allow_nan=False).encode(), mtime=0)
    written = b85encode(sent, pad=True).translate(PLAIN)
    return {"packed": written.decode("ascii"), "length": str(len(sent)), "letters": LETTERS.decode("ascii")}
