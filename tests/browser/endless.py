"""The app with drawings and scores that last until stopped: `python -m tests.browser.endless run app.py`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from time import sleep

from streamlit.web import cli

from cells import Edit, Network, drawn_networks, reach
from cells.trace import Trace
from cells.training import scores
from cells.training.batches import Sample
from cells.weights import Weights

measured = reach.reach


def for_ever(network: Network, samples: Sequence[Sample], edits: Sequence[Edit] = ()) -> float:
    """A score that goes on reading the same sequences."""
    while samples[:1]:
        sleep(0.05)
    return 0.0


def at_leisure(trace: Trace, weights: Weights) -> reach.Reach:
    """A measure that takes its time and leaves the processor to whoever steps through the page."""
    sleep(0.05)
    return measured(trace, weights)


if __name__ == "__main__":
    drawn_networks.SEEDS = 10**6  # of networks of each kind, before a page imports it
    reach.reach = at_leisure
    scores.share_of_sequences = for_ever
    sys.exit(cli.main(prog_name="streamlit"))
