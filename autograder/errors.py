"""Every error this package raises on purpose.

AutograderError
├── CourseError              course.yml or the folders around it are wrong
├── BuildError               a master cannot be built
│   └── LeakError            something secret would be released
├── SubmissionError          a submitted file cannot be read as a notebook
├── SandboxError             the walls or the zygote cannot be set up
│   └── NoRoomError          the disk that sessions would write to is full
├── ExpressionError          a line of a derivation is not in the expression language
└── SessionError             something on the student's side of the wire went wrong
    ├── StudentError         the student's code raised an exception
    │   └── MissingNameError     the name that a check asks for does not exist
    ├── WireError            what arrived is not a message or value we accept
    ├── SessionTimeoutError  the student's code took longer than it may
    └── SessionDiedError     the session's process is gone
"""

from __future__ import annotations


class AutograderError(Exception):
    """Base of all errors that name what was wrong, where, and what to do."""


class CourseError(AutograderError):
    """`course.yml`, or the folder layout it describes, is wrong."""


class BuildError(AutograderError):
    """A master script cannot be turned into its notebooks."""


class LeakError(BuildError):
    """A line that only instructors may see turned up in what is released."""


class SubmissionError(AutograderError):
    """A submitted file cannot be read as a notebook.

    `kind` is a short slug for the report, such as `"unreadable"`.
    """

    def __init__(self, message: str, kind: str = "unreadable") -> None:
        super().__init__(message)
        self.kind = kind


class SandboxError(AutograderError):
    """The walls, or the zygote inside them, cannot be set up on this machine."""


class NoRoomError(SandboxError):
    """The disk that sessions would write to is full, and stays so for a minute."""


class ExpressionError(AutograderError):
    """A line of a derivation is not in the expression language."""


class SessionError(AutograderError):
    """Something on the student's side of the wire went wrong."""


class StudentError(SessionError):
    """The student's code raised an exception.

    `type` is the exception's class name, `message` its text and `trace` the lines of
    the traceback that lie in the student's own cells, all as told by the session and
    therefore untrusted text.
    """

    def __init__(self, type: str, message: str, trace: tuple[str, ...] = ()) -> None:
        super().__init__(f"{type}: {message}" if message else type)
        self.type = type
        self.message = message
        self.trace = trace


class MissingNameError(StudentError):
    """The name that a check asks for does not exist in the student's notebook."""


class WireError(SessionError):
    """A message or value that arrived over the wire is not one that we accept."""


class SessionTimeoutError(SessionError):
    """The student's code took longer than it may; its session was ended.

    `waited` is the seconds by the clock that it was given, where it did not compute all along.
    """

    def __init__(self, message: str, waited: float | None = None) -> None:
        super().__init__(message)
        self.waited = waited


class SessionDiedError(SessionError):
    """The session's process ended while we were waiting for it."""
