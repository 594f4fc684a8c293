"""A FastAPI server that Vonage's messages come to: POST /codes buys a number and gives the code that it receives.

Needs fastapi and uvicorn. The account is taken from the environment, and so is SIGNATURE_SECRET, which its messages are
signed with; PUBLIC_URL is where Vonage reaches this server. To try it without an account run `python -m trunkline sandbox`,
and set TRUNKLINE_VONAGE_… as it prints them.
"""

from __future__ import annotations

import os

import uvicorn
from fastapi import FastAPI, Request, Response

import trunkline

secret = trunkline.Secret(os.environ["SIGNATURE_SECRET"])
port = int(os.environ.get("PORT", "8080"))
public_url = os.environ.get("PUBLIC_URL", f"http://127.0.0.1:{port}")

app = FastAPI()
client = trunkline.AsyncTrunkline()


@app.api_route("/events/vonage", methods=["GET", "POST"])
async def vonage(request: Request) -> Response:
    try:
        event = trunkline.parse_event(
            "vonage",
            method=request.method,
            query=request.url.query,
            headers=request.headers,
            body=await request.body(),
            secret=secret,
            algorithm="hmac_sha256",
        )
    except trunkline.Unauthenticated:
        return Response(status_code=401)
    except trunkline.TrunklineError as error:
        return Response(str(error), status_code=400)
    if event is not None:
        client.feed(event)
    return Response(status_code=200)


@app.post("/codes")
async def code() -> dict[str, str | None]:
    found = await client.search(country="GB", accounts=["vonage"], capabilities=["sms"], limit=1)
    number = (await client.buy(offers=[found.offers[0].id])).number
    try:
        await client.configure(number=number.id, webhook_url=f"{public_url}/events/vonage")
        message = await client.wait_for_message(number=number.id, with_code=True, timeout=120)
    finally:
        await client.release(number=number.id)
    return {"number": number.phone_number, "from": message.sender, "code": message.code}


if __name__ == "__main__":
    print(f"The server is at http://127.0.0.1:{port}", flush=True)
    uvicorn.run(app, host="127.0.0.1", port=port, log_level="warning")
