"""The files of a submission's folder: the notebooks wanted, and what lies beside them.

A folder that a student filled may hold links, pipes, and more than anybody wants to read.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatch
from itertools import islice
from pathlib import Path, PurePosixPath

from autograder.errors import SubmissionError
from autograder.nbgrader.settings import NEVER_COPIED
from autograder.notebook import Problem, read_notebook, wording

MAX_FILES = 500
_MAX_LOOKED_AT = 5_000
# The last only tells when a folder was handed in.
_LEFT_OUT = (*NEVER_COPIED, "timestamp.txt")
# What systems and archives leave behind.
_NOBODYS = (".*", "__MACOSX", "Thumbs.db", "desktop.ini")
_ENDING = ".ipynb"
_MAX_READ = 10


@dataclass(frozen=True)
class HandedIn:
    """What lies in a submission's folder: notebooks by name, and what else may be the work.

    Of the others, `spare` are notebooks; all are named by their relative paths. The notebooks
    that count lie in `root`.
    """

    notebooks: Mapping[str, Path]
    problems: Sequence[Problem]
    spare: Sequence[str]
    others: Sequence[str]
    root: Path
    unclear: bool
    """Whether a notebook that seems to be missing or empty may be there all the same."""


def look_into(folder: Path, names: Collection[str], given: Collection[str]) -> HandedIn:
    """Find the notebooks called `names` in a folder, whatever their file was renamed to.

    A notebook counts under another ending, in a folder deeper or, where it is the only one for
    the only name, under any name. Files that come with the assignment are `given`.
    """
    found = {name: folder / f"{name}{_ENDING}" for name in names}
    found = {name: path for name, path in found.items() if path.exists()}
    files = {
        relative: path
        for relative, path in ordinary_files(folder)
        if path not in found.values() and not _is_nobodys(relative, given)
    }
    wanted = [name for name in names if name not in found]
    spare = _notebooks(files, read=bool(wanted))
    problems = []
    for name in wanted:
        chosen = _choose(name, spare, only=len(names) == 1)
        if chosen is not None:
            found[name] = files.pop(chosen)
            spare.remove(chosen)
            problems.append(wording.renamed(chosen, f"{name}{_ENDING}"))
    links = [path.name for path in folder.iterdir() if path.is_symlink()]
    same = {_read(path, 1 << 20) for path in found.values()} - {None}
    roots = {path.parent for path in found.values()}
    # What was copied and left as it was is no work of its own.
    own = any(_read(files[relative], 1 << 20) not in same for relative in spare) or any(
        _fits(relative, name) for name in wanted if name not in found for relative in files
    )
    return HandedIn(
        found,
        problems,
        spare,
        others := [*files, *links],
        roots.pop() if len(roots) == 1 else folder,
        unclear=own or bool(others and not found),
    )


def _is_nobodys(relative: str, given: Collection[str]) -> bool:
    parts = PurePosixPath(relative).parts
    return any(fnmatch(part, pattern) for part in parts for pattern in _NOBODYS) or any(
        relative == file or relative.endswith(f"/{file}") for file in given
    )


def _notebooks(files: Mapping[str, Path], *, read: bool) -> list[str]:
    """Return the files that are notebooks by their names or, with `read`, by what they hold."""
    named = [relative for relative in files if _ENDING in relative.casefold()]
    rest = [relative for relative in files if _ENDING not in relative.casefold()] if read else []
    return named + [relative for relative in rest[:_MAX_READ] if _holds_notebook(files[relative])]


def _holds_notebook(path: Path) -> bool:
    try:
        read_notebook(path)
    except SubmissionError:
        return False
    return True


def _choose(name: str, candidates: Sequence[str], *, only: bool) -> str | None:
    """Return which of the notebooks is the one called `name`; None where that is not clear."""
    usual = [each for each in candidates if "/" not in each and each.casefold().endswith(_ENDING)]
    for some in (usual, candidates):
        fitting = [each for each in some if _fits(each, name)]
        for chosen in (fitting, some if only else ()):
            if len(chosen) == 1:
                return chosen[0]
    return None


def _fits(relative: str, name: str) -> bool:
    """Return whether a file has this name and any ending."""
    return PurePosixPath(relative).name.casefold().startswith(f"{name.casefold()}.")


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
