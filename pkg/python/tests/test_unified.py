"""All providers as one: the operations that are members of the clients."""

from __future__ import annotations

import asyncio
from decimal import Decimal
from typing import Any

import msgspec
import pytest

import trunkline
from trunkline import Money

ALL_FIVE = ["rentnumber", "sinch", "tempnumber", "voepy", "vonage"]


@pytest.fixture
def sandbox() -> trunkline.Sandbox:
    return trunkline.sandbox()


@pytest.fixture
def client(sandbox: trunkline.Sandbox) -> Any:
    with sandbox.client() as client:
        yield client


def offers_of(client: Any, account: str) -> Any:
    return client.search(country="US", service="whatsapp", accounts=[account], limit=3).offers


def test_a_search_finds_what_all_five_sell_and_the_cheapest_in_a_currency_is_first(client: Any) -> None:
    found = client.search(country="US", service="whatsapp")
    assert sorted({offer.account for offer in found.offers}) == ALL_FIVE and found.failures == []
    dollars = [it.price.once.amount for it in found.offers if it.price.once and it.price.once.currency == "USD"]
    assert len(dollars) > 1 and dollars == sorted(dollars)
    offer = found.offers[0]
    assert offer.provider in ALL_FIVE and isinstance(offer.native, dict) and offer.native


def test_a_search_gives_what_each_account_has_as_it_answers(client: Any) -> None:
    parts = list(client.search.all(country="US", service="whatsapp", limit=2))
    assert sorted(part.account for part in parts) == ALL_FIVE
    assert all(len(part.offers) in {1, 2} and part.failure is None for part in parts)


def test_who_fails_is_told_beside_what_the_others_have(sandbox: trunkline.Sandbox) -> None:
    sandbox.add_fault("server_error", provider="sinch")
    client = sandbox.client()
    found = client.search(country="US", service="whatsapp", attempts=1)
    [failure] = found.failures
    assert (failure.account, failure.kind, failure.operation) == ("sinch", "provider_down", "sinch.search_available")
    assert sorted({offer.account for offer in found.offers}) == [it for it in ALL_FIVE if it != "sinch"]
    failed = [part for part in client.search.all(country="US", service="whatsapp", attempts=1) if part.failure]
    assert [(part.account, part.offers, part.failure.kind) for part in failed] == [("sinch", [], "provider_down")]


@pytest.mark.parametrize("account", ALL_FIVE)
def test_a_number_is_found_bought_read_and_released(sandbox: trunkline.Sandbox, account: str) -> None:
    with sandbox.client() as client:
        offer = offers_of(client, account)[0]
        bought = client.buy(offers=[offer.id])
        assert (bought.offer, bought.number.account, bought.passed_over) == (offer.id, account, [])
        number = client.wait_until_active(number=bought.number.id)
        assert client.get_number(number=number.id).phone_number == number.phone_number
        assert number.id in [it.id for it in client.list_numbers(accounts=[account]).numbers]
        can = {it.provider: it.operations for it in client.capabilities().providers}[account]
        if "messages" in can:
            sandbox.receive_sms(account, to=number.phone_number, sender="Acme", text="Your Acme code is 481516")
            [message] = client.messages(number=number.id)
            assert (message.code, message.account) == ("481516", account)
            # RentNumber does not say who sent it.
            assert message.sender == ("Acme" if account == "tempnumber" else None)
        else:
            with pytest.raises(trunkline.Unsupported) as raised:
                client.messages(number=number.id)
            assert raised.value.delivery == "not_sent" and "what can: TempNumber, RentNumber" in str(raised.value)
        assert client.release(number=number.id).status in {"released", "releasing", "cancelled", "refunded", "completed"}
        assert sandbox.state()["providers"][account]["purchases"] == 1


def test_asyncio_does_the_same(sandbox: trunkline.Sandbox) -> None:
    async def main() -> None:
        async with sandbox.async_client() as client:
            parts = [part async for part in client.search.all(country="US", service="whatsapp", limit=1)]
            assert sorted(part.account for part in parts) == ALL_FIVE
            [offer] = [it for part in parts if part.account == "rentnumber" for it in part.offers]
            answer = await client.buy.with_response(offers=[offer.id], max_price=offer.price.once)
            assert answer.response.status in {200, 201} and answer.value.price_checked
            assert (await client.release(number=answer.value.number.id)).refund == offer.price.once

    asyncio.run(main())


def test_an_offer_and_a_number_survive_being_stored(client: Any) -> None:
    offer = offers_of(client, "vonage")[0]
    again = msgspec.json.decode(msgspec.json.encode(offer), type=trunkline.unified.Offer)
    assert again == offer
    number = client.buy(offers=[again.id]).number
    assert msgspec.json.decode(msgspec.json.encode(number), type=trunkline.unified.Number) == number


def test_what_cannot_be_bought_is_passed_over_and_only_one_is_bought(sandbox: trunkline.Sandbox) -> None:
    with sandbox.client() as client:
        first, second, third = offers_of(client, "vonage")
        client.buy(offers=[first.id])
        bought = client.buy(offers=[first.id, second.id, third.id])
        assert bought.offer == second.id
        assert [(it.account, it.delivery) for it in bought.passed_over] == [("vonage", "not_sent")]
        assert sandbox.state()["providers"]["vonage"]["purchases"] == 2


def test_money_is_a_parameter_also_in_lists_of_records(client: Any) -> None:
    cheap = client.search(country="US", service="whatsapp", accounts=["tempnumber"], max_price=Money(Decimal("5"), "USD"))
    assert cheap.offers and all(it.price.once.amount <= 5 for it in cheap.offers)
    rates: list[trunkline.unified.Rate] = [
        {"currency": "NGN", "worth": Money(Decimal("0.00065"), "USD")},
        {"currency": "EUR", "worth": Money(Decimal("1.1"), "USD")},
    ]
    # 1200.00 NGN are 0.78 USD, and 0.67 EUR are 0.737 USD.
    for most, accounts in (("0.73", []), ("0.75", ["vonage"]), ("0.79", ["vonage", "rentnumber"])):
        limit = Money(Decimal(most), "USD")
        found = client.search(
            country="US", service="whatsapp", rates=rates, max_price=limit, accounts=["rentnumber", "vonage"], limit=1
        )
        assert ([offer.account for offer in found.offers], found.failures) == (accounts, [])


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"max_price": "5 USD"}, "max_price"),
        ({"rates": [{"currency": "NGN"}]}, "worth"),
        ({"rates": [{"currency": "NGN", "worth": Money(Decimal(1))}]}, "rates"),
        ({"country": "England"}, "country"),
        ({"digits": {"start": "1", "end": "2"}}, "digits"),
        ({"accounts": ["nobody"]}, "account"),
        ({"limit": Decimal("NaN")}, "limit"),
    ],
)
def test_wrong_input_is_said_before_anything_is_sent(client: Any, wrong: Any, field: str) -> None:
    with pytest.raises(trunkline.InvalidInput) as raised:
        client.search(**{"country": "US", **wrong})
    assert (raised.value.field, raised.value.delivery, raised.value.operation) == (field, "not_sent", "trunkline.search")


def test_a_price_above_the_limit_buys_nothing(sandbox: trunkline.Sandbox) -> None:
    with sandbox.client() as client:
        offer = offers_of(client, "rentnumber")[0]
        with pytest.raises(trunkline.InvalidInput, match="nothing was bought: max_price: it costs") as raised:
            client.buy(offers=[offer.id], max_price=Money(Decimal("0.01"), "NGN"))
        assert (raised.value.field, raised.value.delivery) == ("max_price", "not_sent")
        assert sandbox.state()["providers"]["rentnumber"]["purchases"] == 0


def test_a_lost_purchase_is_not_made_again_nor_another_in_its_place(sandbox: trunkline.Sandbox) -> None:
    with sandbox.client() as client:
        first, second, _ = offers_of(client, "vonage")
        sandbox.add_fault("lost_after_acting", provider="vonage", operation="POST /number/buy")
        sandbox.add_fault("server_error", provider="vonage", operation="GET /account/numbers")
        with pytest.raises(trunkline.PurchaseUnknown) as raised:
            client.buy(offers=[first.id, second.id], timeout=2)
        # Nor is the next offer bought in its place.
        assert (raised.value.delivery, raised.value.operation) == ("unknown", "vonage.buy_number")
        assert sandbox.state()["providers"]["vonage"]["purchases"] == 1


def test_a_wait_takes_the_time_of_one_whatever_the_clients_is(sandbox: trunkline.Sandbox) -> None:
    with sandbox.client(timeout=0.0) as hurried:
        number = sandbox.client().buy(offers=[offers_of(sandbox.client(), "vonage")[0].id]).number
        with pytest.raises(trunkline.TimedOut):
            hurried.get_number(number=number.id)
        assert hurried.wait_until_active(number=number.id).status == "active"
        with pytest.raises(trunkline.TimedOut):
            hurried.wait_until_active(number=number.id, timeout=0)
        rented = sandbox.client().buy(offers=[offers_of(sandbox.client(), "tempnumber")[0].id]).number
        sandbox.receive_sms("tempnumber", to=rented.phone_number, sender="Acme", text="Your code is 481516")
        received = next(hurried.inbox.all(numbers=[rented.id])).message
        assert received is not None and received.code == "481516"


def test_a_message_is_waited_for_by_sender_and_by_what_came_before_it(sandbox: trunkline.Sandbox) -> None:
    with sandbox.client() as client:
        number = client.buy(offers=[offers_of(client, "tempnumber")[0].id]).number
        for sender in ("Other", "Acme"):
            sandbox.receive_sms("tempnumber", to=number.phone_number, sender=sender, text=f"Your {sender} code is 481516")
        message = client.wait_for_message(number=number.id, sender="acme", with_code=True)
        assert (message.sender, message.code) == ("Acme", "481516")
        with pytest.raises(trunkline.TimedOut):
            client.wait_for_message(number=number.id, after=message.received_at, timeout=0)


def test_members_are_found_by_name_and_nothing_else_is(client: Any) -> None:
    assert {"search", "buy", "list_numbers", "rentnumber", "request"} <= set(dir(client))
    assert client.search is client.search
    assert repr(client.search).startswith("<Search of <")
    with pytest.raises(AttributeError, match="has no 'searches'; there are: tempnumber, .*, search, "):
        client.searches
    with pytest.raises(TypeError, match="account"):
        client.buy(offers=["x"], account="vonage")
