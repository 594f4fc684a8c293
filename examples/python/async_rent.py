"""Rents two numbers at the same time and waits for both codes, on asyncio.

Accounts are taken from the environment, as in rent.py.
"""

import asyncio

import trunkline


async def code(client: trunkline.AsyncTrunkline, slug: str) -> str:
    """The first code that a number rented for this service receives."""
    found = await client.rentnumber.list_prices(slug=slug)
    rental = await client.rentnumber.rent(pricing_id=found.prices[0].id)
    print(f"{rental.phone_number} is rented for {rental.cost}")
    received = await client.rentnumber.get_rental.wait(rental_id=rental.rental_id, timeout=300)
    return received.code or "not found in the SMS"


async def main() -> None:
    async with trunkline.AsyncTrunkline() as client:
        services = await client.rentnumber.list_services()
        slugs = [service.slug for service in services[:2]]
        for slug, received in zip(slugs, await asyncio.gather(*(code(client, slug) for slug in slugs))):
            print(f"the code for {slug} is {received}")


if __name__ == "__main__":
    asyncio.run(main())
