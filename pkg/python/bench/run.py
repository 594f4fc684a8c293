"""Trunkline beside the SDKs that people use, and beside requests and httpx written by hand: `cargo xtask bench python`.

Needs a Unix and the standard library. Each contestant has an environment of its own, each measurement is a process of
its own, and the contestants take turns, so that what else the machine does falls on all of them. One server, started by
the caller, answers all: `cargo run --release -p trunkline-sandbox --features serve --example canned`.
"""

import argparse
import os
import resource
import statistics
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import table
import venvs
from measure import SMALL_ANSWERS

BENCH = Path(__file__).parent
# What each installs, and how its users import it.
CONTESTANTS = {
    "trunkline": ("", "import trunkline"),
    "vonage": ("vonage==4.*", "import vonage"),
    "sinch": ("sinch==2.*", "from sinch import SinchClient"),
    "twilio": ("twilio==9.*", "from twilio.rest import Client"),
    "requests": ("requests==2.*", "import requests"),
    "httpx": ("httpx==0.28.*", "import httpx"),
}
FIRST_CALL = "from contestants import {name} as c; assert str(c.small_call(c.make_client({url!r}))) in {answers}"
# No proxy, no account, no setting of the user's shell has a say in the figures.
ENVIRONMENT = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR") if name in os.environ}


class Failed(Exception):
    """Why a contestant has no figure."""


def child(*command: object) -> tuple[str, float]:
    """What it printed, and the CPU seconds it took from start to end."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    try:
        done = subprocess.run(
            [str(word) for word in command], cwd=BENCH, env=ENVIRONMENT, capture_output=True, text=True, timeout=120
        )
    except subprocess.TimeoutExpired:
        raise Failed("no end after 120 s") from None
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode != 0:
        raise Failed((done.stderr.strip().splitlines() or [f"exit code {done.returncode}"])[-1])
    return done.stdout, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def measure(python: Path, name: str, key: str, url: str) -> float | None:
    """One figure; none where a contestant has no such thing."""
    if key in ("import", "first"):
        first_call = FIRST_CALL.format(name=name, url=url, answers=SMALL_ANSWERS)
        code = CONTESTANTS[name][1] if key == "import" else first_call
        _, bare = child(python, "-c", "pass")
        return child(python, "-c", code)[1] - bare
    printed, _ = child(python, "measure.py", name, key, url)
    return None if printed.strip() == "None" else float(printed)


class Benchmark:
    def __init__(self, url: str, folder: Path, wheel: Path | None) -> None:
        self.url, self.folder, self.wheel = url, folder, wheel
        self.pythons: dict[str, Path] = {}
        self.taken: dict[tuple[str, str], list[float]] = defaultdict(list)
        self.failed: dict[tuple[str, str], str] = {}

    def install(self) -> None:
        for name, (requirement, _) in CONTESTANTS.items():
            if name == table.OURS:
                if self.wheel is None:
                    self.failed[name, "everything"] = "no wheel was given"
                    continue
                requirement = str(self.wheel.resolve())
                self.taken[name, "wheel"] = [self.wheel.stat().st_size]
            try:
                self.pythons[name] = venvs.make(self.folder / name, requirement)
            except (subprocess.CalledProcessError, OSError) as error:
                self.failed[name, "everything"] = f"cannot be installed: {error}"
                continue
            packages, size = venvs.installed(self.folder / name)
            self.taken[name, "packages"], self.taken[name, "installed"] = [packages], [size]

    def round(self, number: int, key: str) -> None:
        names = list(self.pythons)
        first = number % len(names)
        for name in names[first:] + names[:first]:
            if (name, key) in self.failed:
                continue
            try:
                value = measure(self.pythons[name], name, key, self.url)
            except Failed as why:
                self.failed[name, key] = str(why)
                continue
            if value is not None:
                self.taken[name, key].append(value)

    def run(self, rounds: int) -> None:
        keys = ("import", "first", "search", "small", "threads", "tasks")
        # Fills caches of compiled modules and of the disk; nobody's figure.
        print("── warming up", file=sys.stderr)
        for key in ("import", "first"):
            self.round(0, key)
        self.taken = defaultdict(list, {pair: taken for pair, taken in self.taken.items() if pair[1] not in keys})
        for number in range(rounds):
            print(f"── round {number + 1} of {rounds}", file=sys.stderr)
            for key in keys:
                self.round(number, key)

    def figures(self) -> dict[str, dict[str, float]]:
        rows: dict[str, dict[str, float]] = defaultdict(dict)
        for (name, key), values in self.taken.items():
            if values and (name, key) not in self.failed:
                rows[key][name] = statistics.median(values)
        return rows


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--url", required=True, help="of the server of canned answers")
    parser.add_argument("--folder", required=True, type=Path, help="where the environments are kept")
    parser.add_argument("--wheel", type=Path, help="of trunkline; without it the others run alone")
    parser.add_argument("--rounds", type=int, default=7)
    arguments = parser.parse_args()
    benchmark = Benchmark(arguments.url, arguments.folder.resolve(), arguments.wheel)
    benchmark.install()
    benchmark.run(arguments.rounds)
    print(f"\nmedians of {arguments.rounds} rounds, over loopback; Python {sys.version.split()[0]}")
    print("CPU of import and first call: over the bare interpreter's; of a call: the client's alone\n")
    print("\n".join(table.lines(list(CONTESTANTS), benchmark.figures(), benchmark.failed)))
    return 1 if benchmark.failed else 0


if __name__ == "__main__":
    sys.exit(main())
