"""Events that came to a server of one's own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta, timezone
from math import isfinite
from time import time_ns
from typing import Any, NamedTuple

import msgspec

from trunkline import _native
from trunkline._codec import decode, encode
from trunkline._types import Secret
from trunkline.errors import InvalidInput, TrunklineError
from trunkline.events import Event, SignatureAlgorithm

__all__ = ["EventRequest", "parse_event"]

_EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)


class EventRequest(NamedTuple):
    """A request as it came, for a verifier of your own."""

    method: str
    """In capitals."""

    query: str
    """What stands behind the `?` of the URL, not decoded."""

    headers: list[tuple[str, str]]
    """All of them, in the order in which they came."""

    body: bytes
    """Its bytes."""


def parse_event(
    provider: str,
    *,
    body: bytes,
    headers: Mapping[str, str] | Iterable[tuple[str, str]],
    query: str = "",
    method: str = "POST",
    secret: str | Secret | None = None,
    secrets: Sequence[str | Secret] | None = None,
    algorithm: SignatureAlgorithm | None = None,
    tolerance: float | None = None,
    signs_nothing: bool = False,
    verifier: Callable[[EventRequest], bool] | None = None,
    now: datetime | None = None,
) -> Event | None:
    """Checks and reads what a provider sent to your server by itself; hand the request over as it came.

        event = trunkline.parse_event("sinch", body=await request.body(), headers=request.headers, secret=secret)

    None is no event, but a provider's look whether anybody answers: answer 200. On an Unauthenticated error answer 401, on
    any other 400: what is not taken comes again for a day or so. Say one of `secret`, `verifier` and `signs_nothing`.

    Args:
        provider: sinch, voepy or vonage.
        body: The bytes as they came: the signature is over them.
        headers: A mapping whose `items()` has repeated ones too, or pairs.
        query: What stands behind the `?` of the URL, not decoded. Vonage sends by GET where it is set so.
        secret: What the account signs its events with.
        secrets: Several, while one replaces another.
        algorithm: How the account signs, where its provider has several ways (Vonage).
        tolerance: How many seconds old an event may be that has its time signed; by default what the provider's retries
            take.
        signs_nothing: The account signs nothing: whoever knows the URL can send events.
        verifier: A function of your own in place of the signature; true takes the event.
        now: The time, for tests.
    """
    request = EventRequest(_text("method", method).upper(), _text("query", query), _pairs(headers), _bytes(body))
    if secret is not None:
        if secrets is not None:
            raise _wrong("secrets", "give secret or secrets, not both")
        secrets = [secret]
    elif isinstance(secrets, (str, bytes)):
        raise _wrong("secrets", "it is a list; one alone is secret=")
    if tolerance is not None and not isfinite(tolerance):
        raise _wrong("tolerance", "it is a number of seconds, 0 or more")
    said: dict[str, Any] = {"secrets": secrets, "algorithm": algorithm, "tolerance": tolerance}
    said["signs_nothing"] = signs_nothing or None
    said["verified"] = None if verifier is None else _verified(verifier, request)
    verification = encode("parse_event", said).decode()
    event = _native.parse_event(_text("provider", provider), *request, verification, _nanos(now))
    return None if event is None else decode(Event, event)


def written(event: object) -> bytes:
    """An event as the core reads it."""
    if isinstance(event, Event):
        return msgspec.json.encode(event)
    raise _wrong("event", f"it must be a trunkline.Event, and is {type(event).__qualname__}", "feed")


def _wrong(field: str, problem: str, operation: str = "parse_event") -> TrunklineError:
    message = f"{field}: {problem}"
    return InvalidInput(f"{operation}: {message}", operation=operation, message=message, field=field)


def _text(name: str, value: object) -> str:
    if isinstance(value, str):
        return value
    raise _wrong(name, f"it must be a str, and is {type(value).__qualname__}")


def _bytes(body: object) -> bytes:
    if isinstance(body, (bytes, bytearray, memoryview)):
        return bytes(body)
    came = f"it must be the bytes as they came, for the signature is over them, and is {type(body).__qualname__}"
    raise _wrong("body", came)


def _pairs(headers: Any) -> list[tuple[str, str]]:
    pairs: list[tuple[str, str]] = []
    try:
        for name, value in headers.items() if hasattr(headers, "items") else headers:
            pairs.append((_header(name), _header(value)))
    except (TypeError, ValueError):
        raise _wrong("headers", "they must be a mapping, or pairs, of str") from None
    return pairs


def _header(text: object) -> str:
    """ASGI has them as bytes."""
    if isinstance(text, bytes):
        return text.decode("latin-1")
    if isinstance(text, str):
        return text
    raise TypeError


def _verified(verifier: Callable[[EventRequest], bool], request: EventRequest) -> bool:
    taken = verifier(request)
    if isinstance(taken, bool):
        return taken
    if hasattr(taken, "close"):
        taken.close()
    # A coroutine is true, whatever comes of it.
    raise _wrong("verifier", f"it must give True or False, and gave {type(taken).__qualname__}")


def _nanos(now: datetime | None) -> int:
    if now is None:
        return time_ns()
    if now.tzinfo is None:
        raise _wrong("now", "it needs a time zone, as in datetime.now(timezone.utc)")
    return (now - _EPOCH) // timedelta(microseconds=1) * 1000
