"""Carrying requests in another way than the built-in one.

A transport is a callable, or an object with a method `send`, from a Request to a Response. It sends body and headers as
they are, follows no redirect, keeps to `request.timeout`, and raises NotSent only when the request certainly never left.
Whatever else it raises counts as lost.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from typing import Protocol, TypeAlias

    from trunkline._native import Http, Outcome, Request, Response
    from trunkline._native import Sandbox as NativeSandbox

    class Sending(Protocol):
        """An object that sends, blocking."""

        def send(self, request: Request, /) -> Response:
            """Sends, and gives the whole reply."""

    class AsyncSending(Protocol):
        """An object that sends, awaited."""

        def send(self, request: Request, /) -> Awaitable[Response]:
            """Sends, and gives the whole reply."""

    class NativeTransport(Protocol):
        """What this package brings itself, as the sandbox is."""

        @property
        def _native(self) -> Http | NativeSandbox: ...

    SyncTransport: TypeAlias = Callable[[Request], Response] | Sending | NativeTransport
    AnyTransport: TypeAlias = SyncTransport | Callable[[Request], Awaitable[Response]] | AsyncSending
    Send: TypeAlias = Callable[[Request], Response | Awaitable[Response]]


class NotSent(Exception):
    """For a transport to raise: the request certainly never left. Its text says why, and holds no secret."""


class WrongReply(TypeError):
    """A transport gave something else than a reply. The text is ours, and can be shown."""


def native(transport: AnyTransport | None) -> Http | NativeSandbox | None:
    """The built-in transport, unless another is given."""
    if transport is None:
        from trunkline._native import Http

        return Http()
    found: Http | NativeSandbox | None = getattr(transport, "_native", None)
    return found


def sender(transport: AnyTransport, awaited: bool) -> Send:
    """How to send with one of the user's own; `awaited`: by a client that can await it."""
    send: Send | None = getattr(transport, "send", None)
    if send is None and callable(transport):
        send = transport
    if send is None or not callable(send):
        raise TypeError(f"transport: {type(transport).__qualname__} is neither callable nor has a method send(request)")
    if not awaited and asynchronous(send):
        raise TypeError(f"transport: {type(transport).__qualname__} is asynchronous: it needs AsyncTrunkline")
    return send


def asynchronous(send: object) -> bool:
    """Whether calling it gives a coroutine."""
    from inspect import iscoroutinefunction

    return iscoroutinefunction(send) or iscoroutinefunction(getattr(send, "__call__", None))


def failure(error: BaseException) -> Outcome:
    """What a transport raised, as an outcome. Only NotSent is taken at its word; texts of other exceptions may quote
    URLs and headers, and with them credentials: their type must do."""
    from trunkline._native import lost, not_sent

    if isinstance(error, NotSent):
        return not_sent(str(error) or "the transport says that it was not sent")
    if isinstance(error, WrongReply):
        return lost(str(error))
    return lost(f"the transport raised {type(error).__module__}.{type(error).__qualname__}")
