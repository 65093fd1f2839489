"""中文。"""

from ui.words.zh import measures, memory, networks, page

WORDS = page.WORDS | networks.WORDS | measures.WORDS | memory.WORDS
