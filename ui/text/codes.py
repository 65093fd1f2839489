"""A link as a QR code, while it is short enough to be scanned from a screen or a sheet of paper."""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import urlsplit

import segno
from segno.encoder import DataOverflowError

DENSEST = 15  # version of a code: 77 modules a side; a phone's camera tells no smaller ones apart on a wall
HOLDS = 520  # bytes that a code of this version takes


def picture(link: str) -> str | None:
    """The code as the source of an image, dark on white with its quiet zone; None for a link too long."""
    try:
        code = segno.make(link, error="l", micro=False)
    except DataOverflowError:
        return None
    if int(code.version) > DENSEST:
        return None
    source: str = code.svg_data_uri(border=4, dark="#000", light="#fff", omitsize=True)
    return source


def reach(link: str) -> str:
    """Who can open an address: "local" this computer alone, "near" its network alone, "" everyone."""
    host = urlsplit(link).hostname or "localhost"
    if host == "localhost" or host.endswith(".localhost"):
        return "local"
    try:
        address = ip_address(host)
    except ValueError:
        return "" if "." in host else "near"
    if address.is_loopback or address.is_unspecified:
        return "local"
    return "near" if address.is_private else ""
