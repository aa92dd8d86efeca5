"""The commands as somebody types them, each in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

TOOLS = Path(sys.executable).parent


def run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run a command of this environment in `folder`; its tables have room."""
    return subprocess.run(
        [str(TOOLS / words[0]), *words[1:]],
        cwd=folder,
        env={**os.environ, "COLUMNS": "160"},
        capture_output=True,
        text=True,
        timeout=550,
        check=False,
    )
