"""Looks for credentials where people would read or keep them."""

from __future__ import annotations

import base64
import logging
import re
import traceback
from collections.abc import Mapping
from typing import Any

# The setting of each provider that must not be seen.
SECRET = {
    "tempnumber": "token",
    "rentnumber": "api_key",
    "sinch": "key_secret",
    "voepy": "api_key",
    "vonage": "api_secret",
}
# What goes with one another as user and password.
_USER = {"sinch": "key_id", "vonage": "api_key"}
# Access tokens are made by the provider: they are known by how they are sent.
_SIGNED = re.compile(r"\b(Bearer|Basic) [^\s*]")


def marks(accounts: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """Every credential as it is and as HTTP Basic sends it, and the secrets in the sandbox's replies."""
    found = [accounts[provider][name] for provider, name in SECRET.items()]
    for provider, user in _USER.items():
        pair = f"{accounts[provider][user]}:{accounts[provider][SECRET[provider]]}"
        found.append(base64.b64encode(pair.encode()).decode())
    assert all(len(mark) >= 8 for mark in found), "a mark is not found by chance"
    return [*found, "whsec_", "callback-secret"]


def in_text(text: str, accounts: Mapping[str, Mapping[str, Any]], where: str) -> list[str]:
    """What a text shows."""
    shows = [mark for mark in marks(accounts) if mark in text]
    if signed := _SIGNED.search(text):
        shows.append(signed[0])
    return [f"{where} shows {mark}: {text[:2000]}" for mark in shows]


def shown(error: BaseException, accounts: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """What an error shows by itself, in its traceback, and where the variables of its frames are reported too."""
    whole = traceback.TracebackException.from_exception(error, capture_locals=True)
    texts = {
        "str": str(error),
        "repr": repr(error),
        "details": repr(vars(error)),
        "the traceback": "".join(traceback.format_exception(error)),
        "the traceback with locals": "".join(_ours(whole)),
    }
    return [problem for where, text in texts.items() for problem in in_text(text, accounts, where)]


def _ours(whole: traceback.TracebackException) -> list[str]:
    """Frames of the package: tests have the credentials in variables of their own."""
    whole.stack = traceback.StackSummary.from_list([frame for frame in whole.stack if "/tests/" not in frame.filename])
    return list(whole.format())


class Log(logging.Handler):
    """Everything that is logged while it is entered, by whomever."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.texts: list[str] = []
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)
        self.texts.append(f"{self.format(record)} {record.__dict__}")

    def shown(self, accounts: Mapping[str, Mapping[str, Any]]) -> list[str]:
        """What it shows."""
        return in_text("\n".join(self.texts), accounts, "the log")

    def __enter__(self) -> Log:
        root = logging.getLogger()
        self._level = root.level
        root.setLevel(logging.DEBUG)
        root.addHandler(self)
        return self

    def __exit__(self, *_: object) -> None:
        root = logging.getLogger()
        root.removeHandler(self)
        root.setLevel(self._level)
