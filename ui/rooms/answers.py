"""What a class answered: one answer to a question for each browser, and of all of them only counts go out."""

from __future__ import annotations

from collections import Counter

from ui.rooms.faults import RoomError

MOST_QUESTIONS = 40  # of a room; the oldest go
MOST_OPTIONS = 24  # different answers to a question
LONGEST = 80  # letters of a question's or an option's name


class Answers:
    """The answers of a room, as long as it lasts."""

    def __init__(self) -> None:
        self._given: dict[str, dict[str, str]] = {}

    def take(self, browser: str, question: object, option: object) -> None:
        """Count a browser's answer to a question, in the place of the one that it gave before."""
        for name in (question, option):
            if not isinstance(name, str) or not 0 < len(name) <= LONGEST:
                raise RoomError("nonsense")
        answers = self._given.pop(str(question), {})
        self._given[str(question)] = answers  # the latest question stands last
        known = set(answers.values())
        if option not in known and len(known) >= MOST_OPTIONS:
            raise RoomError("nonsense")
        answers[browser] = str(option)
        for oldest in list(self._given)[:-MOST_QUESTIONS]:
            del self._given[oldest]

    def counts(self) -> dict[str, dict[str, int]]:
        """How often each option was taken, by question; the question that was answered last stands last."""
        return {question: dict(Counter(given.values())) for question, given in self._given.items()}
