"""Servers that do what the sandbox cannot be told to do."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable
from typing import Any


class Silent:
    """Takes requests, never answers, and notes whether the client goes away."""

    def __init__(self) -> None:
        self.arrived = threading.Semaphore(0)
        self.left = threading.Semaphore(0)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self._connections: list[socket.socket] = []
        threading.Thread(target=self._accept, daemon=True).start()

    def accounts(self, provider: str = "rentnumber") -> dict[str, Any]:
        """An account that is here."""
        return {provider: {"base_url": self.url, "api_key": "rn_your_key_here"}}

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            self._connections.append(connection)
            threading.Thread(target=self._read, args=(connection,), daemon=True).start()

    def _read(self, connection: socket.socket) -> None:
        try:
            while connection.recv(65536):
                self.arrived.release()
        except OSError:
            pass
        self.left.release()

    def close(self) -> None:
        # Closing alone would not wake the thread that accepts, and the port would go on listening.
        self._listener.shutdown(socket.SHUT_RDWR)
        for open_socket in (self._listener, *self._connections):
            open_socket.close()

    def __enter__(self) -> Silent:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class Canned(Silent):
    """Answers every request with the bytes that `answer` makes of it."""

    def __init__(self, answer: Callable[[bytes], bytes]) -> None:
        self.requests: list[bytes] = []
        self._answer = answer
        super().__init__()

    def _read(self, connection: socket.socket) -> None:
        try:
            while request := connection.recv(65536):
                self.requests.append(request)
                connection.sendall(self._answer(request))
        except OSError:
            pass


def http(status: int, body: bytes, headers: str = "content-type: application/json\r\n") -> bytes:
    """A reply in bytes."""
    return f"HTTP/1.1 {status} X\r\n{headers}content-length: {len(body)}\r\n\r\n".encode() + body


class Brief(Canned):
    """Answers one request of each connection, and a little later closes it without a word."""

    def _read(self, connection: socket.socket) -> None:
        with connection:
            request = connection.recv(65536)
            self.requests.append(request)
            connection.sendall(self._answer(request))
            time.sleep(0.05)
