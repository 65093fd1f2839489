"""The weights of a look as a page is told them."""

from __future__ import annotations

from cells.training.looking import Look
from cells.training.recipes import Recipe
from ui.networks.alphabet import of_trained
from ui.networks.learned import begun
from ui.stepper.network_message import Block, NumbersMessage, numbers_of, packed


class WeightsTold(NumbersMessage, total=False):
    """All that training changes; where that is what stands for a token, too, the `rows` of the alphabet."""

    rows: Block


def weights_told(recipe: Recipe, look: Look) -> WeightsTold:
    """The weights at a look, and the rows of its alphabet where they are trained."""
    network = look.network
    numbers = numbers_of(network)
    told: WeightsTold = {"layers": numbers["layers"], "readout": numbers["readout"]}
    if network.embedding is not None:
        first = begun(recipe)
        alphabet = of_trained(first.card, lambda: network, first.entry.examples)
        if alphabet is not None:
            told["rows"] = packed(alphabet.rows)
    return told
