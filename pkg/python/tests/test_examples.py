"""The programs in examples/python, run as people run them, against the sandbox."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
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


def accounts(sandbox: trunkline.SandboxServer) -> dict[str, str]:
    """As the environment has them."""
    return {
        f"TRUNKLINE_{provider}_{setting}".upper(): str(value)
        for provider, settings in sandbox.accounts.items()
        for setting, value in settings.items()
    }


def lines(example: str, sandbox: trunkline.SandboxServer) -> list[str]:
    """What an example prints with accounts from the environment."""
    ended = run(example, **accounts(sandbox))
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


def test_buy_cheapest_buys_at_whoever_is_cheapest_and_gives_the_number_up(sandbox: trunkline.SandboxServer) -> None:
    with sandbox:
        said = lines("buy_cheapest.py", sandbox)
        made = {name: it["purchases"] for name, it in sandbox.state()["providers"].items() if it["purchases"]}
    cheapest = said[0].rpartition(" ")[2]
    assert said[0].startswith("6") and made == {cheapest: 1}, said
    assert " is bought for 0." in said[1] and said[2].startswith("it is ")


def test_the_readmes_example_of_all_as_one_buys_one_number_and_releases_it(sandbox: trunkline.SandboxServer) -> None:
    section = (ROOT / "README.md").read_text("utf-8").partition("## All providers as one")[2]
    example = section.partition("```python\n")[2].partition("```")[0]
    with sandbox, sandbox.client() as client:
        named: dict[str, Any] = {"client": client}
        exec(example, named)
        assert named["bought"].number.id not in [number.id for number in client.list_numbers().numbers]
        assert sum(it["purchases"] for it in sandbox.state()["providers"].values()) == 1


def test_the_tests_of_a_program_of_ones_own_pass() -> None:
    ended = run("-m", "pytest", "-q", "-p", "no:cacheprovider", "test_with_sandbox.py")
    assert ended.returncode == 0 and "3 passed" in ended.stdout, ended.stdout + ended.stderr


def test_the_gateway_in_fastapi_rents_a_number() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    token = "a-token-of-the-gateway-0123456789"
    command = [sys.executable, "gateway_fastapi.py"]
    environment = {**os.environ, "GATEWAY_TOKEN": token, "PORT": str(port)}
    with subprocess.Popen(command, cwd=EXAMPLES, env=environment, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        said = server.stdout.readline()
        try:
            rental = asked(said.split()[4].rstrip(","), token)
        finally:
            server.terminate()
    assert rental["value"]["status"] == "waiting"


def asked(url: str, token: str) -> Any:
    """Rents; waits until the server has its port."""
    rent = {"operation": "rentnumber.rent", "params": {"pricing_id": 42}}
    with httpx.Client(headers={"authorization": f"Bearer {token}"}, trust_env=False) as http:
        for _ in range(200):
            try:
                return http.post(url, json=rent).json()
            except httpx.ConnectError:
                time.sleep(0.05)
    raise AssertionError(f"nobody listens at {url}")


def test_the_server_with_events_gives_the_code_that_the_sandbox_sent_to_its_webhook() -> None:
    signed = {"vonage": {"signature_method": "hmac_sha256"}}
    with trunkline.sandbox_server(signed) as sandbox, served("events_fastapi.py", sandbox) as url:
        got: list[Any] = []
        asking = threading.Thread(target=lambda: got.append(httpx.post(f"{url}/codes", timeout=60, trust_env=False)))
        asking.start()
        number = bought_with_webhook(sandbox)
        sandbox.receive_sms("vonage", to=number, sender="Acme", text="Your code is 482056")
        asking.join()
        assert got[0].json() == {"number": f"+{number}", "from": "Acme", "code": "482056"}
        forged = httpx.post(f"{url}/events/vonage", data={"to": number, "messageId": "m", "text": "x"}, trust_env=False)
        assert forged.status_code == 401
        assert httpx.get(f"{url}/events/vonage", trust_env=False).status_code == 200


@contextmanager
def served(example: str, sandbox: trunkline.SandboxServer) -> Iterator[str]:
    """The URL of an example that is a server, once it listens."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    environment = {**os.environ, **accounts(sandbox), "SIGNATURE_SECRET": "signature_secret", "PORT": str(port)}
    with subprocess.Popen([sys.executable, example], cwd=EXAMPLES, env=environment) as server:
        try:
            for _ in range(200):
                try:
                    socket.create_connection(("127.0.0.1", port)).close()
                    break
                except ConnectionRefusedError:
                    time.sleep(0.05)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()


def bought_with_webhook(sandbox: trunkline.SandboxServer) -> str:
    """The number that was bought at Vonage, once its messages have somewhere to go."""
    for _ in range(200):
        for number in sandbox.state()["providers"]["vonage"]["numbers"]:
            if "moHttpUrl" in number["listed"]:
                return str(number["listed"]["msisdn"])
        time.sleep(0.05)
    raise AssertionError("no number has a webhook")


def test_every_example_is_run_here() -> None:
    known = {"rent.py", "async_rent.py", "buy_cheapest.py", "events_fastapi.py", "gateway_fastapi.py", "test_with_sandbox.py"}
    assert {path.name for path in EXAMPLES.glob("*.py")} == known
