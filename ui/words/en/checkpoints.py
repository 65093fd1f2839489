"""English. A trained network along its training: weights that were recorded on the way."""

WORDS = {
    "pick.checkpoint": "Weight updates so far",
    "checkpoint.trained": "as trained",
    "checkpoint.label": "{update} of {steps} updates",
    "checkpoint.reached": "{score} · unit {unit}: r = {r}",
    "checkpoint.says": "Reached: {scores}. Over many texts, unit {unit} and “{what}” have r = {r}.",
    "stepper.training": "Recorded",
    "stepper.checkpoint": "Weight updates so far: the same text, read by the network as it was then (← →)",
    "badge.recorded": "at update {update} of {steps} · recorded",
    "look.recorded": "Look for: what is learned by update {update} of {steps}, and what is not yet. Unit {unit} with “{what}”: r = {r} over many texts; as trained, {trained}.",
}
