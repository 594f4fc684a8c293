"""Results and errors as values: what they are equal to, how they print, and that they travel."""

from __future__ import annotations

import copy
import inspect
import pickle
from datetime import timezone
from decimal import Decimal
from typing import Any

import msgspec
import pytest

import trunkline
from trunkline import Money, Response, Secret, TrunklineError, errors

KINDS = [it for it in vars(errors).values() if inspect.isclass(it) and issubclass(it, TrunklineError) and it.kind]
MODULES = ["tempnumber", "rentnumber", "sinch", "voepy", "vonage", "unified"]


def rental() -> Any:
    return trunkline.sandbox().client().rentnumber.rent(pricing_id=42)


def test_a_result_is_equal_to_its_like_prints_its_fields_and_is_frozen() -> None:
    one, other = rental(), rental()
    assert one == msgspec.structs.replace(other, expires_at=one.expires_at)
    assert one != msgspec.structs.replace(one, rental_id="102")
    assert repr(one).startswith("Rental(rental_id='101', phone_number='+2348012345678', status='waiting', ")
    with pytest.raises(AttributeError, match="immutable"):
        one.status = "cancelled"
    assert len({one, copy.copy(one), copy.deepcopy(one)}) == 1


def test_every_result_class_is_frozen_and_of_keywords_and_is_documented() -> None:
    found = 0
    for module in (getattr(trunkline, name) for name in MODULES):
        for name, cls in vars(module).items():
            if inspect.isclass(cls) and issubclass(cls, msgspec.Struct) and cls.__module__ == module.__name__:
                kinds = {it.kind for it in inspect.signature(cls).parameters.values()}
                assert kinds <= {inspect.Parameter.KEYWORD_ONLY}, cls
                assert cls.__struct_config__.frozen and cls.__doc__ and name in module.__all__, cls
                found += 1
    assert found > 40


@pytest.mark.parametrize("how", [lambda it: pickle.loads(pickle.dumps(it)), copy.copy, copy.deepcopy])
def test_results_and_replies_can_be_pickled_and_copied(how: Any) -> None:
    client = trunkline.sandbox().client()
    answer = client.vonage.search_available.with_response(country="GB")
    assert how(answer) == answer and hash(how(answer.response)) == hash(answer.response)
    assert how(answer.value.items) == answer.value.items
    assert how(Secret("x")) == Secret("x")


def test_money_is_exact_and_times_have_a_zone() -> None:
    got = rental()
    assert (got.cost.amount, str(got.cost)) == (Decimal("450.00"), "450.00 NGN")
    assert str(Money(Decimal("0.10"))) == "0.10"
    assert Money(Decimal("1.0"), "EUR") == Money(Decimal("1.00"), "EUR") != Money(Decimal("1"), "USD")
    assert got.expires_at.tzinfo is timezone.utc


def test_a_word_that_is_new_is_taken() -> None:
    text = b'{"rental_id":"1","status":"on_fire","cost":{"amount":"1"}}'
    assert msgspec.json.decode(text, type=trunkline.rentnumber.Rental).status == "on_fire"


def test_a_secret_is_seen_by_who_exposes_it_and_by_nobody_else() -> None:
    secret = Secret("whsec_1")
    assert (str(secret), repr(secret), f"{secret}", secret.expose()) == ("***", "Secret(***)", "***", "whsec_1")
    assert secret == Secret("whsec_1") != Secret("whsec_2") and secret != "whsec_1"
    assert len({secret, Secret("whsec_1")}) == 1
    made = trunkline.sandbox().client().voepy.create_webhook_subscription(
        target_url="https://example.com/hook", event_types=["*"]
    )
    assert made.signing_secret is not None and made.signing_secret.expose().startswith("whsec_")
    assert "whsec_" not in f"{made}{made!r}"


def test_a_secret_can_be_given_as_a_parameter() -> None:
    client = trunkline.sandbox().client()
    key = "0123456789-0123456789-0123456789-ab"
    assert client.sinch.update_callback_configuration(hmac_secret=Secret(key)).hmac_secret == Secret(key)


def test_a_reply_shows_no_value_and_masks_secrets_in_its_text() -> None:
    reply = Response(200, [("X-Api-Key", "k")], b'{"token": "t-123", "balance": 1}')
    assert repr(reply) == "<Response 200, headers: [x-api-key], 32 bytes>"
    assert reply.headers == [("x-api-key", "k")] and reply.header("X-API-KEY") == "k" and reply.header("x") is None
    assert "t-123" not in reply.text() and "balance" in reply.text()
    assert reply.json() == {"token": "t-123", "balance": 1}
    assert reply == Response(200, (("x-api-key", "k"),), b'{"token": "t-123", "balance": 1}') != Response(201)


def test_every_kind_has_its_class_in_both_places() -> None:
    assert len(KINDS) == 19
    assert [cls.__name__ for cls in KINDS] == ["".join(map(str.capitalize, cls.kind.split("_"))) for cls in KINDS]
    for cls in KINDS:
        assert getattr(trunkline, cls.__name__) is cls and cls.__name__ in errors.__all__ and cls.__doc__
        made = errors.from_json(msgspec.json.encode({"kind": cls.kind, "delivery": "refused"}).decode(), "text", None)
        assert type(made) is cls and made.delivery == "refused" and str(made) == "text"
    assert issubclass(trunkline.TimedOut, TimeoutError) and not issubclass(trunkline.Unreachable, OSError)


@pytest.mark.parametrize("how", [lambda it: pickle.loads(pickle.dumps(it)), copy.copy, copy.deepcopy])
@pytest.mark.parametrize("cls", [TrunklineError, *KINDS])
def test_errors_can_be_pickled_and_copied(how: Any, cls: Any) -> None:
    reply = Response(402, [], b"no")
    error = cls("no money", delivery="refused", code="x", retry_after=1.5, attempts=2, candidates=["1"], response=reply)
    again = how(error)
    assert type(again) is cls and vars(again) == vars(error) and str(again) == "no money"
    assert (again.response, again.retry_after, again.candidates) == (reply, 1.5, ["1"])


def test_an_error_says_what_happened_and_what_to_do() -> None:
    sandbox = trunkline.sandbox({"rentnumber": {"wallet_kobo": 0}})
    with pytest.raises(trunkline.InsufficientFunds) as raised:
        sandbox.client().rentnumber.rent(pricing_id=42)
    error = raised.value
    assert (error.kind, error.delivery, error.operation) == ("insufficient_funds", "refused", "rentnumber.rent")
    assert error.status is not None and error.response is not None and error.response.status == error.status
    assert "rentnumber.rent" in str(error) and "insufficient_funds" in str(error)
    # No frame of the package hides the reason, and nothing is said twice.
    assert error.__cause__ is None and error.__context__ is None
