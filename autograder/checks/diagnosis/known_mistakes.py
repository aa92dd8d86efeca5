"""Diagnosis: name the known mistake that gives exactly a student's wrong answers.

The known mistakes of an assignment prove its checks; here they explain. When checks of a task
fail, they are run on the mistakes of that task, in sessions of our own, and compared with what
the student's session answered. A mistake is named when it fails the same checks with the same
answers. Nothing here looks at a student's code or runs it.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from nbformat import NotebookNode

from autograder.checks import CheckResult, Suite
from autograder.checks.diagnosis.likeness import Evidence, likeness
from autograder.checks.diagnosis.record import Event, Record
from autograder.checks.runner.clock import TimedSession, TimeUpError, limited
from autograder.checks.runner.solution import solution_namespace
from autograder.errors import AutograderError
from autograder.notebook import with_sources
from autograder.notebook.mistakes import FILE, Mistake, each_mistake
from autograder.sandbox import Session
from autograder.sandbox.session import seeded

# So many wrong numbers have to agree for a mistake to be named on their word alone.
_NUMBERS = 3
# More mistakes than that with the same answers are not told apart, and none is named.
_NAMED = 2
# Bytes of one student's answers to a task that are kept until it is marked, and of the
# mistakes' answers that are kept for the next student.
_ROOM_OF_A_TASK = 8 << 20
_ROOM = 64 << 20
_ENTRY = 500
_SOMEBODY = "reference"
_MODULE = "known_mistake"
_UNANSWERED = frozenset({"not-answered", "missing"})
_UNJUDGED = frozenset({"not-run", "died", "refused"})


@dataclass
class Answers:
    """A student session's answers to the checks of one task, by the check's id.

    Of a check that passed only the names are kept that it asked for.
    """

    records: dict[str, Record] = field(default_factory=dict)
    names: dict[str, frozenset[str]] = field(default_factory=dict)
    room: int = _ROOM_OF_A_TASK

    def add(self, result: CheckResult, record: Record) -> None:
        """Take the answers to one check."""
        self.names[result.id] = frozenset(record.names)
        if not result.passed:
            self.room -= record.size
            if self.room < 0:
                record.drop()
            self.records[result.id] = record

    def parts(self) -> Iterator[frozenset[str]]:
        """Group the checks: two groups ask for no name of the notebook in common."""
        groups: list[tuple[frozenset[str], frozenset[str]]] = []
        for check, names in self.names.items():
            joined = (frozenset({check}), names)
            for group in [group for group in groups if group[1] & names]:
                joined = (joined[0] | group[0], joined[1] | group[1])
                groups.remove(group)
            groups.append(joined)
        order = list(self.names)
        yield from sorted(
            (checks for checks, _ in groups), key=lambda checks: min(map(order.index, checks))
        )


@dataclass(frozen=True)
class _Answer:
    """The answer of a mistake, or of the solution, to one check; no events where none counts."""

    passed: bool
    events: Sequence[Event] | None
    size: int


@dataclass(frozen=True)
class _Asked:
    """Checks of one task, and whose answers to them are looked at."""

    task: str
    student: str
    results: Sequence[CheckResult]

    @property
    def failed(self) -> list[CheckResult]:
        """The checks that failed, the quickest first."""
        failed = [result for result in self.results if not result.passed]
        return sorted(failed, key=lambda result: result.seconds)

    @property
    def passed(self) -> list[CheckResult]:
        return [result for result in self.results if result.passed]


@dataclass(eq=False)
class KnownMistakes:
    """The known mistakes of one assignment, and what they answer.

    Nothing is read or run before a check has failed.

    `folder` is the assignment's in `solutions/`, where `mistakes.toml` may be, `notebook` and
    `reference` are the notebook and the session of its solution. After `seconds` of CPU time a
    mistake is taken for one that hangs.
    """

    folder: Path
    notebook: NotebookNode
    reference: Session | None
    suite: Suite
    seconds: float
    _known: OrderedDict[tuple[str, ...], _Answer] = field(default_factory=OrderedDict)
    _room: int = _ROOM

    def __bool__(self) -> bool:
        """Return whether there is anything to compare with, so that answers are worth keeping."""
        return (self.folder / FILE).exists()

    @cached_property
    def _mistakes(self) -> list[Mistake]:
        """The mistakes that a student may be told of."""
        # Of an entry that does not fit the solution, `validate` speaks.
        found = (mistake for _, mistake in each_mistake(self.folder, self.notebook))
        return [each for each in found if isinstance(each, Mistake) and each.tells]

    def named(
        self, task: str, student: str, results: Sequence[CheckResult], answers: Answers
    ) -> list[CheckResult]:
        """Return the results of a task's checks, with the mistake named where one explains them."""
        failed = [result for result in results if not result.passed]
        if not failed or not self or not _is_comparable(failed, answers):
            return list(results)
        told = list(results)
        for part in answers.parts():
            asked = _Asked(task, student, [result for result in results if result.id in part])
            if not asked.failed:
                continue
            name, sentence = self._explanation(asked, answers)
            told = [
                replace(result, mistake=name, diagnosis=sentence)
                if result.id in part and not result.passed
                else result
                for result in told
            ]
        return told

    def _explanation(self, asked: _Asked, answers: Answers) -> tuple[str, str]:
        """Return name and sentence of the mistake that explains all failed checks, or two empty."""
        tried = [mistake for mistake in self._mistakes if asked.task in mistake.fails]
        found = [mistake for mistake in tried if self._fits(mistake, asked, answers)]
        sentences = list(dict.fromkeys(mistake.tells for mistake in found))
        if not sentences or len(sentences) > _NAMED:
            return "", ""
        return found[0].name, " Or: ".join(sentences)

    def _fits(self, mistake: Mistake, asked: _Asked, answers: Answers) -> bool:
        """Return whether the mistake fails the same checks with the same, telling, answers."""
        evidence = Evidence()
        # Those that failed come first: there most mistakes differ at once, and before any training.
        for result in asked.failed:
            wrong = self._answer(mistake, asked, result.id)
            if wrong.passed or wrong.events is None:
                return False
            right = self._answer(None, asked, result.id)
            if right.events is None:
                return False
            alike = likeness(answers.records[result.id].events, wrong.events, right.events)
            if alike is None:
                return False
            evidence += alike
        if evidence.numbers < _NUMBERS and not (mistake.sure and evidence):
            return False
        return all(self._answer(mistake, asked, result.id).passed for result in asked.passed)

    def _answer(self, mistake: Mistake | None, asked: _Asked, check: str) -> _Answer:
        """Return what a mistake, or without one the solution, answers to one check; keep it."""
        numbers = self.suite.variants(asked.student)
        own = asked.task in numbers
        # Others' numbers have no part in a task that draws none: it is answered once for all.
        student = asked.student if own else _SOMEBODY
        key = (
            mistake.name if mistake else "",
            check,
            repr(numbers[asked.task]) if own else "",
            self.suite.inputs,
        )
        if key not in self._known:
            cells = mistake.cells if mistake else {}
            self._known[key] = self._ask(cells, asked.task, student, check)
            self._room -= self._known[key].size
        self._known.move_to_end(key)
        known = self._known[key]
        while self._room < 0 and len(self._known) > 1:
            self._room += self._known.popitem(last=False)[1].size
        return known

    def _ask(self, cells: Mapping[str, str], task: str, student: str, check: str) -> _Answer:
        """Run one check on the solution with other cells in it, in a session of its own.

        What one check leaves behind in a session must not change the answer to another.
        """
        answers: list[_Answer] = []

        def take(result: CheckResult, record: Record) -> None:
            whole = record.whole and _is_judged(result)
            size = _ENTRY + (record.size if whole else 0)
            answers.append(_Answer(result.passed, record.events if whole else None, size))

        numbers = self.suite.variants(student)
        try:
            notebook = with_sources(self.notebook, cells)
            with seeded(), limited(self.seconds):
                namespace = solution_namespace(notebook, self.folder, numbers, module_name=_MODULE)
        except (AutograderError, TimeUpError):
            return _Answer(False, None, _ENTRY)
        self.suite.run(
            task,
            TimedSession(namespace, self.seconds),
            self.reference,
            student=student,
            seen=take,
            only={check},
        )
        return answers[0]


def _is_comparable(failed: Sequence[CheckResult], answers: Answers) -> bool:
    """Return whether all that failed was answered, and was answered with something."""
    if all(result.misconception in _UNANSWERED for result in failed):
        return False
    return all(
        _is_judged(result) and result.id in answers.records and answers.records[result.id].whole
        for result in failed
    )


def _is_judged(result: CheckResult) -> bool:
    """Return whether the session was there to answer."""
    return result.status != "timeout" and result.misconception not in _UNJUDGED
