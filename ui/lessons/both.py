"""Reading both ways: a second LSTM from the end, what it gives, what it costs, where it does not help."""

from __future__ import annotations

from ui.lessons.records import Ask, Lesson, Page

BEHIND, ENDS = "I saw her duck behind the wall .", "I saw her duck ."
BOOKS, ASLEEP = "He found her books .", "He found her asleep ."
ONE_WAY, BOTH = "network=tags&model=tags-lstm", "network=tags&model=tags-bilstm"
PAIR = f"{BOTH}&compare=tags-bilstm,tags-lstm&lead=tags-bilstm"
THREE = f"{BOTH}&compare=tags-bilstm,tags-lstm,tags-rnn&lead=tags-bilstm"

BOTH_WAYS = Lesson(
    "both",
    (
        Page("readings", f"{ONE_WAY}&text={BEHIND}&step=4&unit=6&large=h", rings=("part:belief",)),
        Page(
            "ends",
            f"{ONE_WAY}&text={BEHIND}&step=4&unit=6&large=h",
            rings=("equation:h",),
            ask=Ask("other_text", "h", text=ENDS),
            frees=("text",),
        ),
        Page(
            "from_end",
            f"{BOTH}&text={BEHIND}&step=8&unit=39&direction=backward&large=h",
            rings=("control:direction",),
            ask=Ask("other_text", "h", 4, text=ENDS),
            frees=("text",),
        ),
        Page(
            "turns",
            f"{BOTH}&text={ENDS}&step=3&unit=39&large=h&predict=1",
            rings=("token:4",),
            ask=Ask("answer", step=4, options=("NOUN", "VERB")),
            frees=("direction",),
        ),
        Page(
            "arrows",
            f"{PAIR}&text={BOOKS}&step=1&unit=1&together=sides&changed=4&instead=asleep&hide=look",
            "compare",
            rings=("control:heat",),
            ask=Ask("first_differs", "h", instead=f"text={ASLEEP}"),
        ),
        Page(
            "gain",
            f"{THREE}&text={ENDS}&step=4&unit=1&together=table&hide=look",
            "compare",
            rings=("column:9",),
        ),
        Page(
            "costs",
            f"{PAIR}&text={BEHIND}&step=4&unit=1&together=table&hide=look",
            "compare",
            rings=("column:6",),
            ask=Ask("waits", options=("0", "1", "4")),
        ),
        Page(
            "average",
            f"{ONE_WAY}&text=The old man sleeps .&step=4&unit=1&large=h",
            rings=("part:belief",),
            ask=Ask("answer", options=("NOUN", "VERB"), instead="model=tags-bilstm"),
            frees=("model",),
        ),
        Page(
            "garden",
            f"{BOTH}&text=The old man the boats .&step=2&unit=1&large=h&predict=1",
            rings=("token:3",),
            ask=Ask("answer", step=3, options=("NOUN", "VERB")),
        ),
        Page(
            "own_words",
            f"{PAIR}&text=I know that place .&step=3&unit=1&together=maps",
            "compare",
            rings=("token:3",),
            ask=Ask(
                "answer_turns",
                text="I know that he left .",
                options=("tags-lstm", "tags-bilstm"),
                instead="model={}",
            ),
            frees=("text",),
        ),
    ),
)
