"""The table: a row for each measurement, under it how many times better Trunkline is; at its end, what is held."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

OURS = "trunkline"
PEERS = ("vonage", "sinch", "twilio", "requests", "httpx")
Row = Mapping[str, float]
# By contestant and measurement, or "everything": why there is no figure.
Failures = Mapping[tuple[str, str], str]


def at_most(limit: float) -> Callable[[Row], bool]:
    return lambda row: row[OURS] <= limit


def part_of_vonage(part: int) -> Callable[[Row], bool]:
    return lambda row: row[OURS] <= row["vonage"] / part


def more_than_any(row: Row) -> bool:
    return all(row[OURS] > value for name, value in row.items() if name != OURS)


@dataclass(frozen=True)
class Measurement:
    key: str
    label: str
    # What a figure is multiplied with, and how many decimals are printed.
    form: tuple[float, int]
    hold: str
    held: Callable[[Row], bool]
    # Without whose figures nobody can say whether it is held.
    against: tuple[str, ...] = ()
    more_is_better: bool = False


MEASUREMENTS = (
    Measurement("import", "import, CPU ms", (1e3, 1), "15 ms", at_most(0.015)),
    Measurement("first", "import, first call, CPU ms", (1e3, 1), "60 ms", at_most(0.060)),
    Measurement("search", "search of 100, CPU µs", (1e6, 0), "1/3 of vonage", part_of_vonage(3), ("vonage",)),
    Measurement("small", "small call, CPU µs", (1e6, 0), "1/4 of vonage", part_of_vonage(4), ("vonage",)),
    Measurement("threads", "16 threads, calls/s", (1, 0), "more than any", more_than_any, PEERS, True),
    Measurement("tasks", "64 asyncio tasks, calls/s", (1, 0), "more than any", more_than_any, PEERS, True),
    Measurement("wheel", "wheel, MB", (1e-6, 1), "5 MB", at_most(5e6)),
    Measurement("installed", "installed, MB", (1e-6, 1), "6 MB", at_most(6e6)),
    Measurement("packages", "packages installed", (1, 0), "itself and 1", at_most(2)),
)


def has_failed(measurement: Measurement, name: str, failed: Failures) -> bool:
    return (name, measurement.key) in failed or (name, "everything") in failed


def cell(measurement: Measurement, row: Row, name: str, failed: Failures) -> str:
    if has_failed(measurement, name, failed):
        return "failed"
    scale, decimals = measurement.form
    return f"{row[name] * scale:,.{decimals}f}" if name in row else "-"


def ratio(measurement: Measurement, row: Row, name: str) -> str:
    if name == OURS or name not in row or OURS not in row:
        return ""
    better = row[OURS] / row[name] if measurement.more_is_better else row[name] / row[OURS]
    return f"{better:.1f}×"


def verdict(measurement: Measurement, row: Row, failed: Failures) -> str:
    if OURS not in row or any(has_failed(measurement, name, failed) for name in (OURS, *measurement.against)):
        return f"{measurement.hold}: not known"
    return f"{measurement.hold}: {'held' if measurement.held(row) else 'NOT HELD'}"


def lines(names: list[str], figures: Mapping[str, Row], failed: Failures) -> list[str]:
    """`figures` are by measurement, then by contestant."""
    out = [f"{'':28}" + "".join(f"{name:>10}" for name in names) + "   hold"]
    for measurement in MEASUREMENTS:
        row = figures.get(measurement.key, {})
        cells = "".join(f"{cell(measurement, row, name, failed):>10}" for name in names)
        out.append(f"{measurement.label:28}{cells}   {verdict(measurement, row, failed)}")
        ratios = [ratio(measurement, row, name) for name in names]
        if any(ratios):
            out.append(f"{'  trunkline is better':28}" + "".join(f"{better:>10}" for better in ratios))
    return out + [f"{name}, {key}: failed: {why}" for (name, key), why in failed.items()]
