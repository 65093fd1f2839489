"""What a gate does: keep, write and show, on a network built by hand, whose gates are open or closed."""

from __future__ import annotations

from ui.lessons.records import Ask, Lesson, Page

COUNTER = "network=counter&text=aaabbb"

GATES = Lesson(
    "gates",
    (
        Page("one_unit", f"{COUNTER}&step=1&unit=1&symbols=f,i,o,c,h", rings=("part:cell-diagram",)),
        Page(
            "writes",
            f"{COUNTER}&step=2&unit=1&symbols=i,c_tilde,c",
            rings=("equation:i", "equation:c"),
            ask=Ask("direction", "c", 3),
        ),
    ),
)
