"""What is said of how a file keeps a network: by keys, so that other languages can say it too."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

SENTENCES: Mapping[str, str] = {
    "order": "{format} stacks the gates {gates}",
    "keeps": "z keeps the old state there, u = 1 − z replaces it here",
    "reset_before": "the reset gate acts on h before the product",
    "reset_after": "the reset gate acts after the product",
    "dropout": "dropout and batch_first are not kept and change nothing here",
    "weights_alone": "the file holds weights alone: tanh is taken for granted",
    "reads": "it reads what {kind} {name} computes, which is not shown",
    "handed_states": "in the model it starts from states that another layer hands it; here from zeros",
    "two_ends": "it hands on one h from each end, which no step has together; what reads them is not shown",
    "first_states": "its first states come from elsewhere in the graph; here they are zeros",
    "lengths": "sequence_lens is an input of the graph; here all steps are read",
    "ours": "u replaces the old state, the reset acts where the cell's name says",
}


class Note(NamedTuple):
    """A sentence of `SENTENCES`; `blanks` are pairs of a {name} in it and what stands there."""

    key: str
    blanks: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        return SENTENCES[self.key].format(**dict(self.blanks))
