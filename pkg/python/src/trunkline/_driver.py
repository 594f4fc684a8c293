"""The driver: steps a flow, has performed what it asks for, and tells it how that ended.

One generator for blocking and asynchronous clients. A performer starts actions and never waits:

    drive(flow, performer)        yields None: wait for an action to end, and send me (id, outcome)
                                  yields bytes: an item
                                  returns (bytes, response): the result; None after items
"""

from __future__ import annotations

from trunkline._log import Log

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Generator
    from typing import Protocol, TypeAlias

    from trunkline._native import Flow, Outcome, Request, Response

    Ended: TypeAlias = tuple[int, Outcome]
    # The result as JSON, and the reply it was read from.
    Ran: TypeAlias = tuple[bytes, Response]
    Driving: TypeAlias = Generator[bytes | None, Ended | None, Ran | None]

    class Performer(Protocol):
        """Starts what a flow asks for."""

        def send(self, action: int, request: Request, seconds: float) -> None: ...

        def sleep(self, action: int, seconds: float) -> None: ...

        def record(self, action: int, line: str) -> None: ...

        def consult(self, action: int, question: str) -> None: ...

        def abort(self, action: int) -> None: ...


def drive(flow: Flow, performer: Performer, now: Callable[[], int], operation: str) -> Driving:
    """Steps to the end. Dropping the generator gives the flow up."""
    log = Log.of(operation)
    while True:
        step = flow.step(now())
        if step[0] == "waiting":
            ended = yield None
            if ended is None:
                raise RuntimeError("a driver that waits is to be sent what has ended")
            action, outcome = ended
            if log:
                log.ended(action, outcome)
            flow.resolve(now(), action, outcome)
        elif step[0] == "send":
            _, action, request = step
            if log:
                log.send(action, request)
            performer.send(action, request, request.timeout)
        elif step[0] == "sleep":
            _, action, seconds, why = step
            if log:
                log.sleep(seconds, why)
            performer.sleep(action, seconds)
        elif step[0] == "record":
            performer.record(step[1], step[2])
        elif step[0] == "consult":
            performer.consult(step[1], step[2])
        elif step[0] == "abort":
            performer.abort(step[1])
        elif step[0] == "item":
            yield step[1]
        elif step[0] == "done":
            return step[1], step[2]
        else:
            return None
