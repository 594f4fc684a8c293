"""Journals in folders, which processes share."""

from __future__ import annotations

import os
from weakref import WeakSet

from trunkline._native import Directory

TYPE_CHECKING = False
if TYPE_CHECKING:
    from os import PathLike
    from typing import Any

_directories: WeakSet[Directory] = WeakSet()


def opened(journal: Any) -> Any:
    """The journal in that folder, or the user's own. None where nothing is to be kept."""
    if isinstance(journal, (str, os.PathLike)):
        return _directory(journal)
    if journal is not None and not callable(getattr(journal, "record", None)):
        raise TypeError(f"journal: {type(journal).__qualname__} is neither a folder nor has a method record(line)")
    return journal


def shared(journal: object) -> bool:
    """Whether it answers questions, for all who write it."""
    return hasattr(journal, "consult")


def _directory(folder: str | PathLike[str]) -> Directory:
    directory = Directory(os.fspath(folder), os.urandom(16).hex())
    _directories.add(directory)
    return directory


def _leave_to_parent() -> None:
    """Its file is locked for as long as any process has it open, and has to be free once the parent is gone."""
    for directory in list(_directories):
        directory.close()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_leave_to_parent)
