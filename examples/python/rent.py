"""Rents a number, waits for the code that it receives, and prints it.

The account is taken from the environment: TRUNKLINE_RENTNUMBER_API_KEY. To try it without one, run `python -m trunkline
sandbox`, and set also TRUNKLINE_RENTNUMBER_BASE_URL to the address that it prints.
"""

import sys

import trunkline


def main() -> int:
    with trunkline.Trunkline() as client:
        found = client.rentnumber.list_prices(slug="whatsapp")
        offers = [offer for offer in found.prices if offer.stock is None or offer.stock > 0]
        if not offers:
            print("nothing on offer")
            return 1
        cheapest = min(offers, key=lambda offer: offer.final_price.amount)
        print(f"the cheapest costs {cheapest.final_price}")

        try:
            rental = client.rentnumber.rent(pricing_id=cheapest.id)
        except trunkline.PurchaseUnknown as error:
            print(f"it may have been rented; look at {error.candidates}")
            return 1
        except trunkline.InsufficientFunds as error:
            print(f"top up the wallet: {error}")
            return 1
        print(f"{rental.phone_number} is rented")

        received = client.rentnumber.get_rental.wait(rental_id=rental.rental_id, timeout=300)
        print(f"the code is {received.code}")
        return 0


if __name__ == "__main__":
    sys.exit(main())
