"""Events that providers send: checked, read, handed to whoever waits for them."""

from __future__ import annotations

import asyncio
import json
import pickle
import threading
from datetime import datetime, timedelta, timezone
from typing import Any
from urllib.parse import urlencode

import msgspec
import pytest
from scripts import ROOT

import trunkline

CASES: list[dict[str, Any]] = json.loads((ROOT / "tests" / "events.json").read_text("utf-8"))
SINCH, SHA256 = CASES[0], next(case for case in CASES if case["algorithm"] == "hmac_sha256")


def parse(case: dict[str, Any], **other: Any) -> trunkline.Event | None:
    """A case as it came, but for what is said."""
    given: dict[str, Any] = {name: case[name] for name in ("method", "query", "headers", "secret", "algorithm")}
    given |= {"body": case["body"].encode(), "now": datetime.fromisoformat(case["now"].replace("Z", "+00:00"))}
    return trunkline.parse_event(case["provider"], **given | other)


def sms(text: str, message: str = "m-1", **more: str) -> trunkline.Event:
    """An SMS that nobody has signed."""
    sent = {"messageId": message, "to": "447700900000", "msisdn": "447700900001", "text": text, **more}
    event = trunkline.parse_event("vonage", body=urlencode(sent).encode(), headers={}, signs_nothing=True)
    assert event is not None
    return event


def part(number: int, total: int, text: str) -> trunkline.Event:
    concat = {"concat": "true", "concat-ref": "7", "concat-total": str(total), "concat-part": str(number)}
    return sms(text, f"part-{number}", **concat)


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_what_is_rightly_signed_is_read(case: dict[str, Any]) -> None:
    event = parse(case)
    assert event is not None
    wanted = case["event"]
    got = {name: getattr(event, name) for name in wanted}
    assert event.occurred_at is not None
    got["occurred_at"] = event.occurred_at.strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"
    assert got == wanted
    assert event.raw == [case["body"] or case["query"]]


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_what_was_changed_or_is_not_signed_is_refused(case: dict[str, Any]) -> None:
    where = "body" if case["body"] else "query"
    changed = case[where].replace("SUCCEEDED", "FAILED").replace("Hello", "HELLO")
    assert changed != case[where]
    for other in (
        {where: changed.encode() if where == "body" else changed},
        {"headers": [pair for pair in case["headers"] if "ignature" not in pair[0]], "secret": "another"},
        {"secrets": ["another", "third"], "secret": None},
    ):
        with pytest.raises(trunkline.Unauthenticated) as refused:
            parse(case, **other)
        assert refused.value.operation == "parse_event" and case["secret"] not in str(refused.value)


def test_what_was_signed_too_long_ago_is_refused() -> None:
    sent = datetime(2020, 1, 1, 12, tzinfo=timezone.utc)
    assert parse(SHA256, now=sent + timedelta(hours=24))
    assert parse(SHA256, now=sent + timedelta(seconds=60), tolerance=60)
    for late in ({"now": sent + timedelta(hours=25)}, {"now": sent + timedelta(seconds=61), "tolerance": 60.0}, {"now": None}):
        with pytest.raises(trunkline.Unauthenticated, match="too long ago"):
            parse(SHA256, **late)


def test_two_secrets_while_one_replaces_the_other() -> None:
    event = parse(SINCH, secret=None, secrets=("new", trunkline.Secret(SINCH["secret"])))
    assert event and event.trust == "signed"


def test_headers_come_as_frameworks_have_them_and_repeated_ones_are_seen() -> None:
    name, value = SINCH["headers"][0]
    for headers in ({name.lower(): value}, [(name, value)], [(name.encode(), value.encode())], iter([[name, value]])):
        assert parse(SINCH, headers=headers)
    with pytest.raises(trunkline.InvalidInput, match="more than once"):
        parse(SINCH, headers=[(name, value), (name.upper(), value)])
    with pytest.raises(trunkline.Unauthenticated):
        parse(SINCH, headers={})


def test_a_providers_look_whether_anybody_answers_is_no_event() -> None:
    assert trunkline.parse_event("vonage", method="GET", body=b"", headers={}, secret="s", algorithm="hmac_md5") is None


def test_a_verifier_of_ones_own_decides_and_sees_the_request() -> None:
    seen: list[trunkline.EventRequest] = []

    def verifier(request: trunkline.EventRequest) -> bool:
        seen.append(request)
        return request.body == str(SINCH["body"]).encode()

    own: dict[str, Any] = {"secret": None, "verifier": verifier}
    event = parse(SINCH, **own)
    assert event and event.trust == "signed"
    with pytest.raises(trunkline.Unauthenticated, match="own verifier"):
        parse(SINCH, body=b"{}", **own)
    assert seen[0] == ("POST", "", [tuple(SINCH["headers"][0])], SINCH["body"].encode())

    async def later(_: trunkline.EventRequest) -> bool:
        return False

    with pytest.raises(trunkline.InvalidInput, match="True or False, and gave coroutine"):
        parse(SINCH, secret=None, verifier=later)


@pytest.mark.parametrize(
    ("other", "field", "advice"),
    [
        ({"secret": None}, "verification", "give the secret that the account signs with"),
        ({"signs_nothing": True}, "verification", "one of the three"),
        ({"verifier": lambda _: True}, "verification", "one of the three"),
        ({"secrets": ["hunter2"]}, "secrets", "give secret or secrets, not both"),
        ({"secret": None, "secrets": "hunter2"}, "secrets", "it is a list; one alone is secret="),
        ({"secret": ""}, "secrets", "not empty"),
        ({"secret": 7}, "secrets[0]", "expected a string"),
        ({"body": SINCH["body"]}, "body", "the bytes as they came, for the signature is over them, and is str"),
        ({"headers": {"x": None}}, "headers", "a mapping, or pairs, of str"),
        ({"headers": "x: y"}, "headers", "a mapping, or pairs, of str"),
        ({"query": b"a=b"}, "query", "it must be a str, and is bytes"),
        ({"algorithm": "sha1"}, "algorithm", "it is one of md5_hash, hmac_md5"),
        ({"tolerance": float("inf")}, "tolerance", "a number of seconds, 0 or more"),
        ({"tolerance": -1}, "tolerance", "a number of seconds, 0 or more"),
        ({"now": datetime(2026, 1, 1)}, "now", "it needs a time zone"),
    ],
)
def test_wrong_input_says_what_to_write(other: dict[str, Any], field: str, advice: str) -> None:
    with pytest.raises(trunkline.InvalidInput) as refused:
        parse(SINCH, **other)
    error = refused.value
    assert (error.field, error.operation, error.delivery) == (field, "parse_event", "not_sent")
    assert advice in str(error) and "hunter2" not in str(error) and SINCH["secret"] not in str(error)


def test_other_requests_and_providers_are_refused_by_what_they_are() -> None:
    with pytest.raises(trunkline.Malformed):
        trunkline.parse_event("sinch", body=b"<html>", headers={}, signs_nothing=True)
    with pytest.raises(trunkline.Unsupported, match="ask it, with wait"):
        trunkline.parse_event("tempnumber", body=b"{}", headers={}, signs_nothing=True)
    with pytest.raises(trunkline.InvalidInput, match="sinch, voepy or vonage"):
        trunkline.parse_event("nexmo", body=b"{}", headers={}, signs_nothing=True)


def test_an_event_that_was_stored_is_fed_as_it_was() -> None:
    event = sms("Your code is 482056")
    assert (event.trust, event.code, event.phone_number) == ("unsigned", "482056", "+447700900000")
    stored = msgspec.json.decode(msgspec.json.encode(event), type=trunkline.Event)
    assert stored == event == pickle.loads(pickle.dumps(event))
    with trunkline.sandbox().client() as client:
        assert client.feed(stored) == [event]


def test_what_came_before_is_dropped_and_parts_are_one_message() -> None:
    with trunkline.sandbox().client() as client:
        assert [len(client.feed(sms("once"))), len(client.feed(sms("once")))] == [1, 0]
        assert client.feed(part(3, 3, "056")) == client.feed(part(1, 3, "Your co")) == []
        [whole] = client.feed(part(2, 3, "de is 482"))
        assert (whole.text, whole.code, len(whole.raw)) == ("Your code is 482056", "482056", 3)
        assert (whole.native["part"], whole.native["missing_parts"]) == (None, 0)


def test_feed_wakes_who_waits_in_another_thread() -> None:
    with trunkline.sandbox().client() as client:
        threading.Timer(0.2, lambda: client.feed(sms("Your code is 482056"))).start()
        message = client.wait_for_message(number="vonage:GB:447700900000", timeout=20)
    assert (message.code, message.sender, message.provider) == ("482056", "447700900001", "vonage")


def test_feed_wakes_who_waits_on_asyncio() -> None:
    async def program() -> Any:
        async with trunkline.sandbox().async_client() as client:
            waiting = asyncio.ensure_future(client.wait_for_message(number="vonage:GB:447700900000", timeout=20))
            await asyncio.sleep(0.1)
            assert len(client.feed(sms("Your code is 482056"))) == 1
            return await waiting

    assert asyncio.run(program()).code == "482056"


def test_what_is_no_event_is_not_fed() -> None:
    with trunkline.sandbox().client() as client:
        for wrong in (None, {"provider": "vonage"}, "{}"):
            with pytest.raises(trunkline.InvalidInput, match=r"it must be a trunkline\.Event, and is "):
                client.feed(wrong)  # type: ignore[arg-type]
        spoilt = msgspec.structs.replace(sms("x"), native={})
        with pytest.raises(trunkline.InvalidInput, match="native: missing field `message_id`"):
            client.feed(spoilt)
    with pytest.raises(RuntimeError, match="closed"):
        client.feed(sms("x"))
