"""A process of the instructor's with something to hide, for attackers to reach.

Prints its port and where in its memory a secret lies, and tells its secrets to whoever
connects.
"""

from __future__ import annotations

import ctypes
import json
import os
import select
import socket
import tempfile

_PR_SET_PTRACER = 0x59616D61


def main() -> None:
    """Serve until killed."""
    libc = ctypes.CDLL(None)
    # Where only parents may trace, so that an attack that needs it shows that it works.
    libc.prctl(_PR_SET_PTRACER, ctypes.c_ulong(-1), 0, 0, 0)
    secret = ctypes.create_string_buffer(b"CANARY-in-memory")
    file = tempfile.TemporaryFile()  # noqa: SIM115 - open for as long as it lives
    file.write(b"CANARY-in-an-open-file")
    file.flush()
    tcp = socket.create_server(("127.0.0.1", 0))
    unix = socket.socket(socket.AF_UNIX)
    unix.bind(f"\0autograder-victim-{os.getpid()}")
    unix.listen()
    told = {"port": tcp.getsockname()[1], "address": ctypes.addressof(secret), "fd": file.fileno()}
    print(json.dumps(told), flush=True)
    while True:
        for server in select.select([tcp, unix], [], [])[0]:
            connection, _ = server.accept()
            with connection:
                connection.sendall(b"CANARY-over-a-socket")


if __name__ == "__main__":
    main()
