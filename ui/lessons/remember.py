"""Why LSTMs remember: a sum that is carried, how long it lasts, and when it fades all the same."""

from __future__ import annotations

from ui.lessons.records import Ask, Lesson, Page
from ui.networks.catalogue import LAG

COUNT = "network=count10&text=aaaaabbbbb"
LATCH = "network=latch&unit=18"  # the unit that holds an r
LONG = "reallylonglines"  # whose only r is the first letter
FIRST = f"network=first&text=B{LAG}&step=61"
# Beside a lesson a page of Memory has room for its picture, where what chooses among pictures is away.
DRAWN = f"{LATCH}&text=remember&step=8&measure=gradient&flow=noise&hide=look,views,questions"
STEPS = 50  # over which networks are drawn: the usual horizon

REMEMBER = Lesson(
    "remember",
    (
        Page(
            "anew",
            f"{COUNT}&model=count10-rnn&step=1&unit=7&large=h",
            rings=("equation:h", "heat:h"),
        ),
        Page(
            "carried",
            f"{COUNT}&model=count10-lstm&step=1&unit=3&large=c",
            rings=("equation:c", "node:c"),
        ),
        Page(
            "open_once",
            f"{LATCH}&text=remember&step=8&large=i&hide=look",
            rings=("equation:f", "equation:i"),
            ask=Ask("wrote_most", "c", 8),
        ),
        Page(
            "share_by_share",
            f"{LATCH}&text={LONG}&sharpness=3&step=1&large=f",
            rings=("equation:f",),
            ask=Ask("value", "c", len(LONG), ("0.90", "0.48", "0.01")),
        ),
        Page(
            "half_life",
            f"{LATCH}&text={LONG}&sharpness=3&step=15&measure=lasting&forget=0&hide=look,views,questions",
            on="memory",
            rings=("control:forget",),
            ask=Ask("half_life", options=("3", "14", "95"), instead="forget=3"),
            frees=("forget",),
        ),
        Page(
            "felt",
            f"{FIRST}&model=first-rnn&measure=gradient&flow=this&hide=look,views,questions",
            on="memory",
            rings=("control:felt",),
            ask=Ask("reaches", step=STEPS, options=("RNN", "LSTM"), instead="flow=noise&forget=0"),
        ),
        Page(
            "fades",
            f"{DRAWN}&forget=0",
            on="memory",
            rings=("control:forget",),
            ask=Ask("grows", "LSTM", STEPS, instead="forget=3"),
            frees=("forget",),
        ),
        Page(
            "grows",
            f"{DRAWN}&forget=3&update=-1",
            on="memory",
            rings=("control:reach",),
            frees=("forget",),
        ),
        Page(
            "learned",
            f"{FIRST}&compare=first-lstm-chrono,first-lstm-0,first-rnn&lead=first-lstm-chrono&together=flow",
            on="compare",
            rings=("control:heat",),
        ),
        Page(
            "why",
            f"{LATCH}&text=remember&step=3&symbols=f,i,o",
            rings=("equation:f", "equation:i", "equation:o"),
            ask=Ask("loses", "c", 8, ("f", "i", "o"), instead="edit={}.18@4=0"),
        ),
    ),
)
