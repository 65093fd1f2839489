"""中文。"""

from ui.words.zh import (
    checkpoints,
    compare,
    edits,
    files,
    glossary,
    measures,
    memory,
    networks,
    page,
    sweep,
    take,
    yours,
)

WORDS = (
    page.WORDS
    | networks.WORDS
    | edits.WORDS
    | checkpoints.WORDS
    | measures.WORDS
    | compare.WORDS
    | memory.WORDS
    | sweep.WORDS
    | take.WORDS
    | yours.WORDS
    | files.WORDS
    | glossary.WORDS
)
