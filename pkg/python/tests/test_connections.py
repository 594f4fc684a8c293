"""Connections that are kept between calls, and what becomes of them meanwhile."""

from __future__ import annotations

import time

from sockets import Brief, http

import trunkline


def test_a_connection_closed_between_two_calls_loses_no_request() -> None:
    """A request that is not a GET is sent once: over a connection that is gone, it would count as lost."""
    server = Brief(lambda _: http(200, b'{"success": true}'))
    with server:
        client = trunkline.Trunkline(rentnumber=server.accounts()["rentnumber"] | {"rate_limit": "none"})
        for _ in range(5):
            assert client.request("rentnumber", "POST", "/anything").status == 200
            time.sleep(0.2)
        assert len(server.requests) == 5
        client.close()
