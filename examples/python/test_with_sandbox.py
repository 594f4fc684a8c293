"""Testing a program of your own without an account: `pytest test_with_sandbox.py`.

The fixtures `trunkline_sandbox` (in this process) and `trunkline_sandbox_server` (behind a port) come with the package.
"""

import pytest

import trunkline


def sign_up(client: trunkline.Trunkline) -> str:
    """The program under test: it rents a number and reads the code that arrives."""
    rental = client.rentnumber.rent(pricing_id=42)
    received = client.rentnumber.get_rental.wait(rental_id=rental.rental_id, timeout=10)
    return received.code or ""


def test_the_code_is_read(trunkline_sandbox: trunkline.Sandbox) -> None:
    trunkline_sandbox.script_sms("rentnumber", sender="Acme", text="Your Acme code is 481516")
    assert sign_up(trunkline_sandbox.client()) == "481516"


def test_a_provider_that_is_down_buys_nothing(trunkline_sandbox: trunkline.Sandbox) -> None:
    trunkline_sandbox.add_fault("server_error", provider="rentnumber", operation="GET /rentals")
    with pytest.raises(trunkline.ProviderDown):
        sign_up(trunkline_sandbox.client())
    assert trunkline_sandbox.state()["providers"]["rentnumber"]["purchases"] == 0


def test_what_speaks_http_itself_can_use_the_server(trunkline_sandbox_server: trunkline.SandboxServer) -> None:
    trunkline_sandbox_server.script_sms("rentnumber", sender="Acme", text="Your Acme code is 481516")
    with trunkline_sandbox_server.client() as client:
        assert sign_up(client) == "481516"
