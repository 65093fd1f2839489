"""What it means to hold a symbol at an end of its range, or at what it usually is."""

from __future__ import annotations

from collections.abc import Mapping

# By symbol and value, as words name it; ui/stepper/js/core/editing.js has the same numbers.
MEANINGS: Mapping[str, Mapping[str, str]] = {
    symbol: {**ends, "mean": "usual"}
    for symbol, ends in {
        "f": {"0": "erase", "1": "keep"},
        "i": {"0": "write_nothing", "1": "write_all"},
        "o": {"0": "hide", "1": "show"},
        "u": {"0": "keep", "1": "replace"},
        "r": {"0": "ignore_past", "1": "use_past"},
        "c_tilde": {"0": "nothing_new"},
        "c": {"0": "empty"},
        "h": {"0": "empty"},
    }.items()
}
