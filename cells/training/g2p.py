"""Converts the published model g2p-en 2.1.0 into two networks of ours: `python -m cells.training.g2p`."""

from __future__ import annotations

import io
from collections.abc import Mapping
from string import ascii_lowercase

import numpy as np
from numpy.typing import NDArray

from cells.arrays import Array
from cells.encoder_decoder import G2P, START, STOP, UNKNOWN, EncoderDecoder
from cells.layers import Layer, Readout
from cells.loading.layouts import LAYOUTS, split
from cells.loading.npz import arrays_of, write
from cells.network import Network
from cells.training.packages import archive, members

CELL = "GRU (reset after)"
SOUNDS = """
AA0 AA1 AA2 AE0 AE1 AE2 AH0 AH1 AH2 AO0 AO1 AO2 AW0 AW1 AW2 AY0 AY1 AY2 B CH D DH EH0 EH1 EH2
ER0 ER1 ER2 EY0 EY1 EY2 F G HH IH0 IH1 IH2 IY0 IY1 IY2 JH K L M N NG OW0 OW1 OW2 OY0 OY1 OY2
P R S SH T TH UH0 UH1 UH2 UW UW0 UW1 UW2 V W Y Z ZH
"""
GRAPHEMES = ("<pad>", UNKNOWN, STOP, *ascii_lowercase)
PHONEMES = ("<pad>", UNKNOWN, START, STOP, *SOUNDS.split())


def converted(arrays: Mapping[str, Array]) -> EncoderDecoder:
    """Both networks of the checkpoint, whose GRUs have PyTorch's layout."""

    def network(side: str, readout: Readout | None = None) -> Network:
        biases = np.stack([arrays[f"{side}_b_ih"], arrays[f"{side}_b_hh"]])
        weights = split(LAYOUTS["PyTorch", CELL], arrays[f"{side}_w_ih"], arrays[f"{side}_w_hh"], biases)
        return Network(CELL, (Layer(weights),), arrays[f"{side}_emb"], readout)

    readout = Readout(arrays["fc_w"].T, arrays["fc_b"], "softmax")
    return EncoderDecoder(network("enc"), network("dec", readout), GRAPHEMES, PHONEMES)


def published() -> EncoderDecoder:
    """The model of the package, in float32 as it was published."""
    (data,) = members(archive("g2p-en"), "g2p_en/checkpoint20.npz").values()
    with np.load(io.BytesIO(data), allow_pickle=False) as file:
        return converted({name: file[name] for name in file.files})


def main() -> None:
    """Writes the model into cells/models, its numbers in float16."""
    model = published()
    arrays: dict[str, NDArray[np.generic]] = {
        "graphemes": np.array(model.graphemes),
        "phonemes": np.array(model.phonemes),
    }
    for place, network in (("encoder", model.encoder), ("decoder", model.decoder)):
        arrays |= {f"{place}.{name}": array for name, array in arrays_of(network).items()}
    G2P.parent.mkdir(exist_ok=True)
    write(G2P, arrays)
    print(f"{G2P.name}: {G2P.stat().st_size / 1e6:.2f} MB, {len(arrays)} arrays")


if __name__ == "__main__":
    main()
