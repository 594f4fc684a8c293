"""The types: complete, strict, and what they say."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from scripts import ROOT

import trunkline

HERE = Path(__file__).parent
PACKAGE = str(Path(trunkline.__file__).parent)
Checker = Callable[..., subprocess.CompletedProcess[str]]
EXAMPLES = str(ROOT / "examples" / "python")


def check(*command: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    # Pyright asks the first `python` of the path where packages are.
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path}
    if "site-packages" not in PACKAGE:
        # In a checkout it is not installed.
        environment["PYTHONPATH"] = str(Path(PACKAGE).parent)
    return subprocess.run(
        [sys.executable, "-m", *command],
        cwd=cwd,
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
    )


def mypy(cwd: Path, *files: str) -> subprocess.CompletedProcess[str]:
    return check("mypy", "--strict", "--no-error-summary", "--cache-dir", str(cwd / "cache"), *files, cwd=cwd)


def pyright(cwd: Path, *files: str) -> subprocess.CompletedProcess[str]:
    return check("pyright", *files, cwd=cwd)


def test_the_package_and_the_examples_pass_mypy_strict(tmp_path: Path) -> None:
    ended = mypy(tmp_path, "-p", "trunkline")
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "", "")
    ended = mypy(tmp_path, EXAMPLES)
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "", "")


def test_no_type_of_the_public_package_is_unknown(tmp_path: Path) -> None:
    """Of what others leave unknown (`numbers`, behind Decimal, in the types of Python itself) nothing is to be said."""
    ended = check("pyright", "--verifytypes", "trunkline", "--ignoreexternal", cwd=tmp_path)
    assert "Type completeness score: 100%" in ended.stdout, ended.stdout[-4000:]
    exported = re.search(r'Symbols exported by "trunkline": (\d+)', ended.stdout)
    assert exported is not None and int(exported[1]) > 500
    assert ended.returncode == 0


@pytest.mark.parametrize("checker", [mypy, pyright])
def test_checkers_see_what_people_rely_on(checker: Checker, tmp_path: Path) -> None:
    ended = checker(tmp_path, str(HERE / "typed_usage.py"))
    assert ended.returncode == 0, ended.stdout


@pytest.mark.parametrize("checker", [mypy, pyright])
def test_checkers_refuse_what_would_fail(checker: Checker, tmp_path: Path) -> None:
    ended = checker(tmp_path, str(HERE / "wrong_usage.py"))
    refused = {int(line) for line in re.findall(r"wrong_usage\.py:(\d+):(?:\d+ - )? ?error", ended.stdout)}
    lines = (HERE / "wrong_usage.py").read_text("utf-8").splitlines()
    assert refused == {number for number, line in enumerate(lines, 1) if line.endswith("# refused")}, ended.stdout
