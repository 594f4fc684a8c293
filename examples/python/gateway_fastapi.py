"""A gateway inside a FastAPI server, so that pages use accounts whose keys stay here: python gateway_fastapi.py

Needs fastapi and uvicorn. Against the pretended providers; with trunkline.AsyncTrunkline() they are the real ones.
"""

from __future__ import annotations

import os
import secrets

import uvicorn
from fastapi import FastAPI

import trunkline
from trunkline.gateway import gateway

token = os.environ.get("GATEWAY_TOKEN") or secrets.token_hex(16)
port = int(os.environ.get("PORT", "8080"))

app = FastAPI()
app.mount(
    "/gateway",
    gateway(
        trunkline.sandbox().async_client(),
        {
            "tokens": [token],
            "origins": ["https://app.example.com"],
            "operations": ["rentnumber.*", "rentnumber.rent"],
            "max_purchases": 20,
        },
    ),
)

if __name__ == "__main__":
    print(f"The gateway is at http://127.0.0.1:{port}/gateway/, its token is {token}", flush=True)
    uvicorn.run(app, host="127.0.0.1", port=port, log_level="warning")
