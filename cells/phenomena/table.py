"""The claims, each with what measures it and what it reads."""

from __future__ import annotations

from collections.abc import Mapping

from cells.drawn_networks import SEEDS
from cells.phenomena import counting, critical, lags, misprint, singular_values, stream, units
from cells.phenomena.findings import Claim

COUNTERS = tuple(
    f"{task}-{cell}" for task in counting.TASKS_OF_COUNTING for cell in counting.CELLS_THAT_COUNT
)
DRAWN = tuple(range(SEEDS))

CLAIMS: Mapping[str, Claim] = {
    claim.name: claim
    for claim in (
        Claim("counting", counting.counts, COUNTERS),
        Claim("drift", counting.ends, tuple(f"{task}-lstm" for task in counting.TASKS_OF_COUNTING)),
        Claim(
            "lags",
            lags.bridges,
            ("first-lstm-chrono", "first-rnn", "first-lstm-0", "adding-lstm"),
            quick=False,
        ),
        Claim("bias", lags.bias, (*lags.BIASED, "first-gru"), quick=False),
        Claim(
            "chrono",
            lags.chrono,
            ("first-lstm-chrono", "first-lstm-1", "first-lstm-3", "first-gru"),
            quick=False,
        ),
        Claim("forgetting", stream.forgets, stream.NETWORKS),
        Claim("vanishing", singular_values.vanishing, singular_values.NETWORKS, DRAWN),
        Claim("critical", critical.critical, critical.GENERATED, quick=False),
        Claim("saturated", units.saturated, (units.NAME,)),
        Claim("telling", units.telling, (units.NAME,), tested=False, quick=False),
        Claim("misprint", misprint.as_printed, misprint.TRAINED, ()),
    )
}
