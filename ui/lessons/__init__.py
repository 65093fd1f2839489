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
from ui.lessons.records import Lesson
from ui.lessons.remember import REMEMBER

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
