"""A virtual environment for each contestant, made once and again when what it needs has changed."""

import subprocess
import sys
from importlib import metadata
from pathlib import Path
from shutil import rmtree

# What a fresh environment has; no contestant asked for it.
TOOLS = {"pip", "setuptools", "wheel"}


def make(folder: Path, requirement: str) -> Path:
    """Its Python, with that requirement installed."""
    python = folder / "bin" / "python"
    stamp = folder / "installed.txt"
    wanted = f"{sys.version}\n{requirement}\n{content(requirement)}"
    if stamp.exists() and stamp.read_text() == wanted:
        return python
    print(f"── {folder.name}: installing {requirement}", file=sys.stderr)
    rmtree(folder, ignore_errors=True)
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    subprocess.run([python, "-m", "pip", "install", "--quiet", requirement], check=True)
    stamp.write_text(wanted)
    return python


def content(requirement: str) -> str:
    """A wheel that is built again keeps its name."""
    if not requirement.endswith(".whl"):
        return ""
    facts = Path(requirement).stat()
    return f"{facts.st_size} {facts.st_mtime_ns}"


def installed(folder: Path) -> tuple[int, int]:
    """How many packages are in it, and how many bytes their files take."""
    packages, size = 0, 0
    for package in metadata.distributions(path=[str(path) for path in folder.glob("lib/python*/site-packages")]):
        if package.metadata["Name"] in TOOLS:
            continue
        packages += 1
        paths = [Path(str(package.locate_file(file))) for file in package.files or []]
        size += sum(path.stat().st_size for path in paths if path.exists())
    return packages, size
