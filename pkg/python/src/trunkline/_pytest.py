"""Fixtures for people's own tests: `trunkline_sandbox` and `trunkline_sandbox_server`."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from trunkline import Sandbox, SandboxServer


@pytest.fixture
def trunkline_sandbox() -> Sandbox:
    """The five providers, pretended, in this process."""
    import trunkline

    return trunkline.sandbox()


@pytest.fixture
def trunkline_sandbox_server() -> Iterator[SandboxServer]:
    """The five providers, pretended, behind real sockets."""
    import trunkline

    with trunkline.sandbox_server() as server:
        yield server
