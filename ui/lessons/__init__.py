"""The lessons, in the order in which they lead on from each other."""

from __future__ import annotations

from collections.abc import Mapping

from ui.lessons.both import BOTH_WAYS
from ui.lessons.counting import COUNTING
from ui.lessons.first import FIRST
from ui.lessons.gates import GATES
from ui.lessons.gru import GRU
from ui.lessons.meaning import MEANING
from ui.lessons.misprint import MISPRINT
from ui.lessons.records import Lesson, Page
from ui.lessons.remember import REMEMBER
from ui.networks.defaults import parsed

ALL = (
    GATES,
    REMEMBER,
    COUNTING,
    FIRST,
    BOTH_WAYS,
    GRU,
    MISPRINT,
    MEANING,
)
LESSONS: Mapping[str, Lesson] = {lesson.name: lesson for lesson in ALL}


def linked(query: Mapping[str, str]) -> Page | None:
    """The page of a lesson that a link opens as it is: one of which it names no more than where it stands.

    The link of a view, as the browser writes it, has a step.
    """
    lesson, number = LESSONS.get(query.get("lesson", "")), parsed("page", query.get("page", "1"))
    if lesson is None or not isinstance(number, int) or {"network", "step"} & {*query}:
        return None
    return lesson.pages[min(number, len(lesson.pages)) - 1]
