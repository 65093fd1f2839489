"""English. What a gate does."""

WORDS = {
    "lesson.gates": "What a gate does",
    "lesson.gates.about": "Keep, write, show: three gates of one unit, built by hand, then moved by you.",
    "lesson.gates.one_unit.title": "One unit, one number",
    "lesson.gates.one_unit.says": "This network was built by hand to count: +1 for each a, −1 for each b. Its cell state c is the count.",
    "lesson.gates.one_unit.look": "Press → and watch c in the equations.",
    "lesson.gates.writes.title": "The input gate writes",
    "lesson.gates.writes.says": "i says how much of the candidate c̃ is written into c. For an a, i is 1 and c̃ is 1.",
    "lesson.gates.writes.ask": "The next token is an a, too. Which way does c go?",
    "lesson.gates.writes.reply.up": "Kept was {before}, one was written: {after}.",
    "lesson.gates.writes.reply.same": "It would stay if nothing were written; but i is 1, so c̃ = 1 is added: {after}.",
    "lesson.gates.writes.reply.down": "It goes down for a b, whose candidate is −1. This is an a: {after}.",
}
