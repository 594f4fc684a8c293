"""The adapter for httpx, against real servers."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx
import pytest
from sockets import Canned, Silent, http

import trunkline
from trunkline.httpx import AsyncHttpxTransport, HttpxTransport


def blocking(accounts: Any, provider: str, operation: str, **params: Any) -> Any:
    with httpx.Client() as carrier, trunkline.Trunkline(accounts=accounts, transport=HttpxTransport(carrier)) as client:
        return getattr(getattr(client, provider), operation)(**params)


def awaited(accounts: Any, provider: str, operation: str, **params: Any) -> Any:
    async def call() -> Any:
        async with httpx.AsyncClient() as carrier:
            async with trunkline.AsyncTrunkline(accounts=accounts, transport=AsyncHttpxTransport(carrier)) as client:
                return await getattr(getattr(client, provider), operation)(**params)

    return asyncio.run(call())


BOTH = pytest.mark.parametrize("call", [blocking, awaited])


@BOTH
def test_purchases_and_lists_go_over_httpx_as_over_the_built_in_transport(call: Any) -> None:
    with trunkline.sandbox_server() as server:
        number = call(server.accounts, "vonage", "buy_number", country="GB", phone_number="+447700900000")
        listed = call(server.accounts, "vonage", "list_numbers")
        with server.client() as client:
            assert client.vonage.list_numbers() == listed
    assert [it.phone_number for it in listed.items] == [number.phone_number] == ["+447700900000"]


@BOTH
def test_no_redirect_is_followed(call: Any) -> None:
    with Canned(lambda request: http(302, b"", "location: /elsewhere\r\n")) as canned:
        with pytest.raises(trunkline.TrunklineError) as raised:
            call(canned.accounts(), "rentnumber", "get_balance", attempts=1)
    assert raised.value.status == 302
    assert [request.split()[:2] for request in canned.requests] == [[b"GET", b"/balance"]]


@BOTH
def test_no_more_of_a_body_is_read_than_the_limit(call: Any) -> None:
    endless = http(200, b"x" * 3_000_000)
    with Canned(lambda request: endless) as canned:
        accounts = canned.accounts()
        accounts["rentnumber"]["body_limit"] = 1000
        with pytest.raises(trunkline.Malformed, match="1000") as raised:
            call(accounts, "rentnumber", "get_balance", attempts=1)
    assert raised.value.response is None or len(raised.value.response.body) <= 1001


@BOTH
def test_a_silent_server_is_given_up_at_the_deadline(call: Any) -> None:
    with Silent() as silent, pytest.raises(trunkline.TimedOut):
        call(silent.accounts(), "rentnumber", "get_balance", timeout=0.4, attempts=1)


@BOTH
def test_a_refused_connection_is_not_sent(call: Any) -> None:
    with Silent() as silent:
        accounts = silent.accounts()
    with pytest.raises(trunkline.Unreachable, match="ConnectError") as raised:
        call(accounts, "rentnumber", "get_balance", attempts=1)
    assert raised.value.delivery == "not_sent"
