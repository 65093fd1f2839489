"""English. The lessons, a file each."""

from ui.words.en.lessons import gates, gru

WORDS = {
    **gates.WORDS,
    **gru.WORDS,
}
