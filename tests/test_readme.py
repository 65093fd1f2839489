"""What README shows runs as it stands there."""

from __future__ import annotations

import os
import re
from pathlib import Path

import numpy as np
import pytest

from cells import Network
from cells.saving import as_safetensors

README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")


def block(after: str) -> str:
    """The lines of code that follow a sentence."""
    found = re.search(re.escape(after) + r"\n\n((?:    .*\n)+)", README)
    assert found, f"README no longer says {after!r}"
    return re.sub(r"^    ", "", found[1], flags=re.M)


def test_six_lines_lead_from_a_file_to_a_picture(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    network = Network.random("LSTM", 5, 3, seed=2)
    (tmp_path / "network.safetensors").write_bytes(as_safetensors(network))
    monkeypatch.chdir(tmp_path)
    lines = block("In a notebook, from a file to a picture:").splitlines()
    assert len(lines) == 6
    *before, last = lines
    names: dict[str, object] = {}
    exec("\n".join(before), names)
    figure = eval(last, names)
    expected = network.run(np.eye(5)).layers[0].forward["f"]
    np.testing.assert_allclose(figure.data[0].z, expected.T, rtol=0, atol=1e-6)
    assert os.listdir() == ["network.safetensors"]
