"""Finds a Chromium on this machine, or installs one: `python -m tests.browser.chromium`."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path

# The first is the same browser without windows around its pages, which open in three quarters of the time.
SHELL = "chromium-headless-shell"
NAMES = (SHELL, "chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome", "msedge")
MAC = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
# Parts of a browser that no test sees; the first, a page beside each window, is most of what a window costs.
# This list takes the place of Playwright's own, whose entries follow.
UNSEEN = (
    *("PreloadTopChromeWebUI", "AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose"),
    *("HttpsUpgrades", "HttpsFirstBalancedModeAutoEnable", "LensOverlay", "MediaRouter", "PaintHolding"),
    *("ThirdPartyStoragePartitioning", "AvoidCorsURLLoaderRestartOnRedirect", "OptimizationHints"),
    *("NetworkTimeServiceQuerying", "AimEnabled", "PreconnectToSearch"),
)
# Without these a headless browser asks the network for updates and lists that no test needs.
QUIET = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--disable-gpu",
    "--no-first-run",
    f"--disable-features={','.join(UNSEEN)}",
    # Streamlit's scripts ask for stack traces as they start, and V8 would read each once more for its lines:
    # a quarter of the time in which a page opens.
    "--js-flags=--no-enable-lazy-source-positions",
    # A page finds what an earlier one of its context has compiled, as long as one of them is open.
    "--process-per-site",
)


def found() -> str | None:
    """The path of a Chromium: one on the PATH, a Mac's application, or Playwright's own download."""
    for name in NAMES:
        if path := shutil.which(name):
            return path
    for path in MAC:
        if Path(path).exists():
            return path
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        own = Path(playwright.chromium.executable_path)
    shells = sorted(own.parents[2].glob("chromium_headless_shell-*/*/*headless*shell"), reverse=True)
    return next((str(path) for path in (*shells, own) if path.exists()), None)


def flags() -> list[str]:
    """Command line flags; a root user's browser has no sandbox to live in."""
    return [*QUIET, *(["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else [])]


def install() -> None:
    """Install a Chromium: by apt for root on Debian and Ubuntu, else Playwright's download."""
    if platform.system() == "Linux" and os.geteuid() == 0 and shutil.which("apt-get"):
        quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "update", "-qq"], check=True, env=quiet)
        for name in (SHELL, "chromium"):
            apt = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", name]
            done = subprocess.run(apt, stdout=subprocess.DEVNULL, env=quiet, check=False)
            if done.returncode == 0 and found():
                return
    subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=True)


if __name__ == "__main__":
    if found() is None:
        print("Installing a Chromium for the tests …", flush=True)
        install()
    if found() is None:
        sys.exit("No Chromium found: install chromium or Google Chrome and run make test again.")
