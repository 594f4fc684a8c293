"""What every error has; the kinds are in trunkline.errors."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal, TypeAlias

    from trunkline._native import Response

    Delivery: TypeAlias = Literal["not_sent", "refused", "unknown"]


class TrunklineError(Exception):
    """What went wrong, and whether the provider may have acted all the same. Its text says what to do next."""

    kind: str = ""
    """One stable name for each class: `insufficient_funds`."""
    delivery: Delivery
    """`not_sent`: it never reached the provider. `refused`: the provider did not do it. `unknown`: it may have."""
    operation: str
    """`rentnumber.rent`; empty before one is chosen."""
    message: str
    """What happened, in one line, in the provider's words where it gave any."""
    field: str | None
    """Of InvalidInput: the parameter or setting."""
    path: str | None
    """Of Malformed: where in the reply."""
    status: int | None
    """HTTP status of the last reply."""
    code: str | None
    """The provider's own code."""
    retry_after: float | None
    """How many seconds the provider asked to wait."""
    request_id: str | None
    """The provider's id of the exchange, for its support."""
    attempts: int
    """How many requests were sent."""
    idempotency_key: str | None
    """Of PurchaseUnknown: calling again with this key cannot buy twice, while the provider remembers it."""
    candidates: list[str]
    """Of PurchaseUnknown: ids of what may have been bought."""
    response: Response | None
    """The last reply, raw."""

    def __init__(
        self,
        text: str,
        *,
        delivery: Delivery = "not_sent",
        operation: str = "",
        message: str | None = None,
        field: str | None = None,
        path: str | None = None,
        status: int | None = None,
        code: str | None = None,
        retry_after: float | None = None,
        request_id: str | None = None,
        attempts: int = 0,
        idempotency_key: str | None = None,
        candidates: list[str] | None = None,
        response: Response | None = None,
    ) -> None:
        super().__init__(text)
        self.delivery = delivery
        self.operation = operation
        self.message = text if message is None else message
        self.field = field
        self.path = path
        self.status = status
        self.code = code
        self.retry_after = retry_after
        self.request_id = request_id
        self.attempts = attempts
        self.idempotency_key = idempotency_key
        self.candidates = candidates or []
        self.response = response

    def __str__(self) -> str:
        return str(self.args[0])


_kinds: dict[str, type[TrunklineError]] = {}


def register(*kinds: type[TrunklineError]) -> None:
    """Makes the kinds known to `from_json`."""
    _kinds.update((kind.kind, kind) for kind in kinds)


def from_json(details: str, text: str, response: Response | None) -> TrunklineError:
    """The core's error as an exception: its details as JSON, and its text for people."""
    import msgspec

    known = msgspec.json.decode(details, type=dict[str, msgspec.Raw])
    kind = msgspec.json.decode(known.pop("kind"), type=str)
    error = _kinds[kind](text)
    for name, value in known.items():
        setattr(error, name, msgspec.json.decode(value))
    error.response = response
    return error
