"""The course's late policy, in the one form that nbgrader and our gradebook both use."""

from __future__ import annotations

import codecs
import math
import os
import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo

from dateutil.parser import parse
from nbgrader.plugins import LateSubmissionPlugin

from autograder.course import LatePolicy, load_course
from autograder.notebook import Problem

_DAY = 24 * 60 * 60
_STAMP = 100
_UTC = ("UTC", "UT", "GMT", "Z")
# As browsers write it: GMT+0200 (Central European Summer Time).
_BROWSER = re.compile(r"(?:GMT|UTC)?([+-]\d\d?(?::?\d\d)?)(?: \([^()]*\))?$")
_PLACE = re.compile(r"[A-Za-z]+(?:/[A-Za-z0-9_+-]+)+")
_YEAR_FIRST = re.compile(r"\d{4}\D")
# What is read differently with the one and the other has a part missing.
_DEFAULTS = (datetime(2000, 1, 1, 1, 1), datetime(2001, 2, 2, 2, 2))


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

    A stamp that cannot be read for certain is a problem to report and never a late penalty.
    """
    path = folder / "timestamp.txt"
    if not (path.is_file() or path.is_symlink()):  # a pipe would make the read wait for ever
        return None, None
    try:
        stamp = _moment(_text(path))
    except _UnclearZoneError as error:
        return None, _not_judged(f"has the time zone {error}, and not an offset such as +02:00")
    except Exception:  # dateutil lets many kinds through
        return None, _not_judged("does not hold a date and time")
    return stamp, None


def _not_judged(why: str) -> Problem:
    return Problem(None, "timestamp", f"timestamp.txt {why}, so lateness was not judged")


class _UnclearZoneError(ValueError):
    """A time zone has a name that may mean several, or that nobody knows."""


def _text(path: Path) -> str:
    """Return the first characters of a file, without the mark that Windows puts before them."""
    number = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    with os.fdopen(number, "rb") as file:
        content = file.read(2 * _STAMP)
    wide = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    text = content.decode("utf-16" if wide else "utf-8-sig", errors="replace")
    return " ".join(text[:_STAMP].split())


def _moment(text: str) -> datetime:
    """Return the moment that `text` names, as naive UTC; ValueError where it leaves a choice.

    nbgrader's own reader opens what the zone names, and fills what is missing from today.
    """
    when, _, place = text.rpartition(" ")
    if not _PLACE.fullmatch(place):
        when, place = _BROWSER.sub(r"\1", text), ""
    if when.isdecimal():
        raise ValueError("digits alone may be many things")
    orders = (False,) if _YEAR_FIRST.match(when) else (False, True)
    read: set[datetime] = {
        parse(when, default=default, dayfirst=day_first, tzinfos=_zone)
        for default in _DEFAULTS
        for day_first in orders
    }
    if len(read) != 1:
        raise ValueError("a part is missing, or the day and the month may be exchanged")
    (moment,) = read
    if place and moment.tzinfo is not None:
        raise ValueError("two time zones")
    if place:
        try:
            moment = moment.replace(tzinfo=ZoneInfo(place))
        except (KeyError, OSError, ValueError):
            raise _UnclearZoneError(place) from None
    return moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment


def _zone(name: str | None, offset: int | None) -> tzinfo | None:
    """Return the zone of a stamp; without any it is in UTC, as nbgrader's are."""
    if offset is not None:
        return timezone(timedelta(seconds=offset))
    if name is not None and name.upper() not in _UTC:
        raise _UnclearZoneError(name)
    return None
