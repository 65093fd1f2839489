"""Your network: a file of weights, what was understood of it, and its gates on your own input."""

from __future__ import annotations

from ui import export, upload
from ui.page import controls, frame, workspace

networks = upload.networks()
chosen = frame.begin("yours", networks)
if upload.bring(chosen.words):
    row = controls.row(chosen, networks)
    workspace.show(chosen)
    export.offer(row.beside, chosen)
