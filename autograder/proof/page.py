"""`docs/proof.md`: what the graders were tried on, and what noticed it.

The page is made of what `validate` and `try_mutants` found. It names no time and no machine, so
that the same course gives the same page; and it carries, for each assignment, a digest of
everything it speaks of, so that a page that is out of date is known without marking anything.
"""

from __future__ import annotations

import ast
import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from autograder.course import Course
from autograder.notebook import load_notebook, tasks_of
from autograder.notebook.accepts import accept_files, read_accept
from autograder.notebook.mistakes import FILE as MISTAKES
from autograder.notebook.mistakes import read_mistakes
from autograder.proof.mutants import Outcome, mutants
from autograder.proof.mutants.records import FILE as EQUIVALENT
from autograder.proof.verdicts import Verdict

COMMAND = "autograder validate --mutants --page docs/proof.md"
WANTED_SCORE = 0.98

_INTRODUCTION = f"""\
# What the graders were tried on

Made by `{COMMAND}`; do not edit.

A **known mistake** is our solution with something wrong in it that somebody might hand in, an
**accept** a right solution written another way. A **mutant** is our own solution with one small
mistake, made by machine: an operator, a number, an axis, a transpose, a statement, a call. All are
marked as a student's notebook is. A mutant is *killed* when its own task loses points. One that no
check could notice is *equivalent*, and `{EQUIVALENT}` says why. The *score* is
killed ÷ (made - equivalent).
"""


@dataclass(frozen=True)
class Proof:
    """The findings on one assignment: every case of `validate`, and every mutant.

    `digest` is that of the assignment as it was when this was found. `sample` are the outcomes of
    the mutants that `sampled` draws.
    """

    name: str
    digest: str
    verdicts: Sequence[Verdict]
    outcomes: Sequence[Outcome]
    sample: Sequence[Outcome] = ()


@dataclass(frozen=True)
class Tally:
    """Counts of mutants made, and of what became of them; `elsewhere` counts as surviving."""

    made: int
    killed: int
    equivalent: int

    @classmethod
    def of(cls, outcomes: Iterable[Outcome]) -> Tally:
        """Return the tally of these outcomes."""
        counts = Counter(outcome.verdict for outcome in outcomes)
        return cls(counts.total(), counts["killed"], counts["equivalent"])

    @property
    def surviving(self) -> int:
        """Mutants that their own task did not notice, and should have."""
        return self.made - self.killed - self.equivalent

    @property
    def score(self) -> float:
        """The part that was killed of those that could be; 1.0 of none."""
        return self.killed / (self.made - self.equivalent) if self.made > self.equivalent else 1.0

    @property
    def may_survive(self) -> int:
        """How many of a sample of so many survive where 98 of 100 of all are killed.

        That is what is expected and two standard deviations: a few equivalent mutants of accepts,
        which nobody has recorded yet, are no fault of the checks.
        """
        expected = (1 - WANTED_SCORE) * (self.made - self.equivalent)
        return int(expected + 2 * (expected * WANTED_SCORE) ** 0.5)


def page(course: Course, proofs: Sequence[Proof], before: str = "") -> str:
    """Return the page on these assignments, as Markdown.

    What the page `before` says of others is kept as long as it is not out of date.
    """
    found = {proof.name: "\n".join(_assignment(course, proof)) + "\n" for proof in proofs}
    parts = [_INTRODUCTION]
    for name in course.names:
        if name in found:
            parts.append(found[name])
        elif not course.is_plain(name):
            parts += _part(before, _stamp(name, digest(course, name)))
    return "\n".join(parts)


def _part(text: str, stamp: str) -> list[str]:
    """Return the part of a page that has this stamp, if there is one."""
    parts = re.split(r"^(?=## )", text, flags=re.MULTILINE)[1:]
    return [part.rstrip("\n") + "\n" for part in parts if stamp in part]


def _stamp(name: str, found: str) -> str:
    return f"<!-- {name}: {found} -->"


def digest(course: Course, name: str) -> str:
    """Return the digest of the solution, its checks, mistakes, records and mutants."""
    folder = course.solution_dir(name)
    files = [folder / f"{name}.py", *folder.glob("*checks.py"), folder / EQUIVALENT]
    files += [*accept_files(folder), folder / MISTAKES]
    found = hashlib.sha256()
    for path in sorted(path for path in files if path.is_file()):
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        found.update(f"{path.relative_to(folder).as_posix()} {content}\n".encode())
    # How Python writes an expression differs between its versions; how many there are does not.
    kinds = Counter(f"{mutant.cell}, {mutant.operator}" for mutant in mutants(course, name))
    for kind in sorted(kinds):
        found.update(f"{kind}: {kinds[kind]}\n".encode())
    return found.hexdigest()[:32]


def _assignment(course: Course, proof: Proof) -> Iterator[str]:
    name = proof.name
    released = load_notebook(course.release_dir(name) / f"{name}.ipynb")
    tasks = [task for task in tasks_of(released) if task.kind != "manual"]
    folder = course.solution_dir(name)
    mistakes = read_mistakes(folder, load_notebook(folder / f"{name}.ipynb"))
    accepts = [set(read_accept(path).cells) for path in accept_files(folder)]
    yield f"## {course.assignment(name).title}\n"
    yield f"{_stamp(name, proof.digest)}\n"
    yield "| task | mistakes | accepts | mutants | killed | equivalent | surviving | score |"
    yield "|---|--:|--:|--:|--:|--:|--:|--:|"
    for task in tasks:
        wrong = sum(task.id in mistake.fails for mistake in mistakes)
        right = sum(bool(cells & set(task.solution_cells)) for cells in accepts)
        outcomes = [outcome for outcome in proof.outcomes if outcome.mutant.task == task.id]
        yield _row(f"`{task.id}`", wrong, right, outcomes)
    yield _row(f"**{name}**", len(mistakes), len(accepts), proof.outcomes)
    yield ""
    yield from _complaints(proof)
    yield from _survivors(proof.outcomes)
    yield from _equivalents(proof.outcomes)
    if proof.sample:
        tally = Tally.of(proof.sample)
        yield "### A sample of others\n"
        yield f"Of {tally.made} mutants of accepts and pairs of mutants, {tally.killed} are killed,"
        yield f"{tally.equivalent} equivalent and {tally.surviving} survive.\n"
        yield from _survivors(proof.sample, "####")
        yield from _equivalents(proof.sample, "####")
    yield from _checks(course, proof, [task.id for task in tasks])


def _row(label: str, mistakes: int, accepts: int, outcomes: Sequence[Outcome]) -> str:
    tally = Tally.of(outcomes)
    counts = (mistakes, accepts, tally.made, tally.killed, tally.equivalent, tally.surviving)
    score = int(1000 * tally.score) / 10  # never rounded up to what it is not
    return f"| {label} | {' | '.join(map(str, counts))} | {score:.1f} % |"


def _complaints(proof: Proof) -> Iterator[str]:
    found = [(v.case, text) for v in proof.verdicts for text in v.complaints]
    outcomes = (*proof.outcomes, *proof.sample)
    found += [(o.mutant.id, o.complaint) for o in outcomes if o.complaint]
    if found:
        yield "### Not as it should be\n"
        yield from (f"- {case}: {' '.join(text.split())}" for case, text in sorted(found))
        yield ""


def _survivors(outcomes: Sequence[Outcome], level: str = "###") -> Iterator[str]:
    found = [o for o in outcomes if o.verdict in ("survived", "elsewhere")]
    yield f"{level} Surviving mutants\n"
    if not found:
        yield "None.\n"
    for outcome in _in_order(found):
        mutant = outcome.mutant
        noticed = ", ".join(f"`{task}`" for task in outcome.elsewhere)
        note = f"; only {noticed} noticed" if noticed else ""
        yield f"`{mutant.id}`, task `{mutant.task}`, {mutant.operator}{note}\n"
        yield f"```diff\n{mutant.diff}\n```\n"


def _equivalents(outcomes: Sequence[Outcome], level: str = "###") -> Iterator[str]:
    found = _in_order(o for o in outcomes if o.verdict == "equivalent")
    if found:
        yield f"{level} Equivalent mutants\n"
        for outcome in found:
            changed = [line for line in outcome.mutant.change.split("\n") if line.strip("+- ")]
            # What is there now; where nothing is, what is gone.
            code = changed[-1][1:].strip()
            mutant = outcome.mutant
            yield f"- `{mutant.id}`, task `{mutant.task}`, `{code}`: {outcome.proof}"
        yield ""


def _in_order(outcomes: Iterable[Outcome]) -> list[Outcome]:
    return sorted(outcomes, key=lambda o: (o.mutant.task, o.mutant.cell, o.mutant.id))


def _checks(course: Course, proof: Proof, tasks: Sequence[str]) -> Iterator[str]:
    """Yield a table of the check functions of each task, and what each notices."""
    public = _functions(course.solution_dir(proof.name) / "checks.py")
    wrong = [dict(v.lost) for v in proof.verdicts if v.case.startswith("mistake/")]
    idle: list[str] = []
    yield "### Which check notices\n"
    yield "*Alone* counts the mutants that no other check of the task notices. The parameters of"
    yield "a check are taken together.\n"
    yield "| task | check | | mutants | alone | mistakes |"
    yield "|---|---|---|--:|--:|--:|"
    for task in tasks:
        killers = [
            {_function(check) for check in outcome.checks}
            for outcome in proof.outcomes
            if outcome.mutant.task == task and outcome.verdict == "killed"
        ]
        mistakes = [{_function(check) for check in lost[task]} for lost in wrong if task in lost]
        for check in sorted(set().union(*killers, *mistakes)):
            alone = sum(each == {check} for each in killers)
            kills = sum(check in each for each in killers)
            fails = sum(check in each for each in mistakes)
            who = "public" if check in public else "hidden"
            if who == "hidden" and not alone and {check} not in mistakes:
                idle.append(f"`{check}`")
            yield f"| `{task}` | `{check}` | {who} | {kills} | {alone} | {fails} |"
    yield ""
    if idle:
        yield "Whatever these hidden checks notice, another check of the same task notices, too:\n"
        yield from (f"- {check}" for check in idle)


def _function(check: str) -> str:
    return check.split("::")[-1].partition("[")[0]


def _functions(path: Path) -> frozenset[str]:
    if not path.is_file():
        return frozenset()
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return frozenset(node.name for node in tree.body if isinstance(node, ast.FunctionDef))
