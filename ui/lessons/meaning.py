"""What a unit “means”: how correlation, saturation and ablation fool, and what to look at."""

from __future__ import annotations

from ui.lessons.records import Ask, Lesson, Page

COUNTER = "network=count10&model=count10-lstm"
TEN = f"text={'a' * 10}{'b' * 10}"
TWENTY = f"text={'a' * 20}{'b' * 20}"
COUNT = "track=a+−+b"
CAT = "text=the+cat+sat+on+the+mat+because+the+mat+was+warm"
RANDOM = f"network=random&mode=words&cell=LSTM&units=32&{CAT}"

MEANING = Lesson(
    "meaning",
    (
        Page(
            "along",
            f"{COUNTER}&text=aaaaabbbbb&step=5&unit=3&measure=finder&{COUNT}&found=c&hide=look",
            on="memory",
            rings=("control:ranked",),
        ),
        Page(
            "accident",
            f"{COUNTER}&text=aaaaabbbbb&step=1&unit=5&twin=1&seed=2&symbols=c,h&predict=1&{COUNT}&hide=look",
            rings=("heat:c", "heat:h"),
            ask=Ask("best_r"),
        ),
        Page(
            "more",
            f"{COUNTER}&{TWENTY}&step=20&unit=5&twin=1&seed=2&measure=finder&{COUNT}&found=c&hide=look",
            on="memory",
            rings=("control:match",),
            frees=("twin", "seed", "found"),
        ),
        Page(
            "loud",
            f"{RANDOM}&step=1&unit=1&symbols=f,i,o&weights=W*16;U*16&predict=1&hide=examples,export,look,diagram,equations",
            rings=("heat:f", "heat:i", "heat:o"),
            ask=Ask("saturated"),
            frees=("symbols", "large"),
        ),
        Page(
            "beside",
            f"{COUNTER}&text=aaaaabbbbb&step=5&unit=3&measure=saturation&hide=look",
            on="memory",
            rings=("control:saturation",),
        ),
        Page(
            "spare",
            f"{COUNTER}&{TEN}&step=10&unit=10&symbols=c,h&edit=h.10=0&hide=look,training,diagram,equations",
            rings=("heat:c", "heat:h"),
            ask=Ask("without"),
        ),
        Page(
            "needed",
            f"{COUNTER}&{TEN}&step=10&unit=4&symbols=c&edit=c.4=0&hide=look,training,diagram,equations",
            rings=("heat:c",),
            ask=Ask("without"),
        ),
        Page(
            "zero",
            f"{COUNTER}&{TEN}&step=10&unit=4&symbols=c&edit=c.4=5.2&hide=look,training,diagram,equations",
            rings=("heat:c",),
            ask=Ask("without"),
        ),
        Page(
            "which",
            f"network=count50&model=count50-lstm&{TWENTY}&step=20&unit=6&symbols=c&hide=look,training",
            rings=("heat:c",),
            ask=Ask("spared", "c", options=("3", "6", "8")),
            frees=("edit",),
        ),
    ),
)
