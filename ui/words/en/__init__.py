"""English."""

from ui.words.en import compare, measures, memory, networks, page, take, yours

WORDS = page.WORDS | networks.WORDS | measures.WORDS | compare.WORDS | memory.WORDS | take.WORDS | yours.WORDS
