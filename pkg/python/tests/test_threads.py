"""One client, many threads."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from time import monotonic
from typing import Any, TypeVar

import pytest
from sockets import Silent

import trunkline

T = TypeVar("T")
THREADS = 100


def at_once(work: Callable[[int], T]) -> list[T]:
    """What each of a hundred threads gives; all begin together."""
    barrier = threading.Barrier(THREADS)

    def begin(number: int) -> T:
        barrier.wait()
        return work(number)

    with ThreadPoolExecutor(THREADS) as pool:
        return [future.result(timeout=60) for future in [pool.submit(begin, number) for number in range(THREADS)]]


@pytest.fixture
def accounts() -> Any:
    unlimited = {"tempnumber": {"wallet_cents": 10_000_000, "stock": 1000, "requests_per_minute": 0}}
    with trunkline.sandbox_server(unlimited) as server:
        accounts = server.accounts
        # Limits are waited for in real time.
        for settings in accounts.values():
            settings["rate_limit"] = "none"
        yield server, accounts


def test_a_hundred_threads_buy_a_hundred_numbers_each_once(accounts: Any) -> None:
    server, settings = accounts
    with trunkline.Trunkline(accounts=settings) as client:
        numbers = at_once(lambda _: client.tempnumber.buy_number(country_code="US", duration="oneMonth").id)
    assert len(set(numbers)) == THREADS
    assert server.state()["providers"]["tempnumber"]["purchases"] == THREADS


def test_each_of_a_hundred_threads_gets_the_answers_to_its_own_calls(accounts: Any) -> None:
    with trunkline.Trunkline(accounts=accounts[1]) as client:

        def work(number: int) -> None:
            size = number % 3 + 1
            for _ in range(5):
                assert len(client.vonage.search_available(country="GB", size=size).items) == size
                with pytest.raises(trunkline.NotFound):
                    client.rentnumber.list_prices(slug=f"nothing-{number}")

        at_once(work)


def test_a_thread_that_waits_for_a_silent_provider_holds_up_no_other(accounts: Any) -> None:
    server, settings = accounts
    server.add_fault("hang", provider="rentnumber")
    with trunkline.Trunkline(accounts=settings) as client, ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(client.rentnumber.list_services, timeout=1.2, attempts=1)
        started = monotonic()
        while monotonic() - started < 0.5:
            client.vonage.get_balance()
        assert not waiting.done()
        assert isinstance(waiting.exception(timeout=10), trunkline.TimedOut)


def test_closing_a_client_in_one_thread_ends_no_call_of_another() -> None:
    with Silent() as silent, ThreadPoolExecutor(1) as pool:
        client = trunkline.Trunkline(accounts=silent.accounts())
        waiting = pool.submit(client.rentnumber.get_balance, timeout=1.5, attempts=1)
        assert silent.arrived.acquire(timeout=10)
        client.close()
        assert isinstance(waiting.exception(timeout=10), trunkline.TimedOut)
        with pytest.raises(RuntimeError, match="closed"):
            client.rentnumber.get_balance()
