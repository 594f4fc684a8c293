"""What type checkers are to refuse; not run. Every line that ends in `# refused` is an error in mypy and in pyright."""

from __future__ import annotations

import trunkline
from trunkline import AsyncTrunkline, Request, Response, Trunkline


async def carry(request: Request) -> Response:
    return Response(200)


def wrong(client: Trunkline, other: AsyncTrunkline) -> None:
    client.rentnumber.rent(42)  # refused
    client.rentnumber.rent()  # refused
    client.rentnumber.rent(pricing_id=42, idempotency_key="k")  # refused
    client.rentnumber.rent(pricing_id=4.2)  # refused
    client.rentnumber.rent(pricing_id=42).costs  # refused
    client.rentnumber.rent(pricing_id=42).status = "waiting"  # refused
    client.rentnumber.rent.wait(pricing_id=42)  # refused
    client.rentnumber.list_services.all()  # refused
    client.twilio  # refused
    client.buy(offers=["x"], max_price="5 USD")  # refused
    client.buy(offers=["x"], account="vonage")  # refused
    client.search.wait(country="US")  # refused
    trunkline.parse_event("sinch", body="text", headers={}, secret="s")  # refused
    trunkline.parse_event("sinch", body=b"", headers={}, secret="s", algorithm="sha1")  # refused
    client.feed({"provider": "sinch"})  # refused
    other.rentnumber.rent(pricing_id=42).cost  # refused
    Trunkline(rentnumber={"api_kee": "k"})  # refused
    Trunkline(transport=carry)  # refused
    Trunkline(transport=1)  # refused
    Trunkline("key")  # refused
