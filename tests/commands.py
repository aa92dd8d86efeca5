"""The commands as somebody types them, each in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

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
