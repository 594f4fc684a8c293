"""The main job at each provider, over real HTTP, against the sandbox; no account is needed and none is touched.

Each function reads as an example of the API.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from time import perf_counter, sleep
from typing import TypeVar

from trunkline import SandboxServer, Trunkline, TrunklineError, sandbox_server

T = TypeVar("T")
_NOT_OFFERED = "not offered"


class _Stop(Exception):
    """What came back was not what the demo needs."""


class _Stage:
    """One provider's part: a line for each step as it ends."""

    def __init__(self, provider: str, client: Trunkline, sandbox: SandboxServer) -> None:
        self.provider = provider
        self.client = client
        self.sandbox = sandbox
        self.number = self.price = self.sms = "–"

    def step(self, name: str, call: Callable[[], T], tell: Callable[[T], str]) -> T:
        """Makes a call, and tells what came back."""
        started = perf_counter()
        if sys.stderr.isatty():
            print(f"{self.provider} to {name} …", end="\r", file=sys.stderr, flush=True)
        value = call()
        print(f"{self.provider:<10}  {name:<8} {(perf_counter() - started) * 1000:7.1f} ms  {tell(value)}", flush=True)
        return value

    def receive_sms(self, to: str | None) -> None:
        """An SMS arrives."""
        if to is None:
            raise _Stop("a number without its digits")
        self.number = to
        self.sandbox.receive_sms(self.provider, to=to, sender="Acme", text="Your Acme code is 481516")

    def no_sms(self) -> None:
        """This provider has no call that reads SMS; that is no failure."""
        self.sms = _NOT_OFFERED
        print(f"{self.provider:<10}  receive              {_NOT_OFFERED}: this provider has no call that reads SMS")


def _tempnumber(stage: _Stage) -> None:
    tempnumber = stage.client.tempnumber
    pricing = stage.step(
        "price",
        lambda: tempnumber.get_country_pricing(country_code="US"),
        lambda it: f"{len(it.packages)} packages for US numbers",
    )
    package = next((it for it in pricing.packages if it.duration == "oneMonth" and it.price), None)
    if package is None:
        raise _Stop("no package for a month")
    stage.price = str(package.price)
    stage.step(
        "find",
        lambda: tempnumber.get_inventory(country_code="US", duration=package.duration),
        lambda it: f"{it.available} in stock",
    )
    number = stage.step(
        "buy",
        lambda: tempnumber.buy_number(country_code="US", duration=package.duration),
        lambda it: f"number {it.id} for {package.price}",
    )
    stage.receive_sms(number.phone_number)
    received = stage.step(
        "receive",
        lambda: tempnumber.list_number_sms(number_id=number.id),
        lambda it: f"{len(it.sms)} SMS, “{it.sms[0].text}”",
    )
    # TempNumber leaves it to its customers to find the code.
    code = re.search(r"\d{4,}", received.sms[0].text or "")
    stage.sms = f"code {code[0]}" if code else "an SMS without a code"
    stage.step("list", lambda: tempnumber.list_numbers(), lambda it: f"{len(it)} number(s) on the account")
    stage.step("release", lambda: tempnumber.cancel_number(number_id=number.id), lambda it: f"it is {it.status}")


def _rentnumber(stage: _Stage) -> None:
    rentnumber = stage.client.rentnumber
    found = stage.step(
        "find",
        lambda: rentnumber.list_prices(slug="whatsapp"),
        lambda it: f"{len(it.prices)} offers for WhatsApp, the first for {it.prices[0].final_price}",
    )
    offer = next((it for it in found.prices if it.stock is None or it.stock > 0), None)
    if offer is None:
        raise _Stop("nothing in stock")
    rental = stage.step(
        "buy",
        lambda: rentnumber.rent(pricing_id=offer.id),
        lambda it: f"rental {it.rental_id} for {it.cost}",
    )
    stage.price = str(rental.cost)
    stage.receive_sms(rental.phone_number)
    received = stage.step(
        "receive",
        lambda: rentnumber.get_rental.wait(rental_id=rental.rental_id),
        lambda it: f"it is {it.status}, “{it.sms}”",
    )
    stage.sms = f"code {received.code}"
    stage.step("list", lambda: rentnumber.list_rentals(), lambda it: f"{len(it)} rental(s) on the account")
    stage.step(
        "release",
        lambda: rentnumber.cancel_rental(rental_id=rental.rental_id),
        lambda it: f"it is {it.status}; the money {'came back' if it.refunded else 'is spent: an SMS was received'}",
    )


def _sinch(stage: _Stage) -> None:
    sinch = stage.client.sinch
    found = stage.step(
        "find",
        lambda: sinch.search_available(region_code="US", number_type="LOCAL"),
        lambda it: f"{len(it)} local numbers, the first for {it[0].monthly_price}",
    )
    stage.price = str(found[0].monthly_price)
    number = stage.step(
        "buy",
        lambda: sinch.rent_number(phone_number=found[0].phone_number),
        lambda it: f"{it.phone_number} for {stage.price} a month",
    )
    stage.number = number.phone_number
    stage.no_sms()
    stage.step(
        "list",
        lambda: list(sinch.list_numbers.all(region_code="US", number_type="LOCAL")),
        lambda it: f"{len(it)} number(s) in the project",
    )
    stage.step(
        "release",
        lambda: sinch.release_number(phone_number=number.phone_number),
        lambda it: f"it ends {it.expire_at}",
    )


def _voepy(stage: _Stage) -> None:
    voepy = stage.client.voepy
    found = stage.step(
        "find",
        lambda: voepy.search_available(country_code="US", number_type="local", locality="Austin", limit=5),
        lambda it: f"{len(it)} numbers of Austin, the first for {it[0].activation_fee}",
    )
    stage.number, stage.price = found[0].phone_number, str(found[0].activation_fee)
    ordered = stage.step(
        "buy",
        lambda: voepy.order_numbers(phone_numbers=[stage.number], country_code="US", number_type="local"),
        lambda it: f"{len(it)} number for {stage.price}",
    )
    stage.no_sms()

    def active() -> int:
        """Looks until it is active: a number that is still pending cannot be released."""
        while not (numbers := list(voepy.list_numbers.all(status="active"))):
            sleep(0.2)
        return len(numbers)

    stage.step("list", active, lambda it: f"{it} number(s) active")
    stage.step("release", lambda: voepy.release_number(number_id=ordered[0].id), lambda it: "it is given back")


def _vonage(stage: _Stage) -> None:
    vonage = stage.client.vonage
    found = stage.step(
        "find",
        lambda: vonage.search_available(country="GB"),
        lambda it: f"{it.total} British numbers, the first for {it.items[0].cost} a month",
    )
    offer = found.items[0]
    stage.number, stage.price = offer.phone_number, str(offer.cost)
    stage.step(
        "buy",
        lambda: vonage.buy_number(country=offer.country, phone_number=offer.phone_number),
        lambda it: f"{it.phone_number} for {stage.price} a month",
    )
    stage.no_sms()
    stage.step("list", lambda: list(vonage.list_numbers.all()), lambda it: f"{len(it)} number(s) on the account")
    stage.step(
        "release",
        lambda: vonage.cancel_number(country=offer.country, phone_number=offer.phone_number),
        lambda it: f"{it.phone_number} is given back",
    )


_PARTS: dict[str, Callable[[_Stage], None]] = {
    "tempnumber": _tempnumber,
    "rentnumber": _rentnumber,
    "sinch": _sinch,
    "voepy": _voepy,
    "vonage": _vonage,
}


def demo() -> int:
    """Runs the job at each of the five; gives the exit status."""
    started, rows, well = perf_counter(), [], 0
    # Three seconds teach nothing that one does not.
    with sandbox_server({"voepy": {"activation_delay_seconds": 1}}) as sandbox, sandbox.client() as client:
        for provider, part in _PARTS.items():
            stage, begun = _Stage(provider, client, sandbox), perf_counter()
            try:
                part(stage)
            except (TrunklineError, _Stop) as error:
                print(f"{provider:<10}  stop                 {error}")
                result = "failed"
            else:
                result, well = "went through", well + 1
            rows.append((provider, stage.number, stage.price, stage.sms, result, f"{(perf_counter() - begun) * 1000:.0f} ms"))
    print(f"\n{'provider':<11} {'number':<14} {'price':>12}  {'SMS':<12} {'result':<13} {'time':>8}")
    for row in rows:
        print("{:<11} {:<14} {:>12}  {:<12} {:<13} {:>8}".format(*row))
    print(f"\n{well} of {len(rows)} providers in {perf_counter() - started:.1f} s.")
    return 0 if well == len(rows) else 1
