"""Counting: who counts in a trained LSTM, in which direction, where it breaks, and where the count is."""

from __future__ import annotations

from ui.lessons.records import Ask, Lesson, Page

COUNTER = "network=count10&model=count10-lstm&unit=3"


def _text(n: int) -> str:
    return f"text={'a' * n}{'b' * n}"


COUNTING = Lesson(
    "counting",
    (
        Page("next", f"{COUNTER}&{_text(5)}&step=1&symbols=x&hide=look,training", rings=("part:belief",)),
        Page(
            "sign",
            f"{COUNTER}&{_text(5)}&step=3&symbols=c&predict=1&hide=look,training",
            rings=("equation:c",),
            ask=Ask("direction", "c", 4),
        ),
        Page(
            "back",
            f"{COUNTER}&{_text(7)}&step=1&symbols=c&predict=1&hide=look,training",
            rings=("heat:c",),
            ask=Ask("curve", "c"),
        ),
        Page(
            "hidden",
            f"{COUNTER}&{_text(12)}&step=13&symbols=c,h&predict=1&hide=look,training",
            rings=("heat:c", "heat:h"),
            ask=Ask("direction", "h", 14),
        ),
        Page(
            "erased",
            f"{COUNTER}&{_text(8)}&step=9&symbols=c&edit=c.3@9=0&predict=1&hide=look,training",
            rings=("equation:c",),
            ask=Ask("answer", step=12, options=("a", "b", "end")),
        ),
        Page(
            "far",
            f"{COUNTER}&{_text(40)}&step=40&symbols=c&predict=1&hide=network,look,training",
            rings=("heat:c",),
            ask=Ask("counts_to", "LSTM", options=("10", "35", "1000")),
        ),
        Page(
            "strides",
            f"{COUNTER}&{_text(40)}&step=40&symbols=c&hide=look,training",
            rings=("heat:c",),
            ask=Ask("strides", "c", options=("a", "b")),
        ),
        Page(
            "beside",
            f"{COUNTER}&{_text(20)}&step=20&panel=c",
            on="compare",
            rings=("control:heat",),
        ),
        Page(
            "early",
            f"{COUNTER}&{_text(10)}&step=10&symbols=c&checkpoint=50&hide=look",
            rings=("part:training",),
            ask=Ask("first_right", options=("50", "198", "2430"), instead="checkpoint={}"),
            frees=("checkpoint",),
        ),
        Page(
            "where",
            f"{COUNTER}&text=aaabbbbbb&step=3&measure=patch&second=aaaaaabbbbbb"
            "&patch_from=6&patch_into=3&patched=h&hide=look",
            on="memory",
            rings=("control:patched",),
            ask=Ask("follows", "c"),
            frees=("patched",),
        ),
    ),
)
