"""Every vector of every operation through the public package, blocking and on asyncio, in virtual time."""

from __future__ import annotations

import asyncio
import inspect
import os
import re
from collections.abc import Callable, Iterator
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import msgspec
import pytest
from player import PlayedAsyncTrunkline, PlayedTrunkline
from vectors import ROOT, Case, load

from trunkline import Secret, Trunkline, TrunklineError, errors

VECTORS = load()
# How many cases leave out a parameter or give one that there is not: Python refuses such a call itself.
NOT_CALLABLE = 23

Call = Callable[[Any, Case], Any]


def method(client: Any, case: Case) -> Any:
    """What the case is about, as people write it."""
    provider, name = case.operation.split(".")
    operation = getattr(getattr(client, provider), name)
    return operation if case.mode == "call" else getattr(operation, case.mode)


def plainly(client: Any, case: Case) -> Any:
    return method(client, case)(**case.parameters, **case.options)


def with_response(client: Any, case: Case) -> Any:
    provider, name = case.operation.split(".")
    return getattr(getattr(client, provider), name).with_response(**case.parameters, **case.options)


def by_id(client: Any, case: Case) -> Any:
    options = (case.options.get(name) for name in ("timeout", "attempts", "idempotency_key"))
    return client._run(case.mode, case.operation, msgspec.json.encode(case.input), None, *options)


def blocking(call: Call, case: Case) -> tuple[PlayedTrunkline, Any]:
    client = PlayedTrunkline(case)
    return client, lambda: list(call(client, case)) if case.mode == "all" else call(client, case)


def on_asyncio(call: Call, case: Case) -> tuple[PlayedAsyncTrunkline, Any]:
    client = PlayedAsyncTrunkline(case)

    async def finish() -> Any:
        made = call(client, case)
        return [item async for item in made] if case.mode == "all" else await made

    return client, lambda: asyncio.run(finish())


# What each case came to: whether it held in every way in which it was played.
HELD: dict[tuple[str, str], bool] = {}


@pytest.fixture(scope="module", autouse=True)
def for_the_table() -> Iterator[None]:
    """Leaves it for the table that `cargo xtask test` prints, where that asks for it."""
    yield
    folder = os.environ.get("TRUNKLINE_PARITY")
    if folder:
        counted = {operation: {"passed": 0, "failed": 0} for operation in VECTORS}
        for (operation, _), held in HELD.items():
            counted[operation]["passed" if held else "failed"] += 1
        Path(folder).mkdir(parents=True, exist_ok=True)
        (Path(folder) / "python.json").write_bytes(msgspec.json.encode(counted))


def play(host: Any, call: Call, case: Case) -> list[str]:
    """Everything in which a run differs from its case."""
    place = (case.operation, case.name)
    held, HELD[place] = HELD.get(place, True), False
    problems = differences(host, call, case)
    HELD[place] = held and not problems
    return problems


def differences(host: Any, call: Call, case: Case) -> list[str]:
    problems: list[str] = []
    try:
        client, finish = host(call, case)
        problems = client.player.problems
        value = finish()
    except TrunklineError as error:
        return problems + different_error(error, case.expected.get("error"))
    if call is with_response:
        # Of a purchase that was looked for, the reply is the part about it of the list where it was found.
        looked_for = any("fail" in turn for turn in case.exchange)
        last = case.exchange[-1].get("receive", {})
        got = value.response
        if not looked_for and (got.status, got.body.decode()) != (last["status"], last.get("body", "")):
            problems.append(f"another reply: {value.response!r}")
        value = value.value
    if "output" not in case.expected or to_json(value) != to_micros(case.expected["output"]):
        problems.append(f"expected {case.expected}\ngot      {to_json(value)}")
    return problems


def different_error(error: TrunklineError, expected: dict[str, Any] | None) -> list[str]:
    if expected is None:
        return [f"raised {error!r}"]
    wanted = dict(expected)
    kind = wanted.pop("kind")
    got = {name: getattr(error, name) for name in wanted}
    problems = [f"expected {name} {value!r}, got {got[name]!r}" for name, value in wanted.items() if got[name] != value]
    kinds = [cls for cls in vars(errors).values() if inspect.isclass(cls) and getattr(cls, "kind", None) == kind]
    if [type(error)] != kinds or error.kind != kind or "delivery" not in wanted:
        problems.append(f"expected {kind}, got {error!r}")
    return problems


def to_json(value: Any) -> Any:
    """A result in the form in which the core gave it."""

    def other(value: Any) -> Any:
        if isinstance(value, Secret):
            return value.expose()
        raise TypeError(type(value))

    return _written(msgspec.to_builtins(value, builtin_types=(datetime,), enc_hook=other))


def _written(value: Any) -> Any:
    if isinstance(value, datetime):
        assert value.tzinfo is not None, "every time has a zone"
        whole, _, micros = value.astimezone(timezone.utc).isoformat(timespec="microseconds")[:-6].partition(".")
        digits = micros.rstrip("0")
        return f"{whole}.{digits.ljust(3 if len(digits) < 4 else 6, '0')}Z" if digits else f"{whole}Z"
    if isinstance(value, dict):
        return {name: _written(inner) for name, inner in value.items()}
    return [_written(inner) for inner in value] if isinstance(value, list) else value


def to_micros(value: Any) -> Any:
    """Python's times have no more digits."""
    if isinstance(value, str) and re.fullmatch(r"[0-9T:-]{19}\.\d{9}Z", value):
        return f"{value[:20]}{round(int(value[20:-1]) / 1000):06}Z"
    if isinstance(value, dict):
        return {name: to_micros(inner) for name, inner in value.items()}
    return [to_micros(inner) for inner in value] if isinstance(value, list) else value


NOBODY = Trunkline(environment=False)


def callable_in_python(case: Case) -> bool:
    try:
        inspect.signature(method(NOBODY, case)).bind(**case.parameters, **case.options)
    except TypeError:
        return False
    return True


@pytest.mark.parametrize("host", [blocking, on_asyncio])
@pytest.mark.parametrize("call", [plainly, with_response])
@pytest.mark.parametrize("operation", VECTORS)
def test_every_vector_holds_to_the_byte(operation: str, call: Call, host: Any) -> None:
    failures = []
    for case in VECTORS[operation]:
        if callable_in_python(case) and (case.mode == "call" or call is plainly):
            failures += [f"{case.name}: {problem}" for problem in play(host, call, case)]
    assert not failures, "\n".join(failures)


@pytest.mark.parametrize("host", [blocking, on_asyncio])
def test_what_python_cannot_call_is_a_type_error_that_names_the_parameter_and_the_core_agrees(host: Any) -> None:
    cases = [case for cases in VECTORS.values() for case in cases if not callable_in_python(case)]
    for case in cases:
        with pytest.raises(TypeError, match=f"'{case.expected['error']['field']}'"):
            differences(host, plainly, case)
        assert play(host, by_id, case) == [], case
    assert len(cases) == NOT_CALLABLE


def test_no_vector_is_left_out() -> None:
    """Two tests above divide them between themselves; nothing falls between."""
    in_files = sum(len(msgspec.json.decode(path.read_bytes())["cases"]) for path in ROOT.rglob("*.json"))
    loaded = [case for cases in VECTORS.values() for case in cases]
    assert len(loaded) == in_files >= 845
    assert len({(case.operation, case.name) for case in loaded}) == in_files
    assert sum(map(callable_in_python, loaded)) == in_files - NOT_CALLABLE
