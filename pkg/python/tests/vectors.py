"""The vectors: exact bytes out, exact bytes in, from the providers' own pages. The same files run in every host."""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[3] / "tests" / "vectors"

# The account that cases use unless they say otherwise.
_DEFAULTS: dict[str, dict[str, Any]] = {
    "tempnumber": {"token": "tn-token-0123456789"},
    "rentnumber": {"api_key": "rn_your_key_here"},
    "sinch": {
        "project_id": "0994c893-4d74-4455-8259-4f5c68d92f6f",
        "key_id": "key-id",
        "key_secret": "key-secret",
        "auth": "basic",
    },
    "voepy": {"api_key": "voepy-key-0123456789", "base_url": "https://voepy.example"},
    "vonage": {"api_key": "abcd1234", "api_secret": "ABCDEFGH01234abc"},
}


@dataclass(frozen=True)
class Case:
    """One case of one operation."""

    operation: str
    name: str
    mode: str
    input: dict[str, Any]
    settings: dict[str, Any]
    options: dict[str, Any]
    exchange: list[dict[str, Any]]
    journal_works: bool
    expected: dict[str, Any]
    """Either `output` or `error`."""

    @property
    def provider(self) -> str:
        """Its first half."""
        return self.operation.partition(".")[0]

    @property
    def parameters(self) -> dict[str, Any]:
        """`input` as Python has it: content of files as bytes."""
        given = dict(self.input)
        if "files" in given:
            given["files"] = [{**file, "content": _bytes(file["content"])} for file in given["files"]]
        return given


def _bytes(text: str) -> bytes | str:
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error:
        # A case about content that is no base64: it stays what it is.
        return text


def _read(operation: str, case: dict[str, Any]) -> Case:
    settings = {**_DEFAULTS[operation.partition(".")[0]], **case.pop("config", {})}
    read = Case(
        operation=operation,
        name=case.pop("name"),
        mode=case.pop("mode", "call"),
        input=case.pop("input"),
        settings={name: value for name, value in settings.items() if value is not None},
        options=case.pop("options", {}),
        exchange=case.pop("exchange", []),
        journal_works=case.pop("journal", "works") == "works",
        expected={name: case.pop(name) for name in ("output", "error") if name in case},
    )
    assert list(case) == ["source"], f"{operation}: {read.name}: what is {list(case)}?"
    assert len(read.expected) == 1, f"{operation}: {read.name}: an output or an error"
    return read


def load() -> dict[str, list[Case]]:
    """Every case, by operation."""
    files = [json.loads(path.read_text("utf-8")) for path in sorted(ROOT.glob("*/*.json"))]
    return {file["operation"]: [_read(file["operation"], case) for case in file["cases"]] for file in files}
