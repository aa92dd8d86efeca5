"""What a session's variables hold, for checks that are run on it again and again."""

from __future__ import annotations

import copy

from autograder.checks.diagnosis.record import Record
from autograder.errors import SessionDiedError, SessionError, StudentError
from autograder.sandbox import Name, Session, Target
from autograder.sandbox.wire import Message, WireLimits

# What somebody types is small.
_LARGEST = 1 << 16


class Fetched(Session):
    """The values of another session's variables, each asked for once; nothing can be called.

    A value that is large is refused with StudentError, as is all that would run the student's
    code again.
    """

    def __init__(self, session: Session, *, seconds: float) -> None:
        super().__init__(WireLimits(), output_kb=1)
        self._session = session
        self._seconds = seconds
        self._values: dict[str, object] = {}

    def get(self, target: Target, *, seconds: float) -> object:
        """Return the value of a name; whatever happens when it is fetched happens every time."""
        if not isinstance(target, Name):
            raise StudentError("TypeError", "no value", ())
        if target.name not in self._values:
            self._values[target.name] = self._fetch(target)
        value = self._values[target.name]
        if isinstance(value, SessionError):
            raise value.with_traceback(None)
        return copy.deepcopy(value)

    def has(self, name: str) -> bool:
        """Return whether the name can be fetched."""
        try:
            self.get(Name(name), seconds=self._seconds)
        except SessionError:
            return False
        return True

    def close(self) -> None:
        """Answer nothing more; the other session goes on."""
        self._open = False

    def _fetch(self, target: Name) -> object:
        try:
            value = self._session.get(target, seconds=self._seconds)
        except SessionError as error:
            return error
        record = Record()
        record.note("get", target.name, value)
        large = not record.whole or record.size > _LARGEST
        return StudentError("ValueError", "too large", ()) if large else value

    def _exchange(self, request: Message, seconds: float) -> Message:
        raise SessionDiedError("nothing can be called here")
