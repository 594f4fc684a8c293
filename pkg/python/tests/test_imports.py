"""What `import trunkline` brings with it: it is paid for at the start of every program."""

from __future__ import annotations

import subprocess
import sys

import pytest

import trunkline

_NEVER = "typing re msgspec asyncio logging json decimal datetime inspect dataclasses enum".split()
_LOADED = """
import sys
sys.path[:] = sys.argv[1:]
before = set(sys.modules)
{}
print(*sorted(set(sys.modules) - before))
"""


def loaded(statement: str) -> set[str]:
    """What a statement imports in a bare interpreter: without site, which may load modules of its own."""
    bare = [sys.executable, "-I", "-S", "-c", _LOADED.format(statement), *filter(None, sys.path)]
    return set(subprocess.run(bare, check=True, capture_output=True, text=True).stdout.split())


def test_importing_the_package_imports_none_of_what_is_slow() -> None:
    assert loaded("import trunkline") & set(_NEVER) == set()


def test_importing_the_package_loads_no_native_code_and_little_else() -> None:
    added = loaded("import trunkline")
    assert "trunkline._native" not in added
    ours = {name for name in added if name.split(".")[0] == "trunkline"}
    assert len(added - ours) <= 8, added - ours


def test_a_blocking_client_does_not_import_asyncio_nor_one_provider_another() -> None:
    added = loaded("import trunkline\ntrunkline.sandbox().client().rentnumber.list_services()")
    assert added & {"asyncio", "logging", "trunkline.sinch", "trunkline._operations.vonage"} == set()
    assert {"trunkline.rentnumber", "trunkline._operations.rentnumber"} <= added


def test_every_public_name_is_there() -> None:
    for name in trunkline.__all__:
        assert getattr(trunkline, name) is not None
    assert set(trunkline.__all__) <= set(dir(trunkline))
    assert trunkline.rentnumber.Rental.__name__ == "Rental"
    with pytest.raises(AttributeError, match="no attribute 'Rental'"):
        getattr(trunkline, "Rental")
