"""What the classes of generated operations do: parameters down, result up."""

from __future__ import annotations

from trunkline._codec import decode, encode

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from typing import TypeAlias, TypeVar

    from trunkline._client import AsyncClient, Client, Mode
    from trunkline._types import Answer

    T = TypeVar("T")

    # Operation, parameters as JSON, account, timeout, attempts, idempotency key.
    Prepared: TypeAlias = tuple[str, bytes, str | None, float | None, int | None, str | None]


def prepare(
    operation: str,
    params: dict[str, object],
    account: str | None,
    timeout: float | None,
    attempts: int | None,
    idempotency_key: str | None = None,
    changes: dict[str, object] | None = None,
) -> Prepared:
    """All that is to be said of one call."""
    return operation, encode(operation, params, changes), account, timeout, attempts, idempotency_key


class Operation:
    """One operation of a blocking client. Call it, or one of its methods."""

    __slots__ = ("_client",)
    _mode: Mode = "call"
    # What it is made of goes on coming, as long as a wait may take.
    _follows = False

    def __init__(self, client: Client) -> None:
        self._client = client

    def _call(self, output: type[T], prepared: Prepared) -> T:
        return decode(output, self._client._run(self._mode, *prepared)[0])

    def _wait(self, output: type[T], prepared: Prepared) -> T:
        return decode(output, self._client._run("wait", *prepared)[0])

    def _with_response(self, output: type[T], prepared: Prepared) -> Answer[T]:
        from trunkline._types import Answer

        value, response = self._client._run(self._mode, *prepared)
        return Answer(decode(output, value), response)

    def _all(self, item: type[T], prepared: Prepared) -> Iterator[T]:
        return (decode(item, text) for text in self._client._items(self._follows, *prepared))

    def __repr__(self) -> str:
        return f"<{type(self).__qualname__} of {self._client!r}>"


class AsyncOperation:
    """One operation of an asyncio client. Await a call of it, or of one of its methods."""

    __slots__ = ("_client",)
    _mode: Mode = "call"
    # What it is made of goes on coming, as long as a wait may take.
    _follows = False

    def __init__(self, client: AsyncClient) -> None:
        self._client = client

    async def _call(self, output: type[T], prepared: Prepared) -> T:
        return decode(output, (await self._client._run(self._mode, *prepared))[0])

    async def _wait(self, output: type[T], prepared: Prepared) -> T:
        return decode(output, (await self._client._run("wait", *prepared))[0])

    async def _with_response(self, output: type[T], prepared: Prepared) -> Answer[T]:
        from trunkline._types import Answer

        value, response = await self._client._run(self._mode, *prepared)
        return Answer(decode(output, value), response)

    def _all(self, item: type[T], prepared: Prepared) -> AsyncIterator[T]:
        items = self._client._items(self._follows, *prepared)
        return (decode(item, text) async for text in items)

    def __repr__(self) -> str:
        return f"<{type(self).__qualname__} of {self._client!r}>"
