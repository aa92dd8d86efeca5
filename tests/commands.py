"""The commands as somebody types them, each in a process of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

TOOLS = Path(sys.executable).parent


def run(folder: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command of this environment in `folder`; its tables have room.

    How long it may take is said by the test's own limit alone.
    """
    path = f"{TOOLS}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(
        [str(TOOLS / words[0]), *words[1:]],
        cwd=folder,
        env={**os.environ, "COLUMNS": "160", "PATH": path, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def may_not_mount() -> list[str]:
    """The words before a command that keep what it starts from mounting, as containers do."""
    unshare = shutil.which("unshare")
    if unshare is None:
        pytest.skip("unshare is needed to give up the right to mount")
    no_rights = ["setpriv", "--bounding-set=-all", "--inh-caps=-all", "--"]
    words = [unshare, "--user", "--map-root-user", *no_rights]
    if subprocess.run([*words, "true"], capture_output=True).returncode:
        pytest.skip("the right to mount cannot be given up here")
    return words
