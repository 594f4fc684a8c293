"""Parameters to JSON, results from JSON."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import msgspec

from trunkline._types import Secret
from trunkline.errors import InvalidInput

T = TypeVar("T")


def _write(value: object) -> object:
    if isinstance(value, Secret):
        return value.expose()
    raise TypeError(f"{type(value).__module__}.{type(value).__qualname__}")


def _read(shape: type, value: object) -> object:
    if shape is Secret:
        return Secret(str(value))
    raise TypeError(f"no way to read {shape}")


_encode = msgspec.json.Encoder(enc_hook=_write).encode
_decoders: dict[Any, Callable[[bytes], Any]] = {}


def encode(operation: str, params: dict[str, object], changes: dict[str, object] | None = None) -> bytes:
    """Leaves out what is None; of `changes`, which None clears, what is UNSET."""
    given = {name: value for name, value in params.items() if value is not None}
    if changes:
        given.update((name, value) for name, value in changes.items() if value is not msgspec.UNSET)
    try:
        return _encode(given)
    except (TypeError, ValueError, OverflowError, RecursionError):
        raise _unwritable(operation, given) from None


def _unwritable(operation: str, given: dict[str, object]) -> InvalidInput:
    for name, value in given.items():
        try:
            _encode(value)
        except (TypeError, ValueError, OverflowError, RecursionError) as error:
            problem = f"{name}: it cannot be written as JSON ({error})"
            return InvalidInput(f"{operation}: {problem}", operation=operation, message=problem, field=name)
    return InvalidInput(f"{operation}: the parameters cannot be written as JSON", operation=operation)


def decode(output: type[T], data: bytes) -> T:
    """A result as its type."""
    try:
        decoder = _decoders[output]
    except KeyError:
        decoder = _decoders[output] = msgspec.json.Decoder(output, dec_hook=_read).decode
    result: T = decoder(data)
    return result
