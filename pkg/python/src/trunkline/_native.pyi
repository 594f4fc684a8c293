"""The native part of Trunkline: the core, its default transport and its sandbox. Programs use the package `trunkline`."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final, Literal, TypeAlias, final

__all__ = [
    "Admitted", "Client", "Directory", "Flow", "Gateway", "Host", "Http", "Outcome", "Port", "Request", "Response", "Sandbox", "Server", "Task", "VERSION",
    "answered", "consulted", "elapsed", "lost", "not_recorded", "not_sent", "parse_event", "recorded",
]

_Send: TypeAlias = tuple[Literal["send"], int, Request]
_Sleep: TypeAlias = tuple[Literal["sleep"], int, float, Literal["rate_limit", "retry", "lease", "poll", "settle"]]
_Record: TypeAlias = tuple[Literal["record"], int, str]
_Consult: TypeAlias = tuple[Literal["consult"], int, str]
_Abort: TypeAlias = tuple[Literal["abort"], int]
_Item: TypeAlias = tuple[Literal["item"], bytes]
_Waiting: TypeAlias = tuple[Literal["waiting"]]
_Done: TypeAlias = tuple[Literal["done"], bytes, Response]
_End: TypeAlias = tuple[Literal["end"]]
_Step: TypeAlias = _Send | _Sleep | _Record | _Consult | _Abort | _Item | _Waiting | _Done | _End
_Kind: TypeAlias = Literal["answered", "not_sent", "lost", "elapsed", "recorded", "not_recorded", "consulted"]

VERSION: Final[str]

@final
class Client:
    """Accounts. It makes flows, which Python steps."""

    def __new__(cls, config: str, environment: Mapping[str, str], seed: bytes, shared_journal: bool) -> Client:
        """Accounts as JSON, and what the environment adds to them. The seed is 16 random bytes, never used twice.

        A journal that processes share is asked who holds what, and what is open.
        """

    def start(
        self,
        mode: Literal["call", "all", "wait"],
        operation: str,
        params: bytes,
        account: str | None = None,
        timeout: float | None = None,
        attempts: int | None = None,
        idempotency_key: str | None = None,
    ) -> Flow:
        """Starts an operation by its id; `mode` is `call`, `all` (items) or `wait` (until it has settled)."""

    def request(
        self,
        provider: str,
        method: str,
        path: str,
        query: list[tuple[str, str]],
        body: tuple[str, bytes] | None = None,
        account: str | None = None,
        timeout: float | None = None,
        attempts: int | None = None,
        idempotency_key: str | None = None,
    ) -> Flow:
        """Starts a request that no operation covers; the flow is done with `b""` and the reply."""

    def recover(self) -> Flow:
        """Settles the purchases whose end nobody knows; items are `RecoveredPurchase`s."""

    def open_purchases(self) -> bytes:
        """The purchases of this client whose end nobody knows: a list of `OpenPurchase`s, as JSON."""

    def feed(self, now: int, event: bytes) -> bytes:
        """Hands an event to whoever waits for it; gives what is new in it. Both as JSON: an event, and a list of them."""

    @property
    def accounts(self) -> list[str]:
        """The names of the accounts."""

@final
class Directory:
    """Purchases recorded in a directory that processes share. It waits for the disk, and lets other threads run meanwhile."""

    def __new__(cls, folder: str, name: str) -> Directory:
        """Opens it, and makes it where there is none. The name is of letters and digits, and never used twice."""

    def record(self, line: str) -> None:
        """Makes the line durable. Raises NotRecorded, which names the file and says what is wrong with it."""

    def consult(self, question: str) -> str:
        """The answer, for all processes; both as JSON. Raises NotRecorded."""

    def close(self) -> None:
        """Leaves what is open in it for others to take over. In a fork it is left to the parent."""

@final
class Flow:
    """One running call: step it, do what it asks for, resolve that."""

    def step(self, now: int) -> _Step:
        """What the flow wants next at this time, in nanoseconds since 1970. Raises the error in which it ends."""

    def resolve(self, now: int, id: int, outcome: Outcome) -> None:
        """Says how an action ended. One that is not outstanding is passed over."""

    def cancel(self) -> None:
        """Gives the flow up: it asks for its actions to be aborted, and ends as cancelled."""

_Headers: TypeAlias = list[tuple[str, str]]
# Status, headers but for the body's length, and the body.
_Answer: TypeAlias = tuple[int, _Headers, str]

@final
class Gateway:
    """Who may run what, before a client's accounts. Targets are path and query as they came; headers too, all of them."""

    def __new__(cls, client: Client, policy: str) -> Gateway:
        """A gateway with that policy, as JSON."""

    @property
    def limits(self) -> tuple[int, float]:
        """How many bytes of a body, and how many seconds for it to come."""

    def check(self, method: str, target: str, headers: _Headers) -> _Answer | None:
        """The refusal of what is refused before its body is read."""

    def refuse(
        self, why: Literal["late", "broken", "used"], method: str, target: str, headers: _Headers
    ) -> _Answer:
        """The answer to a request whose body is not there."""

    def admit(self, now: int, method: str, target: str, headers: _Headers, body: bytes) -> _Answer | Admitted:
        """What to answer, or what to run."""

@final
class Admitted:
    """What a gateway runs; the answer is 200 with these headers."""

    @property
    def operation(self) -> str:
        """Its id."""

    @property
    def headers(self) -> list[tuple[str, str]]:
        """All of the answer's headers, but for the body's length."""

    @property
    def lasting(self) -> bool:
        """It changes or spends something, and goes on to its end when nobody waits for the answer any more."""

    @property
    def lines(self) -> bool:
        """The answer's body comes in lines, which are the flow's items; else it is the flow's result."""

    @property
    def flow(self) -> Flow:
        """It never fails: an error is an answer too."""

@final
class Request:
    """What is to be sent, exactly as it is. Flows make it."""

    @property
    def method(self) -> Literal["GET", "POST", "PUT", "PATCH", "DELETE"]:
        """As on the wire."""

    @property
    def url(self) -> str:
        """Absolute, escaped."""

    @property
    def headers(self) -> list[tuple[str, str]]:
        """Pairs; names in lower case."""

    @property
    def body(self) -> bytes:
        """Empty when there is none."""

    @property
    def body_limit(self) -> int:
        """Bytes of the reply's body to read at most; of a longer one, answer with one byte more than this."""

    @property
    def timeout(self) -> float:
        """Seconds until the deadline: what is not answered by then is lost."""

@final
class Response:
    """A reply: `Response(status, headers, body)`."""

    def __new__(
        cls, status: int, headers: Mapping[str, str] | Iterable[tuple[str, str]] = (), body: bytes = b""
    ) -> Response:
        """Names of headers in any case."""

    @property
    def status(self) -> int:
        """HTTP status."""

    @property
    def headers(self) -> list[tuple[str, str]]:
        """Pairs; names in lower case."""

    @property
    def body(self) -> bytes:
        """The bytes as they came, after transfer and content coding."""

    def header(self, name: str) -> str | None:
        """The first header of that name, whatever its case."""

    def text(self) -> str:
        """The body as text for people: values under names that look like a secret's are `***`."""

    def json(self) -> Any:
        """The body read as JSON, nothing masked."""

    def __eq__(self, value: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __reduce__(self) -> tuple[type[Response], tuple[int, list[tuple[str, str]], bytes]]: ...

@final
class Outcome:
    """How an action ended; to be handed to `Flow.resolve` or `Port.complete`, once."""

    @property
    def kind(self) -> _Kind:
        """Which of them it is."""

    @property
    def status(self) -> int | None:
        """The status of the reply, where there is one."""

    @property
    def why(self) -> str | None:
        """Why there is none."""

def parse_event(
    provider: str,
    method: str,
    query: str,
    headers: list[tuple[str, str]],
    body: bytes,
    verification: str,
    now: int,
) -> bytes | None:
    """The event as JSON, or None for what is no event. `verification` is JSON: what it is checked by."""

def answered(response: Response) -> Outcome:
    """The whole reply."""

def not_sent(why: str) -> Outcome:
    """Certainly never sent."""

def lost(why: str) -> Outcome:
    """Perhaps sent, no whole reply."""

def elapsed() -> Outcome:
    """The time is over."""

def recorded() -> Outcome:
    """The line is durable."""

def consulted(answer: str) -> Outcome:
    """What the journal answers, as JSON."""

def not_recorded(why: str) -> Outcome:
    """The journal could not be written or read."""

@final
class Http:
    """HTTP as Trunkline's Rust client does it. Every host that is given it has connections of its own."""

    def __new__(cls) -> Http: ...

@final
class Host:
    """Performs actions: those of blocking calls through a `port`, those of async ones by `start`.

    Without `background` it has no thread, and gets on only while a port waits.
    """

    def __new__(cls, transport: Http | Sandbox | None, background: bool) -> Host: ...
    def port(self) -> Port:
        """For one blocking call. Dropping it aborts what it still performs."""

    def start(self, request: Request, seconds: float, deliver: Callable[[Outcome], object]) -> Task:
        """Sends, and calls `deliver` with the outcome from another thread, unless the task is aborted before."""

    def close(self) -> None:
        """Ends it: what `start` has sent is lost, and a port that is in use goes on to the end of its call."""

@final
class Port:
    """One blocking call's actions."""

    def send(self, id: int, request: Request, seconds: float) -> None:
        """Sends by the host's transport. After so many seconds it is given up as lost."""

    def sleep(self, id: int, seconds: float) -> None:
        """Waits."""

    def complete(self, id: int, outcome: Outcome) -> None:
        """Says from any thread how an action ended that is performed elsewhere."""

    def abort(self, id: int) -> None:
        """Stops performing an action."""

    def close(self) -> None:
        """Aborts what it still performs."""

    def wait(self) -> tuple[int, Outcome]:
        """The next action that has ended, and how. Lets other threads run; Python's signal handlers run meanwhile."""

@final
class Task:
    """One request that `Host.start` sends."""

    def abort(self) -> None:
        """Stops it: nothing is delivered any more, unless it is on its way."""

@final
class Sandbox:
    """The five providers, pretended, in this process: a transport for a `Host`, without a port."""

    def __new__(cls, settings: str | None = None) -> Sandbox:
        """Settings as JSON."""

    def accounts(self) -> str:
        """Its accounts, for `Client`."""

    def control(self, method: str, path: str, body: bytes) -> str:
        """A call of the sandbox itself, as its server takes them below `/_sandbox/`; JSON in, JSON out."""

@final
class Server:
    """The same behind a port of this machine, on a thread of its own."""

    def __new__(cls, settings: str | None = None, host: str = "127.0.0.1", port: int = 0) -> Server:
        """Settings as JSON, an address of this machine, and a port; 0 lets the system choose one."""

    @property
    def url(self) -> str:
        """Where it is; `/_sandbox/…` below it controls it."""

    def accounts(self) -> str:
        """Its accounts, for `Client`."""

    def control(self, method: str, path: str, body: bytes) -> str:
        """A call of the sandbox itself, as its server takes them below `/_sandbox/`; JSON in, JSON out."""

    def close(self) -> None:
        """Ends it; its port is free again when this returns."""
