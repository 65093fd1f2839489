"""English."""

from ui.words.en import measures, networks, page

WORDS = page.WORDS | networks.WORDS | measures.WORDS
