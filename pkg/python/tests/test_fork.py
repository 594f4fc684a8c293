"""Processes that fork with a live client, and interpreters that end under a request."""

from __future__ import annotations

import json
from time import monotonic

import pytest
from scripts import output, start
from sockets import Silent

import trunkline

_CLIENT = """
import json, os, sys, threading, time
import trunkline

class Lines:
    def __init__(self):
        self.keys = []
    def record(self, line):
        event = json.loads(line)["event"]
        if "intent" in event:
            self.keys.append(event["intent"]["idempotency_key"])

def say(*words):
    # At once: two processes write to the same pipe.
    os.write(1, (" ".join(words) + "\\n").encode())

lines = Lines()
accounts = json.loads(sys.argv[1])
client = trunkline.{kind}(accounts=accounts, journal=lines)
"""
_BLOCKING = (
    _CLIENT.replace("{kind}", "Trunkline")
    + """
def buy(who):
    client.tempnumber.buy_number(country_code="US", duration="oneMonth")
    say(who, lines.keys[-1])
"""
)
_ASYNC = (
    _CLIENT.replace("{kind}", "AsyncTrunkline")
    + """
import asyncio

def buy(who):
    asyncio.run(client.tempnumber.buy_number(country_code="US", duration="oneMonth"))
    say(who, lines.keys[-1])
"""
)
_OS_FORK = """
buy("parent")
child = os.fork()
if child == 0:
    buy("child")
    buy("child")
    sys.exit()
buy("parent")
assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
buy("parent")
"""
_MULTIPROCESSING = """
import multiprocessing
buy("parent")
fork = multiprocessing.get_context("fork")
children = [fork.Process(target=buy, args=("child",)) for _ in range(2)]
for child in children:
    child.start()
buy("parent")
for child in children:
    child.join()
    assert child.exitcode == 0
buy("parent")
"""
_WHILE_ANOTHER_THREAD_CALLS = """
hanging = threading.Thread(target=lambda: client.rentnumber.list_services(timeout=1, attempts=1), daemon=True)
threading.excepthook = lambda told: say("parent", told.exc_type.__name__)
hanging.start()
time.sleep(0.3)
child = os.fork()
if child == 0:
    buy("child")
    sys.exit()
buy("parent")
assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
hanging.join()
"""


@pytest.mark.parametrize("client", [_BLOCKING, _ASYNC], ids=["blocking", "asyncio"])
@pytest.mark.parametrize("fork", [_OS_FORK, _MULTIPROCESSING], ids=["os_fork", "multiprocessing"])
def test_parent_and_child_buy_under_different_keys_and_both_go_on(client: str, fork: str) -> None:
    with trunkline.sandbox_server() as server:
        lines = output(client + fork, _json(server.accounts))
        bought = server.state()["providers"]["tempnumber"]["purchases"]
    who = [line.split()[0] for line in lines]
    assert (who.count("parent"), who.count("child")) == (3, 2)
    assert len({line.split()[1] for line in lines}) == len(lines) == bought == 5


def test_a_fork_while_another_thread_is_in_a_call_leaves_both_processes_working() -> None:
    with trunkline.sandbox_server() as server:
        server.add_fault("hang", provider="rentnumber")
        lines = output(_BLOCKING + _WHILE_ANOTHER_THREAD_CALLS, _json(server.accounts))
    keys = {line.split()[1] for line in lines}
    assert sorted(line.split()[0] for line in lines) == ["child", "parent", "parent"]
    assert len(keys) == 3 and "TimedOut" in keys


_ENDS_UNDER_A_REQUEST = """
import asyncio, sys, threading
import trunkline

client = trunkline.AsyncTrunkline(rentnumber={"api_key": "rn_your_key_here", "base_url": sys.argv[1]})
threading.Thread(target=lambda: asyncio.run(client.rentnumber.get_balance()), daemon=True).start()
input()
"""
_ENDS_AS_ANSWERS_COME = """
import asyncio, json, sys
import trunkline

async def main():
    client = trunkline.AsyncTrunkline(accounts=json.loads(sys.argv[1]))
    for _ in range(50):
        asyncio.create_task(client.vonage.get_balance())
    await asyncio.sleep(0.005)

loop = asyncio.new_event_loop()
loop.set_exception_handler(lambda loop, context: None)
loop.run_until_complete(main())
sys.exit()
"""


def test_an_interpreter_ends_at_once_though_a_request_is_under_way() -> None:
    with Silent() as silent:
        with start(_ENDS_UNDER_A_REQUEST, silent.url) as process:
            assert silent.arrived.acquire(timeout=20)
            started = monotonic()
            out, err = process.communicate("\n", timeout=10)
    assert (process.returncode, out, err) == (0, "", "")
    assert monotonic() - started < 2


def test_an_interpreter_ends_well_while_answers_come_in() -> None:
    with trunkline.sandbox_server() as server:
        for _ in range(5):
            assert output(_ENDS_AS_ANSWERS_COME, _json(server.accounts)) == []


def _json(accounts: object) -> str:
    return json.dumps(accounts)
