"""Types that all providers share."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Generic, TypeVar

import msgspec

from trunkline._native import Response

__all__ = ["Answer", "Money", "Page", "Secret"]

T = TypeVar("T")


class Money(msgspec.Struct, frozen=True):
    """An amount and its currency; the digits are those that the provider sent, trailing zeros included."""

    amount: Decimal
    """Exact."""

    currency: str | None = None
    """ISO 4217; None where the provider names no currency."""

    def __str__(self) -> str:
        return f"{self.amount} {self.currency}" if self.currency else str(self.amount)


class Secret:
    """A text that is not printed: only `expose()` gives it."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def expose(self) -> str:
        """The text itself."""
        return self._text

    def __repr__(self) -> str:
        return "Secret(***)"

    def __str__(self) -> str:
        return "***"

    def __eq__(self, other: object) -> bool:
        return self._text == other._text if isinstance(other, Secret) else NotImplemented

    def __hash__(self) -> int:
        return hash((Secret, self._text))


class Page(msgspec.Struct, Generic[T], frozen=True):
    """One page of a list."""

    items: list[T]
    """What is on it."""

    next: str | None = None
    """What to ask the next page with; None on the last."""

    total: int | None = None
    """How many there are on all pages, where the provider says."""

    def __iter__(self) -> Iterator[T]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)


class Answer(msgspec.Struct, Generic[T], frozen=True):
    """A result and the provider's raw reply."""

    value: T
    """The result."""

    response: Response
    """The reply."""
