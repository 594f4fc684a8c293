"""Transports of people's own."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable
from time import monotonic
from typing import Any

import pytest

import trunkline

SECRET = "rn_your_key_here"
BALANCE = trunkline.Response(200, [], b'{"success":true,"balance":1.50,"currency":"NGN"}')


class Sender:
    def send(self, request: trunkline.Request) -> trunkline.Response:
        return answer(request)


class AsyncSender:
    async def send(self, request: trunkline.Request) -> trunkline.Response:
        return answer(request)


class AsyncCallable:
    async def __call__(self, request: trunkline.Request) -> trunkline.Response:
        return answer(request)


def answer(request: trunkline.Request) -> trunkline.Response:
    assert (request.method, request.url.rpartition("/")[2], request.body) == ("GET", "balance", b"")
    assert ("x-api-key", SECRET) in request.headers
    assert 0 < request.timeout <= 30 and request.body_limit > 1_000_000
    return BALANCE


async def answer_async(request: trunkline.Request) -> trunkline.Response:
    return answer(request)


async def answer_later(request: trunkline.Request) -> trunkline.Response:
    await asyncio.sleep(0.01)
    return answer(request)


def blocking_call(transport: Any, **options: Any) -> Any:
    return trunkline.Trunkline(rentnumber={"api_key": SECRET}, transport=transport).rentnumber.get_balance(**options)


def async_call(transport: Any, **options: Any) -> Any:
    async def call() -> Any:
        async with trunkline.AsyncTrunkline(rentnumber={"api_key": SECRET}, transport=transport) as client:
            return await client.rentnumber.get_balance(**options)

    return asyncio.run(call())


BOTH = pytest.mark.parametrize("call", [blocking_call, async_call])


@BOTH
@pytest.mark.parametrize("transport", [answer, Sender(), lambda request: answer(request)])
def test_a_callable_and_an_object_with_send_carry_requests(call: Callable[..., Any], transport: Any) -> None:
    assert str(call(transport).balance) == "1.50 NGN"


@pytest.mark.parametrize(
    "transport", [answer_async, AsyncSender(), AsyncCallable(), answer_later, lambda it: answer_async(it)]
)
def test_asynchronous_ones_carry_the_requests_of_the_asyncio_client(transport: Any) -> None:
    assert str(async_call(transport).balance) == "1.50 NGN"


@pytest.mark.parametrize("transport", [answer_async, AsyncSender(), AsyncCallable()])
def test_an_asynchronous_one_is_refused_by_the_blocking_client_which_says_what_to_do(transport: Any) -> None:
    with pytest.raises(TypeError, match="is asynchronous: it needs AsyncTrunkline"):
        blocking_call(transport)


@pytest.mark.filterwarnings("error")
def test_one_that_turns_out_to_be_asynchronous_has_sent_nothing_and_says_what_to_do() -> None:
    with pytest.raises(trunkline.Unreachable, match="an asynchronous transport needs AsyncTrunkline") as raised:
        blocking_call(lambda request: answer_async(request), attempts=1)
    assert raised.value.delivery == "not_sent"


@BOTH
def test_what_is_no_transport_is_refused_when_the_client_is_made(call: Callable[..., Any]) -> None:
    with pytest.raises(TypeError, match=r"int is neither callable nor has a method send\(request\)"):
        call(1)


@BOTH
def test_not_sent_is_taken_at_its_word(call: Callable[..., Any]) -> None:
    def refuse(request: trunkline.Request) -> trunkline.Response:
        raise trunkline.NotSent("the tunnel is down")

    with pytest.raises(trunkline.Unreachable, match="the tunnel is down") as raised:
        call(refuse, attempts=2)
    assert (raised.value.delivery, raised.value.attempts) == ("not_sent", 2)


@BOTH
def test_any_other_exception_is_lost_and_its_text_is_not_repeated(call: Callable[..., Any]) -> None:
    def fail(request: trunkline.Request) -> trunkline.Response:
        raise OSError(f"cannot send {request.headers}")

    with pytest.raises(trunkline.Unreachable, match=r"the transport raised (builtins\.)?OSError") as raised:
        call(fail, attempts=1)
    assert raised.value.delivery == "unknown"
    assert SECRET not in f"{raised.value} {raised.value!r} {vars(raised.value)}"
    assert raised.value.__cause__ is None and raised.value.__context__ is None


def test_a_purchase_that_a_transport_loses_is_not_sent_again() -> None:
    sent = []

    def lose(request: trunkline.Request) -> trunkline.Response:
        sent.append(request.method)
        raise ConnectionResetError

    accounts: Any = {"vonage": {"api_key": "k1234567", "api_secret": "s12345678"}}
    with pytest.raises(trunkline.PurchaseUnknown):
        trunkline.Trunkline(**accounts, transport=lose).vonage.top_up(trx="8ef2447e69604f642ae59363aa5f781b")
    assert sent == ["POST"]


@BOTH
def test_one_that_hangs_is_given_up_at_the_deadline(call: Callable[..., Any]) -> None:
    released = threading.Event()

    def hang(request: trunkline.Request) -> trunkline.Response:
        released.wait(20)
        return BALANCE

    started = monotonic()
    try:
        with pytest.raises(trunkline.TimedOut):
            if call is async_call:
                asyncio.run(give_up_in_time(hang, released))
            else:
                call(hang, timeout=0.4, attempts=1)
    finally:
        released.set()
    assert 0.3 < monotonic() - started < 3


async def give_up_in_time(hang: Any, released: threading.Event) -> None:
    client = trunkline.AsyncTrunkline(rentnumber={"api_key": SECRET}, transport=hang)
    try:
        await client.rentnumber.get_balance(timeout=0.4, attempts=1)
    finally:
        # Threads cannot be stopped: asyncio waits for this one when its loop ends.
        released.set()


def test_an_asynchronous_one_that_hangs_is_given_up_at_the_deadline() -> None:
    async def hang(request: trunkline.Request) -> trunkline.Response:
        await asyncio.sleep(20)
        return BALANCE

    started = monotonic()
    with pytest.raises(trunkline.TimedOut):
        async_call(hang, timeout=0.4, attempts=1)
    assert 0.3 < monotonic() - started < 3


@BOTH
@pytest.mark.parametrize("wrong", [None, b"", {"status": 200}, (200, [], b"")])
def test_what_is_no_response_is_said_and_counts_as_lost(call: Callable[..., Any], wrong: Any) -> None:
    said = f"a transport gives a trunkline.Response, not {type(wrong).__name__}"
    with pytest.raises(trunkline.Unreachable, match=said) as raised:
        call(lambda request: wrong, attempts=1)
    assert raised.value.delivery == "unknown"


def test_a_blocking_transport_does_not_block_the_loop() -> None:
    def slow(request: trunkline.Request) -> trunkline.Response:
        time.sleep(0.3)
        return BALANCE

    async def main() -> int:
        client = trunkline.AsyncTrunkline(rentnumber={"api_key": SECRET}, transport=slow)
        call, ticks = asyncio.ensure_future(client.rentnumber.get_balance()), 0
        while not call.done():
            await asyncio.sleep(0.01)
            ticks += 1
        return ticks

    assert asyncio.run(main()) > 5


def test_a_body_over_the_limit_is_malformed_whoever_carried_it() -> None:
    account: Any = {"api_key": SECRET, "body_limit": 10}
    with pytest.raises(trunkline.Malformed, match="10"):
        trunkline.Trunkline(rentnumber=account, transport=lambda request: BALANCE).rentnumber.get_balance()


def test_a_timeout_of_the_transports_own_is_not_taken_for_the_deadline() -> None:
    async def give_up(request: trunkline.Request) -> trunkline.Response:
        raise TimeoutError

    with pytest.raises(trunkline.Unreachable, match=r"the transport raised builtins\.TimeoutError"):
        async_call(give_up, attempts=1)


@pytest.mark.parametrize("of", ["transport", "journal"])
def test_one_that_is_cancelled_from_within_ends_the_call(of: str) -> None:
    class Cancelled:
        async def send(self, request: trunkline.Request) -> trunkline.Response:
            raise asyncio.CancelledError

        async def record(self, line: str) -> None:
            raise asyncio.CancelledError

    async def call() -> None:
        options: dict[str, Any] = {of: Cancelled()}
        client = trunkline.AsyncTrunkline(accounts=trunkline.sandbox().accounts, **{"transport": Sender(), **options})
        await asyncio.wait_for(client.vonage.top_up(trx="8ef2447e69604f642ae59363aa5f781b"), 5)

    with pytest.raises(trunkline.PurchaseUnknown if of == "transport" else trunkline.JournalFailed, match="cancelled"):
        asyncio.run(call())
