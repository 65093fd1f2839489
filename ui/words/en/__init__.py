"""English."""

from ui.words.en import compare, measures, networks, page

WORDS = page.WORDS | networks.WORDS | measures.WORDS | compare.WORDS
