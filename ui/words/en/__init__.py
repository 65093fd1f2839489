"""English."""

from ui.words.en import compare, measures, networks, page, take

WORDS = page.WORDS | networks.WORDS | measures.WORDS | compare.WORDS | take.WORDS
