"""中文。"""

from ui.words.zh import measures, networks, page

WORDS = page.WORDS | networks.WORDS | measures.WORDS
