"""The first letter: what the forget bias starts with decides whether sixty steps can be learned."""

from __future__ import annotations

from ui.lessons.records import Ask, Lesson, Page
from ui.networks.catalogue import LAG

LONGER = (LAG * 4)[:200]  # letters that say nothing, far more than it was trained with
TASK = f"network=first&text=B{LAG}"
CHRONO, NONE = f"{TASK}&model=first-lstm-chrono", f"{TASK}&model=first-lstm-0"
ABOVE = "first-lstm-chrono,first-lstm-3,first-lstm-1,first-lstm-0"

FIRST = Lesson(
    "first",
    (
        Page("task", f"{CHRONO}&step=1&unit=5&symbols=c&hide=look,training", rings=("part:belief",)),
        Page(
            "fails",
            f"{NONE}&step=1&unit=5&symbols=c&predict=1&hide=look,training",
            rings=("part:belief",),
            ask=Ask("correct", step=61),
            frees=("text",),
        ),
        Page(
            "half",
            f"{NONE}&step=30&unit=1&symbols=f&checkpoint=0&hide=look,training",
            rings=("equation:f",),
        ),
        Page(
            "sixty",
            f"{NONE}&step=30&unit=1&measure=lasting&forget=0&hide=look",
            on="memory",
            rings=("control:fading",),
            ask=Ask("left", step=60),
        ),
        Page(
            "bias",
            f"{NONE}&step=30&unit=1&measure=lasting&forget=0&hide=look",
            on="memory",
            rings=("control:forget",),
            ask=Ask("bias_for", step=60, options=("1", "3", "5")),
            frees=("forget",),
        ),
        Page(
            "chrono",
            f"{CHRONO}&step=30&unit=1&checkpoint=0&symbols=f&hide=look,training",
            rings=("heat:f",),
            ask=Ask("forgets_fastest"),
        ),
        Page(
            "felt",
            f"{TASK}&step=61&unit=1&checkpoint=0&together=flow"
            "&compare=first-lstm-chrono,first-lstm-0,first-rnn&lead=first-lstm-chrono",
            on="compare",
            rings=("control:heat",),
            ask=Ask(
                "felt_most", options=("first-lstm-0", "first-rnn", "first-lstm-chrono"), instead="model={}"
            ),
        ),
        Page(
            "scores",
            f"{TASK}&step=61&unit=1&together=table&compare={ABOVE}&lead=first-lstm-chrono",
            on="compare",
            rings=("column:8", "column:9"),
        ),
        Page(
            "stuck",
            f"{NONE}&step=30&unit=1&symbols=f&hide=look,training",
            rings=("heat:f",),
            ask=Ask("bias_moved"),
        ),
        Page(
            "longer",
            f"network=first&text=A{LONGER}&model=first-lstm-3&step=1&unit=5&symbols=c&hide=look,training",
            rings=("control:model",),
            ask=Ask(
                "only_right",
                options=("first-lstm-0", "first-lstm-3", "first-lstm-chrono"),
                instead="model={}",
            ),
            frees=("model",),
        ),
    ),
)
