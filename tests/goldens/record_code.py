"""Runs the codes that leave with a run, those that changed, in PyTorch and Keras. Recorded with these:

pip install torch==2.13.0 keras==3.15.1 safetensors
KERAS_BACKEND=torch python -m tests.goldens.record_code
"""

from __future__ import annotations

import io
import json
import runpy
from contextlib import redirect_stdout
from pathlib import Path
from tempfile import TemporaryDirectory

from cells.recomputing.folder import files
from tests.goldens.code_cases import ALLOWED, GOLDEN, Case, cases, digest


def printed(case: Case) -> float:
    """The difference that the script prints when it is run beside its files."""
    with TemporaryDirectory() as folder:
        for name, data in files(case.passes()).items():
            (Path(folder) / name).write_bytes(data)
        said = io.StringIO()
        with redirect_stdout(said):
            runpy.run_path(str(Path(folder) / case.code.file))
    return float(said.getvalue().rsplit(" ", 1)[1])


if __name__ == "__main__":
    before = json.loads(GOLDEN.read_text(encoding="utf-8"))
    recorded = {}
    for name, case in cases().items():
        if before.get(name, {}).get("digest") == digest(case):
            recorded[name] = before[name]
            continue
        allowed = ALLOWED[case.framework, case.passes()[0].network.dtype]
        recorded[name] = {"digest": digest(case), "difference": printed(case), "allowed": allowed}
        print(f"{recorded[name]['difference']:.1e}  {name}")
    GOLDEN.write_text(json.dumps(recorded, indent=1) + "\n", encoding="utf-8")
