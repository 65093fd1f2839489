"""The app with drawings that last until they are stopped: `python -m tests.browser.endless run app.py`."""

from __future__ import annotations

import sys

from streamlit.web import cli

from cells import drawn_networks

if __name__ == "__main__":
    drawn_networks.SEEDS = 10**6  # of networks of each kind, before a page imports it
    sys.exit(cli.main(prog_name="streamlit"))
