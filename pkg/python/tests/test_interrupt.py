"""Ctrl-C, in a process of its own that is blocked in a call."""

from __future__ import annotations

import signal
import time

import pytest
from scripts import start
from sockets import Silent

_PROGRAM = """
import sys, time
import trunkline

client = trunkline.Trunkline(rentnumber={"api_key": "rn_your_key_here", "base_url": sys.argv[1]})
try:
    client.rentnumber.get_balance()
except KeyboardInterrupt:
    print(time.monotonic())
"""
_OWN_TRANSPORT = """
import socket, sys, time
import trunkline

def silent(request):
    host, port = sys.argv[1].removeprefix("http://").split(":")
    connection = socket.create_connection((host, int(port)))
    connection.sendall(b"GET")
    connection.recv(1)

client = trunkline.Trunkline(rentnumber={"api_key": "rn_your_key_here"}, transport=silent)
try:
    client.rentnumber.get_balance()
except KeyboardInterrupt:
    print(time.monotonic())
"""
_ASYNCIO = """
import asyncio, sys, time
import trunkline

async def main():
    client = trunkline.AsyncTrunkline(rentnumber={"api_key": "rn_your_key_here", "base_url": sys.argv[1]})
    await client.rentnumber.get_balance()

try:
    asyncio.run(main())
except KeyboardInterrupt:
    print(time.monotonic())
"""


@pytest.mark.parametrize("program", [_PROGRAM, _OWN_TRANSPORT, _ASYNCIO], ids=["built_in", "own_transport", "asyncio"])
def test_ctrl_c_ends_a_call_to_a_silent_provider_within_200_ms(program: str) -> None:
    """200 ms are promised on a machine that is not busy; here a second is let pass, and the figure is printed."""
    took = []
    for _ in range(3):
        with Silent() as silent, start(program, silent.url) as process:
            assert silent.arrived.acquire(timeout=20)
            sent = time.monotonic()
            process.send_signal(signal.SIGINT)
            out, err = process.communicate(timeout=10)
        assert (process.returncode, err) == (0, "")
        took.append(float(out) - sent)
    print(f"\ninterrupted after {', '.join(f'{seconds * 1000:.0f} ms' for seconds in took)}")
    assert max(took) < 1
