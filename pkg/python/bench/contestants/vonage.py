"""The SDK of Vonage."""

import vonage
import vonage_http_client.http_client
from requests.adapters import HTTPAdapter
from vonage_numbers import SearchAvailableNumbersFilter


class PlainAdapter(HTTPAdapter):
    """The SDK has an option for the host, but writes https:// before it: this takes the s away again."""

    def send(self, request, *arguments, **options):
        request.url = request.url.replace("https://", "http://", 1)
        return super().send(request, *arguments, **options)


def make_client(url):
    vonage_http_client.http_client.HTTPAdapter = PlainAdapter
    # A connection for each thread of the benchmark; the SDK keeps ten unless told.
    options = vonage.HttpClientOptions(rest_host=url.removeprefix("http://"), pool_maxsize=16)
    return vonage.Vonage(vonage.Auth(api_key="a-key", api_secret="a-secret"), options)


def search(client):
    numbers, _, _ = client.numbers.search_available_numbers(SearchAvailableNumbersFilter(country="GB", size=100))
    return numbers


def phone(number):
    return number.msisdn


def small_call(client):
    return client.account.get_balance().value
