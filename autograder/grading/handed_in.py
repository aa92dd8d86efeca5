"""The files of a submission's folder: the notebooks wanted, and what lies beside them.

A folder that a student filled may hold links, pipes, and more than anybody wants to read.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Collection, Iterator, Mapping
from fnmatch import fnmatch
from itertools import islice
from pathlib import Path

from autograder.nbgrader.settings import NEVER_COPIED

MAX_FILES = 500
_MAX_LOOKED_AT = 5_000
# The last only tells when a folder was handed in.
_LEFT_OUT = (*NEVER_COPIED, "timestamp.txt")


def beside(
    folder: Path, notebooks: Collection[str], given: Collection[str], max_bytes: int
) -> tuple[dict[str, bytes], bool]:
    """Return the student's own files that a notebook may open, and whether that is all there are.

    Of the notebooks in `folder`, only those named in `notebooks` are taken. Files that come with
    the assignment, `given` by relative path, win over the student's. At most `max_bytes` are read.
    """
    found: dict[str, bytes] = {}
    left = max_bytes
    complete = True
    for looked_at, (relative, path) in enumerate(ordinary_files(folder), start=1):
        if looked_at >= _MAX_LOOKED_AT or len(found) >= MAX_FILES:
            return found, False
        if relative.endswith(".ipynb") and relative not in notebooks:
            continue
        if any(_collide(relative, other) for other in given):
            continue
        content = _read(path, left)
        if content is None:
            complete = False
            continue
        found[relative] = content
        left -= len(content)
    return found, complete


def ordinary_files(folder: Path) -> Iterator[tuple[str, Path]]:
    """Return the ordinary files under `folder`, with their relative paths; links are not followed.

    Of a folder with very many files only the first are told.
    """
    return islice(_walk(folder), _MAX_LOOKED_AT)


def _walk(folder: Path) -> Iterator[tuple[str, Path]]:
    for here, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not _is_left_out(name))
        for name in sorted(files):
            path = Path(here, name)
            if not _is_left_out(name) and _is_ordinary(path):
                yield path.relative_to(folder).as_posix(), path


def _is_ordinary(path: Path) -> bool:
    try:
        return stat.S_ISREG(path.lstat().st_mode)
    except OSError:
        return False


def _is_left_out(name: str) -> bool:
    return any(fnmatch(name, pattern) for pattern in _LEFT_OUT)


def _collide(one: str, other: str) -> bool:
    """Return whether two relative paths cannot both be files."""
    return one == other or one.startswith(f"{other}/") or other.startswith(f"{one}/")


def _read(path: Path, room: int) -> bytes | None:
    """Return the content of a file; None where there is more of it than `room`."""
    try:
        # It may have become something else since it was looked at.
        number = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        with os.fdopen(number, "rb") as file:
            content = file.read(room + 1)
    except OSError:
        return b""
    return content if len(content) <= room else None


def assignment_files(files: Mapping[str, Path], max_bytes: int) -> dict[str, bytes] | None:
    """Return the content of an assignment's files; None where it is more than `max_bytes`."""
    if sum(path.stat().st_size for path in files.values()) > max_bytes:
        return None
    return {relative: path.read_bytes() for relative, path in files.items()}
