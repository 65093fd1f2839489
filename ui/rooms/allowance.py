"""How often somebody may do something."""

from __future__ import annotations


class Allowance:
    """So many at once, and so many a second from then on."""

    def __init__(self, at_once: int, a_second: float) -> None:
        self._most, self._rate = at_once, a_second
        self._left, self._since = float(at_once), 0.0

    def take(self, now: float) -> bool:
        """Whether one more is allowed at this moment, in seconds; if so, it is counted."""
        self._left = min(self._most, self._left + self._rate * max(0.0, now - self._since))
        self._since = now
        if self._left < 1:
            return False
        self._left -= 1
        return True
