"""Every sentence that says what a shipped network does, and how that is measured.

python -m ui.claims.table        # after training: which sentences are no longer true
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from cells import shipped
from ui.claims import built, collected, drawn, generated
from ui.claims.subjects import Subject, of_built, of_card, of_random, twins
from ui.networks import looks
from ui.networks.looks import LITTLE

Subjects = Callable[[], Sequence[Subject]]


@dataclass(frozen=True)
class Claim:
    """What a sentence says of networks: `check` gives a share of cases or an r, which is `least` or more.

    On the `control` it must be less: usually the mean of untrained twins, else that of the networks given.
    `subjects` are the networks of which the sentence is said, usually the trained ones whose page shows it.
    """

    sentence: str
    check: Callable[[Subject], float]
    least: float
    control: Subjects | None = None
    subjects: Subjects | None = None

    @property
    def about(self) -> str:
        """What is measured, in a line."""
        return (self.check.__doc__ or "").splitlines()[0]


def trained(*names: str) -> Subjects:
    """Trained networks that ship, by name."""
    return lambda: [of_card(shipped.card(name)) for name in names]


def before(*names: str) -> Subjects:
    """One untrained twin of each."""
    return lambda: [twins(of_card(shipped.card(name)))[0] for name in names]


def both_ways() -> Sequence[Subject]:
    """The trained networks that read in both directions."""
    return [of_card(card) for card in shipped.cards().values() if card.bidirectional]


def at(name: str, *strengths: float, cell: str = "LSTM") -> Subjects:
    """A hand-built network at some strengths of its gates."""
    return lambda: [of_built(name, strength, cell) for strength in strengths]


def random(*initialisations: str) -> Subjects:
    """Random networks with gates, by their initial weights."""
    return lambda: [of_random(cell, how) for cell in ("LSTM", "GRU") for how in initialisations]


EXACT, LEAKING = (looks.LEAKS, 10, 40), (1, 3, looks.LEAKS - 1)  # strengths at which it is measured
CLAIMS = (
    Claim("look.count10_lstm", generated.each_way, 1),
    Claim("look.count10_lstm", generated.goes_with, 0.95),
    Claim("look.count10", generated.goes_with, LITTLE),
    Claim("look.count10", generated.crowds, 0.5, trained("count10-lstm")),
    Claim("look.count50", generated.goes_with, LITTLE),
    Claim("look.count50", generated.right_up_to, 1),
    Claim("look.brackets", generated.goes_with, LITTLE),
    Claim("look.brackets", generated.tells_the_kind, 0.95),
    Claim("look.brackets", generated.others_hold_the_kind, 0.4),
    Claim("look.first", generated.goes_with, LITTLE),
    Claim("look.first", generated.holds_the_first, 1),
    Claim("look.first_none", generated.nobody_holds_the_first, 1, trained("first-lstm-chrono")),
    Claim("look.first_none", generated.guesses, 0.9, trained("first-lstm-chrono")),
    Claim("look.parity", generated.goes_with, LITTLE),
    Claim("look.parity", generated.reverses, 1),
    Claim("look.adding", generated.goes_with, LITTLE),
    Claim("look.adding", generated.opens_at_stars, 0.99),
    Claim("look.copy", generated.answers_in_order, 0.99),
    Claim("look.names", collected.of_names, LITTLE),
    Claim("look.names", collected.endings_decide, 0.6),
    Claim("look.reviews", collected.of_reviews, LITTLE),
    Claim("look.reviews", collected.one_word_decides, 0.8),
    Claim("look.tags", collected.of_tags, 0.5),
    Claim("look.tags", collected.only_words_so_far, 1, trained("tags-bilstm")),
    Claim("look.tags_both", collected.of_tags, 0.5),
    Claim("look.tags_both", collected.later_words_turn, 0.5, trained("tags-lstm")),
    Claim("look.reverse", collected.from_the_end, 1, trained("tags-lstm"), both_ways),
    Claim("look.shakespeare", collected.of_verse, LITTLE),
    Claim("look.shakespeare", collected.answers_blanks, 0.5),
    Claim(
        "look.twin",
        generated.guesses,
        0.85,
        trained("parity-lstm", "copy-gru"),
        before("parity-lstm", "copy-gru"),
    ),
    Claim("look.random", drawn.around_half, 1, random("chrono"), random("uniform", "orthogonal")),
    Claim("look.random", drawn.keeps, 0.6, random("uniform"), random("forget bias", "chrono")),
    Claim("look.counter", built.counts, 1, None, at("counter", *EXACT)),
    Claim("look.counter_leaks", built.leaks, 1, at("counter", 40), at("counter", *LEAKING)),
    Claim("look.latch", built.keeps_the_letter, 1, None, at("latch", *EXACT)),
    Claim("look.latch_leaks", built.loses_the_letter, 1, at("latch", 40), at("latch", *LEAKING)),
    Claim(
        "look.as_printed",
        built.one_step_late,
        1,
        at("counter", 40),
        at("counter", 3, 40, cell="LSTM (as printed)"),
    ),
    Claim("pick.sharpness_help", built.open_or_closed, 1, at("latch", 1), at("latch", 3, 40)),
    Claim("pick.sharpness_help", built.open_or_closed, 1, None, at("counter", 3, 40)),
    Claim("reply.erased", built.cancels, 1, None, at("counter", 40)),
)


def subjects(claim: Claim) -> Sequence[Subject]:
    """The networks of which a sentence is said."""
    if claim.subjects is not None:
        return claim.subjects()
    return [of_card(card) for card in shipped.cards().values() if looks.of_card(card) == claim.sentence]


def measured(claim: Claim) -> Iterator[tuple[Subject, float]]:
    """The networks of a claim, and what was measured on each."""
    for subject in subjects(claim):
        yield subject, claim.check(subject)


def on_control(claim: Claim, subject: Subject) -> float:
    """What the check measures where it must fail, the mean over these networks."""
    others = claim.control() if claim.control is not None else twins(subject)
    return sum(map(claim.check, others)) / len(others)


def untrue(claim: Claim) -> list[str]:
    """Where a claim fails: sentence, network and figure."""
    return [
        f"{claim.sentence}, {subject.name}: {found:.3f} instead of at least {claim.least:g}. {claim.about}"
        for subject, found in measured(claim)
        if found < claim.least
    ]


def main() -> None:
    """Prints every claim with what was measured on its networks and on the control."""
    for claim in CLAIMS:
        print(f"{claim.sentence}: {claim.about}")
        for subject, found in measured(claim):
            verdict = "true" if found >= claim.least else "NOT TRUE"
            told = f"{found:6.3f}, at least {claim.least:g}: {verdict}"
            print(f"    {subject.name:26} {told:32} control {on_control(claim, subject):6.3f}")


if __name__ == "__main__":
    main()
