"""What a gate does: keep, write and show, on a network built by hand, whose gates are open or closed."""

from __future__ import annotations

from ui.lessons.records import Ask, Lesson, Page

COUNTER = "network=counter&text=aaabbb"
BOTH_WAYS = "aabbbbaa"
THIRTY = 30 * "a"
LEAKING = f"network=counter&text={THIRTY}&sharpness=3"

GATES = Lesson(
    "gates",
    (
        Page(
            "one_unit",
            f"{COUNTER}&step=1&unit=1&large=c",
            rings=("equation:c", "heat:c"),
        ),
        Page(
            "three_gates",
            f"{COUNTER}&step=2&unit=1&symbols=f,i,o",
            rings=("node:f", "node:i", "node:o"),
        ),
        Page(
            "keeps",
            f"{COUNTER}&step=3&unit=1&symbols=f,c_tilde",
            rings=("equation:f", "equation:c"),
            ask=Ask("value", "c", 4, ("-1", "2", "3"), instead="edit=f.1@4=0"),
        ),
        Page(
            "gone",
            f"{COUNTER}&step=4&unit=1&symbols=f,c&edit=f.1@4=0",
            rings=("equation:f", "equation:c", "part:edit-lift"),
            frees=("edit",),
        ),
        Page(
            "writes",
            f"{COUNTER}&step=3&unit=2&symbols=i,c_tilde&predict=1",
            rings=("equation:i", "equation:c_tilde"),
            ask=Ask("direction", "c", 4),
        ),
        Page(
            "shows",
            f"{COUNTER}&step=3&unit=1&symbols=o,h&edit=o.1@3=0",
            rings=("equation:o", "equation:h"),
            ask=Ask("value", "c", 4, ("-1", "0", "2")),
        ),
        Page(
            "sum",
            f"network=counter&text={BOTH_WAYS}&step=1&unit=1&symbols=i,c_tilde",
            rings=("heat:i", "heat:c_tilde"),
            ask=Ask("curve", "c"),
        ),
        Page(
            "leaks",
            f"{LEAKING}&step=1&unit=1&symbols=f,i",
            rings=("equation:f",),
            ask=Ask("value", "c", len(THIRTY), ("30", "28.5", "15.33")),
        ),
        Page(
            "trained",
            "network=count10&model=count10-lstm&text=aaaaabbbbb&step=1&unit=2&symbols=f,c",
            rings=("heat:f",),
            ask=Ask("smallest", "f"),
        ),
        Page(
            "which",
            f"{COUNTER}&step=3&unit=1&symbols=f,i,o",
            rings=("equation:f", "equation:i", "equation:o"),
            ask=Ask("keeps", "c", 6, ("f", "i", "o"), instead="edit={}.1@4-6=0"),
        ),
    ),
)
