"""The holes that graders in use had, rebuilt: checks, a right solution, and wrong ones.

A folder for each: `checks.py` has the hole, in the lines marked HOLE, `wrong.py` holds what it
accepts (each part takes the place of functions of `solution.py`), and `better.py` are the checks
with the hole closed. `python tests/holes/holes.py` writes docs/holes.md.
"""

from __future__ import annotations

import ast
import re
import sys
from dataclasses import dataclass
from pathlib import Path

from autograder.checks import CheckResult, Suite, run_suite
from autograder.proof.lint import lint_files
from autograder.proof.mutants import mutants_of
from autograder.sandbox import LocalSession

HERE = Path(__file__).resolve().parent
PAGE = HERE.parents[1] / "docs" / "holes.md"
_PART = re.compile(r"^# %% (.+)$", re.MULTILINE)
_INTRO = """\
# Holes of other graders, rebuilt

Checks of well-liked courses accept wrong code. Every kind of hole that we found is rebuilt in
`tests/holes/`: checks that have it, a right solution, wrong ones that pass, and checks in which
it is closed. The tests show every row of this table. The last column says which operators have
mutants that show the hole, too; where it says none, only the linter finds it.

`python tests/holes/holes.py` writes this page.

| hole | what it accepts | found by the rule | and by mutants |
|---|---|---|---|
"""


@dataclass(frozen=True)
class Hole:
    """One folder."""

    folder: Path

    @property
    def name(self) -> str:
        return self.folder.name

    @property
    def description(self) -> str:
        """Return what the checks do wrong, from their docstring."""
        text = ast.get_docstring(ast.parse((self.folder / "checks.py").read_text()))
        return " ".join((text or "").split())

    @property
    def wrong(self) -> dict[str, str]:
        """The wrong solutions by name."""
        parts = _PART.split((self.folder / "wrong.py").read_text(encoding="utf-8"))
        return dict(zip(parts[1::2], parts[2::2], strict=True))

    def solution(self, wrong: str | None = None) -> str:
        """The right solution, or one that is wrong in the named way."""
        right = (self.folder / "solution.py").read_text(encoding="utf-8")
        return right if wrong is None else f"{right}\n{self.wrong[wrong]}"

    def marked(self, checks: str, solution: str) -> list[CheckResult]:
        """Return what the checks in the file `checks` say of a solution."""
        (results,) = self.marked_all(checks, [solution])
        return results

    def marked_all(self, checks: str, solutions: list[str]) -> list[list[CheckResult]]:
        """Return what they say of each of several solutions."""
        reference = self.folder / "reference.py"
        ours = reference.read_text(encoding="utf-8") if reference.exists() else self.solution()

        def marked(suite: Suite, solution: str) -> list[CheckResult]:
            session = _session(solution)
            return [
                result
                for task in suite.tasks
                for result in suite.run(task, session, _session(ours), check_seconds=5)
            ]

        def body(suite: Suite) -> list[list[CheckResult]]:
            return [marked(suite, solution) for solution in solutions]

        return run_suite(None, self.folder / checks, body, assignment=self.name)

    def shown_by_mutants(self) -> list[str]:
        """The operators with a mutant that passes with the hole and fails where it is closed."""
        mutants = mutants_of(self.solution())
        for checks, passes in (("checks.py", True), ("better.py", False)):
            every = self.marked_all(checks, [mutant.source for mutant in mutants])
            mutants = [
                mutant
                for mutant, results in zip(mutants, every, strict=True)
                if all(result.passed for result in results) == passes
            ]
        return sorted({mutant.operator for mutant in mutants})

    def found(self, checks: str) -> list[tuple[int, str]]:
        """Return what the linter finds in the file `checks`: lines and rules."""
        found = lint_files(None, self.folder / checks, solution=self.folder / "solution.py")
        # What graders had in place of it is shown by the holes themselves.
        shown = [finding for finding in found if finding.rule != "no-battery"]
        return sorted((finding.line, finding.rule) for finding in shown)


HOLES = [Hole(path.parent) for path in sorted(HERE.glob("*/checks.py"))]


def _session(source: str) -> LocalSession:
    session = LocalSession({"__name__": "__main__"})
    session.run_cell(source, name="cell 1 (answer)", seconds=10)
    return session


def page() -> str:
    """The table of holes, what passes the checks that have them, and what finds them."""
    rows = []
    for hole in HOLES:
        accepted = [
            name
            for name in hole.wrong
            if all(result.passed for result in hole.marked("checks.py", hole.solution(name)))
        ]
        found = sorted({rule for _, rule in hole.found("checks.py")})
        rules = ", ".join(f"[{rule}](lint.md#{rule})" for rule in found)
        operators = hole.shown_by_mutants()
        shown = ", ".join(operators[:3]) + (", …" if len(operators) > 3 else "") or "none"
        rows.append(f"| {hole.description} | {'; '.join(accepted)} | {rules} | {shown} |\n")
    return _INTRO + "".join(rows)


if __name__ == "__main__":
    sys.stdout.write(f"{PAGE}: {PAGE.write_text(page(), encoding='utf-8')} characters\n")
