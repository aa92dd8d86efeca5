"""The cache: nothing is marked twice, unless something changed that its result depends on.

The key of a result is a digest of the student's files and name, of what was released, the
solution and its checks, the limits, this package, and every installed library. Nothing in a
result is looked at to decide whether it is still good: another key is another result.

The cache lies inside the course's folder, where no session can see it.
"""

from __future__ import annotations

import contextlib
import gzip
import hashlib
import json
import os
import platform
import time
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from importlib import metadata
from pathlib import Path
from typing import Any

from autograder.course import Course, read_secret
from autograder.errors import CourseError
from autograder.files import remove_parts, write_atomically
from autograder.grading.handed_in import ordinary_files
from autograder.grading.marker import Marked
from autograder.grading.pool import Failure, Job, mark_all
from autograder.grading.report import Report
from autograder.grading.sheets import read_sheets
from autograder.notebook import node, notebook_bytes
from autograder.notebook.mistakes import FILE as MISTAKES
from autograder.sandbox import choose_level

FOLDER = ".autograder"
# The rooms of this package that a result depends on, beside the files that stand between them.
_ROOMS = ("course", "notebook", "sandbox", "checks", "nbgrader", "grading")
# Right solutions and mutants prove the graders; known mistakes also diagnose, and are looked at
# apart. The recorded runs in reference/ are read by checks.
_NOT_MARKING = {"accept", MISTAKES, "equivalent.toml"}
_CACHES = {"__pycache__", ".ipynb_checkpoints"}
_ENVIRONMENT = ("LD_LIBRARY_PATH", "TZ")
_KEPT_DAYS = 60
_LARGEST = 1 << 28  # of a larger file nothing is used


def mark_with_cache(
    course: Course,
    name: str,
    jobs: Sequence[Job],
    *,
    processes: int,
    sandbox: str = "auto",
    reuse: bool = True,
) -> Iterator[tuple[Job, Marked | Failure, bool]]:
    """Mark `jobs` as `mark_all` does, but take what is known already from the cache.

    Yields each job with its result and whether that was known. A result is in the cache
    before it is yielded, so that a run that is killed loses nothing it has shown. Without
    `reuse` everything is marked, and replaces what was known.
    """
    cache = Cache(course, name, choose_level(sandbox))
    keys = {job: cache.key(job) for job in jobs}
    unknown = []
    for job in jobs:
        known = cache.get(keys[job]) if reuse else None
        if known is None:
            unknown.append(job)
        else:
            yield job, known, True
    for job, result in mark_all(course, name, unknown, processes=processes, sandbox=sandbox):
        # A file that changed meanwhile may have been marked as it is now.
        if isinstance(result, Marked) and cache.key(job) == keys[job]:
            cache.put(keys[job], result)
        yield job, result, False
    cache.forget_old()


class Cache:
    """The results of one assignment, marked at one level of the walls."""

    def __init__(self, course: Course, name: str, level: str) -> None:
        self._name = name
        self._folder = course.root / FOLDER / "cache" / name
        self._assignment = _assignment_digest(course, name, level)
        self._mistakes_file = course.solution_dir(name) / MISTAKES
        self._mistakes: dict[str | None, bytes] = {}

    def key(self, job: Job, purpose: str = "") -> str:
        """Return the digest of all that the result of `job` depends on.

        What is kept for another `purpose` than marking a student has a key of its own.
        """
        digest = hashlib.sha256(self._assignment)
        if purpose:
            _add(digest, "purpose", purpose.encode())
        if job.task is not None:
            _add(digest, "task", job.task.encode())
        if job.inputs:
            _add(digest, "inputs", job.inputs.encode())
        if job.diagnosed:
            if job.task not in self._mistakes:
                self._mistakes[job.task] = _mistakes_digest(self._mistakes_file, job.task)
            _add(digest, "mistakes", self._mistakes[job.task])
        _add(digest, "student", job.student.encode("utf-8", "surrogateescape"))
        if isinstance(job.source, Path):
            for name, path in _handed_in(job.source):
                _add(digest, name, _file_digest(path))
            # In a folder of this name the notebook has to have it, too.
            _add(digest, "in its folder", b"%d" % (job.source.parent.name == self._name))
            for problem in job.problems:
                _add(digest, "problem", problem.message.encode())
        else:
            _add(digest, "notebook", notebook_bytes(job.source))
        return digest.hexdigest()

    def key_of(self, purpose: str, *contents: bytes) -> str:
        """Return the digest of `contents` for a purpose, and of all that marking depends on."""
        digest = hashlib.sha256(self._assignment)
        _add(digest, "purpose", purpose.encode())
        for content in contents:
            _add(digest, "content", content)
        return digest.hexdigest()

    def get(self, key: str) -> Marked | None:
        """Return the result under `key`; None where there is none, or not a whole one."""
        entry = self.entry(key)
        try:
            if entry is None:
                return None
            notebooks = {name: node(notebook) for name, notebook in entry["notebooks"].items()}
            return Marked(Report.from_dict(entry["report"]), notebooks, entry["cpu_seconds"])
        except (CourseError, ValueError, KeyError, TypeError, AttributeError):
            return None

    def put(self, key: str, marked: Marked) -> None:
        """Keep a result; where the disk has no room, it will be marked again."""
        entry = {
            "report": marked.report.to_dict(),
            "notebooks": dict(marked.notebooks),
            "cpu_seconds": marked.cpu_seconds,
        }
        self.keep(key, entry)

    def entry(self, key: str) -> dict[str, Any] | None:
        """Return what `keep` put under `key`; None where there is nothing whole."""
        path = self._path(key)
        try:
            entry = json.loads(gzip.decompress(path.read_bytes()))
        except (OSError, EOFError, ValueError):
            return None
        with contextlib.suppress(OSError):
            os.utime(path)
        return entry if isinstance(entry, dict) else None

    def keep(self, key: str, entry: Mapping[str, Any]) -> None:
        """Keep what JSON can hold, as far as the disk has room."""
        content = gzip.compress(json.dumps(entry).encode("utf-8"), compresslevel=1, mtime=0)
        with contextlib.suppress(OSError):
            write_atomically(self._path(key), content)

    def forget_old(self) -> None:
        """Remove what nobody has asked for in a long time."""
        remove_parts(self._folder)
        oldest = time.time() - _KEPT_DAYS * 24 * 3600
        with contextlib.suppress(OSError):
            for path in self._folder.glob("*/*"):
                if path.stat().st_mtime < oldest:
                    path.unlink()

    def _path(self, key: str) -> Path:
        return self._folder / key[:2] / f"{key[2:]}.json.gz"


def _assignment_digest(course: Course, name: str, level: str) -> bytes:
    """Return the digest of everything but the submission."""
    digest = hashlib.sha256()
    shown = {"title", "gradebook", "late_policy", "assignments", "limits"}
    _add(digest, "course", course.model_dump_json(exclude=shown).encode())
    own = course.assignment(name).model_dump_json(exclude={"title", "due", "limits"})
    _add(digest, "assignment", own.encode())
    # Of the budget only `validate` speaks, from what was measured.
    limits = course.limits_for(name).model_dump_json(exclude={"marking_cpu_seconds"})
    _add(digest, "limits", limits.encode())
    here = [level, platform.python_version(), platform.machine(), str(os.geteuid() == 0)]
    here += [f"{variable}={os.environ.get(variable)}" for variable in _ENVIRONMENT]
    # A set: what lies on the path twice, a checkout and its installation, is one.
    here += sorted({f"{each.name} {each.version}" for each in metadata.distributions()})
    _add(digest, "machine", "\n".join(here).encode())
    left_out = _NOT_MARKING
    if course.is_plain(name):
        from autograder.nbgrader.plain import plain_files

        for sheet in read_sheets(course, name):  # of which the gradebook may have a part
            _add(digest, "released", notebook_bytes(sheet.released))
            _add(digest, "solution", notebook_bytes(sheet.solution))
        for relative, path in plain_files(course, name).items():
            _add(digest, relative, path.read_bytes())
        left_out = set()  # there such names are those of files that the notebooks may read
    if (course.solution_dir(name) / "hidden_checks.py").exists():
        _add(digest, "secret", read_secret(course).encode())
    package = Path(__file__).parents[1]
    for path in (*sorted(package.glob("*.py")), *(package / room for room in _ROOMS)):
        _add_files(digest, path, package, set())
    for folder in (course.release_dir(name), course.solution_dir(name)):
        _add_files(digest, folder, folder, left_out)
    return digest.digest()


def _mistakes_digest(path: Path, task: str | None) -> bytes:
    """Return the digest of the known mistakes that answers are compared with."""
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
        entries = [
            (owner, name, entry)
            for owner, group in content.items()
            for name, entry in group.items()
            if task in (None, owner, *entry.get("fails", ()))
        ]
        return hashlib.sha256(json.dumps(entries).encode("utf-8")).digest()
    except (OSError, ValueError, AttributeError, TypeError):
        return _file_digest(path)


def _handed_in(source: Path) -> Iterator[tuple[str, Path]]:
    """Yield the files that a submission consists of, with their names."""
    if source.is_dir():
        for name, path in ordinary_files(source):
            size = path.stat().st_size
            yield (name, path) if size <= _LARGEST else (f"{name} of {size} bytes", source)
        return
    folder = source.parent
    if not source.exists():
        # What to say of a missing notebook depends on what is there in its place.
        for path in sorted(folder.glob("*.ipynb")):
            yield path.name, path
    yield source.name, source


def _add_files(digest: hashlib._Hash, place: Path, root: Path, without: set[str]) -> None:
    """Add a file, or all that is in a folder, by its path from `root`."""
    for path in sorted(place.rglob("*")) if place.is_dir() else (place,):
        parts = path.relative_to(root).parts
        if path.is_file() and parts[0] not in without and not _CACHES & set(parts):
            _add(digest, "/".join(parts), _file_digest(path))


def _file_digest(path: Path) -> bytes:
    """Return the digest of a file's content; of nothing where it cannot be read as a file."""
    if path.is_file():  # a pipe would make the read wait for ever
        with contextlib.suppress(OSError), path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").digest()
    return hashlib.sha256().digest()


def _add(digest: hashlib._Hash, name: str, content: bytes) -> None:
    label = name.encode("utf-8", "surrogateescape")
    digest.update(b"%d %d\0" % (len(label), len(content)))
    digest.update(label)
    digest.update(content)
