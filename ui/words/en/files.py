"""English. What is said of a reader's file: the sentences of the terminal."""

from cells.loading.sentences import SENTENCES

WORDS = {f"file.{key}": sentence for key, sentence in SENTENCES.items()}
