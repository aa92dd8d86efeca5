"""Rules about what becomes of an answer: which wrong answers do the checks not notice?"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from itertools import zip_longest
from pathlib import Path

from autograder.proof.lint.files import words
from autograder.proof.lint.findings import Hits, observed
from autograder.proof.lint.trials import Change, Ran, Trials

_CHANCE = {"init", "initialise", "initialize", "sample", "draw", "random", "noise", "dropout"} | {
    "train", "fit", "minimise", "minimize", "optimise", "optimize", "generate", "shuffle",
}  # fmt: skip
# Parameters of a function that draws: in which order is for chance to say.
_DRAWS = {"rng", "seed", "generator"}
_MOVED = ("rows", "columns", "rolled")
_SHORT = ("empty", "truncated", "none")
_LOOPS = ast.For | ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp


def of_chance(name: str) -> bool:
    """Whether a function draws or trains, by its name: then its moments are what there is."""
    return bool(words(name.partition("#")[0]) & _CHANCE)


def noticed(trials: Trials, checks: Iterable[Ran], change: Change) -> bool | None:
    """Whether any of the checks fails with other answers; None where they are no others."""
    outcomes = [trials.passes(check, change) for check in checks]
    return None if set(outcomes) <= {None} else False in outcomes


def _names(checks: Iterable[Ran]) -> list[str]:
    """The answers of some checks, or their parts where they have parts."""
    names = dict.fromkeys(name for check in checks for name in check.names)
    wholes = {name.partition("#")[0] for name in names if "#" in name}
    return [name for name in names if name not in wholes]


def _wrong_in(name: str, how: str) -> Change:
    return Change(how, frozenset({name}))


def _where_it_fails(trials: Trials, check: Ran, change: Change) -> tuple[Path, int]:
    lines = trials.lines(check, change)
    path, line = lines[-1] if lines else (str(check.source.path), check.line)
    return Path(path), line


def _spoken(name: str) -> str:
    whole, _, part = name.partition("#")
    return f"`{whole}`" if not part else f"part {int(part) + 1} of what `{whole}` returns"


@observed(
    "shapes-only",
    "Compare the values as well: close(answer, expected) looks at the shape, too",
)
def shapes_only(trials: Trials) -> Hits:
    """Of an answer only the shape, type, length or presence is looked at."""
    for task, every in trials.tasks.items():
        checks = trials.few(every)
        found: dict[Ran, list[str]] = {}
        for name in _names(checks):
            if of_chance(name) or noticed(trials, checks, _wrong_in(name, "random")) is not False:
                continue
            for check in checks:
                if noticed(trials, [check], _wrong_in(name, "truncated")):
                    found.setdefault(check, []).append(_spoken(name))
                    break
        for check, names in found.items():
            what = f"of {' and '.join(names)} only shape, type or length is looked at"
            yield check.source.path, check.line, f"task {task!r}: {what}"


@observed(
    "reduction-only",
    "Compare the answer entry by entry, or weigh it with a random array before the sum",
)
def reduction_only(trials: Trials) -> Hits:
    """Of an answer only a sum, a mean, a norm or a bound is compared."""
    for task, every in trials.tasks.items():
        checks = trials.few(every)
        for name in _names(checks):
            random = _wrong_in(name, "random")
            judges = [
                check
                for check in checks
                if trials.passes(check, random) is False
                and not trials.passes(check, _wrong_in(name, "scaled"))
            ]
            taken = {each.name for each in trials.parameters(name.partition("#")[0])}
            if of_chance(name) or taken & _DRAWS or not judges:
                continue
            if any(noticed(trials, judges, _wrong_in(name, how)) is False for how in _MOVED):
                path, line = _where_it_fails(trials, judges[0], random)
                what = f"of {_spoken(name)} only a sum, a mean or a bound is compared"
                yield path, line, f"task {task!r}: {what}"


@observed(
    "self-consistency",
    "Compare with something that is not the student's: the reference, torch, a closed form, or "
    "differences of a loss written in the checks",
)
def self_consistency(trials: Trials) -> Hits:
    """An answer is compared with nothing but the student's own answers."""
    checks = trials.few(trials.checks)
    grounded = _grounded(trials, checks)
    told: set[str] = set()
    for check in checks:
        for label in check.labels:
            if label in grounded or label in told:
                continue
            random = _wrong_in(label, "random")
            if trials.passes(check, random) is False and _scaled(trials, check, grounded):
                together = [each for each in check.labels if each not in grounded]
                told |= {*together}
                path, line = _where_it_fails(trials, check, random)
                listed = " and ".join(f"`{each}`" for each in together)
                what = f"{listed}: compared only with the student's own answers"
                yield path, line, f"task {check.info.task!r}: {what}"


def _grounded(trials: Trials, checks: list[Ran]) -> set[str]:
    """The labels that something else than the student speaks for, directly or by another."""
    grounded: set[str] = set()
    while True:
        more = set()
        for check in checks:
            left = [label for label in check.labels if label not in grounded]
            if left and not _scaled(trials, check, grounded):
                more |= {
                    label
                    for label in left
                    if trials.passes(check, _wrong_in(label, "scaled")) is False
                    or trials.passes(check, _wrong_in(label, "scaled")) is None
                }
        if not more:
            return grounded
        grounded |= more


def _scaled(trials: Trials, check: Ran, grounded: set[str]) -> bool:
    """Whether a check passes when all answers are scaled that nothing speaks for."""
    names = frozenset(label for label in check.labels if label not in grounded)
    return trials.passes(check, Change("scaled", names)) is True


@observed(
    "student-never-asked", "Call the student's function, or fetch their value, and compare it"
)
def student_never_asked(trials: Trials) -> Hits:
    """A check that neither calls nor reads anything of the student's."""
    for check in trials.checks:
        if check.passed and not check.events:
            what = f"`{check.info.id}` asks nothing of the student"
            yield check.source.path, check.line, f"task {check.info.task!r}: {what}"


@observed("cannot-fail")
def cannot_fail(trials: Trials) -> Hits:
    """Whatever is answered, the check passes."""
    for check in trials.few(trials.checks):
        changes = [Change(how) for how in ("none", "random", "empty", "mutated")]
        outcomes = {trials.passes(check, change) for change in changes}
        if check.labels and False not in outcomes and True in outcomes:
            what = f"`{check.info.id}` compares nothing with anything"
            yield check.source.path, check.line, f"task {check.info.task!r}: {what}"


def _gone_round(trials: Trials) -> Iterator[tuple[Ran, Path, int, list[ast.AST]]]:
    """Where checks pass that get too little: the line at which they leave their usual way."""
    for check in trials.few(trials.checks):
        for name in check.names:
            for how in _SHORT:
                change = _wrong_in(name, how)
                if not trials.passes(check, change):
                    continue
                place = _parting(trials.lines(check), trials.lines(check, change))
                if place is not None:
                    source = next(s for s in trials.sources if str(s.path) == place[0])
                    yield check, source.path, place[1], list(source.nodes_at(place[1]))


def _parting(usual: list[tuple[str, int]], other: list[tuple[str, int]]) -> tuple[str, int] | None:
    """The last line that two runs have in common before they part, or None if they never do."""
    last = None
    for one, two in zip_longest(usual, other):
        if one != two:
            return last
        last = one
    return None


@observed("zip-truncates", "Write zip(..., strict=True), or compare the lengths first")
def zip_truncates(trials: Trials) -> Hits:
    """`zip` of a student's list with the expected one, the length of which nobody looks at."""
    for check, path, line, nodes in _gone_round(trials):
        if any(_zips(node, unlike=True) for node in nodes):
            what = "`zip` stops at the end of a shorter answer"
            yield path, line, f"task {check.info.task!r}: {what}"


def _zips(node: ast.AST, *, unlike: bool = False) -> bool:
    """Whether this is a call of zip, and not of a list with itself, as in zip(x, x[1:])."""
    if not isinstance(node, ast.Call) or getattr(node.func, "id", "") != "zip":
        return False
    roots = [{part.id for part in ast.walk(arg) if isinstance(part, ast.Name)} for arg in node.args]
    return not unlike or any(each != roots[0] for each in roots)


@observed(
    "students-own-keys",
    "Loop over the expected keys or values, and compare the length or the keys first",
)
def students_own_keys(trials: Trials) -> Hits:
    """A loop over the student's own keys, values or length, in which the assertions stand."""
    for check, path, line, nodes in _gone_round(trials):
        if any(isinstance(node, _LOOPS) for node in nodes) and not any(map(_zips, nodes)):
            what = "this goes round as often as the answer says"
            yield path, line, f"task {check.info.task!r}: {what}"


@observed("only-sometimes", "Fail in the other branch, or assert the condition itself first")
def only_sometimes(trials: Trials) -> Hits:
    """A check that passes because an `if` on the student's answer leaves out its assertions."""
    for check, path, line, nodes in _gone_round(trials):
        branches = any(isinstance(node, ast.If | ast.IfExp | ast.Match) for node in nodes)
        if branches and not any(isinstance(node, _LOOPS) for node in nodes):
            what = f"`{check.info.id}` checks nothing unless this holds"
            yield path, line, f"task {check.info.task!r}: {what}"
