"""One client, many tasks; giving calls up; loops that come and go."""

from __future__ import annotations

import asyncio
import gc
import sys
from time import monotonic
from typing import Any

import pytest
from sockets import Canned, Silent, http

import trunkline

TASKS = 1000


async def arrived(silent: Silent) -> None:
    assert await asyncio.to_thread(silent.arrived.acquire, timeout=10)


def test_a_thousand_tasks_share_one_client() -> None:
    unlimited = {"tempnumber": {"wallet_cents": 10**9, "stock": 2 * TASKS, "requests_per_minute": 0}}

    async def main() -> list[str]:
        with trunkline.sandbox_server(unlimited) as server:
            accounts = server.accounts
            accounts["tempnumber"]["rate_limit"] = "none"
            async with trunkline.AsyncTrunkline(accounts=accounts, timeout=60) as client:

                async def buy() -> str:
                    return (await client.tempnumber.buy_number(country_code="US", duration="oneMonth")).id

                numbers = await asyncio.gather(*(buy() for _ in range(TASKS)))
            assert server.state()["providers"]["tempnumber"]["purchases"] == TASKS
            return numbers

    assert len(set(asyncio.run(main()))) == TASKS


@pytest.mark.parametrize("own_transport", [False, True])
def test_cancelling_gives_the_call_up_at_once(own_transport: bool) -> None:
    gone = []

    async def never(request: trunkline.Request) -> trunkline.Response:
        try:
            await asyncio.sleep(60)
        finally:
            gone.append(request.method)
        raise AssertionError

    async def main() -> None:
        with Silent() as silent:
            options: dict[str, Any] = {"transport": never} if own_transport else {}
            client = trunkline.AsyncTrunkline(accounts=silent.accounts(), **options)
            call = asyncio.create_task(client.rentnumber.get_balance())
            if own_transport:
                await asyncio.sleep(0.1)
            else:
                await arrived(silent)
            started = monotonic()
            call.cancel()
            with pytest.raises(asyncio.CancelledError):
                await call
            assert monotonic() - started < 0.1
            await asyncio.sleep(0)
            if own_transport:
                assert gone == ["GET"]
            else:
                assert await asyncio.to_thread(silent.left.acquire, timeout=2), "the connection is not closed"

    asyncio.run(main())


def test_a_timeout_of_asyncio_gives_the_call_up() -> None:
    async def main() -> None:
        with Silent() as silent:
            client = trunkline.AsyncTrunkline(accounts=silent.accounts())
            with pytest.raises(asyncio.TimeoutError) as raised:
                await asyncio.wait_for(client.rentnumber.get_balance(), 0.3)
            assert not isinstance(raised.value, trunkline.TrunklineError)
            assert await asyncio.to_thread(silent.left.acquire, timeout=2)

    asyncio.run(main())


def test_leaving_an_iteration_early_gives_the_rest_up() -> None:
    async def main() -> None:
        sandbox = trunkline.sandbox()
        client = sandbox.async_client()
        numbers = client.vonage.search_available.all(country="GB", size=1)
        first = [number async for number in _first(numbers)]
        assert len(first) == 1
        await numbers.aclose()

    asyncio.run(main())


async def _first(items: Any) -> Any:
    async for item in items:
        yield item
        return


def test_a_client_goes_on_in_another_loop() -> None:
    with trunkline.sandbox_server() as server:
        client = server.async_client()

        async def main() -> int:
            return len(await client.rentnumber.list_services())

        assert asyncio.run(main()) == asyncio.run(main()) > 0


def test_one_client_serves_two_loops_at_once() -> None:
    with trunkline.sandbox_server() as server:
        accounts = server.accounts
        accounts["rentnumber"]["rate_limit"] = "none"
        client = trunkline.AsyncTrunkline(accounts=accounts)

        async def main() -> int:
            found = await asyncio.gather(*(client.rentnumber.list_services() for _ in range(10)))
            return len({len(services) for services in found})

        async def both() -> list[int]:
            return await asyncio.gather(*(asyncio.to_thread(asyncio.run, main()) for _ in range(2)))

        assert asyncio.run(both()) == [1, 1]


def test_a_loop_that_is_closed_under_a_call_leaves_no_noise_and_a_client_that_works(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    noise: list[Any] = []
    monkeypatch.setattr(sys, "unraisablehook", noise.append)
    balance = http(200, b'{"success": true, "balance": 5, "currency": "NGN"}')
    with Canned(lambda request: balance) as canned:
        client = trunkline.AsyncTrunkline(accounts=canned.accounts())
        loop = asyncio.new_event_loop()
        loop.set_exception_handler(lambda loop, context: None)
        call = loop.create_task(client.rentnumber.get_balance())
        # Far enough that it is sent, and no further: the answer comes when the loop is gone.
        loop.run_until_complete(asyncio.sleep(0))
        loop.run_until_complete(asyncio.sleep(0))
        loop.close()
        deadline = monotonic() + 5
        while not canned.requests and monotonic() < deadline:
            pass
        assert len(canned.requests) == 1
        assert asyncio.run(client.rentnumber.get_balance()).balance.amount == 5
        del call
        gc.collect()
    assert [(event.exc_value, event.object) for event in noise] == []
