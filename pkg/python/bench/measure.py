"""Takes one measurement of one contestant in a process of its own, and prints it. Called by run.py:

    measure.py <contestant> <measurement> <url of the server>

Every answer is looked at, timed or not: a contestant that did not decode what was served has no figure.
"""

import sys
import time
from importlib import import_module

THREADS = 16
TASKS = 64
SECONDS = 1.0
WARM_UP = 20
SMALL_ANSWERS = ("29.18202293", "+447700900000")


def check_search(contestant, client):
    numbers = contestant.search(client)
    if len(numbers) != 100 or str(contestant.phone(numbers[-1])).lstrip("+") != "447700900099":
        raise SystemExit(f"the search gave {len(numbers)} numbers, the last {numbers[-1:]}; served were 100")


def check_small(answer):
    if str(answer) not in SMALL_ANSWERS:
        raise SystemExit(f"the small call gave {answer!r}, which was not served")


def cpu_per_call(call, calls):
    for _ in range(WARM_UP):
        call()
    started = time.process_time()
    for _ in range(calls):
        call()
    return (time.process_time() - started) / calls


def search(contestant, url):
    client = contestant.make_client(url)
    return cpu_per_call(lambda: check_search(contestant, client), 300)


def small(contestant, url):
    client = contestant.make_client(url)
    return cpu_per_call(lambda: check_small(contestant.small_call(client)), 1000)


def threads(contestant, url):
    from concurrent.futures import ThreadPoolExecutor

    client = contestant.make_client(url)
    check_small(contestant.small_call(client))
    started = time.monotonic()

    def work(_):
        calls = 0
        while time.monotonic() < started + SECONDS:
            check_small(contestant.small_call(client))
            calls += 1
        return calls

    with ThreadPoolExecutor(THREADS) as pool:
        calls = sum(pool.map(work, range(THREADS)))
    return calls / (time.monotonic() - started)


def tasks(contestant, url):
    if not hasattr(contestant, "make_async_client"):
        return None
    import asyncio

    async def work(client, until):
        calls = 0
        while time.monotonic() < until:
            check_small(await contestant.small_call_async(client))
            calls += 1
        return calls

    async def run():
        client = contestant.make_async_client(url)
        check_small(await contestant.small_call_async(client))
        started = time.monotonic()
        calls = sum(await asyncio.gather(*(work(client, started + SECONDS) for _ in range(TASKS))))
        elapsed = time.monotonic() - started
        await contestant.close_async(client)
        return calls / elapsed

    return asyncio.run(run())


if __name__ == "__main__":
    name, measurement, url = sys.argv[1:]
    measurements = {"search": search, "small": small, "threads": threads, "tasks": tasks}
    print(measurements[measurement](import_module(f"contestants.{name}"), url))
