"""English. Which token moved the answer."""

WORDS = {
    "measure.left_out": "Leave one out",
    "seek.left_out": "Look for: a token without which the answer after this step would be another.",
    "question.left_out": "Do the bars add up to the answer?",
    "reply.left_out": "No. Each bar is a run of its own, of the same text without that token; they need not add up to anything. Of two tokens that say the same, each can have a small bar, because the other is still there. And a text without a word is another text, in which later gates take other values.",
    "aside.left_out": "All tokens are left out side by side, which knows no edits: this view shows the network without them.",
    "without.no_answers": "This network gives no answers, so no token can move one. “Change a token” shows what a token does to its memory.",
    "without.too_long": "With this network, the tokens of up to {most} steps are left out one by one. Shorten the text to see which token moved the answer.",
    "without.is": "After step {step} the answer is <b>“{answer}”</b> ({value}).",
    "without.turns": "Without “{token}” (step {at}) it would be <b>“{other}”</b> ({would}).",
    "without.most": "It moves most without “{token}” (step {at}): to {would}.",
    "without.none": "No single token moves it by more than 0.005.",
    "without.nothing": "none of them",
    "without.up": "speaks for this answer",
    "without.down": "speaks against it",
    "without.bar": "“{answer}”: with all tokens, minus without this one",
}
