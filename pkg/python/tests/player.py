"""Plays a vector in virtual time: what is sent is compared to the byte, what comes back is what the vector says.

Only what performs actions and the clock are replaced; the rest is the package as people use it.
"""

from __future__ import annotations

from collections import deque
from datetime import datetime
from typing import TYPE_CHECKING, Any

from trunkline import AsyncTrunkline, Request, Response, Trunkline
from trunkline._driver import drive
from trunkline._native import Client, Flow, answered, elapsed, lost, not_recorded, not_sent, recorded
from vectors import Case

if TYPE_CHECKING:
    from trunkline._driver import Ended

_START = int(datetime.fromisoformat("2026-05-12T14:30:00+00:00").timestamp()) * 1_000_000_000


class Player:
    """Performs the actions of one case: each has ended as soon as it is started."""

    def __init__(self, case: Case) -> None:
        self.problems: list[str] = []
        self._case = case
        self._turns = deque(case.exchange)
        self._now = _START
        self._ended: deque[Ended] = deque()

    def now(self) -> int:
        return self._now

    def send(self, action: int, request: Request, seconds: float) -> None:
        sent = {
            "method": request.method,
            "url": request.url,
            "headers": dict(request.headers),
            "body": request.body.decode("utf-8", "replace"),
        }
        expected = self._turns.popleft()["send"] if self._turns else None
        if expected is None or {"body": "", **expected} != sent:
            self.problems.append(f"expected {expected}\nsent     {sent}")
        if seconds <= 0:
            self.problems.append(f"sent with {seconds} s left")
        self._ended.append((action, self._answer()))

    def _answer(self) -> Any:
        turn = self._turns.popleft() if self._turns else {"fail": "not_sent"}
        if "receive" in turn:
            reply = turn["receive"]
            headers = reply.get("headers", {}).items()
            return answered(Response(reply["status"], headers, reply.get("body", "").encode()))
        return lost("connection reset") if turn["fail"] == "lost" else not_sent("connection refused")

    def sleep(self, action: int, seconds: float) -> None:
        self._now += round(seconds * 1e9)
        self._ended.append((action, elapsed()))

    def record(self, action: int, line: str) -> None:
        self._ended.append((action, recorded() if self._case.journal_works else not_recorded("the disk is full")))

    def abort(self, action: int) -> None:
        self.problems.append(f"action {action} is aborted, though it has ended")

    def close(self) -> None:
        if self._turns:
            self.problems.append(f"it sent less than was expected: {list(self._turns)}")

    def next(self) -> Ended:
        return self._ended.popleft()


class BlockingPlayer(Player):
    """For Trunkline."""

    def wait(self) -> Ended:
        return self.next()


class AsyncPlayer(Player):
    """For AsyncTrunkline."""

    async def wait(self) -> Ended:
        return self.next()


class _Played:
    """A client whose calls a player performs."""

    _player_class: type[Player]
    _config: str

    def __init__(self, case: Case) -> None:
        self.player = self._player_class(case)
        options: Any = {case.provider: case.settings, "transport": self._unused}
        super().__init__(**options)

    def _unused(self, request: Request) -> Response:
        raise AssertionError("the player performs what is sent")

    def _open(self) -> None:
        opening: Any = super()
        opening._open()
        # Keys are made from the seed, and are part of what is sent.
        self._core = Client(self._config, {}, b"trunkline-vector", False)

    def _start(self, flow: Flow, operation: str) -> Any:
        return drive(flow, self.player, self.player.now, operation), self.player


class PlayedTrunkline(_Played, Trunkline):
    """The blocking client."""

    _player_class = BlockingPlayer


class PlayedAsyncTrunkline(_Played, AsyncTrunkline):
    """The asyncio client."""

    _player_class = AsyncPlayer
