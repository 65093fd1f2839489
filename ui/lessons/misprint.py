"""One letter wrong: a misprint, what it does to networks that count, and how to check a formula."""

from __future__ import annotations

from ui.lessons.records import Ask, Lesson, Page

PRINTED = "LSTM (as printed)"
AS_PRINTED = f"network=counter&cell={PRINTED}"
SIDE_BY_SIDE = (
    "network=count10&text=aaaaabbbbb&step=10&unit=3&compare=count10-lstm,count10-gru&together=letter"
)
OUTSIDE = "xxaabb"  # begins with letters that the counter does not know

MISPRINT = Lesson(
    "misprint",
    (
        Page(
            "printed",
            f"{AS_PRINTED}&text=aaabbb&step=1&unit=1&large=c&predict=1",
            rings=("equation:c", "equation:h"),
            ask=Ask("value", "h", 2, ("0.76", "0.96", "2")),
        ),
        Page(
            "late",
            f"{AS_PRINTED}&text=aaabbb&step=2&unit=1&symbols=c,h",
            rings=("heat:c", "heat:h"),
        ),
        Page(
            "hidden",
            "network=counter&text=aaabbb&step=6&unit=1&symbols=c,h",
            rings=("equation:h",),
            ask=Ask("other_view", "c", 6, instead=f"cell={PRINTED}"),
        ),
        Page(
            "spreads",
            "network=count10&model=count10-lstm&text=aaaaabbbbb&step=2&unit=3&symbols=c,h",
            rings=("equation:f", "equation:i", "equation:o", "equation:c_tilde"),
            ask=Ask("counts_to", PRINTED, options=("34", "17", "0")),
        ),
        Page(
            "side_by_side",
            f"{SIDE_BY_SIDE}&pair=misprint",
            on="compare",
            rings=("control:heat",),
        ),
        Page(
            "by_hand",
            f"{AS_PRINTED}&text=aaabbb&step=1&unit=1&symbols=c,h",
            rings=("equation:h",),
            ask=Ask("other_view", "h", 1, instead="text=baabbb"),
            frees=("text",),
        ),
        Page(
            "run_both",
            f"{SIDE_BY_SIDE}&pair=keeps&lead=count10-gru",
            on="compare",
            rings=("control:pair",),
            frees=("pair", "lead"),
        ),
        Page(
            "digits",
            "network=count10&model=count10-lstm&text=aaaaabbbbb&step=9&unit=3&symbols=o,c,h",
            rings=("part:table-open", "equation:h"),
        ),
        Page(
            "where",
            f"network=counter&text={OUTSIDE}&step=1&unit=1&large=c",
            rings=("heat:c",),
            ask=Ask("first_differs", "h", instead=f"cell={PRINTED}"),
        ),
    ),
)
