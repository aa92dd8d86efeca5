"""Rules about what becomes of an answer: which wrong answers do the checks not notice?"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from itertools import product, takewhile

from autograder.proof.lint.findings import Hits, Place, finds, name_of, words
from autograder.proof.lint.replacing import numbers_in
from autograder.proof.lint.trials import Change, Ran, Trials

_CHANCE = words("init initialise initialize sample draw random noise dropout shuffle") | words(
    "train fit minimise minimize optimise optimize generate"
)
# Parameters of a function that draws: in which order is for chance to say.
_DRAWS = {"rng", "seed", "generator"}
_TORCH = ("torch", "nn", "functional", "F", "in_torch", "slopes")
_LIBRARIES = {"gradient": "differences"} | dict.fromkeys(_TORCH, "torch")
_CONVERSIONS = {"tensor", "as_tensor", "from_numpy", "Tensor", "float32", "float64"}
_MOVED = ("rolled", "rows", "columns")
_LOOPS = ast.For | ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp


def _is_of_chance(name: str) -> bool:
    """Return whether a function draws or trains, by its name: only its moments can be judged."""
    return bool(words(name.partition("#")[0]) & _CHANCE)


def _wrong(how: str, *names: str) -> Change:
    return Change(how, frozenset(names))


def _answers(trials: Trials) -> Iterator[tuple[list[Ran], str, str]]:
    """The checks of a task, and an answer to them, or a part of one, that is not of chance."""
    for task in trials.tasks:
        checks = trials.few(task)
        names = dict.fromkeys(name for check in checks for name in check.names)
        wholes = {name.partition("#")[0] for name in names if "#" in name}
        for name in names:
            whole, _, part = name.partition("#")
            spoken = f"part {int(part) + 1} of what `{whole}` returns" if part else f"`{whole}`"
            if name not in wholes and not _is_of_chance(name):
                yield checks, name, spoken


@finds(shapes_only="Compare the values as well: close(answer, expected) looks at the shape, too")
def shapes_only(trials: Trials) -> Hits:
    """Of an answer only the shape, type, length or presence is looked at."""
    found: dict[Ran, list[str]] = {}
    for checks, name, spoken in _answers(trials):
        if trials.noticed(checks, _wrong("random", name)) is False:
            for check in checks:
                if trials.passes(check, _wrong("truncated", name)) is False:
                    found.setdefault(check, []).append(spoken)
                    break
    for check, names in found.items():
        what = f"of {' and '.join(names)} only shape, type or length is looked at"
        yield "shapes-only", check.place, check.info.task, what


@finds(reduction_only="Compare it entry by entry, or weigh it with a random array before the sum")
def reduction_only(trials: Trials) -> Hits:
    """Of an answer only a sum, a mean, a norm or a bound is compared."""
    for checks, name, spoken in _answers(trials):
        random, scaled = _wrong("random", name), _wrong("scaled", name)
        judges = [each for each in checks if trials.passes(each, random) is False]
        judges = [each for each in judges if not trials.passes(each, scaled)]
        moved = [trials.noticed(judges, _wrong(how, name)) for how in _MOVED]
        if False in moved and not _DRAWS & trials.parameters(name.partition("#")[0]).keys():
            what = f"of {spoken} only a sum, a mean or a bound is compared"
            place = trials.lines(judges[0], random)[-1]
            yield "reduction-only", place, judges[0].info.task, what


@finds(
    self_consistency="Compare with what is not the student's: the reference, torch, a closed form, "
    "or differences of your own loss"
)
def self_consistency(trials: Trials) -> Hits:
    """An answer is compared with nothing but the student's own answers."""
    checks = trials.few()
    grounded: set[str] = set()
    while more := {name for check in checks for name in _speaks_for(trials, check, grounded)}:
        grounded |= more
    told: set[str] = set()
    for check in checks:
        left = [label for label in check.labels if label not in grounded]
        free = left and trials.passes(check, _wrong("scaled", *left))
        for label in left if free else []:
            random = _wrong("random", label)
            if label not in told and trials.passes(check, random) is False:
                told |= {*left}
                listed = " and ".join(f"`{each}`" for each in left)
                what = f"{listed}: compared only with the student's own answers"
                place = trials.lines(check, random)[-1]
                yield "self-consistency", place, check.info.task, what


def _speaks_for(trials: Trials, check: Ran, grounded: set[str]) -> list[str]:
    """The labels that a check compares with more than what nothing speaks for."""
    left = [label for label in check.labels if label not in grounded]
    if not left or trials.passes(check, _wrong("scaled", *left)):
        return []
    return [each for each in left if not trials.passes(check, _wrong("scaled", each))]


@finds()
def cannot_fail(trials: Trials) -> Hits:
    """Whatever is answered, the check passes, or it asks the student nothing."""
    for check in trials.few():
        changes = [Change(how) for how in ("none", "random", "empty", "mutated")]
        outcomes = {trials.passes(check, change) for change in changes}
        if False not in outcomes and (True in outcomes or not check.events):
            what = "compares nothing with anything" if check.events else "never asks the student"
            yield "cannot-fail", check.place, check.info.task, f"`{check.info.id}` {what}"


@finds(
    zip_truncates="Write zip(..., strict=True), or compare the lengths first",
    students_own_keys="Loop over the expected keys or values, and compare their number first",
    only_sometimes="Fail in the other branch, or assert the condition itself first",
)
def gone_round(trials: Trials) -> Hits:
    """Where checks pass that get too little: the line at which they leave their usual way."""
    for check in trials.few():
        for name, how in product(check.names, ("empty", "truncated", "none")):
            if trials.passes(check, _wrong(how, name)):
                usual, other = trials.lines(check), trials.lines(check, _wrong(how, name))
                pairs = zip(usual, other, strict=False)
                common = [one for one, _ in takewhile(lambda pair: pair[0] == pair[1], pairs)]
                if common and usual != other:
                    for rule, what in _ways_round(trials, common[-1]):
                        yield rule, common[-1], check.info.task, what


def _ways_round(trials: Trials, place: Place) -> Iterator[tuple[str, str]]:
    """The rules that the statements in a line break where a check leaves its usual way."""
    source = next(source for source in trials.sources if str(source.path) == place[0])
    nodes = list(source.nodes_at(place[1]))
    zips = [node for node in nodes if isinstance(node, ast.Call) and name_of(node.func) == "zip"]
    # A list with itself, as in zip(x, x[1:]), is another matter.
    named = [[{name_of(part) for part in ast.walk(arg)} for arg in call.args] for call in zips]
    if any(each != roots[0] for roots in named for each in roots):
        yield "zip-truncates", "`zip` stops at the end of a shorter answer"
    elif any(isinstance(node, _LOOPS) for node in nodes):
        if not zips:
            yield "students-own-keys", "this goes round as often as the answer says"
    elif any(isinstance(node, ast.If | ast.IfExp | ast.Match) for node in nodes):
        yield "only-sometimes", "nothing is checked unless this holds"


def _libraries(trials: Trials, check: Ran) -> set[str]:
    """The oracles among the libraries that the lines of a check compute with."""
    lines = set(trials.lines(check))
    return {
        _LIBRARIES[name]
        for source in trials.sources
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Attribute | ast.Call) and name_of(node) not in _CONVERSIONS
        if (name := name_of(node.func if isinstance(node, ast.Call) else node.value)) in _LIBRARIES
        if (str(source.path), node.lineno) in lines
    }


@finds(
    one_oracle="Add a check against something else: the reference, torch, a closed form, "
    "differences, an example worked by hand, or an invariance",
)
def one_oracle(trials: Trials) -> Hits:
    """The numbers of a task, if there are any, are compared with one kind of oracle only."""
    for task in trials.tasks:
        checks = {check: _oracles(trials, check) for check in trials.few(task)}
        kinds = {kind for found in checks.values() for kind in found}
        if len(kinds) == 1:
            first = min(check.place for check, found in checks.items() if found)
            yield "one-oracle", first, task, f"its only oracle is {kinds.pop()}"


def _oracles(trials: Trials, check: Ran) -> set[str]:
    """The kinds of oracle that a check compares numbers with; an invariance is a property."""
    numbers = [event.label for event in check.events if numbers_in(event.value)]
    names = frozenset(label for label in numbers if not _is_of_chance(label))
    if not names or trials.passes(check, Change("random", names)) is not False:
        return set()
    found = set()
    if check.reference and trials.passes(check, Change(reference="alike")) is False:
        found.add("reference")
        if trials.passes(check, Change("alike", names, "alike")):
            return found
    if trials.passes(check, Change("scaled", names, "scaled" if found else "")):
        return found | {"property"}
    constants = [node for node in ast.walk(check.source.tree) if isinstance(node, ast.Constant)]
    written = {abs(node.value) for node in constants if isinstance(node.value, int | float)}
    compared = {abs(float(x)) for array in numbers_in(check.expected) for x in array.real.flat}
    libraries = _libraries(trials, check)
    if check.expected and compared <= written:
        libraries -= {"torch"}  # it helps with the answer, and has no part in what is right
    kind = f"worked example ({check.info.visibility})" if compared <= written else "closed form"
    return found | (libraries or {kind})
