"""Vonage's calls written by hand over requests: JSON decoded, nothing checked but the status."""

import requests
from requests.adapters import HTTPAdapter


class Client:
    def __init__(self, url):
        self.url = url
        self.session = requests.Session()
        self.session.auth = ("a-key", "a-secret")
        # A connection for each thread of the benchmark; requests keeps ten unless told.
        self.session.mount("http://", HTTPAdapter(pool_maxsize=16))

    def get(self, path, parameters=None):
        response = self.session.get(self.url + path, params=parameters, timeout=30)
        response.raise_for_status()
        return response.json()


make_client = Client


def search(client):
    return client.get("/number/search", {"country": "GB", "size": 100})["numbers"]


def phone(number):
    return number["msisdn"]


def small_call(client):
    return client.get("/account/get-balance")["value"]
