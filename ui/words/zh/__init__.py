"""中文。"""

from ui.words.zh import compare, measures, networks, page

WORDS = page.WORDS | networks.WORDS | measures.WORDS | compare.WORDS
