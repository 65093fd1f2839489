"""中文。"""

from ui.words.zh import measures, memory, networks, page, take

WORDS = page.WORDS | networks.WORDS | measures.WORDS | memory.WORDS | take.WORDS
