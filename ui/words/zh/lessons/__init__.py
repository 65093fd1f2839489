"""Chinese. The lessons, a file each."""

from ui.words.zh.lessons import gates, gru

WORDS = {
    **gates.WORDS,
    **gru.WORDS,
}
