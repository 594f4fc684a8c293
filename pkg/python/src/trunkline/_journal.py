"""Where purchases are recorded: their intent before they are sent, their end after it."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Awaitable
    from typing import Protocol, TypeAlias

    class Journal(Protocol):
        """Keeps lines. One that other processes write, too, also has `consult(question)`: only it knows who holds which number
        and what is open. Question and answer are JSON, as Trunkline's core writes it."""

        def record(self, line: str, /) -> object:
            """Makes the line durable. What it raises means that it is not, and that nothing is sent."""

    class AsyncJournal(Protocol):
        """Keeps lines, awaited."""

        def record(self, line: str, /) -> Awaitable[object]:
            """As Journal.record."""

    AnyJournal: TypeAlias = Journal | AsyncJournal


class NotRecorded(Exception):
    """For a journal to raise: the line is not durable, or the question has no answer. Its text says why, and holds no
    secret; texts of other exceptions are not shown, for they may quote the line."""


def why(error: BaseException) -> str:
    """What a journal raised, without what its text may quote."""
    return str(error) if isinstance(error, NotRecorded) else f"the journal raised {type(error).__qualname__}"
