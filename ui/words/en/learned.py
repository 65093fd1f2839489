"""English. A network that was trained here, wherever it goes from there."""

WORDS = {
    "learned.begun": "before training",
    "learned.badge": "trained here · {update} of {steps|update|updates}",
    "learned.label": "{update|update|updates}",
    "learned.scores": "On a few sequences that it was not trained on: {scores}.",
    "learned.again": "Trained here by {steps|weight update|weight updates}. The same settings give the same weights: `{command}`.",
    "look.begun": "Look for: nothing has been learned yet. These are the weights that training begins with; the answers are guesses.",
    "look.learned": "Look for: what {update|update has|updates have} taught it. The state of unit {unit} goes with “{what}” ({r}).",
    "look.learned_none": "Look for: what {update|update has|updates have} taught it. No single unit goes with “{what}” so far: the closest, unit {unit}, has only {r}.",
    "fault.link_learned": "This view is of a network that was trained in another session, after {update|update|updates}; a link can’t carry its weights. Train it again on the page “Train”: the same settings give the very same weights.",
    "take.card": "card",
    "take.card_says": "The card says how it was trained, what it reached, and the sum of its weights. To train it again:",
}
