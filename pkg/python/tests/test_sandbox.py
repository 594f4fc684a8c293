"""The sandbox, for people's own tests and from the command line."""

from __future__ import annotations

import asyncio
import json
import signal
import subprocess
import sys
import urllib.request
from importlib.metadata import entry_points
from typing import Any

import pytest
from scripts import output

import trunkline

pytest_plugins = ["pytester"]


@pytest.fixture(params=["in_process", "served"])
def sandbox(request: pytest.FixtureRequest) -> Any:
    if request.param == "in_process":
        yield trunkline.sandbox()
    else:
        with trunkline.sandbox_server() as server:
            yield server


def test_a_number_is_found_bought_read_and_released(sandbox: Any) -> None:
    with sandbox.client() as client:
        rental = client.rentnumber.rent(pricing_id=42)
        assert client.rentnumber.get_rental(rental_id=rental.rental_id).status == "waiting"
        sandbox.receive_sms("rentnumber", to=rental.phone_number, sender="Acme", text="Your Acme code is 481516")
        assert client.rentnumber.get_rental.wait(rental_id=rental.rental_id).code == "481516"
        assert client.rentnumber.cancel_rental(rental_id=rental.rental_id).refunded is False


def test_the_asyncio_client_of_a_sandbox_does_the_same(sandbox: Any) -> None:
    async def main() -> str | None:
        async with sandbox.async_client() as client:
            rental = await client.rentnumber.rent(pricing_id=42)
            sandbox.receive_sms("rentnumber", to=rental.phone_number, sender="Acme", text="Your Acme code is 481516")
            received = await client.rentnumber.get_rental.wait(rental_id=rental.rental_id)
            code: str | None = received.code
            return code

    assert asyncio.run(main()) == "481516"


def test_scripted_sms_arrive_when_their_time_has_come(sandbox: Any) -> None:
    sandbox.script_sms("rentnumber", sender="Acme", text="Your Acme code is 481516", after=600)
    with sandbox.client() as client:
        rental = client.rentnumber.rent(pricing_id=42)
        sandbox.advance(300)
        assert client.rentnumber.get_rental(rental_id=rental.rental_id).code is None
        sandbox.advance(301)
        assert client.rentnumber.get_rental(rental_id=rental.rental_id).code == "481516"


def test_faults_strike_whom_and_as_often_as_they_are_told(sandbox: Any) -> None:
    with sandbox.client() as client:
        sandbox.add_fault("server_error", provider="vonage", operation="GET /account/get-balance", times=1, skip=1)
        client.vonage.get_balance(attempts=1)
        with pytest.raises(trunkline.ProviderDown):
            client.vonage.get_balance(attempts=1)
        client.vonage.get_balance(attempts=1)
        sandbox.add_fault("rate_limited_with_retry_after", retry_after=1)
        with pytest.raises(trunkline.RateLimited) as raised:
            client.rentnumber.list_services(attempts=1)
        assert raised.value.retry_after == 1
        sandbox.clear_faults()
        client.rentnumber.list_services(attempts=1)


def test_the_state_tells_what_was_bought(sandbox: Any) -> None:
    assert sandbox.state()["providers"]["vonage"]["purchases"] == 0
    with sandbox.client() as client:
        client.vonage.buy_number(country="GB", phone_number="+447700900000")
    assert sandbox.state()["providers"]["vonage"]["purchases"] == 1


def test_what_is_wrong_is_said(sandbox: Any) -> None:
    with pytest.raises(ValueError, match="sloth"):
        sandbox.add_fault("sloth")
    with pytest.raises(ValueError, match="provider"):
        sandbox.receive_sms("twilio", to="+1", sender="x", text="y")
    with pytest.raises(ValueError, match="probability is a number from 0 to 1"):
        sandbox.add_fault("slow", probability=2)


def test_settings_and_hosts_that_there_are_not_are_refused() -> None:
    with pytest.raises(ValueError, match="unknown field `colour`"):
        trunkline.sandbox({"colour": "red"})
    with pytest.raises(ValueError, match="host is an IP address"):
        trunkline.sandbox_server(host="not an address")
    with trunkline.sandbox_server() as server, pytest.raises(OSError, match="cannot listen"):
        trunkline.sandbox_server(port=int(server.url.rpartition(":")[2]))


def test_a_server_is_gone_when_it_is_closed_and_its_port_is_free() -> None:
    with trunkline.sandbox_server(host="localhost") as server:
        client = server.client()
        client.vonage.get_balance()
        with urllib.request.urlopen(f"{server.url}/_sandbox/state", timeout=5) as reply:
            assert "providers" in json.load(reply)
    with pytest.raises(trunkline.Unreachable):
        client.vonage.get_balance(attempts=1)
    with pytest.raises(ValueError, match="the sandbox is closed"):
        server.state()
    server.close()
    with trunkline.sandbox_server(port=int(server.url.rpartition(":")[2])) as again:
        assert again.url == server.url


_TESTS = """
def test_in_process(trunkline_sandbox):
    trunkline_sandbox.client().vonage.get_balance()
    assert trunkline_sandbox.state()["providers"]["vonage"]["purchases"] == 0

def test_served(trunkline_sandbox_server):
    with trunkline_sandbox_server.client() as client:
        client.vonage.buy_number(country="GB", phone_number="+447700900000")

def test_each_test_has_its_own(trunkline_sandbox_server):
    assert trunkline_sandbox_server.state()["providers"]["vonage"]["purchases"] == 0
"""


def test_the_fixtures_come_with_the_package(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(_TESTS)
    pytester.runpytest_subprocess("-p", "no:cacheprovider").assert_outcomes(passed=3)
    [plugin] = [it for it in entry_points(group="pytest11") if it.name == "trunkline"]
    assert plugin.value == "trunkline._pytest"


def test_the_demo_goes_through_at_all_five() -> None:
    said = output("import sys; from trunkline.__main__ import main; sys.exit(main(['demo']))", seconds=60)
    assert said[-1].startswith("5 of 5 providers in ")
    assert [line.split()[0] for line in said[-7:-2]] == ["tempnumber", "rentnumber", "sinch", "voepy", "vonage"]
    assert sum("went through" in line for line in said) == 5


def module(*arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "trunkline", *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def test_the_command_serves_a_sandbox_until_ctrl_c() -> None:
    with module("sandbox") as process:
        assert process.stdout is not None
        first = process.stdout.readline()
        url = first.partition(" at ")[2].partition(";")[0]
        printed = ""
        while not printed.endswith("\n}\n"):
            printed += process.stdout.readline()
        with trunkline.Trunkline(accounts=json.loads(printed)) as client:
            assert client.vonage.get_balance().balance.amount > 0
        assert url.startswith("http://127.0.0.1:")
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=10)
    assert (process.returncode, out, err) == (130, "", "interrupted\n")


@pytest.mark.parametrize(
    ("arguments", "status"), [(["nonsense"], 2), (["sandbox", "--port", "x"], 2), ([], 0), (["--help"], 0)]
)
def test_the_command_says_what_it_knows(arguments: list[str], status: int) -> None:
    with module(*arguments) as process:
        out, err = process.communicate(timeout=20)
    assert process.returncode == status
    assert "python -m trunkline demo" in (err if status else out)
    assert (f"no such command: {' '.join(arguments)}" in err) == bool(status)
