"""English. The lessons, a file each."""

from ui.words.en.lessons import gates

WORDS = gates.WORDS
