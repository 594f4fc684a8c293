"""Searches every account, buys the cheapest number that there is, and gives it up again.

The accounts are taken from the environment. To try it without one, run `python -m trunkline sandbox`, and set what it
prints: TRUNKLINE_RENTNUMBER_API_KEY, TRUNKLINE_RENTNUMBER_BASE_URL, and so on.
"""

import sys
from decimal import Decimal

import trunkline
from trunkline import Money

# Prices are compared within a currency, and by your own rates between them.
RATES: list[trunkline.unified.Rate] = [
    {"currency": "NGN", "worth": Money(Decimal("0.00065"), "USD")},
    {"currency": "EUR", "worth": Money(Decimal("1.08"), "USD")},
]


def main() -> int:
    with trunkline.Trunkline() as client:
        found = client.search(country="US", service="whatsapp", capabilities=["sms"], rates=RATES)
        for failure in found.failures:
            print(f"{failure.account} found nothing: {failure.message}")
        if not found.offers:
            print("nothing on offer")
            return 1
        print(f"{len(found.offers)} offers, the cheapest at {found.offers[0].account}")

        # Best first: the next is bought only where the one before it certainly is not.
        try:
            bought = client.buy(offers=[offer.id for offer in found.offers[:3]])
        except trunkline.PurchaseUnknown as error:
            print(f"it may have been bought; look at {error.candidates}")
            return 1
        number = bought.number
        charged = [str(money) for money in (bought.price.once, bought.price.recurring) if money]
        print(f"{number.phone_number} is bought for {' and '.join(charged)}")

        released = client.release(number=number.id)
        print(f"it is {released.status}, and {released.refund or 'nothing'} came back")
        return 0


if __name__ == "__main__":
    sys.exit(main())
