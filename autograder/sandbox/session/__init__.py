"""Sessions: the handle that the grader has, the process behind it, and the zygote that forks it.

Zygotes and their sessions need Linux and are not imported here: a student's notebook checks
with a `LocalSession`, wherever it runs.
"""

from autograder.sandbox.session.inert import installed
from autograder.sandbox.session.interface import CallResult, CellResult, Session
from autograder.sandbox.session.local import LocalSession, seeded

__all__ = ["CallResult", "CellResult", "LocalSession", "Session", "installed", "seeded"]
