"""中文。"""

from ui.words.zh import (
    ablation,
    checkpoints,
    compare,
    edits,
    files,
    glossary,
    measures,
    memory,
    networks,
    page,
    patch,
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
    | ablation.WORDS
    | sweep.WORDS
    | patch.WORDS
    | take.WORDS
    | yours.WORDS
    | files.WORDS
    | glossary.WORDS
)
