"""Where purchases are recorded: their intent before they are sent, their end after it."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Awaitable
    from typing import Protocol, TypeAlias

    class Journal(Protocol):
        """Keeps lines."""

        def record(self, line: str, /) -> object:
            """Makes the line durable. What it raises means that it is not, and that nothing is sent."""

    class AsyncJournal(Protocol):
        """Keeps lines, awaited."""

        def record(self, line: str, /) -> Awaitable[object]:
            """As Journal.record."""

    AnyJournal: TypeAlias = Journal | AsyncJournal


class MemoryJournal:
    """Lines in memory: they outlive no crash."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def record(self, line: str, /) -> None:
        """Adds the line."""
        self.lines.append(line)
