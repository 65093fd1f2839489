"""Chinese. The lessons, a file each."""

from ui.words.zh.lessons import gates

WORDS = gates.WORDS
