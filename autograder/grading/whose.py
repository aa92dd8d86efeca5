"""Telling a right answer to somebody else's numbers from a wrong one.

A student who types numbers in may have been shown those of another name: what the notebook
says, or the login that everybody has on Colab. When checks of own numbers fail they
are run again with other names' numbers, on the values that the session holds. What is right for
another name is no mistake to mark: a person decides.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from autograder.checks import CheckResult, Suite
from autograder.checks.runner.fetched import Fetched
from autograder.checks.runner.variants import SHARED
from autograder.notebook import Problem
from autograder.sandbox import Session

# How likely answers fit by accident, as small whole numbers often do, is measured on strangers.
_STRANGERS = 400
# What fits more than one in so many groups of names of that size is no sign of a name.
_GROUPS = 5
# What no numbers make right.
_HOPELESS = frozenset(
    [
        *("not-answered", "missing", "none", "type", "nan", "inf", "mutated"),
        *("not-run", "died", "refused", "raised"),
    ]
)


@dataclass
class _Fits:
    """How many failed checks of a task are right for which name."""

    shown: Counter[str] = field(default_factory=Counter)
    shared: Counter[str] = field(default_factory=Counter)


@dataclass
class OtherNumbers:
    """Looks for the name whose numbers one student's failed checks are right for.

    `names` are those, beside the student's own, that the notebook says or shows.
    """

    suite: Suite
    reference: Session | None
    student: str
    names: Sequence[str]
    seconds: float
    _found: dict[str, _Fits] = field(default_factory=dict)

    def look(self, task: str, results: Sequence[CheckResult], session: Session) -> None:
        """Look at the checks of `task` that failed in `session`; nothing of the student's runs."""
        own = {check.id for check in self.suite.checks if check.own_numbers}
        failed = {
            result.id
            for result in results
            if result.id in own
            and result.status == "failed"
            and result.misconception not in _HOPELESS
        }
        if not failed or not session.alive:
            return
        fits = self._found.setdefault(task, _Fits())
        values = Fetched(session, seconds=self.seconds)
        shown = self._others(self.names)
        for name in shown:
            right = self._right(task, failed, name, values)
            fits.shown[name] += len(right)
            failed -= right
        shared = self._others(SHARED, shown)
        fits.shared += self._telling(task, failed, shared, values)

    def note(self, task: str) -> tuple[str, str]:
        """Return whose numbers the answers are right for: for a person, and for the student."""
        fits = self._found.get(task, _Fits())
        for found, told in (
            (fits.shown, "that is the name in the notebook"),
            (fits.shared, "a login name that many share"),
        ):
            best = [name for name, count in found.most_common(1) if count]
            if best:
                mine = f", not for those of `{self.student}`"
                named = f"right for the numbers of `{best[0]}`"
                return named + mine, f"{named} ({told}){mine}"
        return "", ""

    def problem(self, task: str) -> Problem | None:
        """Return what the student is told of a task that waits for this reason."""
        told = self.note(task)[1]
        if not told:
            return None
        return Problem(
            None,
            "whose-numbers",
            f"task `{task}`: answers of yours are {told}. A person will look at that; answers to "
            "your own numbers need no one.",
        )

    def _others(self, names: Iterable[str], without: Iterable[str] = ()) -> list[str]:
        known = {self.student, *without}
        return [name for name in dict.fromkeys(names) if name not in known]

    def _telling(
        self, task: str, failed: set[str], names: Sequence[str], values: Session
    ) -> Counter[str]:
        """Return how many checks are right for which names, and take these out of `failed`.

        Left out is what would fit more than one in five of such groups of names by accident.
        """
        right = {name: frozenset(self._right(task, failed, name, values)) for name in names}
        accidents = {checks: 0 for checks in right.values() if checks}
        allowed = _STRANGERS // (_GROUPS * max(len(names), 1))
        for number in range(_STRANGERS):
            open_ones = [checks for checks, count in accidents.items() if count <= allowed]
            asked = set().union(*open_ones)
            fitting = self._right(task, asked, f"\0stranger {number}", values)
            for checks in open_ones:
                accidents[checks] += checks <= fitting
        telling = {checks for checks, count in accidents.items() if count <= allowed}
        failed -= set().union(*telling)
        return Counter({name: len(found) for name, found in right.items() if found in telling})

    def _right(self, task: str, checks: set[str], name: str, values: Session) -> set[str]:
        """Return which of some checks pass where the numbers are those of `name`."""
        if not checks:
            return set()
        results = self.suite.run(
            task, values, self.reference, student=name, check_seconds=self.seconds, only=checks
        )
        return {result.id for result in results if result.passed}
