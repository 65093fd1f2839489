"""English. A trained network along its training: weights that were recorded on the way."""

WORDS = {
    "pick.checkpoint": "Weight updates so far",
    "checkpoint.trained": "all: as trained",
    "checkpoint.reached": "{score} · unit {unit}, “{what}”: r = {r}",
    "badge.recorded": "at update {update} of {steps} · recorded",
    "look.recorded": "Look for: what has been learned by update {update} of {steps}, and what has not. Over many texts, unit {unit} and “{what}” have r = {r}; as trained, {trained}.",
}
