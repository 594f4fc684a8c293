"""Events on the logger `trunkline`."""

from __future__ import annotations

import asyncio
import logging
from typing import Any

import pytest
from scripts import output
from secrets_shown import Log

import trunkline


def call_blocking(sandbox: trunkline.Sandbox, **options: Any) -> None:
    sandbox.client().vonage.get_balance(**options)


def call_async(sandbox: trunkline.Sandbox, **options: Any) -> None:
    async def main() -> None:
        await sandbox.async_client().vonage.get_balance(**options)

    asyncio.run(main())


BOTH = pytest.mark.parametrize("call", [call_blocking, call_async])


def said(log: Log) -> list[tuple[str, str]]:
    return [(it.levelname, it.getMessage().split("http")[0]) for it in log.records if it.name == "trunkline"]


@BOTH
def test_requests_and_replies_are_said_at_debug(call: Any) -> None:
    with Log() as log:
        call(trunkline.sandbox())
    assert said(log) == [
        ("DEBUG", "vonage.get_balance: request: GET "),
        ("DEBUG", "vonage.get_balance: reply: GET "),
    ]
    assert log.records[-1].getMessage().endswith("/account/get-balance: status 200")


@BOTH
def test_what_is_lost_and_sent_again_is_said_at_info(call: Any) -> None:
    sandbox = trunkline.sandbox()
    sandbox.add_fault("lost_before_acting", times=1)
    with Log() as log:
        call(sandbox)
    infos = [text.split(" ", 2)[1] for level, text in said(log) if level == "INFO"]
    assert infos == ["lost:", "retry:"]


def test_waits_are_said_at_debug() -> None:
    client = trunkline.sandbox()
    client.script_sms("rentnumber", sender="Acme", text="Your code is 123456")
    accounts = client.accounts
    accounts["rentnumber"]["rate_limit"] = "1/1"
    with Log() as log, trunkline.Trunkline(accounts=accounts, transport=client) as limited:
        limited.rentnumber.list_services()
        limited.rentnumber.list_services()
    assert any(level == "DEBUG" and ": wait: in " in text and "(rate_limit)" in text for level, text in said(log))


def test_no_credential_is_said_even_where_it_goes_into_the_url() -> None:
    sandbox = trunkline.sandbox()
    accounts = sandbox.accounts
    accounts["vonage"]["auth"] = "query"
    with Log() as log, trunkline.Trunkline(accounts=accounts, transport=sandbox) as client:
        client.vonage.get_balance()
        client.sinch.list_regions()
        client.rentnumber.get_balance()
    assert len(said(log)) >= 6
    assert log.shown(accounts) == []


def test_a_journal_that_fails_is_said_without_its_text(caplog: pytest.LogCaptureFixture) -> None:
    class FullDisk:
        def record(self, line: str) -> None:
            raise OSError(line)

    with pytest.raises(trunkline.JournalFailed):
        trunkline.sandbox().client(journal=FullDisk()).vonage.buy_number(country="GB", phone_number="+447700900000")
    # The purchase, and that it was not sent.
    warnings = [it.getMessage() for it in caplog.records if it.levelno == logging.WARNING]
    assert warnings == ["vonage.buy_number: the journal cannot be used: the journal raised OSError"] * 2


_SILENT = """
import sys, trunkline
with trunkline.Trunkline(accounts=trunkline.sandbox().accounts, transport=trunkline.sandbox()) as client:
    client.rentnumber.rent(pricing_id=42)
print("logging" in sys.modules)
"""
_AT_THE_DEFAULT_LEVEL = """
import logging, trunkline
sandbox = trunkline.sandbox()
sandbox.add_fault("lost_before_acting", times=1)
sandbox.client().vonage.get_balance()
"""


def test_logging_is_not_imported_by_calls_and_says_nothing_by_default() -> None:
    assert output(_SILENT) == ["False"]
    assert output(_AT_THE_DEFAULT_LEVEL) == []
