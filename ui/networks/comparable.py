"""What can stand side by side: kinds of random networks, or the trained ones of one task."""

from __future__ import annotations

from collections.abc import Mapping

from ui.networks.catalogue import CATALOGUE

# Random networks side by side: cell and number of directions.
KINDS: Mapping[str, tuple[str, int]] = {
    "RNN": ("RNN", 1),
    "LSTM": ("LSTM", 1),
    "Bi-LSTM": ("LSTM", 2),
    "GRU": ("GRU", 1),
    "GRU (reset after)": ("GRU (reset after)", 1),
    "LSTM (as printed)": ("LSTM (as printed)", 1),
    "RNN (relu)": ("RNN (relu)", 1),
}
MOST_COMPARED = 4
COMPARED = (*KINDS, *(name for entry in CATALOGUE.values() for name in entry.siblings))


def comparable(network: str) -> tuple[str, ...]:
    """What can stand side by side with a network, itself among them; nothing where it stands alone."""
    if network not in CATALOGUE:
        return ()
    entry = CATALOGUE[network]
    return tuple(KINDS) if entry.shaped else entry.siblings if len(entry.siblings) > 1 else ()


def opening(network: str) -> tuple[str, ...]:
    """What stands side by side first: where there are more than have room, those that differ most."""
    return (network in CATALOGUE and CATALOGUE[network].beside) or comparable(network)[:MOST_COMPARED]
