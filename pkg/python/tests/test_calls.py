"""Calls as people write them: raw replies, pages, requests that no operation covers."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx
import pytest

import trunkline
from trunkline.httpx import HttpxTransport


def test_with_response_gives_the_result_and_the_reply() -> None:
    client = trunkline.sandbox().client()
    answer = client.vonage.get_balance.with_response()
    assert answer.value == client.vonage.get_balance()
    assert answer.response.status == 200
    assert answer.response.header("Content-Type").startswith("application/json")
    assert answer.response.json()["value"] == float(answer.value.balance.amount)


def test_all_goes_over_every_page_and_asks_for_none_before_it_is_needed() -> None:
    sent = []
    with trunkline.sandbox_server() as server, httpx.Client() as carrier:

        def note(request: trunkline.Request) -> trunkline.Response:
            sent.append(request.url)
            return HttpxTransport(carrier).send(request)

        client = trunkline.Trunkline(accounts=server.accounts, transport=note)
        numbers = client.vonage.search_available.all(country="GB", size=1)
        assert sent == []
        first = next(numbers)
        assert len(sent) == 1
        every = [first, *numbers]
        total = client.vonage.search_available(country="GB").total
    assert len({it.phone_number for it in every}) == len(sent) - 1 == total > 1


def test_a_page_is_a_sequence_of_its_items() -> None:
    page = trunkline.sandbox().client().vonage.search_available(country="GB", size=2)
    assert (len(page), list(page)) == (2, page.items)
    assert page.next is not None and page.total >= 2


def test_request_signs_what_no_operation_covers() -> None:
    client = trunkline.sandbox().client()
    assert client.request("vonage", "get", "/account/get-balance").json()["value"] > 0
    found = client.request("vonage", "GET", "/number/search", query={"country": "GB", "size": 1})
    assert len(found.json()["numbers"]) == 1
    with pytest.raises(TypeError, match="give json or body, not both"):
        client.request("vonage", "POST", "/x", json={}, body=("text/plain", b""))
    with pytest.raises(trunkline.InvalidInput, match="GET, POST"):
        client.request("vonage", "BREW", "/x")
    with pytest.raises(trunkline.TrunklineError) as raised:
        client.request("vonage", "GET", "/nothing-here")
    assert raised.value.status == 404 and raised.value.response is not None


def test_request_sends_json_and_bytes_as_they_are() -> None:
    sent = []

    def note(request: trunkline.Request) -> trunkline.Response:
        sent.append((request.method, request.url, dict(request.headers)["content-type"], request.body))
        return trunkline.Response(200, [], b'{"success": true}')

    client = trunkline.Trunkline(rentnumber={"api_key": "rn_your_key_here"}, transport=note)
    client.request("rentnumber", "POST", "/a%20b", json={"b": [1, None]})
    client.request("rentnumber", "PUT", "/x", query={"q": "ä&b"}, body=("text/plain", b"\x00\xff"))
    base = "https://v2.rentnumber.net/api/v1"
    assert sent[0] == ("POST", f"{base}/a%20b", "application/json", b'{"b":[1,null]}')
    assert sent[1] == ("PUT", f"{base}/x?q=%C3%A4%26b", "text/plain", b"\x00\xff")


def test_request_is_awaited_on_asyncio() -> None:
    async def main() -> Any:
        async with trunkline.sandbox().async_client() as client:
            answer = await client.vonage.get_balance.with_response()
            reply = await client.request("vonage", "GET", "/account/get-balance")
            pages = [it async for it in client.vonage.search_available.all(country="GB", size=1)]
            return answer.response.json() == reply.json(), len(pages)

    same, pages = asyncio.run(main())
    assert same and pages > 1
