"""The GRU and its two questions: whether u writes or z keeps, and where the reset acts."""

from __future__ import annotations

from ui.lessons.records import Ask, Lesson, Page

# One unit of the network that copies: it takes something in, keeps it while nothing is asked of it, lets go.
COPY = "network=copy&model=copy-gru&text=badge_____&unit=10"
COUNT = "network=count10&model=count10-gru&text=aaaaabbbbb&unit=3&step=4"
BOTH = f"{COUNT}&compare=count10-lstm,count10-gru&lead=count10-gru&together=letter"


def _both(name: str, pair: str) -> Page:
    """A page on which both formulas are drawn."""
    return Page(name, f"{BOTH}&pair={pair}", "compare", ("control:heat",), frees=("pair",))


GRU = Lesson(
    "gru",
    (
        Page("one_line", f"{COPY}&step=2&symbols=u,c_tilde,h", rings=("node:h",)),
        Page("one_knob", f"{COPY}&step=2&symbols=u,c_tilde,h", rings=("equation:u", "equation:h")),
        Page("closed", f"{COPY}&step=2&large=u&predict=1", ask=Ask("level", "u", 4), rings=("equation:u",)),
        Page("flat", f"{COPY}&step=1&large=h&predict=1", ask=Ask("curve", "h")),
        Page(
            "reset",
            f"{COPY}&step=7&symbols=r,c_tilde,h&predict=1",
            ask=Ask("level", "r", 8),
            rings=("equation:r",),
        ),
        Page("two_letters", COUNT, ask=Ask("same_function", "keeps"), rings=("equation:u", "equation:h")),
        _both("unturned", "keeps"),
        Page("place", COUNT, ask=Ask("same_function", "reset"), rings=("equation:c_tilde",)),
        _both("mixed", "reset"),
        Page("which", COUNT, ask=Ask("which_differs", options=("keeps", "reset"))),
    ),
)
