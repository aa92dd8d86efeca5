"""A Jupyter server for tests: started in a folder, waited for, and ended."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_PATIENCE = 900  # seconds; for a server that never answers, not for one that is slow


@contextmanager
def jupyter_lab(folder: Path, **environment: str) -> Iterator[str]:
    """JupyterLab serving `folder` without a token; yields its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    log = folder / ".jupyter-server.log"
    with log.open("w") as sink:
        server = subprocess.Popen(
            [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root",
             f"--port={port}", "--ip=127.0.0.1", "--IdentityProvider.token="],
            cwd=folder,
            env={**os.environ, **environment},
            stdout=sink,
            stderr=sink,
        )  # fmt: skip
    try:
        _wait_for(f"{address}/api/status", server, log)
        yield address
    finally:
        server.terminate()
        try:
            server.wait(timeout=60)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def _wait_for(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end and server.poll() is None:
        try:
            urllib.request.urlopen(url, timeout=60).close()
        except (urllib.error.URLError, OSError):
            time.sleep(0.3)
        else:
            return
    raise RuntimeError(f"the Jupyter server did not start: {log.read_text()[-2000:]}")
