"""What type checkers are to see; not run. test_types.py has mypy and pyright read it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

from typing_extensions import assert_type

import trunkline
from trunkline import (
    Answer,
    AsyncTrunkline,
    Money,
    Page,
    Request,
    Response,
    Secret,
    Trunkline,
    rentnumber,
    unified,
    vonage,
)


def results(client: Trunkline) -> None:
    rental = client.rentnumber.rent(pricing_id=42, timeout=5, attempts=2)
    assert_type(rental, rentnumber.Rental)
    assert_type(rental.cost, Money)
    assert_type(rental.cost.amount, Decimal)
    assert_type(rental.code, str | None)
    assert_type(rental.expires_at, datetime | None)
    assert_type(client.rentnumber.get_rental.wait(rental_id="1"), rentnumber.Rental)
    assert_type(client.rentnumber.rent.with_response(pricing_id="42"), Answer[rentnumber.Rental])
    assert_type(client.rentnumber.rent.with_response(pricing_id="42").response, Response)
    assert_type(client.rentnumber.list_services(), list[rentnumber.OfferedService])
    assert_type(client.vonage.list_numbers(country="GB"), Page[vonage.OwnedNumber])
    assert_type(client.vonage.list_numbers.all(country="GB"), Iterator[vonage.OwnedNumber])
    assert_type(client.request("vonage", "GET", "/x", query={"a": 1}), Response)
    for number in client.vonage.list_numbers():
        assert_type(number, vonage.OwnedNumber)
    with client as same:
        assert_type(same, Trunkline)


def all_as_one(client: Trunkline) -> None:
    rates: list[unified.Rate] = [{"currency": "NGN", "worth": Money(Decimal("0.00065"), "USD")}]
    found = client.search(country="US", kind="mobile", digits={"end": "77"}, rates=rates, timeout=5)
    assert_type(found, unified.Offers)
    assert_type(found.offers[0].price.once, Money | None)
    assert_type(client.search.all(country="US"), Iterator[unified.AccountOffers])
    bought = client.buy(offers=[found.offers[0].id], max_price=Money(Decimal("5"), "USD"))
    assert_type(bought, unified.Purchase)
    assert_type(bought.number.status == "active", bool)
    assert_type(client.messages(number=bought.number.id)[0].sender, str | None)
    assert_type(client.buy.with_response(offers=["x"]), Answer[unified.Purchase])
    client.configure(number=bought.number.id, label=None)


def a_word_that_is_known_and_one_that_is_not(rental: rentnumber.Rental) -> bool:
    return rental.status == "received" or rental.status == "something new"


def secrets(client: Trunkline) -> None:
    secret = client.voepy.create_webhook_subscription(target_url="https://x.example", event_types=["*"]).signing_secret
    assert_type(secret, Secret | None)
    client.vonage.update_settings(mo_callback_url=None)
    client.voepy.upload_porting_document(files=[{"file_name": "loa.pdf", "content": b""}])


async def awaited(client: AsyncTrunkline) -> None:
    assert_type(await client.rentnumber.rent(pricing_id=42), rentnumber.Rental)
    assert_type(await client.rentnumber.get_rental.wait(rental_id="1"), rentnumber.Rental)
    assert_type(await client.rentnumber.rent.with_response(pricing_id=42), Answer[rentnumber.Rental])
    assert_type(client.vonage.list_numbers.all(country="GB"), AsyncIterator[vonage.OwnedNumber])
    assert_type(await client.request("vonage", "GET", "/x"), Response)
    async for number in client.vonage.list_numbers.all():
        assert_type(number, vonage.OwnedNumber)
    assert_type(await client.search(country="US"), unified.Offers)
    assert_type(client.search.all(country="US"), AsyncIterator[unified.AccountOffers])
    async with client as same:
        assert_type(same, AsyncTrunkline)


class Carrier:
    def send(self, request: Request) -> Response:
        assert_type(request.url, str)
        return Response(200, [("x", "y")], b"")


class AsyncCarrier:
    async def send(self, request: Request) -> Response:
        return Response(200)


class Journal:
    def record(self, line: str) -> None: ...


class AsyncJournal:
    async def record(self, line: str) -> None: ...


def clients() -> None:
    Trunkline(rentnumber={"api_key": "…", "rate_limit": "60/60"}, transport=Carrier(), journal=Journal())
    Trunkline(transport=lambda request: Response(200))
    Trunkline(accounts={"second": {"provider": "vonage", "api_key": "…"}}, transport=trunkline.sandbox())
    AsyncTrunkline(transport=AsyncCarrier(), journal=AsyncJournal())
    AsyncTrunkline(transport=Carrier(), journal=Journal())
    Trunkline(journal="purchases")
    AsyncTrunkline(journal=Path("purchases"))


def purchases(client: Trunkline) -> None:
    assert_type(client.open_purchases(), list[trunkline.OpenPurchase])
    for purchase in client.recover():
        assert_type(purchase, trunkline.RecoveredPurchase)
        assert_type(purchase.outcome, Literal["bought", "not_bought", "unknown"])
        assert_type(purchase.at, datetime)


async def recovered(client: AsyncTrunkline) -> None:
    async for purchase in client.recover():
        assert_type(purchase.value, str | None)


def events(client: Trunkline, other: AsyncTrunkline, body: bytes) -> None:
    headers = {"x-sinch-signature": "00"}
    event = trunkline.parse_event("sinch", body=body, headers=headers, secret="s", algorithm="hmac_sha1")
    trunkline.parse_event("voepy", body=body, headers=[("a", "b")], verifier=lambda request: request.body == b"")
    assert_type(event, trunkline.Event | None)
    if event is not None:
        assert_type(event.kind, Literal["message", "number", "other"])
        assert_type(event.sender, str | None)
        assert_type(event.native, dict[str, Any])
        assert_type(client.feed(event), list[trunkline.Event])
        assert_type(other.feed(event), list[trunkline.Event])


def errors(error: trunkline.TrunklineError) -> None:
    assert_type(error.retry_after, float | None)
    assert_type(error.candidates, list[str])
    assert_type(error.response, Response | None)
    late: TimeoutError = trunkline.TimedOut("late")
    del late


def sandboxes() -> None:
    assert_type(trunkline.sandbox().client(), Trunkline)
    with trunkline.sandbox_server() as server:
        assert_type(server.async_client(), AsyncTrunkline)
        assert_type(server.url, str)
