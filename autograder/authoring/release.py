"""The files of a release: the allow-list, what is on disk beyond it, and writing them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path

from nbformat import NotebookNode

from autograder.course import Course
from autograder.nbgrader.plain import plain_files
from autograder.notebook import notebook_bytes

_CACHES = ("__pycache__", ".ipynb_checkpoints")


def public_files(course: Course, name: str) -> dict[str, Path]:
    """Return what is released beside the notebook: checks.py and all of data/.

    Of a plain nbgrader assignment it is what nbgrader releases: all that it does not ignore.
    """
    if course.is_plain(name):
        return plain_files(course, name)
    folder = course.solution_dir(name)
    paths = [folder / "checks.py", *sorted((folder / "data").rglob("*"))]
    return {
        path.relative_to(folder).as_posix(): path
        for path in paths
        if path.is_file() and not _is_cache(path.relative_to(folder))
    }


def release_files(
    course: Course, name: str, released: Mapping[str, NotebookNode]
) -> dict[str, bytes]:
    """Return the allow-list: every file of the release by relative path, with its content."""
    files = {f"{each}.ipynb": notebook_bytes(notebook) for each, notebook in released.items()}
    return files | {key: path.read_bytes() for key, path in public_files(course, name).items()}


def extra_files(folder: Path, allowed: Iterable[str]) -> list[str]:
    """Return the files in a release folder that are not `allowed`; caches do not count."""
    names = set(allowed)
    found = (path.relative_to(folder) for path in sorted(folder.rglob("*")) if not path.is_dir())
    return [
        path.as_posix() for path in found if path.as_posix() not in names and not _is_cache(path)
    ]


def write_release(folder: Path, files: Mapping[str, bytes]) -> None:
    """Make `folder` hold `files` and nothing else, leaving files that are right untouched."""
    folder.mkdir(parents=True, exist_ok=True)
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_dir() and not path.is_symlink():
            if not any(path.iterdir()):
                path.rmdir()
        elif path.relative_to(folder).as_posix() not in files:
            path.unlink()
    for relative, content in files.items():
        path = folder / relative
        if not path.is_file() or path.read_bytes() != content:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)


def built_from(course: Course, name: str) -> str:
    """Return the SHA-256 of all that a solution notebook's outputs depend on."""
    digest = hashlib.sha256()
    folder = course.solution_dir(name)
    for key, path in {f"{name}.py": folder / f"{name}.py", **public_files(course, name)}.items():
        content = path.read_bytes()
        digest.update(f"{key}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def _is_cache(path: Path) -> bool:
    return any(part in _CACHES for part in path.parts)
