"""The SDK of Sinch. It has no call for a balance: its small call asks for one number."""

from requests.adapters import HTTPAdapter
from sinch import SinchClient


def make_client(url):
    client = SinchClient(project_id="a-project", key_id="a-key", key_secret="a-secret")
    # Its constructor takes no host; these attributes are where it keeps them.
    client.configuration.numbers_origin = url
    client.configuration.auth_origin = url
    # A connection for each thread of the benchmark; requests keeps ten unless told.
    client.configuration.transport.http_session.mount("http://", HTTPAdapter(pool_maxsize=16))
    return client


def search(client):
    found = client.numbers.search_for_available_numbers(region_code="GB", number_type="MOBILE", page_size=100)
    return found.content()


def phone(number):
    return number.phone_number


def small_call(client):
    return client.numbers.check_availability("+447700900000").phone_number
