"""The GRU and its two questions: whether u writes or z keeps, and where the reset acts."""

from __future__ import annotations

from ui.lessons.records import Ask, Lesson, Page

# One unit of the network that copies: it takes something in, keeps it while nothing is asked of it, lets go.
COPY = "network=copy&model=copy-gru&text=badge_____&unit=10"
COUNT = "network=count10&model=count10-gru&text=aaaaabbbbb&compare=count10-lstm,count10-gru&lead=count10-gru"
FORMULAS = f"{COUNT}&unit=3&step=4&together=letter"


def _pair(name: str, pair: str, ask: Ask) -> Page:
    return Page(name, f"{FORMULAS}&pair={pair}", "compare", ("control:heat",), ask, ("pair",))


GRU = Lesson(
    "gru",
    (
        Page("one_line", f"{COPY}&step=2&symbols=u,c_tilde,h", rings=("node:h",)),
        Page("one_knob", f"{COPY}&step=2&symbols=u,c_tilde,h", rings=("equation:u", "equation:h")),
        Page("closed", f"{COPY}&step=2&large=u", ask=Ask("level", "u", 4), rings=("equation:u",)),
        Page("flat", f"{COPY}&step=1&large=h", ask=Ask("curve", "h")),
        Page("reset", f"{COPY}&step=7&symbols=r,c_tilde,h", ask=Ask("level", "r", 8), rings=("equation:r",)),
        _pair("two_letters", "keeps", Ask("same_function", "keeps")),
        _pair("unturned", "keeps", Ask("same_function", "unturned")),
        _pair("place", "reset", Ask("same_function", "reset")),
        _pair("which", "reset", Ask("which_differs", options=("keeps", "reset"))),
    ),
)
