"""English. The lessons, a file each."""

from ui.words.en.lessons import counting, gates, gru, misprint, remember

WORDS = {
    **gates.WORDS,
    **remember.WORDS,
    **counting.WORDS,
    **gru.WORDS,
    **misprint.WORDS,
}
