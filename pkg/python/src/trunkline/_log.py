"""Events for people's own logs: the logger `trunkline`. DEBUG: request, reply, wait. INFO: retry, lost, not sent."""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    import logging

    from trunkline._native import Outcome, Request


class Log:
    """What happens in one call. URLs go without their query, which may hold a credential."""

    __slots__ = ("_logger", "_operation", "_sent")

    def __init__(self, logger: logging.Logger, operation: str) -> None:
        self._logger = logger
        self._operation = operation
        self._sent: dict[int, str] = {}

    @classmethod
    def of(cls, operation: str) -> Log | None:
        """None where nobody listens: a program that never imported logging cannot have asked for it."""
        logging = sys.modules.get("logging")
        if logging is None:
            return None
        logger = logging.getLogger("trunkline")
        return cls(logger, operation) if logger.isEnabledFor(logging.INFO) else None

    def send(self, action: int, request: Request) -> None:
        self._sent[action] = f"{request.method} {request.url.partition('?')[0]}"
        self._logger.debug("%s: request: %s", self._operation, self._sent[action])

    def ended(self, action: int, outcome: Outcome) -> None:
        sent = self._sent.pop(action, None)
        if sent is None:
            return
        if outcome.kind == "answered":
            self._logger.debug("%s: reply: %s: status %s", self._operation, sent, outcome.status)
        else:
            self._logger.info("%s: %s: %s: %s", self._operation, outcome.kind, sent, outcome.why)

    def sleep(self, seconds: float, why: str) -> None:
        event, level = ("retry", 20) if why == "retry" else ("wait", 10)
        self._logger.log(level, "%s: %s: in %.3f s (%s)", self._operation, event, seconds, why)


def journal_failed(operation: str, why: str) -> None:
    """Said aloud: what is not recorded is not bought."""
    import logging

    logging.getLogger("trunkline").warning("%s: the journal cannot be used: %s", operation, why)
