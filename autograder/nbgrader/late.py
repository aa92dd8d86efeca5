"""The course's late policy, in the one form that nbgrader and our gradebook both use."""

from __future__ import annotations

import math
from datetime import UTC, datetime
from pathlib import Path

from nbgrader.plugins import LateSubmissionPlugin
from nbgrader.utils import parse_utc

from autograder.course import LatePolicy, load_course
from autograder.notebook import Problem

_DAY = 24 * 60 * 60
_STAMP = 100


def penalty(policy: LatePolicy, score: float, seconds_late: float) -> float:
    """Return points lost by a submission that scored `score` and came `seconds_late` late."""
    late = seconds_late - policy.grace_minutes * 60
    if late <= 0:
        return 0.0
    days = math.ceil(late / _DAY)
    if policy.max_days is not None and days > policy.max_days:
        return score
    return min(score, round(score * days * policy.penalty_percent_per_day / 100, 2))


class CourseLatePenalty(LateSubmissionPlugin):  # type: ignore[misc]
    """nbgrader's plugin point for late penalties, answered from course.yml."""

    def late_submission_penalty(
        self, student_id: str, score: float, total_seconds_late: float
    ) -> float | None:
        """Return points lost, or None when nothing is."""
        policy = load_course().late_policy
        return penalty(policy, score, total_seconds_late) or None


def submitted_at(folder: Path) -> tuple[datetime | None, Problem | None]:
    """Return when a submission came in, as naive UTC, from the timestamp.txt that nbgrader writes.

    An unreadable stamp is a problem to report and never a late penalty.
    """
    path = folder / "timestamp.txt"
    if not path.is_file():  # a pipe would make the read wait for ever
        return None, None
    try:
        with path.open(encoding="utf-8") as file:
            stamp: datetime = parse_utc(file.read(_STAMP).strip())
    except (OSError, ValueError, OverflowError):
        return None, Problem(
            cell=None,
            kind="timestamp",
            message="timestamp.txt does not hold a date and time, so lateness was not judged",
        )
    return (stamp.astimezone(UTC).replace(tzinfo=None) if stamp.tzinfo else stamp), None
