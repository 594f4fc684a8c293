"""For every operation: what has to be there before it, and parameters with which it succeeds at the sandbox.

A job is a generator, so that blocking and asyncio clients do the same one: it yields calls to be made, is sent their
results, and returns the parameters.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import Any, TypeAlias

Params: TypeAlias = dict[str, Any]
# An operation and its parameters; or seconds of the sandbox's time to let pass.
Job: TypeAlias = Generator[tuple[str, Params] | float, Any, Params]

_SINCH_NUMBER = "+12089087284"
_VOEPY_NUMBER = "+15125550100"
_VONAGE_NUMBER = "+447700900000"
_US_MONTH = {"country_code": "US", "duration": "oneMonth"}
_US_LOCAL = {"region_code": "US", "number_type": "LOCAL"}
_VONAGE = {"country": "GB", "phone_number": _VONAGE_NUMBER}
_VOEPY_ORDER = {"phone_numbers": [_VOEPY_NUMBER], "country_code": "US", "number_type": "local"}
_VOEPY_FILES = {"files": [{"file_name": "loa.pdf", "content_type": "application/pdf", "content": b"%PDF-1.4"}]}
_PORTED = {"phone_numbers": ["+15125559999"]}
_SINCH_ADDRESS = {
    "phone_number": _SINCH_NUMBER,
    "display_name": "Front desk",
    "address": {
        "street_number": "1",
        "street_info": "Example St",
        "city": "Boise",
        "state": "ID",
        "postal_code": "83702",
    },
}
_VOEPY_ADDRESS = {
    "street_address": "1 Example St",
    "locality": "Austin",
    "administrative_area": "TX",
    "postal_code": "78701",
    "country_code": "US",
}


def _with(params: Params, prepare: Callable[[], Job] | None = None) -> Callable[[], Job]:
    def job() -> Job:
        if prepare is not None:
            yield from prepare()
        else:
            yield from ()
        return params

    return job


def _and(params: Params, prepare: Callable[[], Job]) -> Callable[[], Job]:
    def job() -> Job:
        return {**(yield from prepare()), **params}

    return job


def _tempnumber() -> Job:
    number = yield "tempnumber.buy_number", _US_MONTH
    return {"number_id": number.id}


def _rental() -> Job:
    rental = yield "rentnumber.rent", {"pricing_id": 42}
    return {"rental_id": rental.rental_id}


def _sinch() -> Job:
    number = yield "sinch.rent_number", {"phone_number": _SINCH_NUMBER}
    return {"phone_number": number.phone_number}


def _sinch_emergency() -> Job:
    number = yield from _sinch()
    yield "sinch.provision_emergency_address", _SINCH_ADDRESS
    return number


def _voepy() -> Job:
    ordered = yield "voepy.order_numbers", _VOEPY_ORDER
    # Until it is active.
    yield 10.0
    return {"number_id": ordered[0].id}


def _voepy_porting() -> Job:
    documents = yield "voepy.upload_porting_document", _VOEPY_FILES
    return {**_PORTED, "document_ids": [documents[0].id]}


def _vonage() -> Job:
    yield "vonage.buy_number", _VONAGE
    return _VONAGE


_NOTHING = _with({})

JOBS: dict[str, Callable[[], Job]] = {
    "tempnumber.get_account": _NOTHING,
    "tempnumber.list_pricing": _NOTHING,
    "tempnumber.get_country_pricing": _with({"country_code": "US"}),
    "tempnumber.get_inventory": _with(_US_MONTH),
    "tempnumber.buy_number": _with(_US_MONTH),
    "tempnumber.renew_number": _tempnumber,
    "tempnumber.cancel_number": _tempnumber,
    "tempnumber.list_numbers": _with({}, _tempnumber),
    "tempnumber.list_number_sms": _tempnumber,
    "tempnumber.receive_sms": _with({"phone_number": "+12025550134"}, _tempnumber),
    "rentnumber.get_balance": _NOTHING,
    "rentnumber.list_services": _NOTHING,
    "rentnumber.list_countries": _NOTHING,
    "rentnumber.list_prices": _with({"slug": "whatsapp"}),
    "rentnumber.rent": _with({"pricing_id": 42}),
    "rentnumber.get_rental": _rental,
    "rentnumber.cancel_rental": _rental,
    "rentnumber.list_rentals": _with({}, _rental),
    "sinch.search_available": _with(_US_LOCAL),
    "sinch.rent_number": _with({"phone_number": _SINCH_NUMBER}),
    "sinch.list_numbers": _with(_US_LOCAL, _sinch),
    "sinch.update_number": _and({"display_name": "desk"}, _sinch),
    "sinch.release_number": _sinch,
    "sinch.get_available": _with({"phone_number": _SINCH_NUMBER}),
    "sinch.rent_any_number": _with(_US_LOCAL),
    "sinch.get_number": _sinch,
    "sinch.list_regions": _NOTHING,
    "sinch.get_callback_configuration": _NOTHING,
    "sinch.update_callback_configuration": _with({"hmac_secret": "0123456789-0123456789-0123456789-ab"}),
    "sinch.get_emergency_address": _sinch_emergency,
    "sinch.provision_emergency_address": _with(_SINCH_ADDRESS, _sinch),
    "sinch.validate_emergency_address": _with(_SINCH_ADDRESS, _sinch),
    "sinch.deprovision_emergency_address": _sinch_emergency,
    "voepy.search_available": _with({"country_code": "US", "number_type": "local"}),
    "voepy.reserve_numbers": _with({"phone_numbers": [_VOEPY_NUMBER]}),
    "voepy.order_numbers": _with(_VOEPY_ORDER),
    "voepy.list_numbers": _with({}, _voepy),
    "voepy.update_number": _and({"customer_reference": "desk"}, _voepy),
    "voepy.release_number": _voepy,
    "voepy.lookup_number": _with({"phone_number": _VOEPY_NUMBER, "lookup_type": "carrier"}),
    "voepy.check_portability": _with(_PORTED),
    "voepy.check_csr_coverage": _with(_PORTED),
    "voepy.create_porting_order": _voepy_porting,
    "voepy.list_porting_orders": _NOTHING,
    "voepy.upload_porting_document": _with(_VOEPY_FILES),
    "voepy.create_emergency_address": _with(_VOEPY_ADDRESS),
    "voepy.get_connection": _NOTHING,
    "voepy.list_connections": _NOTHING,
    "voepy.get_account": _NOTHING,
    "voepy.create_webhook_subscription": _with({"target_url": "https://example.com/hook", "event_types": ["*"]}),
    "voepy.list_webhook_deliveries": _NOTHING,
    "vonage.get_balance": _NOTHING,
    "vonage.get_pricing": _with({"country": "GB"}),
    "vonage.update_settings": _with({"mo_callback_url": "https://example.com/mo"}),
    "vonage.list_numbers": _with({}, _vonage),
    "vonage.search_available": _with({"country": "GB"}),
    "vonage.buy_number": _with(_VONAGE),
    "vonage.cancel_number": _vonage,
    "vonage.update_number": _and({"mo_http_url": "https://example.com/mo"}, _vonage),
    "vonage.top_up": _with({"trx": "8ef2447e69604f642ae59363aa5f781b"}),
    "vonage.get_product_pricing": _with({"product": "sms", "country": "CA"}),
    "vonage.list_product_pricing": _with({"product": "sms"}),
    "vonage.list_prefix_pricing": _with({"product": "sms", "prefix": "44"}),
}
