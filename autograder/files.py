"""Files that are there whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path


def remove_parts(folder: Path) -> None:
    """Remove the files that graders which were killed had begun to write under `folder`."""
    for part in folder.rglob(".*.part"):
        pid = part.name.split(".")[-2]
        if pid.isdigit() and not Path("/proc", pid).exists():
            part.unlink(missing_ok=True)


def write_atomically(path: Path, content: bytes) -> None:
    """Write a file so that a reader, or a crash, never meets half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        part.write_bytes(content)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
