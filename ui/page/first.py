"""What the browser does before anything of the page is there."""

from __future__ import annotations

from ui.stepper.bundle import bundle

_MODULE = bundle("hosts/streamlit_first.js").replace("export default ", "")
SCRIPT = (
    f"(() => {{\n{_MODULE}chooseFirst(location.search);\n}})();"  # a module would wait for the page's end
)
