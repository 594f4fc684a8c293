"""The SDK of Twilio."""

from requests.adapters import HTTPAdapter
from twilio.rest import Client


def make_client(url):
    client = Client("AC00000000000000000000000000000000", "a-token")
    # Region and edge are its only options for a host, and both end in twilio.com; the attribute is public.
    client.api.base_url = url
    # A connection for each thread of the benchmark; the SDK keeps one for each processor and four more.
    client.http_client.session.mount("http://", HTTPAdapter(pool_maxsize=16))
    return client


def search(client):
    return client.available_phone_numbers("GB").local.list(limit=100)


def phone(number):
    return number.phone_number


def small_call(client):
    return client.balance.fetch().balance


def make_async_client(url):
    from twilio.http.async_http_client import AsyncTwilioHttpClient

    http_client = AsyncTwilioHttpClient()
    client = Client("AC00000000000000000000000000000000", "a-token", http_client=http_client)
    client.api.base_url = url
    return client


async def small_call_async(client):
    return (await client.balance.fetch_async()).balance


async def close_async(client):
    await client.http_client.close()
