"""What both clients are: accounts, the native core, and the performers of their calls."""

from __future__ import annotations

import os
from time import monotonic_ns, time_ns

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator, Mapping
    from typing import Any, Literal, TypeAlias, TypeVar

    from trunkline._asyncio import AsyncioPerformer
    from trunkline._blocking import BlockingPerformer
    from trunkline._driver import Driving, Ran
    from trunkline._native import Flow, Response
    from trunkline._transport import AnyTransport
    from trunkline.events import Event
    from trunkline.purchases import OpenPurchase, RecoveredPurchase

    A = TypeVar("A", bound="AsyncClient")
    C = TypeVar("C", bound="Client")
    Mode: TypeAlias = Literal["call", "all", "wait"]
    Settings: TypeAlias = Mapping[str, Any]


class BaseClient:
    """Accounts, and what reaches them."""

    # Whether actions are performed in the background, or only while a call waits.
    _background: bool
    # Of each provider, and each operation of all as one, below `_operations`: its module and class.
    _attributes: dict[str, str]

    def __init__(
        self,
        named: Mapping[str, Settings | None],
        accounts: Mapping[str, Settings] | None,
        timeout: float | None,
        transport: AnyTransport | None,
        journal: Any,
        environment: bool | None,
    ) -> None:
        from trunkline._transport import native, sender

        config: dict[str, Settings] = {name: settings for name, settings in named.items() if settings is not None}
        config.update(accounts or {})
        import msgspec

        self._config = msgspec.json.encode(config).decode()
        self._read_environment = not config if environment is None else environment
        self._timeout = timeout
        self._transport = transport
        self._send = None if transport is None or native(transport) else sender(transport, self._background)
        self._given_journal = journal
        # One clock for deadlines and for dates: wall time at the start, and monotonic time since.
        self._clock = time_ns() - monotonic_ns()
        self._closed = False
        self._open()

    def _open(self) -> None:
        from trunkline._native import Client, Host
        from trunkline._transport import native

        environment = {name: value for name, value in os.environ.items() if name.startswith("TRUNKLINE_")}
        self._journal: Any = None
        shared_journal = False
        if self._given_journal is not None:
            from trunkline._folder import opened, shared

            self._journal = opened(self._given_journal)
            shared_journal = shared(self._journal)
        variables = environment if self._read_environment else {}
        self._core = Client(self._config, variables, os.urandom(16), shared_journal)
        self._host = Host(native(self._transport), self._background)
        self._process = os.getpid()

    def _now(self) -> int:
        return self._clock + monotonic_ns()

    def _flow(
        self,
        mode: Mode,
        waits: bool,
        operation: str,
        params: bytes,
        account: str | None,
        timeout: float | None,
        attempts: int | None,
        idempotency_key: str | None,
    ) -> Flow:
        self._check_open()
        if timeout is None and not waits:
            timeout = self._timeout
        return self._core.start(mode, operation, params, account, timeout, attempts, idempotency_key)

    def _raw_flow(
        self,
        provider: str,
        method: str,
        path: str,
        query: Mapping[str, object] | None,
        json: object,
        body: tuple[str, bytes] | None,
        account: str | None,
        timeout: float | None,
        attempts: int | None,
        idempotency_key: str | None,
    ) -> Flow:
        self._check_open()
        if json is not None:
            if body is not None:
                raise TypeError("request: give json or body, not both")
            import msgspec

            body = ("application/json", msgspec.json.encode(json))
        pairs = [(name, str(value)) for name, value in (query or {}).items()]
        timeout = self._timeout if timeout is None else timeout
        return self._core.request(provider, method, path, pairs, body, account, timeout, attempts, idempotency_key)

    def open_purchases(self) -> list[OpenPurchase]:
        """The purchases of this client whose end nobody knows, those under way included."""
        from trunkline._codec import decode
        from trunkline.purchases import OpenPurchase

        return decode(list[OpenPurchase], self._core.open_purchases())

    def feed(self, event: Event) -> list[Event]:
        """Hands what `parse_event` gave to whoever waits for it (`wait_for_message`); gives what is new in it.

        That is nothing for what came before, and for a part of a message whose others are missing: each message comes
        once and whole. What was not signed (see `trust`) reaches those who wait as well.
        """
        from trunkline._codec import decode
        from trunkline._events import written
        from trunkline.events import Event

        self._check_open()
        return decode(list[Event], self._core.feed(self._now(), written(event)))

    def _check_open(self) -> None:
        if self._closed:
            raise RuntimeError("this client is closed: make another")
        # The threads of the process it was made in are not in this one, and its keys would be made twice.
        if self._process != os.getpid():
            self._open()

    def _close(self) -> None:
        self._closed = True
        self._host.close()
        if self._journal is not self._given_journal:
            self._journal.close()

    def __repr__(self) -> str:
        return f"<{type(self).__name__} with accounts: {', '.join(self._core.accounts)}>"

    def __reduce__(self) -> str | tuple[Any, ...]:
        name = type(self).__name__
        raise TypeError(f"a {name} cannot be pickled or copied: it holds credentials and connections; make one where it is used")

    if not TYPE_CHECKING:

        def __dir__(self) -> list[str]:
            return [*super().__dir__(), *self._attributes]

        def __getattr__(self, name: str) -> object:
            """A provider's operations, or one of all as one, loaded when they are first used."""
            module, _, made_by = self._attributes.get(name, "").rpartition(".")
            if not module:
                known = ", ".join(self._attributes)
                raise AttributeError(f"{type(self).__name__} has no {name!r}; there are: {known}")
            from importlib import import_module

            made = getattr(import_module(f"trunkline._operations.{module}"), made_by)(self)
            setattr(self, name, made)
            return made


class Client(BaseClient):
    """A client whose calls block."""

    _background = False

    def _open(self) -> None:
        super()._open()
        from trunkline import _blocking, _driver

        self._drive = _driver.drive
        self._blocking = _blocking

    def _start(self, flow: Flow, operation: str) -> tuple[Driving, BlockingPerformer]:
        performer = self._blocking.BlockingPerformer(self._host, self._send, self._journal, operation)
        return self._drive(flow, performer, self._now, operation), performer

    def _run(self, mode: Mode, operation: str, *rest: Any) -> Ran:
        return self._blocking.run(*self._start(self._flow(mode, mode == "wait", operation, *rest), operation))

    def _items(self, waits: bool, operation: str, *rest: Any) -> Iterator[bytes]:
        return self._blocking.items(*self._start(self._flow("all", waits, operation, *rest), operation))

    def request(
        self,
        provider: str,
        method: str,
        path: str,
        *,
        query: Mapping[str, object] | None = None,
        json: object = None,
        body: tuple[str, bytes] | None = None,
        account: str | None = None,
        timeout: float | None = None,
        attempts: int | None = None,
        idempotency_key: str | None = None,
    ) -> Response:
        """Signs and sends what no operation covers, and gives the reply that the provider has not refused.

        Anything but a GET is sent at most once. `path` is below the base URL and escaped; `query` is not yet escaped;
        `body` is a content type and bytes.
        """
        flow = self._raw_flow(
            provider, method, path, query, json, body, account, timeout, attempts, idempotency_key
        )
        return self._blocking.run(*self._start(flow, "request"))[1]

    def recover(self) -> Iterator[RecoveredPurchase]:
        """Settles the purchases that nobody works on any more and of which nobody knows how they ended: of this client, and
        where its journal is a folder also of processes that are gone. What cannot be told yet stays open.

        Each is told when it is settled, and told again by the next recovery unless the one after it was asked for.
        """
        from trunkline._codec import decode
        from trunkline.purchases import RecoveredPurchase

        self._check_open()
        for item in self._blocking.items(*self._start(self._core.recover(), "recover")):
            yield decode(RecoveredPurchase, item)

    def close(self) -> None:
        """Closes its connections, and its journal where that is a folder; later calls fail."""
        self._close()

    def __enter__(self: C) -> C:
        return self

    def __exit__(self, *_: object) -> None:
        self._close()


class AsyncClient(BaseClient):
    """A client whose calls are awaited, on asyncio."""

    _background = True

    def _open(self) -> None:
        super()._open()
        from trunkline import _asyncio, _driver

        self._drive = _driver.drive
        self._asyncio = _asyncio

    def _start(self, flow: Flow, operation: str) -> tuple[Driving, AsyncioPerformer]:
        performer = self._asyncio.AsyncioPerformer(self._host, self._send, self._journal, operation)
        return self._drive(flow, performer, self._now, operation), performer

    async def _run(self, mode: Mode, operation: str, *rest: Any) -> Ran:
        return await self._asyncio.run(*self._start(self._flow(mode, mode == "wait", operation, *rest), operation))

    async def _items(self, waits: bool, operation: str, *rest: Any) -> AsyncIterator[bytes]:
        async for item in self._asyncio.items(*self._start(self._flow("all", waits, operation, *rest), operation)):
            yield item

    async def request(
        self,
        provider: str,
        method: str,
        path: str,
        *,
        query: Mapping[str, object] | None = None,
        json: object = None,
        body: tuple[str, bytes] | None = None,
        account: str | None = None,
        timeout: float | None = None,
        attempts: int | None = None,
        idempotency_key: str | None = None,
    ) -> Response:
        """As Client.request, awaited."""
        flow = self._raw_flow(
            provider, method, path, query, json, body, account, timeout, attempts, idempotency_key
        )
        return (await self._asyncio.run(*self._start(flow, "request")))[1]

    async def recover(self) -> AsyncIterator[RecoveredPurchase]:
        """As Client.recover, for `async for`."""
        from trunkline._codec import decode
        from trunkline.purchases import RecoveredPurchase

        self._check_open()
        async for item in self._asyncio.items(*self._start(self._core.recover(), "recover")):
            yield decode(RecoveredPurchase, item)

    async def aclose(self) -> None:
        """Closes its connections, and its journal where that is a folder; later calls fail."""
        self._close()

    async def __aenter__(self: A) -> A:
        return self

    async def __aexit__(self, *_: object) -> None:
        self._close()
