"""The course as data: what `course.yml` may say and where everything lies.

Every model refuses fields it does not know, so that a misspelt limit is an error and
never silently the default.
"""

from __future__ import annotations

import difflib
import re
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import (
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PrivateAttr,
    WithJsonSchema,
    field_validator,
)
from pydantic_core import PydanticCustomError

from autograder.errors import CourseError

# Names are parts of paths, of page addresses and of nbgrader's own patterns.
NAME = r"""^[^\s./\\:*?"'`<>|&#%+=$\[\]{}~!-][^/\\:*?"'`<>|&#%+=$\[\]{}~!]*$"""
_LONGEST_NAME = 100
_DUE_EXAMPLE = "2027-03-01T23:59:00+01:00"
_SQLITE = "sqlite:///"


def is_name(text: str) -> bool:
    """Return whether `text` can name a course, an assignment, a notebook or a folder."""
    fits = len(text) <= _LONGEST_NAME and text.isprintable() and text.rstrip(" .") == text
    return fits and re.fullmatch(NAME, text) is not None


def _name(value: Any) -> Any:
    if isinstance(value, str) and is_name(value):
        return value
    raise PydanticCustomError(
        "name", "expected letters, digits, spaces, dots, dashes or underscores, such as 'backprop'"
    )


def _due(value: Any) -> Any:
    """Read a due date, which has to name its time zone: a class can span several."""
    try:
        moment = datetime.fromisoformat(value)
    except (TypeError, ValueError):
        moment = None
    if moment is None or moment.tzinfo is None:
        raise PydanticCustomError(
            "due",
            "expected a date and time with a time zone such as {example}",
            {"example": _DUE_EXAMPLE},
        )
    return moment


Name = Annotated[str, BeforeValidator(_name), WithJsonSchema({"type": "string", "pattern": NAME})]
Stderr = Literal["ignore", "fails"]
Due = Annotated[
    AwareDatetime,
    BeforeValidator(_due),
    WithJsonSchema({"type": "string", "format": "date-time", "examples": [_DUE_EXAMPLE]}),
]


class _Strict(BaseModel):
    model_config = ConfigDict(
        extra="forbid", strict=True, frozen=True, allow_inf_nan=False, use_attribute_docstrings=True
    )


class Limits(_Strict):
    """Limits on a submission while it is marked.

    Seconds are CPU time of the student's processes, so that no mark depends on how busy the machine
    is. What sleeps, or waits for anything but a core, ends after `clock_factor` times as many.
    """

    cell_seconds: float = Field(default=30.0, gt=0)
    """CPU seconds that one cell may take."""
    check_seconds: float = Field(default=10.0, gt=0)
    """CPU seconds that one check may take in the student's session."""
    submission_seconds: float = Field(default=120.0, gt=0)
    """CPU seconds that all cells and checks of one submission may take."""
    clock_factor: float = Field(default=2.0, ge=1)
    """Seconds by the clock for each of these seconds, less those of waiting for a core."""
    marking_cpu_seconds: float = Field(default=10.0, gt=0)
    """CPU seconds that marking the solution may take; `autograder validate` says if it is more."""
    memory_mb: int = Field(default=2048, ge=128)
    """Address space of the session, in MiB."""
    processes: int = Field(default=16, ge=1)
    """Processes and threads that the session may have at once."""
    output_kb: int = Field(default=512, ge=1)
    """Output that is kept from one cell, in KiB."""
    wire_mb: int = Field(default=64, ge=1)
    """Size of one value that a check sends or receives, in MiB."""
    files_mb: int = Field(default=64, ge=1)
    """Size of the files that the session may write, in MiB; they are kept in memory."""


class LatePolicy(_Strict):
    """The price of handing in late: a share of the score for every day that has begun."""

    grace_minutes: float = Field(default=0.0, ge=0)
    """Minutes after the due date that cost nothing."""
    penalty_percent_per_day: float = Field(default=0.0, ge=0, le=100)
    """Percent of the score that is lost for every started day."""
    max_days: int | None = Field(default=None, ge=0)
    """Days after which a submission counts nothing; null means never."""


class Folders(_Strict):
    """Names of the course's folders, beside `course.yml`; nbgrader's own are source and release."""

    source: Name = "solutions"
    """Folder that only instructors see."""
    release: Name = "assignments"
    """Folder that students get."""
    submitted: Name = "submitted"
    """Folder of all that students handed in."""
    autograded: Name = "autograded"
    """Marked notebooks."""
    feedback: Name = "feedback"
    """Feedback pages."""


class Assignment(_Strict):
    """One assignment: a folder of that name in `solutions/` and in `assignments/`."""

    name: Name
    """Name of the folders, and of the master and its notebook."""
    title: str = Field(min_length=1)
    """Title that students read."""
    due: Due | None = None
    """Date and time with a time zone; leave it out where nothing is due."""
    limits: Limits = Limits()
    """Limits that differ from the course's; the fields left out stay as they are there."""
    stderr: Stderr | None = None
    """As in the course, for this assignment; left out, the course's holds."""


class Course(_Strict):
    """The course file, and the folders around it.

    `root` is the folder that holds `course.yml`; all folders are absolute.
    """

    id: Name
    """Name of the course in nbgrader's gradebook."""
    title: str = Field(min_length=1)
    """Title that students read."""
    assignments: list[Assignment] = Field(min_length=1)
    """The assignments in the order in which they are taught."""
    limits: Limits = Limits()
    """Limits for every assignment that does not set its own."""
    folders: Folders = Folders()
    """Names of the folders, where they differ."""
    stderr: Stderr = "ignore"
    """Price of text on stderr in a plain nbgrader test: none, or the test fails as in nbgrader."""
    gradebook: str = "sqlite:///gradebook.db"
    """Database URL of nbgrader's gradebook; a relative SQLite path starts at this file's folder."""
    late_policy: LatePolicy = LatePolicy()
    """Price of handing in late."""
    preload: list[str] = ["numpy", "torch", "matplotlib.pyplot"]
    """Modules that are imported once, before all submissions, instead of in each of them."""

    _root: Path = PrivateAttr(default_factory=Path.cwd)

    @field_validator("assignments")
    @classmethod
    def _names_are_unique(cls, assignments: list[Assignment]) -> list[Assignment]:
        names = [assignment.name for assignment in assignments]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise PydanticCustomError(
                "unique_names",
                "expected every assignment to have its own name, found twice: {names}",
                {"names": ", ".join(twice)},
            )
        return assignments

    @field_validator("gradebook")
    @classmethod
    def _gradebook_is_a_database_url(cls, url: str) -> str:
        scheme, separator, rest = url.partition("://")
        if not separator or not scheme or rest.strip("/") == "":
            raise PydanticCustomError(
                "gradebook", "expected a database URL such as 'sqlite:///gradebook.db'"
            )
        return url

    @field_validator("preload")
    @classmethod
    def _preloaded_modules_have_names(cls, modules: list[str]) -> list[str]:
        for module in modules:
            if not all(part.isidentifier() for part in module.split(".")):
                raise PydanticCustomError(
                    "module", "expected module names such as 'numpy' or 'matplotlib.pyplot'"
                )
        return modules

    @property
    def root(self) -> Path:
        """The folder that holds `course.yml`."""
        return self._root

    @property
    def names(self) -> list[str]:
        """The names of all assignments, in the order of the file."""
        return [assignment.name for assignment in self.assignments]

    def assignment(self, name: str) -> Assignment:
        """Return the assignment called `name`; raise CourseError naming those that exist."""
        for assignment in self.assignments:
            if assignment.name == name:
                return assignment
        close = difflib.get_close_matches(name, self.names, n=1)
        hint = f"did you mean {close[0]!r}? " if close else ""
        raise CourseError(
            f"no assignment {name!r} in course.yml; {hint}it has: {', '.join(self.names)}"
        )

    def limits_for(self, name: str) -> Limits:
        """Return the course's limits with those that the assignment `name` sets in their place."""
        own = self.assignment(name).limits
        return self.limits.model_copy(
            update={field: getattr(own, field) for field in own.model_fields_set}
        )

    def stderr_for(self, name: str) -> Stderr:
        """Return what text on stderr does to the plain nbgrader tests of `name`."""
        return self.assignment(name).stderr or self.stderr

    def solution_dir(self, name: str) -> Path:
        """Return the folder of `name` that only instructors see."""
        return self.root / self.folders.source / self.assignment(name).name

    def release_dir(self, name: str) -> Path:
        """Return the folder of `name` that students get."""
        return self.root / self.folders.release / self.assignment(name).name

    def is_plain(self, name: str) -> bool:
        """Return whether `name` is a plain nbgrader assignment: notebooks and no master script."""
        folder = self.solution_dir(name)
        return not (folder / f"{name}.py").is_file() and any(folder.glob("*.ipynb"))

    def notebooks(self, name: str) -> tuple[str, ...]:
        """Return the names of the notebooks of `name`, sorted; raise CourseError for a bad one."""
        if not self.is_plain(name):
            return (name,)
        names = sorted(path.stem for path in self.solution_dir(name).glob("*.ipynb"))
        for notebook in names:
            if not is_name(notebook):
                raise CourseError(
                    f"{name}: {notebook!a} cannot be the name of a notebook; rename it to letters, "
                    "digits, spaces, dots, dashes or underscores"
                )
        return tuple(names)

    @property
    def submitted_dir(self) -> Path:
        """The folder of submissions: `submitted/<student>/<assignment>/<notebook>.ipynb`."""
        return self.root / self.folders.submitted

    @property
    def autograded_dir(self) -> Path:
        """The folder of marked notebooks."""
        return self.root / self.folders.autograded

    @property
    def feedback_dir(self) -> Path:
        """The folder of feedback pages."""
        return self.root / self.folders.feedback

    @property
    def reports_dir(self) -> Path:
        """The folder of reports, one JSON file for each submission."""
        return self.root / "reports"

    @property
    def gradebook_url(self) -> str:
        """The gradebook's URL with an absolute path where it is a SQLite file."""
        if not self.gradebook.startswith(_SQLITE):
            return self.gradebook
        return f"{_SQLITE}{self.root / self.gradebook.removeprefix(_SQLITE)}"
