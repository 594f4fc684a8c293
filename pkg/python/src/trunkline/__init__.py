"""One phone-number client for TempNumber, RentNumber, Sinch, Voepy and Vonage (the former Nexmo).

    import trunkline

    client = trunkline.Trunkline()  # accounts from the environment: TRUNKLINE_RENTNUMBER_API_KEY
    rental = client.rentnumber.rent(pricing_id=42)
    rental = client.rentnumber.get_rental.wait(rental_id=rental.rental_id)
    print(rental.code)

It never buys twice: a purchase whose answer is lost is looked for, or sent again under its idempotency key, and otherwise
reported as PurchaseUnknown. Every call has a deadline. Every error is a TrunklineError and says in `delivery` whether the
provider may have acted. AsyncTrunkline is the same for asyncio; trunkline.sandbox() pretends the providers, for tests.
"""

from trunkline import errors
from trunkline._clients import AsyncTrunkline, Trunkline
from trunkline._journal import NotRecorded
from trunkline._transport import NotSent
from trunkline.errors import *

TYPE_CHECKING = False
if TYPE_CHECKING:
    from trunkline._events import EventRequest, parse_event
    from trunkline._native import Request, Response
    from trunkline._native import VERSION as __version__
    from trunkline._sandbox import Sandbox, SandboxServer, sandbox, sandbox_server
    from trunkline._types import Answer, Money, Page, Secret
    from trunkline.events import Event
    from trunkline.purchases import OpenPurchase, RecoveredPurchase

__all__ = [
    "Answer",
    "AsyncTrunkline",
    "Event",
    "EventRequest",
    "Money",
    "NotRecorded",
    "NotSent",
    "OpenPurchase",
    "Page",
    "RecoveredPurchase",
    "Request",
    "Response",
    "Sandbox",
    "SandboxServer",
    "Secret",
    "Trunkline",
    "__version__",
    "errors",
    "parse_event",
    "sandbox",
    "sandbox_server",
]
__all__ += errors.__all__

if not TYPE_CHECKING:
    # What costs more than a few milliseconds to import is imported when it is first used.
    _LAZY = {
        "Answer": "_types",
        "Event": "events",
        "EventRequest": "_events",
        "Money": "_types",
        "OpenPurchase": "purchases",
        "Page": "_types",
        "RecoveredPurchase": "purchases",
        "Request": "_native",
        "Response": "_native",
        "Sandbox": "_sandbox",
        "SandboxServer": "_sandbox",
        "Secret": "_types",
        "parse_event": "_events",
        "sandbox": "_sandbox",
        "sandbox_server": "_sandbox",
    }

    def __getattr__(name):
        from importlib import import_module

        if name == "__version__":
            return import_module("trunkline._native").VERSION
        if name in _LAZY:
            found = getattr(import_module(f"trunkline.{_LAZY[name]}"), name)
            globals()[name] = found
            return found
        try:
            return import_module(f"trunkline.{name}")
        except ModuleNotFoundError as error:
            if error.name != f"trunkline.{name}":
                raise
        raise AttributeError(f"module 'trunkline' has no attribute {name!r}")

    def __dir__():
        return __all__
