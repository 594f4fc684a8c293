"""Trunkline itself, as its README shows it."""

import trunkline


def account(url):
    return {"api_key": "a-key", "api_secret": "a-secret", "base_url": url}


def make_client(url):
    return trunkline.Trunkline(vonage=account(url))


def search(client):
    return client.vonage.search_available(country="GB", size=100).items


def phone(number):
    return number.phone_number


def small_call(client):
    return client.vonage.get_balance().balance.amount


def make_async_client(url):
    return trunkline.AsyncTrunkline(vonage=account(url))


async def small_call_async(client):
    return (await client.vonage.get_balance()).balance.amount


async def close_async(client):
    await client.aclose()
