"""Runs Python programs as people do: each in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
# In a process with threads Python advises against a fork; that it works all the same is what is tested.
_QUIET = ["-W", "ignore:This process:DeprecationWarning"]


def start(program: str, *arguments: str, **environment: str) -> subprocess.Popen[str]:
    """Starts a program, given as its text."""
    return subprocess.Popen(
        [sys.executable, *_QUIET, "-c", program, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, **environment},
    )


def output(program: str, *arguments: str, seconds: float = 30, **environment: str) -> list[str]:
    """The lines of a program that has to end well and say nothing of what is wrong."""
    with start(program, *arguments, **environment) as process:
        try:
            out, err = process.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            raise AssertionError(f"it has not ended after {seconds} s: {process.communicate()}") from None
    assert process.returncode == 0, (process.returncode, out, err)
    assert err == "", err
    return out.splitlines()
