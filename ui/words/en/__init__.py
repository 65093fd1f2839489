"""English."""

from ui.words.en import measures, memory, networks, page

WORDS = page.WORDS | networks.WORDS | measures.WORDS | memory.WORDS
