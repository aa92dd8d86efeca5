"""Files that are there whole or not at all, and room for them on a disk that others fill."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import Self

_RESERVED = 16 << 20


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


class Reserve:
    """Room on the disk for what has to be written when others have filled it.

    It is a file in `folder`, made where the disk has that much, that is removed when the room is
    needed, and with the block:

        with Reserve(folder) as reserve:
            ...
            reserve.release()
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / f".reserve.{os.getpid()}.part"

    def __enter__(self) -> Self:
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with self._path.open("wb") as file:
                os.posix_fallocate(file.fileno(), 0, _RESERVED)
        except OSError:  # what is to be written may be smaller, and fit
            self.release()
        return self

    def __exit__(self, *_: object) -> None:
        self.release()

    def release(self) -> None:
        """Give up the room, for whoever writes next."""
        with contextlib.suppress(OSError):
            self._path.unlink()
