"""中文。"""

from ui.words.zh import compare, measures, networks, page, take

WORDS = page.WORDS | networks.WORDS | measures.WORDS | compare.WORDS | take.WORDS
