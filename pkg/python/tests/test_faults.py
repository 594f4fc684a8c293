"""Every operation under every fault of the sandbox, over real HTTP by the built-in transport, in real time.

What is promised is what Rust promises (tests/promises.json). The table is printed: pytest -s.
"""

from __future__ import annotations

import asyncio
import json
import queue
import resource
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import monotonic
from typing import Any

import pytest
from jobs import JOBS
from secrets_shown import Log, shown

import trunkline

PROMISES: dict[str, dict[str, Any]] = json.loads(
    (Path(__file__).resolve().parents[3] / "tests" / "promises.json").read_text("utf-8")
)
FAULTS = list(PROMISES["vonage.buy_number"]["faults"])
# How many servers and clients are at work at once; they wait more than they work.
AT_ONCE = 64
# A purchase has 90 s by itself; whatever takes longer than this hangs.
NO_CALL_TAKES_LONGER = 100


class Cell:
    """One operation under one fault: a server and an account of its own."""

    def __init__(self, operation: str, fault: str) -> None:
        self.operation, self.fault = operation, fault
        self.provider = operation.partition(".")[0]
        self.server = trunkline.sandbox_server({"vonage": {"auto_reload": True}})
        self.accounts = self.server.accounts
        # Its own limit is waited for in real time.
        self.accounts["rentnumber"]["rate_limit"] = "none"
        self.job = JOBS[operation]()
        self.before = 0

    def __str__(self) -> str:
        return f"{self.operation} under {self.fault}"

    def calls(self) -> Any:
        """What is called, one after the other; the last is the one that counts."""
        result = None
        while True:
            try:
                wanted = self.job.send(result)
            except StopIteration as done:
                params = done.value
                break
            if isinstance(wanted, float):
                self.server.advance(wanted)
                result = None
            else:
                result = yield wanted
        self.before = self.purchases()
        promise = PROMISES[self.operation]
        # Purchases are looked for within 20 s; all else must be sent again before the late one acts, however busy the
        # machine is.
        delay = 10 if self.fault == "acts_late" and not promise["spends"] else 2.5
        self.server.add_fault(self.fault, provider=self.provider, operation=promise["call"], times=1, delay=delay)
        yield self.operation, params

    def purchases(self) -> int:
        """How many the sandbox counts."""
        made: int = self.server.state()["providers"][self.provider]["purchases"]
        return made

    def judge(self, error: BaseException | None, seconds: float) -> tuple[str, list[str]]:
        """A word for the table, and everything that is wrong."""
        # What comes late has come by then.
        self.server.advance(60)
        bought = self.purchases() - self.before
        problems = [f"bought {bought} times"] if bought > 1 else []
        if seconds > NO_CALL_TAKES_LONGER:
            problems.append(f"took {seconds:.0f} s")
        seen = None
        if isinstance(error, trunkline.TrunklineError):
            seen = [error.kind, error.delivery]
            problems += shown(error, self.accounts)
        elif error is not None:
            problems.append(f"raised {error!r}")
        promised = PROMISES[self.operation]["faults"][self.fault]
        if seen != promised:
            problems.append(f"promised {promised}, seen {seen}: {error}")
        word = "ok" if seen is None else seen[0] + "?" * (seen[1] == "unknown")
        return word, [f"{self}: {problem}" for problem in problems]


def method(client: Any, operation: str) -> Any:
    provider, name = operation.split(".")
    return getattr(getattr(client, provider), name)


def run_blocking(cell: Cell) -> tuple[str, list[str]]:
    error, started = None, 0.0
    with cell.server, trunkline.Trunkline(accounts=cell.accounts) as client:
        calls, result = cell.calls(), None
        try:
            while True:
                operation, params = calls.send(result)
                started = monotonic()
                result = method(client, operation)(**params)
        except StopIteration:
            pass
        except Exception as raised:
            error = raised
        return cell.judge(error, monotonic() - started)


async def run_async(cell: Cell) -> tuple[str, list[str]]:
    error, started = None, 0.0
    with cell.server:
        async with trunkline.AsyncTrunkline(accounts=cell.accounts) as client:
            calls, result = cell.calls(), None
            try:
                while True:
                    operation, params = calls.send(result)
                    started = monotonic()
                    result = await asyncio.wait_for(method(client, operation)(**params), NO_CALL_TAKES_LONGER)
            except StopIteration:
                pass
            except Exception as raised:
                error = raised
            return cell.judge(error, monotonic() - started)


Results = dict[tuple[str, str], tuple[str, list[str]]]


def in_threads(cells: list[tuple[str, str]]) -> Results:
    todo: queue.SimpleQueue[tuple[str, str]] = queue.SimpleQueue()
    for cell in cells:
        todo.put(cell)
    done: queue.SimpleQueue[tuple[tuple[str, str], tuple[str, list[str]]]] = queue.SimpleQueue()

    def work() -> None:
        while True:
            try:
                cell = todo.get_nowait()
            except queue.Empty:
                return
            done.put((cell, run_blocking(Cell(*cell))))

    for _ in range(AT_ONCE):
        threading.Thread(target=work, daemon=True).start()
    return dict(done.get(timeout=2 * NO_CALL_TAKES_LONGER) for _ in cells)


def in_tasks(cells: list[tuple[str, str]]) -> Results:
    async def run() -> Results:
        room = asyncio.Semaphore(AT_ONCE)

        async def one(cell: tuple[str, str]) -> tuple[str, list[str]]:
            async with room:
                return await run_async(Cell(*cell))

        return dict(zip(cells, await asyncio.gather(*map(one, cells))))

    return asyncio.run(run())


@pytest.fixture(scope="module")
def ended() -> Iterator[tuple[dict[str, Results], Log]]:
    """Both hosts at the same time: what takes longest is to wait for silence."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    # A server, its sandbox and its client are some fifteen files.
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, max(soft, 8192)), hard))
    # Silence goes first.
    cells = [(operation, fault) for fault in sorted(FAULTS, key=lambda it: it != "hang") for operation in JOBS]
    started = monotonic()
    with Log() as log, ThreadPoolExecutor(2) as pool:
        runs = {run.__name__: pool.submit(run, cells) for run in (in_threads, in_tasks)}
        results = {name: run.result() for name, run in runs.items()}
    print(f"\n{sum(map(len, results.values()))} cells in {monotonic() - started:.1f} s")
    yield results, log
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


@pytest.mark.parametrize("host", ["in_threads", "in_tasks"])
def test_every_operation_under_every_fault_ends_as_promised_and_buys_at_most_once(
    host: str, ended: tuple[dict[str, Results], Log]
) -> None:
    results = ended[0][host]
    print(f"\n{'':38} {''.join(f'{fault[:19]:20}' for fault in FAULTS)}")
    for operation in JOBS:
        print(f"{operation:38} {''.join(f'{results[operation, fault][0]:20}' for fault in FAULTS)}")
    problems = [problem for _, found in results.values() for problem in found]
    assert not problems, f"{len(problems)} problems:\n" + "\n".join(problems)


def test_no_credential_is_logged_under_any_fault(ended: tuple[dict[str, Results], Log]) -> None:
    log = ended[1]
    ours = [record for record in log.records if record.name == "trunkline"]
    assert len(ours) > 2 * 3 * len(JOBS) * len(FAULTS), "the calls are logged"
    assert log.shown(trunkline.sandbox().accounts) == []


def test_there_is_a_job_for_every_operation_and_a_promise_for_every_fault() -> None:
    assert list(JOBS) == list(PROMISES)
    assert (len(JOBS), len(FAULTS)) == (63, 13)
