"""中文。"""

from ui.words.zh import (
    ablation,
    checkpoints,
    claims,
    compare,
    course,
    edits,
    files,
    glossary,
    learned,
    left_out,
    lessons,
    listening,
    measures,
    memory,
    networks,
    page,
    patch,
    predict,
    readings,
    recipe,
    room,
    stage,
    sweep,
    take,
    teach,
    trials,
    workshop,
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
    | left_out.WORDS
    | learned.WORDS
    | ablation.WORDS
    | sweep.WORDS
    | patch.WORDS
    | predict.WORDS
    | readings.WORDS
    | recipe.WORDS
    | room.WORDS
    | stage.WORDS
    | take.WORDS
    | teach.WORDS
    | claims.WORDS
    | yours.WORDS
    | files.WORDS
    | glossary.WORDS
    | course.WORDS
    | trials.WORDS
    | lessons.WORDS
    | listening.WORDS
    | workshop.WORDS
)
