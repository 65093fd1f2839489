"""What a request may be refused for: the fault's name, which the page says in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping


class Refused(Exception):  # noqa: N818  # what is refused is no error of ours
    """What was asked cannot be done: the name of the fault, the HTTP status, and what else the page says."""

    def __init__(self, name: str, status: int, says: Mapping[str, object] | None = None) -> None:
        super().__init__(name)
        self.name, self.status, self.says = name, status, dict(says or {})

    def told(self) -> dict[str, object]:
        """As the page is told it."""
        return {"fault": self.name} | ({"says": self.says} if self.says else {})
