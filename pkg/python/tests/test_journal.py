"""Purchases are recorded before they are sent, and what is not recorded is not sent."""

from __future__ import annotations

import asyncio
import json
import threading
from pathlib import Path
from typing import Any

import pytest
from scripts import output

import trunkline
from trunkline._native import Directory

BUY: dict[str, Any] = {"country": "GB", "phone_number": "+447700900000"}
TOP_UP = "8ef2447e69604f642ae59363aa5f781b"


class Lines:
    def __init__(self) -> None:
        self.kept: list[dict[str, Any]] = []

    def record(self, line: str) -> None:
        self.kept.append(json.loads(line))


class AsyncLines:
    def __init__(self) -> None:
        self.kept: list[dict[str, Any]] = []

    async def record(self, line: str) -> None:
        await asyncio.sleep(0)
        self.kept.append(json.loads(line))


def buy_on_asyncio(journal: Any, sandbox: trunkline.Sandbox) -> None:
    async def main() -> None:
        async with sandbox.async_client(journal=journal) as client:
            await client.vonage.buy_number(**BUY)

    asyncio.run(main())


def buy_blocking(journal: Any, sandbox: trunkline.Sandbox) -> None:
    with sandbox.client(journal=journal) as client:
        client.vonage.buy_number(**BUY)


both = pytest.mark.parametrize("buy", [buy_blocking, buy_on_asyncio])


def bought(sandbox: trunkline.Sandbox) -> int:
    count: int = sandbox.state()["providers"]["vonage"]["purchases"]
    return count


def refused(buy: Any, journal: Any, match: str) -> None:
    """Nothing is sent, and the error says why."""
    sandbox = trunkline.sandbox()
    with pytest.raises(trunkline.JournalFailed, match=match) as raised:
        buy(journal, sandbox)
    assert raised.value.delivery == "not_sent"
    assert bought(sandbox) == 0


@pytest.mark.parametrize(
    ("buy", "journal"), [(buy_blocking, Lines()), (buy_on_asyncio, Lines()), (buy_on_asyncio, AsyncLines())]
)
def test_a_purchase_is_recorded_before_it_is_sent_and_its_end_after_it(buy: Any, journal: Any) -> None:
    buy(journal, trunkline.sandbox())
    intent, end = journal.kept
    assert intent["event"]["intent"]["operation"] == "vonage.buy_number"
    assert "bought" in end["event"] and end["intent"] == intent["intent"]


@both
def test_what_a_journal_raises_is_quoted_only_where_it_says_that_it_may_be(buy: Any) -> None:
    class FullDisk:
        def record(self, line: str) -> None:
            raise OSError(f"no room for {line}")

    class NoRoom:
        def record(self, line: str) -> None:
            raise trunkline.NotRecorded("no room on /srv")

    refused(buy, FullDisk(), r"the journal cannot be used: the journal raised OSError \[")
    refused(buy, NoRoom(), r"the journal cannot be used: no room on /srv \[")


def test_what_is_no_journal_is_refused() -> None:
    with pytest.raises(TypeError, match=r"journal: int is neither a folder nor has a method record\(line\)"):
        trunkline.Trunkline(journal=7)  # type: ignore[arg-type]


def test_on_asyncio_a_journal_that_blocks_does_not_block_the_loop() -> None:
    threads = []

    class Slow:
        def record(self, line: str) -> None:
            threads.append(threading.get_ident())

    buy_on_asyncio(Slow(), trunkline.sandbox())
    assert len(threads) == 2 and threading.get_ident() not in threads


@both
def test_a_folder_has_a_file_for_each_client_and_none_of_those_that_ended_well(buy: Any, tmp_path: Path) -> None:
    folder = tmp_path / "made" / "for it"
    sandbox = trunkline.sandbox()
    with sandbox.client(journal=str(folder)) as other:
        buy(folder, sandbox)
        [file] = folder.glob("*.journal")
        assert file.read_bytes() == b""
        other.rentnumber.rent(pricing_id=42)
        lines = file.read_text().splitlines()
        assert [line.split(" ", 1)[1].startswith('{"intent":') for line in lines] == [True, True]
    assert [path.name for path in folder.iterdir()] == ["claims"]
    with pytest.raises(RuntimeError, match="closed"):
        other.rentnumber.get_balance()


def test_without_a_journal_the_client_itself_knows_what_is_open() -> None:
    sandbox = trunkline.sandbox()
    client = sandbox.client()
    assert client.open_purchases() == [] == list(client.recover())
    sandbox.add_fault("lost_before_acting", provider="vonage")
    with pytest.raises(trunkline.PurchaseUnknown):
        client.vonage.top_up(trx=TOP_UP)
    [purchase] = client.open_purchases()
    assert (purchase.operation, purchase.state, purchase.candidates) == ("vonage.top_up", "unknown", [])
    assert json.loads(purchase.params) == {"trx": TOP_UP}
    assert purchase.until.timestamp() - purchase.at.timestamp() == pytest.approx(90, abs=5)
    [looked_for] = client.recover()
    assert (looked_for.intent, looked_for.outcome, looked_for.ids) == (purchase.intent, "unknown", [])
    assert looked_for.reason is not None and client.open_purchases() == [purchase]


def test_a_file_in_the_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "purchases"
    file.write_text("mine")
    for journal in (file, file / "below"):
        for client in (trunkline.Trunkline, trunkline.AsyncTrunkline):
            with pytest.raises(trunkline.JournalFailed, match="the journal cannot be used: .*purchases"):
                client(rentnumber={"api_key": "rn_your_key_here"}, journal=journal)
    assert file.read_text() == "mine"


def begun(folder: Path) -> str:
    """What a client leaves that is gone; gives the text of its file."""
    directory = Directory(str(folder), "gone")
    intent = {"operation": "vonage.top_up", "params": json.dumps({"trx": TOP_UP}), "idempotency_key": None}
    event = {"intent": {**intent, "owned": [], "until": "2026-01-01T00:01:30Z"}}
    line = {"intent": "a", "at": "2026-01-01T00:00:00Z", "account": "vonage", "event": event}
    for intent_id in "abc":
        directory.record(json.dumps({**line, "intent": intent_id}))
    directory.close()
    return (folder / "gone.journal").read_text()


@both
def test_claims_that_cannot_be_read_let_nothing_be_bought(buy: Any, tmp_path: Path) -> None:
    buy(tmp_path, trunkline.sandbox())
    claims = tmp_path / "claims"
    first, rest = claims.read_text().split("\n", 1)
    claims.write_text(f"{first}\n{first[:-3]}\n{first}\n{rest}")
    refused(buy, tmp_path, r"claims: line 2 is not as it was written")


def test_a_file_with_a_broken_line_in_the_middle_is_named_and_left_alone(tmp_path: Path) -> None:
    text = begun(tmp_path).replace('"b"', '"B"')
    (tmp_path / "gone.journal").write_text(text)
    client = trunkline.sandbox().client(journal=tmp_path)
    with pytest.raises(trunkline.JournalFailed, match=r"gone\.journal: line 2 is not as it was written"):
        list(client.recover())
    assert (tmp_path / "gone.journal").read_text() == text


def test_a_last_line_that_broke_off_is_passed_over(tmp_path: Path) -> None:
    text = begun(tmp_path)
    (tmp_path / "gone.journal").write_text(text[:-9])
    with trunkline.sandbox().client(journal=tmp_path) as client:
        assert [purchase.intent for purchase in client.recover()] == ["a", "b"]


_FULL_DISK = """
import logging, resource, signal, sys
import trunkline

logging.disable()
# As on a full disk: a write that would go beyond it fails.
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
sandbox = trunkline.sandbox()
client = sandbox.client(journal=sys.argv[1])
resource.setrlimit(resource.RLIMIT_FSIZE, (100, resource.RLIM_INFINITY))
try:
    client.rentnumber.rent(pricing_id=42)
except trunkline.JournalFailed as error:
    print(error.delivery, error)
print(sandbox.state()["providers"]["rentnumber"]["purchases"])
"""


def test_on_a_full_disk_nothing_is_sent_and_nothing_is_left_half_written(tmp_path: Path) -> None:
    error, purchases = output(_FULL_DISK, str(tmp_path))
    assert error.startswith("not_sent rentnumber.rent: the journal cannot be used: ")
    assert ".journal: File too large" in error
    assert purchases == "0"
    assert list(tmp_path.glob("*.journal")) == []


class Shared:
    """A journal of the user's own that processes share."""

    def __init__(self, folder: Path) -> None:
        self.directory = Directory(str(folder), "own")
        self.asked: list[str] = []
        self.answers: str | None = None

    def record(self, line: str) -> None:
        self.directory.record(line)

    def consult(self, question: str) -> str:
        self.asked += json.loads(question)
        return self.answers or self.directory.consult(question)


@both
def test_a_journal_of_ones_own_that_is_shared_answers_who_holds_what(buy: Any, tmp_path: Path) -> None:
    journal = Shared(tmp_path)
    buy(journal, trunkline.sandbox())
    assert journal.asked == ["claim", "claim"]
    journal.answers = '{"holder": 7}'
    refused(buy, journal, "the journal raised ValueError")
