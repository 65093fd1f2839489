"""Two networks, one that reads and one that writes: the encoder's last state is the decoder's first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np

from cells.arrays import Steps
from cells.exporting import Pass
from cells.loading.npz import beneath, got, mendable, network_of, read
from cells.network import Network, Run
from cells.trace import Trace

G2P = Path(__file__).parent / "models" / "g2p.npz"
START, STOP, UNKNOWN = "<s>", "</s>", "<unk>"
LONGEST = 20  # tokens that a decoder writes when it finds no end


class Translation(NamedTuple):
    """What was written, and both passes: step t of `encoder` read `read[t]`, of `decoder` `fed[t]`.

    At step t the decoder's output is largest at `output[t]`, or at </s>, which ends it.
    """

    output: tuple[str, ...]
    read: tuple[str, ...]
    encoder: Run
    fed: tuple[str, ...]
    decoder: Run

    @property
    def tokens(self) -> tuple[str, ...]:
        """What both passes read, one after the other."""
        return (*self.read, *self.fed)

    @property
    def trace(self) -> Trace:
        """Both passes as one: the encoder's last state is the one before the decoder's first step."""
        ahead, behind = self.encoder.layers[0].forward, self.decoder.layers[0].forward
        arrays = {symbol: np.concatenate((ahead[symbol], behind[symbol])) for symbol in ahead.symbols}
        return Trace(ahead.cell, arrays, np.concatenate((ahead["x"], behind["x"])), ahead.initial)

    @property
    def answers(self) -> Steps:
        """The decoder's shares, (step of both passes, phoneme); NaN while the encoder reads."""
        assert self.decoder.output is not None
        silent = np.full((len(self.read), self.decoder.output.shape[1]), np.nan, self.decoder.output.dtype)
        return np.concatenate((silent, self.decoder.output))


@dataclass(frozen=True, eq=False)
class EncoderDecoder:
    """An encoder and a decoder (Cho et al. 2014) with embeddings, whose rows are graphemes and phonemes."""

    encoder: Network
    decoder: Network
    graphemes: tuple[str, ...]
    phonemes: tuple[str, ...]

    @classmethod
    def load(cls, path: Path, dtype: str = "float32") -> EncoderDecoder:
        """The two networks of one file of ours."""
        arrays = read(path)
        encoder, decoder = (network_of(beneath(arrays, place), dtype) for place in ("encoder", "decoder"))
        graphemes, phonemes = (tuple(got(arrays, name).tolist()) for name in ("graphemes", "phonemes"))
        return cls(encoder, decoder, graphemes, phonemes)

    def places(self, graphemes: Sequence[str]) -> list[int]:
        """Where graphemes stand in the encoder's embedding."""
        row = {token: index for index, token in enumerate(self.graphemes)}
        return [row.get(token, row[UNKNOWN]) for token in graphemes]

    def passes(self, both: Translation) -> tuple[Pass, Pass]:
        """Both passes of a translation, as they go into files."""
        fed = np.array([self.phonemes.index(token) for token in both.fed])
        read = np.array(self.places(both.read))
        return (
            Pass(self.encoder, read, both.read, both.encoder, name="encoder"),
            Pass(self.decoder, fed, both.fed, both.decoder, 1 + len(both.read), "decoder"),
        )

    def translate(self, tokens: Sequence[str]) -> Translation:
        """Greedy: of each step the likeliest token is written and fed to the next, until </s>."""
        read = (*tokens, STOP)
        encoder = self.encoder.run(self.places(read))
        state, fed, written = encoder.final, [self.phonemes.index(START)], list[int]()
        while len(written) < LONGEST:
            step = self.decoder.run(fed[-1:], initial=state)
            assert step.output is not None
            best = int(step.output[-1].argmax())
            if self.phonemes[best] == STOP:
                break
            written.append(best)
            fed.append(best)
            state = step.final
        fed = fed[:LONGEST]
        return Translation(
            output=tuple(self.phonemes[index] for index in written),
            read=read,
            encoder=encoder,
            fed=tuple(self.phonemes[index] for index in fed),
            decoder=self.decoder.run(fed, initial=encoder.final),
        )


@cache
def g2p(dtype: str = "float32") -> EncoderDecoder:
    """English spelling to phonemes: the published model g2p-en 2.1.0 (see models/NOTICE)."""
    with mendable(G2P, "python -m cells.training.g2p"):
        return EncoderDecoder.load(G2P, dtype)


def spell(word: str) -> tuple[str, ...]:
    """How a word is spoken, in the phonemes of CMUdict: spell("rain") is R, EY1, N."""
    return g2p().translate(tuple(word.lower())).output
