"""A gateway in a server of one's own: as ASGI calls it, and in FastAPI behind real sockets."""

from __future__ import annotations

import asyncio
import json
import threading
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any, TypeVar

import httpx
import pytest
import uvicorn
from fastapi import FastAPI

import trunkline
from trunkline.gateway import Gateway, Policy, gateway

TOKEN = "a-token-of-the-gateway-0123456789"
PAGE = "https://app.example.com"
POLICY: Policy = {
    "tokens": [trunkline.Secret(TOKEN)],
    "operations": ["rentnumber.*", "rentnumber.rent", "tempnumber.buy_number", "vonage.*"],
    "origins": [PAGE],
    "max_purchases": 5,
    "body_limit": 4096,
    "body_timeout": 0.3,
}
RENT = {"operation": "rentnumber.rent", "params": {"pricing_id": "42"}}
BALANCE = {"operation": "rentnumber.get_balance"}
LIST = {"operation": "vonage.search_available", "mode": "all", "params": {"country": "GB", "size": 100}}
GOOD = [("host", "x"), ("authorization", f"Bearer {TOKEN}"), ("content-type", "application/json")]

T = TypeVar("T")


class Page:
    """One request, as a server calls an application with it, and what came of it."""

    def __init__(
        self,
        body: object = None,
        *,
        headers: list[tuple[str, str]] = GOOD,
        method: str = "POST",
        path: str = "/",
        root: str = "",
        query: str = "",
        whole: bool = True,
    ) -> None:
        text = body if isinstance(body, bytes) else json.dumps(body).encode()
        sent = [*headers, ("content-length", str(len(text)))]
        self.scope: dict[str, Any] = {
            "type": "http",
            "method": method,
            "path": path,
            "raw_path": path.encode(),
            "root_path": root,
            "query_string": query.encode(),
            "headers": [(name.encode(), value.encode()) for name, value in sent],
        }
        half = len(text) // 2
        self._messages: list[dict[str, Any]] = [
            {"type": "http.request", "body": text[:half], "more_body": True},
            {"type": "http.request", "body": text[half:], "more_body": not whole},
        ]
        self.received = 0
        self.gone = asyncio.Event()
        self.status = 0
        self.headers: list[tuple[str, str]] = []
        self.body = b""
        self.pieces = 0
        self.ended = False

    async def receive(self) -> dict[str, Any]:
        if self.received < len(self._messages):
            self.received += 1
            return self._messages[self.received - 1]
        await self.gone.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: Any) -> None:
        assert not self.ended
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self.headers = [(name.decode(), value.decode()) for name, value in message["headers"]]
        else:
            self.body += message["body"]
            self.pieces += 1
            self.ended = not message.get("more_body", False)
            await asyncio.sleep(0)

    async def ask(self, application: Gateway) -> Page:
        await asyncio.wait_for(application(self.scope, self.receive, self.send), 10)
        return self

    def header(self, name: str) -> str | None:
        return dict(self.headers).get(name)

    def json(self) -> Any:
        return json.loads(self.body)


def policy(**more: Any) -> Policy:
    return {**POLICY, **more}  # type: ignore[typeddict-item]


@asynccontextmanager
async def made(server: trunkline.SandboxServer, **more: Any) -> AsyncIterator[Gateway]:
    """A gateway before a sandbox behind real sockets."""
    accounts = server.accounts
    accounts["rentnumber"]["rate_limit"] = "none"
    async with trunkline.AsyncTrunkline(accounts=accounts) as client:
        yield gateway(client, policy(**more))


def purchases(server: trunkline.SandboxServer, provider: str = "rentnumber") -> int:
    count: int = server.state()["providers"][provider]["purchases"]
    return count


def on_stage(work: Callable[[trunkline.SandboxServer, Gateway], Awaitable[T]], **more: Any) -> T:
    async def run() -> T:
        with trunkline.sandbox_server() as server:
            async with made(server, **more) as application:
                return await work(server, application)

    return asyncio.run(run())


async def until(so: Callable[[], bool]) -> None:
    for _ in range(500):
        if so():
            return
        await asyncio.sleep(0.01)
    raise AssertionError("it has not come to pass")


def test_a_result_an_error_and_a_reply_are_those_of_a_client_at_the_accounts() -> None:
    async def work(server: trunkline.SandboxServer, application: Gateway) -> None:
        page = await Page({**BALANCE, "response": True}).ask(application)
        assert (page.status, page.header("content-type")) == (200, "application/json")
        assert page.header("content-length") == str(len(page.body))
        with server.client() as client:
            answer = client.rentnumber.get_balance.with_response()
            with pytest.raises(trunkline.TrunklineError) as raised:
                client.rentnumber.get_rental(rental_id="999")
        assert page.json()["value"]["balance"]["amount"] == str(answer.value.balance.amount)
        assert page.json()["response"]["body"] == answer.response.body.decode()
        page = await Page({"operation": "rentnumber.get_rental", "params": {"rental_id": "999"}}).ask(application)
        error = page.json()["error"]
        assert (page.status, error["text"], error["kind"]) == (200, str(raised.value), raised.value.kind)

    on_stage(work)


def test_a_list_comes_in_lines_and_ends_with_the_page_that_reads_it() -> None:
    async def work(server: trunkline.SandboxServer, application: Gateway) -> None:
        page = await Page(LIST).ask(application)
        lines = page.body.decode().splitlines()
        assert page.header("content-type") == "application/x-ndjson" and page.header("content-length") is None
        assert len(lines) > 1000 and lines[-1] == '{"end":true}' and page.ended and page.pieces == len(lines) + 1
        closed = Page(LIST)
        task = asyncio.create_task(closed.ask(application))
        await until(lambda: closed.pieces > 150)
        closed.gone.set()
        await task
        assert closed.pieces < len(lines) and not closed.ended
        # It hangs between two pages: that too is given up.
        server.add_fault("hang", provider="vonage", skip=1)
        hanging = Page(LIST)
        task = asyncio.create_task(hanging.ask(application))
        await until(lambda: hanging.pieces == 100)
        hanging.gone.set()
        await asyncio.wait_for(task, 2)

    on_stage(work)


def test_a_page_that_is_closed_leaves_no_purchase_half_made_and_finish_waits_for_it() -> None:
    async def work(server: trunkline.SandboxServer, application: Gateway) -> None:
        server.add_fault("slow", operation="POST /rent", delay=0.6)
        page = Page(RENT)
        task = asyncio.create_task(page.ask(application))
        await until(lambda: purchases(server) == 1)
        page.gone.set()
        # Servers do either.
        task.cancel()
        started = time.monotonic()
        await application.finish()
        assert 0.2 < time.monotonic() - started < 3
        server.clear_faults()
        listed = await Page({"operation": "rentnumber.list_rentals"}).ask(application)
        assert len(listed.json()["value"]) == purchases(server) == 1

    on_stage(work)


def test_nothing_is_read_on_for_a_page_that_is_closed() -> None:
    async def work(server: trunkline.SandboxServer, application: Gateway) -> None:
        server.add_fault("hang", provider="rentnumber")
        page = Page(BALANCE)
        task = asyncio.create_task(page.ask(application))
        await asyncio.sleep(0.2)
        page.gone.set()
        await asyncio.wait_for(task, 2)
        assert page.status == 0
        await application.finish()

    on_stage(work)


def test_nothing_is_bought_by_what_is_refused_and_each_refusal_says_why() -> None:
    def headers(name: str, *values: str) -> list[tuple[str, str]]:
        return [*(pair for pair in GOOD if pair[0] != name), *((name, value) for value in values)]

    def cases() -> list[tuple[Page, int, str]]:
        return [
            (Page(RENT, headers=headers("authorization")), 401, "unauthenticated"),
            (Page(RENT, headers=headers("authorization", f"Bearer {TOKEN[:-1]}8")), 401, "unauthenticated"),
            (Page(RENT, headers=headers("authorization", f"Bearer {TOKEN}", f"Bearer {TOKEN}")), 400, "invalid_input"),
            (Page(RENT, headers=headers("content-type", "text/plain")), 415, "invalid_input"),
            (Page(RENT, headers=headers("content-encoding", "gzip")), 415, "invalid_input"),
            (Page(RENT, headers=headers("transfer-encoding", "chunked")), 411, "invalid_input"),
            (Page(RENT, headers=headers("content-length", "1")), 400, "invalid_input"),
            (Page(RENT, headers=headers("origin", "https://evil.example")), 403, "forbidden"),
            (Page(RENT, headers=headers("origin", "null")), 403, "forbidden"),
            (Page(RENT, path="//"), 404, "not_found"),
            (Page(RENT, path="/x"), 404, "not_found"),
            (Page(RENT, query="token=x"), 404, "not_found"),
            (Page(RENT, method="GET"), 405, "unsupported"),
            (Page(json.dumps(RENT).encode() + b" " * 5000), 413, "invalid_input"),
            (Page(b"{"), 400, "invalid_input"),
            (Page(b"\xff\xfe"), 400, "invalid_input"),
            (Page(RENT, whole=False), 408, "timed_out"),
            (Page({"operation": "rentnumber.cancel_rental", "params": {"rental_id": 1}}), 403, "forbidden"),
            (Page({**RENT, "options": {"account": "vonage"}}), 403, "forbidden"),
        ]

    async def work(server: trunkline.SandboxServer, application: Gateway) -> None:
        for page, status, kind in cases():
            await page.ask(application)
            error = page.json()["error"]
            assert (page.status, error["kind"]) == (status, kind), page.body
            assert (error["delivery"], error["code"]) == ("not_sent", "gateway")
            assert TOKEN.encode() not in page.body
        assert purchases(server) == 0
        # It was not for another reason.
        assert (await Page(RENT).ask(application)).status == 200
        assert purchases(server) == 1

    on_stage(work)


def test_no_more_of_a_body_is_read_than_the_limit() -> None:
    async def work(_: trunkline.SandboxServer, application: Gateway) -> None:
        page = Page(b" " * 3000)
        # Without a length nobody can know before.
        page.scope["headers"] = [pair for pair in page.scope["headers"] if pair[0] != b"content-length"]
        page._messages = [{"type": "http.request", "body": b" " * 3000, "more_body": True}] * 10
        await page.ask(application)
        assert (page.status, page.received) == (413, 2)

    on_stage(work)


def test_fifty_who_buy_at_once_buy_no_more_than_is_allowed() -> None:
    buy = {"operation": "tempnumber.buy_number", "params": {"country_code": "US", "duration": "oneMonth"}}

    async def work(server: trunkline.SandboxServer, application: Gateway) -> None:
        pages = await asyncio.gather(*(Page(buy).ask(application) for _ in range(50)))
        statuses = [page.status for page in pages]
        assert (statuses.count(200), statuses.count(429)) == (5, 45)
        assert purchases(server, "tempnumber") == 5
        late = await Page(RENT).ask(application)
        assert int(late.header("retry-after") or 0) > 86_000

    on_stage(work)


def test_pages_of_listed_origins_may_ask_and_read() -> None:
    asking = [("access-control-request-method", "POST"), ("access-control-request-headers", "authorization")]

    async def work(_: trunkline.SandboxServer, application: Gateway) -> None:
        page = await Page(b"", method="OPTIONS", headers=[("origin", PAGE), *asking]).ask(application)
        assert (page.status, page.body, page.header("access-control-allow-origin")) == (204, b"", PAGE)
        page = await Page(b"", method="OPTIONS", headers=[("origin", "https://evil.example"), *asking]).ask(application)
        assert (page.status, page.header("access-control-allow-origin")) == (403, None)
        page = await Page(BALANCE, headers=[*GOOD, ("origin", PAGE)]).ask(application)
        assert (page.status, page.header("access-control-allow-origin")) == (200, PAGE)

    on_stage(work)


def test_where_it_is_mounted_is_not_part_of_its_path() -> None:
    async def work(_: trunkline.SandboxServer, application: Gateway) -> None:
        for path, root, status in [("/gateway/", "/gateway", 200), ("/gateway", "/gateway", 200), ("/gateway/", "", 404)]:
            assert (await Page(BALANCE, path=path, root=root).ask(application)).status == status

    on_stage(work)


def test_alone_in_a_server_it_lives_with_it_and_takes_no_websockets() -> None:
    async def work(_: trunkline.SandboxServer, application: Gateway) -> None:
        incoming = iter(["lifespan.startup", "lifespan.shutdown"])
        sent: list[str] = []

        async def receive() -> dict[str, Any]:
            return {"type": next(incoming)}

        async def send(message: Any) -> None:
            sent.append(message["type"])

        await application({"type": "lifespan"}, receive, send)
        await application({"type": "websocket"}, receive, send)
        assert sent == ["lifespan.startup.complete", "lifespan.shutdown.complete", "websocket.close"]

    on_stage(work)


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"tokens": []}, "tokens: there is none"),
        ({"tokens": ["short"]}, "tokens: a token must be at least 16"),
        ({"operations": ["rentnumber.nonsense"]}, "rentnumber.nonsense"),
        ({"max_purchases": 0}, "max_purchases: .* spends money"),
        ({"accounts": ["other"]}, 'accounts: no account "other"'),
        ({"timeout": 5}, "timeout"),
        ({"body_limit": "much"}, "body_limit"),
        ({"origins": {1, 2}.union}, "origins: it cannot be written as JSON"),
    ],
)
def test_a_policy_that_makes_no_sense_says_why(more: dict[str, Any], message: str) -> None:
    client = trunkline.sandbox().async_client()
    with pytest.raises(trunkline.InvalidInput, match=message) as raised:
        gateway(client, policy(**more))
    assert TOKEN not in str(raised.value)


def test_it_needs_an_asynchronous_client_that_is_open() -> None:
    with pytest.raises(TypeError, match="it needs an AsyncTrunkline, not a Trunkline"):
        gateway(trunkline.sandbox().client(), POLICY)  # type: ignore[arg-type]

    async def closed() -> None:
        client = trunkline.sandbox().async_client()
        application = gateway(client, POLICY)
        await client.aclose()
        with pytest.raises(RuntimeError, match="closed"):
            await Page(BALANCE).ask(application)

    asyncio.run(closed())


def test_after_a_fork_it_is_made_anew() -> None:
    """Else the keys of purchases would be the same in both."""

    async def work(_: trunkline.SandboxServer, application: Gateway) -> None:
        native = application._native
        await Page(BALANCE).ask(application)
        assert application._native is native
        application._client._process = -1
        assert (await Page(BALANCE).ask(application)).status == 200
        assert application._native is not native

    on_stage(work)


@contextmanager
def served(app: FastAPI) -> Iterator[str]:
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_level="warning"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        assert thread.is_alive()
        time.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()


def test_in_fastapi_behind_a_real_server_it_answers_as_it_does_alone() -> None:
    app = FastAPI()
    sandbox = trunkline.sandbox()
    app.mount("/gateway", gateway(sandbox.async_client(), POLICY))
    app.add_route("/exact", gateway(sandbox.async_client(), policy(path="/exact")), methods=None)  # type: ignore[arg-type]
    headers = {"authorization": f"Bearer {TOKEN}"}
    with served(app) as url, httpx.Client(headers=headers, trust_env=False) as http:
        reply = http.post(f"{url}/gateway/", json=RENT)
        assert reply.status_code == 200 and reply.json()["value"]["status"] == "waiting"
        assert http.post(f"{url}/exact", json=BALANCE).json()["value"]["balance"]["currency"] == "NGN"
        lines = http.post(f"{url}/gateway/", json=LIST).text.splitlines()
        assert len(lines) > 1000 and lines[-1] == '{"end":true}'
        assert http.post(f"{url}/gateway/", json=RENT, headers={"authorization": "Bearer x"}).status_code == 401
        assert http.post(f"{url}/gateway/x", json=RENT).status_code == 404
        assert http.post(f"{url}/gateway/", content=b" " * 5000, headers={"content-type": "application/json"}).status_code == 413
        # A page that hangs up in the middle of a list.
        with http.stream("POST", f"{url}/gateway/", json=LIST) as stream:
            assert next(stream.iter_lines()).startswith('{"item":')
        assert http.post(f"{url}/gateway/", json=BALANCE).status_code == 200
    assert sandbox.state()["providers"]["rentnumber"]["purchases"] == 1
