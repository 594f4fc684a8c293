"""Trunkline over httpx: `trunkline.Trunkline(transport=HttpxTransport(httpx.Client()))`, as an example of a transport.

The built-in transport is faster and needs no package; this one is for programs whose proxies, certificates or recordings
are set up in httpx already.
"""

from __future__ import annotations

from typing import Any

import httpx

from trunkline import NotSent, Request, Response

__all__ = ["AsyncHttpxTransport", "HttpxTransport"]

# Errors of which it is certain that nothing was sent.
_BEFORE_SENDING = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol)


class HttpxTransport:
    """For Trunkline."""

    def __init__(self, client: httpx.Client) -> None:
        self._client = client

    def send(self, request: Request) -> Response:
        """Sends by the client, following no redirect."""
        try:
            with self._client.stream(**_arguments(request)) as reply:
                body = bytearray()
                for chunk in reply.iter_bytes():
                    body += chunk
                    if len(body) > request.body_limit:
                        break
                return _response(request, reply, body)
        except _BEFORE_SENDING as error:
            raise NotSent(type(error).__name__) from None


class AsyncHttpxTransport:
    """For AsyncTrunkline."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self._client = client

    async def send(self, request: Request) -> Response:
        """Sends by the client, following no redirect."""
        try:
            async with self._client.stream(**_arguments(request)) as reply:
                body = bytearray()
                async for chunk in reply.aiter_bytes():
                    body += chunk
                    if len(body) > request.body_limit:
                        break
                return _response(request, reply, body)
        except _BEFORE_SENDING as error:
            raise NotSent(type(error).__name__) from None


def _arguments(request: Request) -> dict[str, Any]:
    return {
        "method": request.method,
        "url": request.url,
        "headers": request.headers,
        "content": request.body,
        "timeout": request.timeout,
        "follow_redirects": False,
    }


def _response(request: Request, reply: httpx.Response, body: bytearray) -> Response:
    # One byte more than the limit tells that the body is longer.
    return Response(reply.status_code, reply.headers.items(), bytes(body[: request.body_limit + 1]))
