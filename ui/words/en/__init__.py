"""English."""

from ui.words.en import measures, networks, page, take, yours

WORDS = page.WORDS | networks.WORDS | measures.WORDS | take.WORDS | yours.WORDS
