"""Chinese. The lessons, a file each."""

from ui.words.zh.lessons import gates, gru, misprint, remember

WORDS = {
    **gates.WORDS,
    **remember.WORDS,
    **gru.WORDS,
    **misprint.WORDS,
}
