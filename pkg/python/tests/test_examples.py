"""The programs in examples/python, run as people run them, against the sandbox."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from scripts import ROOT

import trunkline

EXAMPLES = ROOT / "examples" / "python"


def run(*command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *command],
        cwd=EXAMPLES,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=60,
    )


def lines(example: str, sandbox: trunkline.SandboxServer) -> list[str]:
    """What an example prints with an account from the environment."""
    account = sandbox.accounts["rentnumber"]
    ended = run(
        example,
        TRUNKLINE_RENTNUMBER_API_KEY=account["api_key"],
        TRUNKLINE_RENTNUMBER_BASE_URL=account["base_url"],
    )
    assert (ended.returncode, ended.stderr) == (0, ""), ended
    return ended.stdout.splitlines()


@pytest.fixture
def sandbox() -> trunkline.SandboxServer:
    server = trunkline.sandbox_server()
    server.script_sms("rentnumber", sender="Acme", text="Your Acme code is 481516", after=0.2)
    return server


def test_rent_prints_the_code(sandbox: trunkline.SandboxServer) -> None:
    with sandbox:
        said = lines("rent.py", sandbox)
    assert said[0].startswith("the cheapest costs ") and said[1].endswith(" is rented")
    assert said[2:] == ["the code is 481516"]


def test_async_rent_prints_both_codes(sandbox: trunkline.SandboxServer) -> None:
    with sandbox:
        said = lines("async_rent.py", sandbox)
    assert [line.endswith("is 481516") for line in said] == [False, False, True, True]
    assert said[0].split()[0] != said[1].split()[0]


def test_the_tests_of_a_program_of_ones_own_pass() -> None:
    ended = run("-m", "pytest", "-q", "-p", "no:cacheprovider", "test_with_sandbox.py")
    assert ended.returncode == 0 and "3 passed" in ended.stdout, ended.stdout + ended.stderr


def test_every_example_is_run_here() -> None:
    assert {path.name for path in EXAMPLES.glob("*.py")} == {"rent.py", "async_rent.py", "test_with_sandbox.py"}
