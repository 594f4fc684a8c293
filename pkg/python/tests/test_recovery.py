"""Processes that are killed during a purchase, and what others make of it: real processes, killed with SIGKILL."""

from __future__ import annotations

import asyncio
import json
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from textwrap import indent
from time import monotonic, sleep

import pytest
from scripts import output, start

import trunkline

_BUYS = """
import json, sys
import trunkline
client = trunkline.Trunkline(accounts=json.loads(sys.argv[1]), journal=sys.argv[2])
client.rentnumber.rent(pricing_id=42)
"""
_BUYS_ON_ASYNCIO = """
import asyncio, json, sys
import trunkline
client = trunkline.AsyncTrunkline(accounts=json.loads(sys.argv[1]), journal=sys.argv[2])
asyncio.run(client.rentnumber.rent(pricing_id=42))
"""
_RECOVERS = """
import json, sys
import trunkline
with trunkline.Trunkline(accounts=json.loads(sys.argv[1]), journal=sys.argv[2]) as client:
    for purchase in client.recover():
        print(purchase.operation, purchase.params, purchase.outcome, *purchase.ids)
"""
_RECOVERS_ON_ASYNCIO = """
import asyncio, json, sys
import trunkline

async def main():
    async with trunkline.AsyncTrunkline(accounts=json.loads(sys.argv[1]), journal=sys.argv[2]) as client:
        async for purchase in client.recover():
            print(purchase.operation, purchase.params, purchase.outcome, *purchase.ids)

asyncio.run(main())
"""


@contextmanager
def sandbox() -> Iterator[trunkline.SandboxServer]:
    """The purchase is made, and its answer never comes."""
    with trunkline.sandbox_server() as server:
        fault = {"kind": "acts_late", "operation": "POST /rent", "times": 1, "delay_ms": 50, "hang": True}
        server._control("POST", "faults", fault)
        yield server


def purchases(server: trunkline.SandboxServer) -> int:
    count: int = server.state()["providers"]["rentnumber"]["purchases"]
    return count


def eventually(so: Callable[[], bool]) -> None:
    until = monotonic() + 20
    while not so():
        assert monotonic() < until, "it has not come to pass within 20 s"
        sleep(0.01)


@pytest.mark.parametrize(
    ("buys", "recovers"),
    [(_BUYS, _RECOVERS), (_BUYS_ON_ASYNCIO, _RECOVERS_ON_ASYNCIO)],
    ids=["blocking", "asyncio"],
)
def test_what_a_killed_process_bought_is_told_once_and_not_bought_again(
    buys: str, recovers: str, tmp_path: Path
) -> None:
    with sandbox() as server:
        arguments = (json.dumps(server.accounts), str(tmp_path))
        with start(buys, *arguments) as process:
            eventually(lambda: purchases(server) == 1)
            # While it lives nobody takes it over.
            assert output(recovers, *arguments) == []
            process.kill()
            process.communicate()
        assert output(recovers, *arguments) == ['rentnumber.rent {"pricing_id":"42"} bought 101']
        assert output(recovers, *arguments) == []
        assert purchases(server) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["claims"]


def test_what_was_answered_to_a_process_that_was_then_killed_is_told_with_its_ids(tmp_path: Path) -> None:
    says = _BUYS.replace("client.rentnumber", "print(client.rentnumber") + "\nprint(flush=True)\ninput()"
    says = says.replace("42)", "42).rental_id)")
    with trunkline.sandbox_server() as server:
        with start(says, json.dumps(server.accounts), str(tmp_path)) as process:
            assert process.stdout is not None
            rental_id = process.stdout.readline().strip()
            process.kill()
            process.communicate()
        with server.client(journal=tmp_path) as client:
            told = iter(client.recover())
            purchase = next(told)
            assert (purchase.outcome, purchase.ids, purchase.value) == ("bought", [rental_id], None)
            del told
            # Nobody has asked for the one after it.
            assert [again.intent for again in client.recover()] == [purchase.intent]
            assert list(client.recover()) == []


def test_a_process_that_ends_by_itself_its_client_never_closed_leaves_nothing_to_recover(tmp_path: Path) -> None:
    with trunkline.sandbox_server() as server:
        for program in (_BUYS, _BUYS_ON_ASYNCIO, f"def main():\n{indent(_BUYS, '    ')}\n    raise SystemExit\nmain()"):
            assert output(program, json.dumps(server.accounts), str(tmp_path)) == []
            assert [path.name for path in tmp_path.iterdir()] == ["claims"]


def test_a_loop_goes_on_while_purchases_are_recovered(tmp_path: Path) -> None:
    async def main(server: trunkline.SandboxServer) -> list[trunkline.RecoveredPurchase]:
        async with server.async_client(journal=tmp_path) as client:
            ticks = 0

            async def tick() -> None:
                nonlocal ticks
                while True:
                    ticks += 1
                    await asyncio.sleep(0)

            ticking = asyncio.create_task(tick())
            found = [purchase async for purchase in client.recover()]
            ticking.cancel()
            assert ticks > 3
            return found

    with sandbox() as server:
        with start(_BUYS, json.dumps(server.accounts), str(tmp_path)) as process:
            eventually(lambda: purchases(server) == 1)
            process.kill()
            process.communicate()
        [purchase] = asyncio.run(main(server))
    assert purchase.value is not None and json.loads(purchase.value)["rental_id"] == purchase.ids[0] == "101"


_FORKS = """
import json, os, signal, sys, time
import trunkline

client = trunkline.Trunkline(accounts=json.loads(sys.argv[1]), journal=sys.argv[2])
client.vonage.buy_number(country="GB", phone_number="+447700900000")
child = os.fork()
if child == 0:
    if sys.argv[3] == "buys":
        client.tempnumber.buy_number(country_code="US", duration="oneMonth")
        client.close()
        os._exit(0)
    os.write(1, f"{os.getpid()}\\n".encode())
    time.sleep(60)
    os._exit(0)
if sys.argv[3] == "buys":
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    os.write(1, b"child is gone\\n")
client.rentnumber.rent(pricing_id=42)
"""


def test_a_fork_has_a_file_of_its_own_and_leaves_its_parents_alone(tmp_path: Path) -> None:
    with sandbox() as server:
        with start(_FORKS, json.dumps(server.accounts), str(tmp_path), "buys") as process:
            assert process.stdout is not None and process.stdout.readline() == "child is gone\n"
            [parents] = tmp_path.glob("*.journal")
            eventually(lambda: purchases(server) == 1)
            assert len(parents.read_text().splitlines()) == 3
            process.kill()
            process.communicate()
        with server.client(journal=tmp_path) as client:
            told = {(purchase.operation, purchase.outcome) for purchase in client.recover()}
    assert told == {("vonage.buy_number", "bought"), ("rentnumber.rent", "bought")}


def test_a_fork_that_goes_on_does_not_keep_its_parents_purchases_from_being_recovered(tmp_path: Path) -> None:
    with sandbox() as server:
        process = start(_FORKS, json.dumps(server.accounts), str(tmp_path), "sleeps")
        assert process.stdout is not None
        child = int(process.stdout.readline())
        try:
            eventually(lambda: purchases(server) == 1)
            process.kill()
            process.wait()
            with server.client(journal=tmp_path) as client:
                assert len(list(client.recover())) == 2
        finally:
            os.kill(child, signal.SIGKILL)
            for stream in (process.stdin, process.stdout, process.stderr):
                if stream is not None:
                    stream.close()
