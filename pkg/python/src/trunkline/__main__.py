"""python -m trunkline demo | sandbox"""

from __future__ import annotations

import sys

_HELP = """\
python -m trunkline demo                find, buy, read and release a number at all five providers, pretended
python -m trunkline sandbox [--port N]  serve the five, pretended, until Ctrl-C; prints URLs and credentials
"""


def main(arguments: list[str]) -> int:
    """Does what the arguments say; gives the exit status."""
    try:
        if arguments == ["demo"]:
            from trunkline._demo import demo

            return demo()
        if arguments == ["sandbox"]:
            return _serve(0)
        if len(arguments) == 3 and arguments[:2] == ["sandbox", "--port"] and arguments[2].isdecimal():
            return _serve(int(arguments[2]))
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
        return 130
    if arguments in ([], ["help"], ["-h"], ["--help"]):
        print(_HELP, end="")
        return 0
    print(f"python -m trunkline: no such command: {' '.join(arguments)}\n\n{_HELP}", end="", file=sys.stderr)
    return 2


def _serve(port: int) -> int:
    import json
    from threading import Event

    from trunkline import sandbox_server

    try:
        server = sandbox_server(port=port)
    except OSError as error:
        print(f"the sandbox cannot listen on port {port}: {error}", file=sys.stderr)
        return 1
    with server:
        print(f"The five providers, pretended, at {server.url}; their accounts, for Trunkline(accounts=…):")
        print(json.dumps(server.accounts, indent=2), flush=True)
        Event().wait()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
