"""English. The lessons, a file each."""

from ui.words.en.lessons import both, counting, first, gates, gru, meaning, misprint, remember

WORDS = {
    **gates.WORDS,
    **remember.WORDS,
    **counting.WORDS,
    **first.WORDS,
    **both.WORDS,
    **gru.WORDS,
    **misprint.WORDS,
    **meaning.WORDS,
}
