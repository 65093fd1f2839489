"""English."""

from ui.words.en import measures, networks, page, yours

WORDS = page.WORDS | networks.WORDS | measures.WORDS | yours.WORDS
