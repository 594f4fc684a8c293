"""Performs actions for one blocking call."""

from __future__ import annotations

from trunkline._journal import why
from trunkline._log import journal_failed
from trunkline._native import answered, consulted, lost, not_recorded, recorded
from trunkline._transport import NotSent, WrongReply, failure

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any

    from trunkline._driver import Driving, Ended, Ran
    from trunkline._native import Host, Outcome, Request, Response
    from trunkline._transport import Send


class BlockingPerformer:
    """The built-in transport and timers run natively; a transport of the user's own runs in a thread, so that the
    deadline holds and Ctrl-C is heard whatever it does."""

    __slots__ = ("_journal", "_limits", "_operation", "_port", "_send")

    def __init__(self, host: Host, send: Send | None, journal: Any, operation: str) -> None:
        self._port = host.port()
        self._send = send
        self._journal = journal
        self._operation = operation
        self._limits: dict[int, float] = {}

    def send(self, action: int, request: Request, seconds: float) -> None:
        if self._send is None:
            self._port.send(action, request, seconds)
            return
        from threading import Thread

        self._limits[action] = seconds
        self._port.sleep(action, seconds)
        Thread(target=self._carry, args=(self._send, action, request), name="trunkline", daemon=True).start()

    def _carry(self, send: Send, action: int, request: Request) -> None:
        try:
            outcome = answered(checked(send(request)))
        except BaseException as error:
            outcome = failure(error)
        self._port.complete(action, outcome)

    def sleep(self, action: int, seconds: float) -> None:
        self._port.sleep(action, seconds)

    def record(self, action: int, line: str) -> None:
        self._port.complete(action, self._kept(lambda: kept(self._journal, line)))

    def consult(self, action: int, question: str) -> None:
        self._port.complete(action, self._kept(lambda: consulted(self._journal.consult(question))))

    def _kept(self, work: Callable[[], Outcome]) -> Outcome:
        try:
            return work()
        except Exception as error:
            reason = why(error)
            journal_failed(self._operation, reason)
            return not_recorded(reason)

    def abort(self, action: int) -> None:
        self._limits.pop(action, None)
        self._port.abort(action)

    def close(self) -> None:
        """Gives up what is still under way."""
        self._port.close()

    def wait(self) -> Ended:
        """Blocks until an action has ended."""
        action, outcome = self._port.wait()
        seconds = self._limits.pop(action, None)
        if seconds is not None:
            if outcome.kind == "elapsed":
                return action, lost(f"no answer before the deadline, {seconds * 1000:.0f} ms")
            self._port.abort(action)
        return action, outcome


def kept(journal: Any, line: str) -> Outcome:
    """Without a journal there is nothing to do: the core itself keeps what is open."""
    if journal is not None:
        journal.record(line)
    return recorded()


def checked(response: object) -> Response:
    """What a transport gave, if it is a reply."""
    from trunkline._native import Response

    if isinstance(response, Response):
        return response
    if hasattr(response, "__await__") and hasattr(response, "close"):
        # A coroutine that has not begun has sent nothing.
        response.close()
        raise NotSent("an asynchronous transport needs AsyncTrunkline")
    raise WrongReply(f"a transport gives a trunkline.Response, not {type(response).__qualname__}")


def items(driving: Driving, performer: BlockingPerformer) -> Iterator[bytes]:
    """Drives to the end; yields the items."""
    ended: Ended | None = None
    try:
        while True:
            try:
                item = driving.send(ended)
            except StopIteration:
                return
            ended = None
            if item is None:
                ended = performer.wait()
            else:
                yield item
    finally:
        driving.close()
        performer.close()


def run(driving: Driving, performer: BlockingPerformer) -> Ran:
    """Drives what has no items to its end. An interrupt gives the flow up at once."""
    ended: Ended | None = None
    try:
        while True:
            try:
                driving.send(ended)
            except StopIteration as done:
                result: Ran = done.value
                return result
            ended = performer.wait()
    finally:
        driving.close()
        performer.close()
