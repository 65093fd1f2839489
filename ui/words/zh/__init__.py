"""中文。"""

from ui.words.zh import measures, networks, page, yours

WORDS = page.WORDS | networks.WORDS | measures.WORDS | yours.WORDS
