"""English."""

from ui.words.en import measures, memory, networks, page, take, yours

WORDS = page.WORDS | networks.WORDS | measures.WORDS | memory.WORDS | take.WORDS | yours.WORDS
