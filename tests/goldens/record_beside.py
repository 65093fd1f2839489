"""Records checkpoints as people save them: vocabulary, labels and the scale of training beside the weights.

pip install torch==2.13.0
python tests/goldens/record_beside.py
"""

from __future__ import annotations

import argparse
import pickle
from pathlib import Path

import numpy as np
import torch

FOLDER = Path(__file__).with_name("beside")
CHARACTERS = ["\n", " ", "a", "b", "é", "z"]
STOI = {token: place for place, token in enumerate(CHARACTERS)}
ITOS = dict(enumerate(CHARACTERS))

torch.manual_seed(0)
letters = torch.nn.ModuleDict(
    {"embedding": torch.nn.Embedding(6, 3), "lstm": torch.nn.LSTM(3, 4), "decoder": torch.nn.Linear(4, 6)}
)
torch.save(
    {
        "model": letters.state_dict(),
        "stoi": STOI,
        "itos": ITOS,
        "args": argparse.Namespace(lr=0.1, chars="".join(CHARACTERS)),
        "epoch": 3,
        "loss": np.float64(0.5),
    },
    FOLDER / "charlm.pt",
)
forecast = torch.nn.ModuleDict({"lstm": torch.nn.LSTM(3, 4), "head": torch.nn.Linear(4, 2)})
torch.save(
    {
        "state_dict": forecast.state_dict(),
        "mean": np.array([100.0, 50, 20]),
        "std": np.array([10.0, 5, 2]),
        "y_mean": torch.tensor(3.0),
        "y_std": torch.tensor(2.0),
        "classes": ["up", "down"],
    },
    FOLDER / "forecast.pt",
)
(FOLDER / "meta.pkl").write_bytes(pickle.dumps({"vocab_size": 6, "itos": ITOS, "stoi": STOI}))
