"""The five providers, pretended: for tests of your own program, without accounts.

    sandbox = trunkline.sandbox()
    client = sandbox.client()
    rental = client.rentnumber.rent(pricing_id=42)
    sandbox.receive_sms("rentnumber", to=rental.phone_number, sender="Acme", text="Your code is 123456")
"""

from __future__ import annotations

from typing import Any

import msgspec

from trunkline._clients import AsyncTrunkline, Trunkline
from trunkline._native import Sandbox as NativeSandbox
from trunkline._native import Server as NativeServer

__all__ = ["Sandbox", "SandboxServer", "sandbox", "sandbox_server"]


def sandbox(settings: dict[str, Any] | None = None) -> Sandbox:
    """A sandbox in this process. `settings` are those of `trunkline sandbox`: seed, lenient, and one dict a provider."""
    return Sandbox(settings)


def sandbox_server(settings: dict[str, Any] | None = None, *, host: str = "127.0.0.1", port: int = 0) -> SandboxServer:
    """A sandbox behind real sockets, on a port that the system chooses; what speaks HTTP can use it."""
    return SandboxServer(settings, host, port)


class _Sandbox:
    """What can be done to both."""

    _native: NativeSandbox | NativeServer

    @property
    def accounts(self) -> dict[str, dict[str, Any]]:
        """Accounts at the five, as `Trunkline(accounts=…)` takes them."""
        found: dict[str, dict[str, Any]] = msgspec.json.decode(self._native.accounts())
        return found

    def receive_sms(self, provider: str, *, to: str, sender: str, text: str) -> None:
        """An SMS arrives for a number that was bought here."""
        self._control("POST", "messages", {"provider": provider, "to": to, "from": sender, "text": text})

    def script_sms(
        self, provider: str, *, sender: str, text: str, after: float = 0, to: str | None = None
    ) -> None:
        """An SMS arrives by itself: so many seconds after now at the number `to`, or after each purchase at what was bought."""
        script = {"after_ms": round(after * 1000), "from": sender, "text": text, "to": to}
        self._control("POST", "messages", {"provider": provider, "script": script})

    def add_fault(
        self,
        kind: str,
        *,
        provider: str | None = None,
        operation: str | None = None,
        times: int | None = None,
        skip: int | None = None,
        probability: float | None = None,
        delay: float = 1,
        retry_after: int = 1,
    ) -> None:
        """From now on calls go wrong: of `provider`, of `operation` (`POST /rent`), `times` calls after `skip` good ones.

        Kinds: rate_limited_with_retry_after, rate_limited, server_error, bad_gateway_html, lost_before_acting,
        lost_after_acting, acts_late, cut_mid_body, slow, hang, garbage_json, wrong_types, empty_object.
        """
        fault = {
            "kind": kind,
            "provider": provider,
            "operation": operation,
            "times": times,
            "skip": skip,
            "probability": probability,
            "delay_ms": round(delay * 1000),
            "retry_after": retry_after,
        }
        self._control("POST", "faults", fault)

    def clear_faults(self) -> None:
        """No call goes wrong any more."""
        self._control("DELETE", "faults")

    def advance(self, seconds: float) -> None:
        """Lets that much of the providers' time pass: numbers become active, rentals end, scripted SMS arrive."""
        self._control("POST", "advance", {"ms": round(seconds * 1000)})

    def state(self) -> dict[str, Any]:
        """What the providers hold: wallets, stock, numbers."""
        return self._control("GET", "state")

    def _control(self, method: str, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        sent = b"" if body is None else msgspec.json.encode(body)
        answer: dict[str, Any] = msgspec.json.decode(self._native.control(method, path, sent))
        return answer


class Sandbox(_Sandbox):
    """A sandbox in this process; made by `trunkline.sandbox()`. It is a transport."""

    _native: NativeSandbox

    def __init__(self, settings: dict[str, Any] | None = None) -> None:
        self._native = NativeSandbox(None if settings is None else msgspec.json.encode(settings).decode())

    def client(self, **options: Any) -> Trunkline:
        """A client with an account at each of the five; `options` are those of Trunkline."""
        return Trunkline(accounts=self.accounts, transport=self, **options)

    def async_client(self, **options: Any) -> AsyncTrunkline:
        """As `client`, for asyncio."""
        return AsyncTrunkline(accounts=self.accounts, transport=self, **options)


class SandboxServer(_Sandbox):
    """A sandbox behind real sockets; made by `trunkline.sandbox_server()`. Close it, or use it in a `with`."""

    _native: NativeServer

    def __init__(self, settings: dict[str, Any] | None = None, host: str = "127.0.0.1", port: int = 0) -> None:
        self._native = NativeServer(None if settings is None else msgspec.json.encode(settings).decode(), host, port)

    @property
    def url(self) -> str:
        """Where it is. Each provider is below it, at its slug; `/_sandbox` is the sandbox itself."""
        return self._native.url

    def client(self, **options: Any) -> Trunkline:
        """A client with an account at each of the five; `options` are those of Trunkline."""
        return Trunkline(accounts=self.accounts, **options)

    def async_client(self, **options: Any) -> AsyncTrunkline:
        """As `client`, for asyncio."""
        return AsyncTrunkline(accounts=self.accounts, **options)

    def close(self) -> None:
        """Ends it, with its connections."""
        self._native.close()

    def __enter__(self) -> SandboxServer:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
