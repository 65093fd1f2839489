"""English."""

from ui.words.en import measures, networks, page, take

WORDS = page.WORDS | networks.WORDS | measures.WORDS | take.WORDS
