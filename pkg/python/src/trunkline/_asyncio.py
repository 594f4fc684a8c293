"""Performs actions for one asynchronous call, on asyncio."""

from __future__ import annotations

import asyncio
from collections import deque
from functools import partial
from inspect import isawaitable

from trunkline._blocking import checked
from trunkline._journal import why
from trunkline._log import journal_failed
from trunkline._native import answered, consulted, elapsed, lost, not_recorded, recorded
from trunkline._transport import asynchronous, failure

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Awaitable, Callable
    from typing import Any

    from trunkline._driver import Driving, Ended, Ran
    from trunkline._native import Host, Outcome, Request
    from trunkline._transport import Send


class AsyncioPerformer:
    """The built-in transport runs natively, on a thread of its own, and says through the loop how it ended."""

    def __init__(self, host: Host, send: Send | None, journal: Any, operation: str) -> None:
        self._loop = asyncio.get_running_loop()
        self._host = host
        self._send = send
        self._journal = journal
        self._operation = operation
        self._ended: deque[Ended] = deque()
        self._waiter: asyncio.Future[None] | None = None
        self._cancels: dict[int, Callable[[], object]] = {}

    def send(self, action: int, request: Request, seconds: float) -> None:
        if self._send is None:
            deliver = partial(self._from_thread, action)
            self._cancels[action] = self._host.start(request, seconds, deliver).abort
        else:
            self._spawn(action, self._carry(self._send, request, seconds), lost("the transport was cancelled"))

    async def _carry(self, send: Send, request: Request, seconds: float) -> Outcome:
        sending = self._loop.create_task(_called(send, request))
        try:
            # Not wait_for: the transport may raise a TimeoutError of its own.
            await asyncio.wait([sending], timeout=seconds)
            if not sending.done():
                return lost(f"no answer before the deadline, {seconds * 1000:.0f} ms")
            return answered(checked(sending.result()))
        except Exception as error:
            return failure(error)
        finally:
            sending.cancel()

    def sleep(self, action: int, seconds: float) -> None:
        self._cancels[action] = self._loop.call_later(seconds, self._end, action, elapsed()).cancel

    def record(self, action: int, line: str) -> None:
        # Without a journal there is nothing to do: the core itself keeps what is open.
        if self._journal is None:
            self._end(action, recorded())
        else:
            self._spawn(action, self._kept(self._record(line)), not_recorded("the journal was cancelled"))

    def consult(self, action: int, question: str) -> None:
        self._spawn(action, self._kept(self._consult(question)), not_recorded("the journal was cancelled"))

    async def _record(self, line: str) -> Outcome:
        await _called(self._journal.record, line)
        return recorded()

    async def _consult(self, question: str) -> Outcome:
        return consulted(await _called(self._journal.consult, question))

    async def _kept(self, work: Awaitable[Outcome]) -> Outcome:
        try:
            return await work
        except Exception as error:
            reason = why(error)
            journal_failed(self._operation, reason)
            return not_recorded(reason)

    def abort(self, action: int) -> None:
        cancel = self._cancels.pop(action, None)
        if cancel is not None:
            cancel()

    async def wait(self) -> Ended:
        """Waits until an action has ended."""
        if not self._ended:
            self._waiter = self._loop.create_future()
            await self._waiter
        return self._ended.popleft()

    def close(self) -> None:
        """Gives up what is still under way."""
        for action in list(self._cancels):
            self.abort(action)

    def _spawn(self, action: int, work: Any, if_cancelled: Outcome) -> None:
        task = self._loop.create_task(work)
        self._cancels[action] = task.cancel
        task.add_done_callback(partial(self._finished, action, if_cancelled))

    def _finished(self, action: int, if_cancelled: Outcome, task: asyncio.Task[Outcome]) -> None:
        if not task.cancelled():
            self._end(action, task.result())
        elif action in self._cancels:
            # Not by us: code of the user's own can raise CancelledError, and must not leave the call waiting.
            self._end(action, if_cancelled)

    def _from_thread(self, action: int, outcome: Outcome) -> None:
        try:
            self._loop.call_soon_threadsafe(self._end, action, outcome)
        except RuntimeError:
            # A loop that was closed under the call has nobody left who waits for it.
            if not self._loop.is_closed():
                raise

    def _end(self, action: int, outcome: Outcome) -> None:
        self._cancels.pop(action, None)
        self._ended.append((action, outcome))
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)


async def _called(function: Callable[[Any], Any], argument: object) -> Any:
    """What blocks, of a transport or a journal, runs in a thread, so that the loop goes on."""
    if asynchronous(function):
        result = function(argument)
    else:
        result = await asyncio.get_running_loop().run_in_executor(None, function, argument)
    return await result if isawaitable(result) else result


async def items(driving: Driving, performer: AsyncioPerformer) -> AsyncGenerator[bytes, None]:
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
                ended = await performer.wait()
            else:
                yield item
    finally:
        driving.close()
        performer.close()


async def run(driving: Driving, performer: AsyncioPerformer) -> Ran:
    """Drives what has no items to its end. Being cancelled gives the flow up at once."""
    ended: Ended | None = None
    try:
        while True:
            try:
                driving.send(ended)
            except StopIteration as done:
                result: Ran = done.value
                return result
            ended = await performer.wait()
    finally:
        driving.close()
        performer.close()
