"""Clients: accounts, options, and what goes wrong before anything is sent."""

from __future__ import annotations

import asyncio
import copy
import math
import pickle
from typing import Any

import pytest
from secrets_shown import in_text

import trunkline
from trunkline import AsyncTrunkline, InvalidInput, Trunkline

KEY = {"api_key": "rn_your_key_here"}
BOTH = pytest.mark.parametrize("kind", [Trunkline, AsyncTrunkline])


def refuse(request: trunkline.Request) -> trunkline.Response:
    raise AssertionError("nothing is to be sent")


@BOTH
def test_a_client_shows_names_of_accounts_and_no_setting(kind: Any) -> None:
    accounts = trunkline.sandbox().accounts
    client = kind(accounts=accounts)
    assert repr(client) == f"<{kind.__name__} with accounts: rentnumber, sinch, tempnumber, voepy, vonage>"
    shown = [client, client.rentnumber, client.rentnumber.rent, client._core, client._host, client.vonage.buy_number]
    assert in_text(" ".join(f"{it} {it!r}" for it in shown), accounts, "a repr") == []


@BOTH
@pytest.mark.parametrize("how", [pickle.dumps, copy.copy, copy.deepcopy])
def test_a_client_cannot_be_pickled_or_copied_and_says_why(kind: Any, how: Any) -> None:
    with pytest.raises(TypeError, match=f"a {kind.__name__} cannot be pickled or copied: it holds credentials"):
        how(kind(rentnumber=KEY))


@BOTH
def test_without_accounts_they_come_from_the_environment(kind: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRUNKLINE_RENTNUMBER_API_KEY", "rn_your_key_here")
    monkeypatch.setenv("TRUNKLINE_VONAGE_API_KEY", "abcd1234")
    monkeypatch.setenv("TRUNKLINE_VONAGE_API_SECRET", "ABCDEFGH01234abc")
    assert "with accounts: rentnumber, vonage" in repr(kind())
    # Explicit accounts are all there are, unless both are asked for. RentNumber has one always: some calls need no key.
    voepy = {"api_key": "k", "base_url": "https://voepy.example"}
    assert repr(kind(voepy=voepy)).endswith("accounts: rentnumber, voepy>")
    assert repr(kind(accounts={"mine": {"provider": "voepy", **voepy}})).endswith("accounts: mine, rentnumber>")
    assert repr(kind(rentnumber=KEY, environment=True)).endswith("accounts: rentnumber, vonage>")
    assert repr(kind(environment=False)).endswith("accounts: rentnumber>")


def test_what_is_given_wins_over_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRUNKLINE_RENTNUMBER_API_KEY", "from_environment")
    sent = []

    def note(request: trunkline.Request) -> trunkline.Response:
        sent.append(dict(request.headers)["x-api-key"])
        return trunkline.Response(200, [], b'{"success":true,"balance":1,"currency":"NGN"}')

    Trunkline(rentnumber=KEY, environment=True, transport=note).rentnumber.get_balance()
    Trunkline(transport=note).rentnumber.get_balance()
    assert sent == ["rn_your_key_here", "from_environment"]


@BOTH
@pytest.mark.parametrize(
    ("options", "field"),
    [
        ({"rentnumber": {"api_kee": "k"}}, "rentnumber.api_kee"),
        ({"vonage": {"api_key": "k"}}, "vonage.api_secret"),
        ({"voepy": {"api_key": "k"}}, "voepy.base_url"),
        ({"rentnumber": {**KEY, "base_url": "http://example.com"}}, "rentnumber.base_url"),
        ({"rentnumber": {**KEY, "rate_limit": "often"}}, "rentnumber.rate_limit"),
        ({"accounts": {"second": {"provider": "nobody"}}}, "second.provider"),
    ],
)
def test_a_wrong_setting_is_named_when_the_client_is_made(kind: Any, options: Any, field: str) -> None:
    with pytest.raises(InvalidInput) as raised:
        kind(**options)
    assert (raised.value.field, raised.value.delivery) == (field, "not_sent")


@BOTH
def test_a_setting_that_no_json_can_carry_is_an_error_of_ours_without_its_value(kind: Any) -> None:
    with pytest.raises((InvalidInput, TypeError)) as raised:
        kind(rentnumber={"api_key": object()})
    assert "0x" not in str(raised.value)


def test_a_provider_without_an_account_says_how_to_give_one() -> None:
    with pytest.raises(InvalidInput, match="vonage") as raised:
        Trunkline(rentnumber=KEY, transport=refuse).vonage.get_balance()
    assert raised.value.delivery == "not_sent"


@BOTH
def test_what_is_no_provider_is_an_attribute_error_that_lists_them(kind: Any) -> None:
    with pytest.raises(AttributeError, match="has no 'twilio'; there are: tempnumber, rentnumber, sinch,"):
        kind(rentnumber=KEY).twilio
    assert not hasattr(kind(rentnumber=KEY), "__len__")
    with pytest.raises(AttributeError, match="buy_nubmer"):
        kind(rentnumber=KEY).vonage.buy_nubmer


@BOTH
def test_parameters_go_by_name_only(kind: Any) -> None:
    with pytest.raises(TypeError, match="positional"):
        kind(rentnumber=KEY).rentnumber.rent(42)
    with pytest.raises(TypeError, match="pricing_id"):
        kind(rentnumber=KEY).rentnumber.rent()
    with pytest.raises(TypeError, match="idempotency_key"):
        kind(rentnumber=KEY).rentnumber.rent(pricing_id=42, idempotency_key="ignored by the provider")


@pytest.mark.parametrize("value", [object(), {1, 2j}, math.nan, 1j])
def test_a_parameter_that_json_cannot_carry_is_named(value: Any) -> None:
    client = Trunkline(rentnumber=KEY, transport=refuse)
    with pytest.raises(InvalidInput) as raised:
        client.rentnumber.rent(pricing_id=value)
    assert (raised.value.field, raised.value.operation) == ("pricing_id", "rentnumber.rent")


@pytest.mark.parametrize("timeout", [math.nan, -1, math.inf, -math.inf])
@pytest.mark.parametrize("of_the_client", [True, False])
def test_a_timeout_that_is_no_time_is_refused_before_anything_is_sent(timeout: float, of_the_client: bool) -> None:
    mine, calls = ({"timeout": timeout}, {}) if of_the_client else ({}, {"timeout": timeout})
    with pytest.raises(InvalidInput) as raised:
        Trunkline(rentnumber=KEY, transport=refuse, **mine).rentnumber.get_balance(**calls)
    assert raised.value.field == "timeout"


def test_a_timeout_of_the_call_wins_over_that_of_the_client_which_wins_over_ours() -> None:
    left: list[float] = []

    def note(request: trunkline.Request) -> trunkline.Response:
        left.append(request.timeout)
        raise trunkline.NotSent("enough")

    def call(client: Any, **options: Any) -> float:
        with pytest.raises(trunkline.TrunklineError):
            client.rentnumber.get_balance(attempts=1, **options)
        return round(left[-1])

    sure, mine = Trunkline(rentnumber=KEY, transport=note), Trunkline(rentnumber=KEY, transport=note, timeout=5)
    assert call(mine) == 5
    assert call(mine, timeout=2) == 2
    assert call(sure) > 5


@pytest.mark.parametrize("attempts", [-1, 2**40])
def test_attempts_that_are_no_count_are_refused(attempts: int) -> None:
    with pytest.raises(InvalidInput) as raised:
        Trunkline(rentnumber=KEY, transport=refuse).rentnumber.get_balance(attempts=attempts)
    assert raised.value.field == "attempts"


def test_an_account_is_chosen_by_its_name() -> None:
    first, second = trunkline.sandbox(), trunkline.sandbox()
    accounts = {**first.accounts, "second": {"provider": "vonage", **second.accounts["vonage"]}}
    client = Trunkline(accounts=accounts, transport=first)
    assert client.vonage.get_balance(account="second") == client.vonage.get_balance()
    with pytest.raises(InvalidInput, match="third") as raised:
        client.vonage.get_balance(account="third")
    assert raised.value.field == "account"


def test_a_closed_client_says_so_and_closing_twice_is_fine() -> None:
    with trunkline.sandbox().client() as client:
        client.vonage.get_balance()
    client.close()
    with pytest.raises(RuntimeError, match="this client is closed: make another"):
        client.vonage.get_balance()
    with pytest.raises(RuntimeError, match="closed"):
        client.request("vonage", "GET", "/account/get-balance")
    assert "Trunkline" in repr(client)


def test_a_closed_asyncio_client_says_so() -> None:
    async def main() -> None:
        async with trunkline.sandbox().async_client() as client:
            await client.vonage.get_balance()
        await client.aclose()
        with pytest.raises(RuntimeError, match="this client is closed: make another"):
            await client.vonage.get_balance()

    asyncio.run(main())
