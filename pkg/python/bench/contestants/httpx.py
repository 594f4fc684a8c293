"""Vonage's calls written by hand over httpx: JSON decoded, nothing checked but the status."""

import httpx

# httpx keeps twenty connections unless told; each of the benchmark's tasks gets one.
OPTIONS = {"auth": ("a-key", "a-secret"), "limits": httpx.Limits(max_keepalive_connections=64), "timeout": 30}


def make_client(url):
    return httpx.Client(base_url=url, **OPTIONS)


def search(client):
    return decoded(client.get("/number/search", params={"country": "GB", "size": 100}))["numbers"]


def phone(number):
    return number["msisdn"]


def small_call(client):
    return decoded(client.get("/account/get-balance"))["value"]


def decoded(response):
    response.raise_for_status()
    return response.json()


def make_async_client(url):
    return httpx.AsyncClient(base_url=url, **OPTIONS)


async def small_call_async(client):
    return decoded(await client.get("/account/get-balance"))["value"]


async def close_async(client):
    await client.aclose()
