"""A gateway in a server of one's own: listed operations for pages and programs that must not hold the accounts' keys.

    from trunkline.gateway import gateway

    app = FastAPI()
    app.mount("/gateway", gateway(trunkline.AsyncTrunkline(), {"tokens": [token], "operations": ["rentnumber.*"]}))

It is an ASGI application, for Starlette, FastAPI, Django, Litestar, or a server alone; mounted as here it is at
`/gateway/`. Who is let in is the native core's to say: this carries bytes, keeps time, and runs what was let in with the
client's accounts, limits and journal. What it speaks is described in `crates/core/src/gateway/mod.rs`.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping, Sequence
from typing import Any, TypeAlias, TypedDict

from trunkline import AsyncTrunkline, Secret
from trunkline._asyncio import items, run
from trunkline._codec import encode
from trunkline._native import Admitted
from trunkline._native import Gateway as NativeGateway

__all__ = ["Gateway", "Policy", "gateway"]

Scope: TypeAlias = MutableMapping[str, Any]
Message: TypeAlias = MutableMapping[str, Any]
Receive: TypeAlias = Callable[[], Awaitable[Message]]
Send: TypeAlias = Callable[[Message], Awaitable[None]]

# Method, target, headers.
_Head: TypeAlias = tuple[str, str, list[tuple[str, str]]]


class _Needed(TypedDict):
    tokens: Sequence[str | Secret]
    """Each of these lets in: at least 16 printable ASCII characters, better 32 random ones."""

    operations: Sequence[str]
    """What may be run: `rentnumber.rent`, or `rentnumber.*` for everything there that only reads and returns no secret.
    What changes or spends anything, and what returns a secret, runs only where it is listed by its own name."""


class Policy(_Needed, total=False):
    """What a gateway allows; nothing is allowed that is not said. Durations are seconds."""

    origins: Sequence[str]
    """Pages from these origins may call: `https://app.example.com`, letter by letter as browsers send it."""

    accounts: Sequence[str]
    """Accounts that may be used. By default nobody may name one, and each provider's own is used."""

    path: str
    """Where the gateway is, below where it is mounted; `/` unless said."""

    body_limit: int
    """The longest request in bytes; 1 MiB unless said."""

    body_timeout: float
    """How long a request's body may take to come; 10 unless said."""

    max_timeout: float
    """No call takes longer (of a list: no page); 300 unless said."""

    max_purchases: int
    """How many purchases there may be in any period; none unless said. An order of several numbers is as many."""

    period: float
    """A day unless said. What was spent before the program started is not known."""


def gateway(client: AsyncTrunkline, policy: Policy) -> Gateway:
    """A gateway with the accounts of that client. Raises InvalidInput where something is wrong with the policy."""
    return Gateway(client, policy)


class Gateway:
    """A gateway; made by `gateway()`. It is an ASGI application."""

    def __init__(self, client: AsyncTrunkline, policy: Policy) -> None:
        if not isinstance(client, AsyncTrunkline):
            raise TypeError(f"gateway: it needs an AsyncTrunkline, not a {type(client).__qualname__}")
        self._client = client
        self._policy = encode("gateway", dict(policy)).decode()
        self._lasting: set[asyncio.Task[bytes]] = set()
        self._open()

    def _open(self) -> None:
        self._core = self._client._core
        self._native = NativeGateway(self._core, self._policy)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] == "http":
            await self._answer(_head(scope), receive, send)
        else:
            await send({"type": "websocket.close"})

    async def finish(self) -> None:
        """Ends when nothing is under way any more that changes or spends anything. For the end of the program."""
        while self._lasting:
            await asyncio.wait(self._lasting)

    async def _live(self, receive: Receive, send: Send) -> None:
        """Of a server that serves nothing else."""
        await receive()
        await send({"type": "lifespan.startup.complete"})
        await receive()
        await self.finish()
        await send({"type": "lifespan.shutdown.complete"})

    async def _answer(self, head: _Head, receive: Receive, send: Send) -> None:
        self._client._check_open()
        # After a fork the client has another.
        if self._core is not self._client._core:
            self._open()
        refused = self._native.check(*head)
        if refused is not None:
            await _whole(send, *refused)
            return
        limit, seconds = self._native.limits
        try:
            body = await asyncio.wait_for(_body(receive, limit), seconds)
        except asyncio.TimeoutError:
            await _whole(send, *self._native.refuse("late", *head))
            return
        if body is None:
            # Nobody waits for an answer.
            return
        admitted = self._native.admit(self._client._now(), *head, body)
        if not isinstance(admitted, Admitted):
            await _whole(send, *admitted)
        elif admitted.lines:
            await self._lines(admitted, receive, send)
        else:
            await self._run(admitted, receive, send)

    async def _run(self, admitted: Admitted, receive: Receive, send: Send) -> None:
        running = asyncio.create_task(self._result(admitted))
        if admitted.lasting:
            # On a task of its own, so that a page that is closed leaves no purchase half made.
            self._lasting.add(running)
            running.add_done_callback(self._lasting.discard)
            text = await asyncio.shield(running)
        else:
            gone = asyncio.create_task(_gone(receive))
            try:
                await asyncio.wait({running, gone}, return_when=asyncio.FIRST_COMPLETED)
                if not running.done():
                    return
                text = running.result()
            finally:
                running.cancel()
                gone.cancel()
        await _whole(send, 200, admitted.headers, text)

    async def _result(self, admitted: Admitted) -> bytes:
        body, _ = await run(*self._client._start(admitted.flow, admitted.operation))
        return body

    async def _lines(self, admitted: Admitted, receive: Receive, send: Send) -> None:
        lines = items(*self._client._start(admitted.flow, admitted.operation))
        gone = asyncio.create_task(_gone(receive))
        try:
            await send(_start(200, admitted.headers))
            while not gone.done():
                following = asyncio.ensure_future(anext(lines))
                await asyncio.wait({following, gone}, return_when=asyncio.FIRST_COMPLETED)
                if not following.done():
                    following.cancel()
                    await asyncio.wait({following})
                    break
                try:
                    line = following.result()
                except StopAsyncIteration:
                    await send({"type": "http.response.body", "body": b""})
                    return
                await send({"type": "http.response.body", "body": line, "more_body": True})
        finally:
            gone.cancel()
            await lines.aclose()


def _head(scope: Scope) -> _Head:
    """As it came, without the path under which it is mounted."""
    path: bytes = scope.get("raw_path") or scope["path"].encode()
    target = path.removeprefix(scope.get("root_path", "").encode()) or b"/"
    if scope["query_string"]:
        target += b"?" + scope["query_string"]
    headers = [(name.decode("latin-1"), value.decode("latin-1")) for name, value in scope["headers"]]
    return scope["method"], target.decode("latin-1"), headers


async def _body(receive: Receive, limit: int) -> bytes | None:
    """One byte more than is allowed is enough to see that it is too much. None where the page has gone."""
    body = bytearray()
    while len(body) <= limit:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        body += message.get("body", b"")
        if not message.get("more_body", False):
            break
    return bytes(body[: limit + 1])


async def _gone(receive: Receive) -> None:
    """Ends when nobody waits for the answer any more."""
    while (await receive())["type"] != "http.disconnect":
        pass


def _start(status: int, headers: list[tuple[str, str]]) -> Message:
    pairs = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers]
    return {"type": "http.response.start", "status": status, "headers": pairs}


async def _whole(send: Send, status: int, headers: list[tuple[str, str]], text: str | bytes) -> None:
    body = text.encode() if isinstance(text, str) else text
    length = [] if status == 204 else [("content-length", str(len(body)))]
    await send(_start(status, [*headers, *length]))
    await send({"type": "http.response.body", "body": body})
