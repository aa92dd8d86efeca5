"""The mutants of a cell and of an assignment: its reference with one small mistake in it."""

from __future__ import annotations

import ast
import difflib
import hashlib
import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from autograder.course import Course
from autograder.errors import BuildError, CourseError
from autograder.notebook import grade_id_of, load_notebook, tasks_of
from autograder.notebook.answers import answer_of
from autograder.proof.mutants import expressions, statements
from autograder.proof.mutants.edits import Edit, Source, around, meaning_of, written
from autograder.proof.mutants.expressions import Place

_ID = 10


@dataclass(frozen=True)
class Mutant:
    """The reference with one mistake: `source` is the whole text of the cell `cell`.

    `task` is the task that the cell belongs to, and whose checks must notice. `diff` is a
    unified one, in lines of the cell as a student would hand it in; `change` is its lines
    that begin with - and +. `edit` is the mistake itself, None of two at once. `kind` says whether
    it is the solution with one mistake or two, or an accept with one, whose other cells are then
    in `others`.
    """

    id: str
    cell: str
    task: str
    operator: str
    source: str
    diff: str
    edit: Edit | None
    kind: Literal["mutant", "accept", "pair"] = "mutant"
    others: tuple[tuple[str, str], ...] = ()

    @property
    def change(self) -> str:
        """The lines taken out and put in, without the lines around."""
        lines = self.diff.split("\n")[2:]
        return "\n".join(line for line in lines if line[:1] in ("-", "+"))


@dataclass(frozen=True)
class Answer:
    """The solution's answer in one cell; of its text only the lines `ours`, from 1, may change."""

    cell: str
    task: str
    text: str
    ours: frozenset[int]


@dataclass(frozen=True)
class Answers:
    """The solution's answers that a machine marks, in order, and the names of modules in them."""

    each: tuple[Answer, ...]
    modules: frozenset[str]


def answers(course: Course, name: str) -> Answers:
    """Return the answers of an assignment's solution.

    Raises CourseError where it is a plain nbgrader assignment, which has no checks to prove.
    """
    if course.is_plain(name):
        raise CourseError(f"{name} is a plain nbgrader assignment: it has no checks to prove")
    solution = load_notebook(course.solution_dir(name) / f"{name}.ipynb")
    tasks = {
        cell: task.id
        for task in tasks_of(solution)
        if task.kind != "manual"
        for cell in task.solution_cells
    }
    sources = [(grade_id_of(c), c.source) for c in solution.cells if c.cell_type == "code"]
    found = tuple(
        Answer(cell, tasks[cell], *answer_of(source))
        for cell, source in sources
        if cell is not None and cell in tasks
    )
    return Answers(found, modules_of(source for _, source in sources))


def mutants(course: Course, name: str) -> list[Mutant]:
    """Return every mutant of the assignment's reference, cell after cell.

    Raises:
        CourseError: it is a plain nbgrader assignment, which has no checks to prove.
        BuildError: a solution cell is not Python.
    """
    ours = answers(course, name)
    found = []
    for each in ours.each:
        try:
            found += mutants_of(
                each.text, each.ours, modules=ours.modules, cell=each.cell, task=each.task
            )
        except SyntaxError as error:
            where = f"{name}, cell {each.cell}, line {error.lineno}"
            raise BuildError(f"{where}: {error.msg}") from error
    return found


def mutants_of(
    text: str,
    ours: frozenset[int] | None = None,
    *,
    modules: frozenset[str] = frozenset(),
    cell: str = "cell",
    task: str = "task",
) -> list[Mutant]:
    """Return every mutant of one cell's text in which only the lines `ours`, from 1, are changed.

    Those that do not compile, or mean the same as the text itself or as an earlier mutant, are
    left out. Raises SyntaxError where the text is not Python.
    """
    source = Source(text, ours)
    modules |= modules_of([text])
    seen = {ast.dump(source.tree)}
    found = []
    for edit in itertools.chain(_expressions(source, modules), _statements(source)):
        changed = edit.apply(text)
        meaning = meaning_of(changed)
        if meaning is None or meaning in seen:
            continue
        seen.add(meaning)
        found.append(Mutant(_id(cell, source, edit), cell, task, edit.operator, changed,
                            diff_of(text, changed, cell), edit))  # fmt: skip
    return found


def _expressions(source: Source, modules: frozenset[str]) -> Iterator[Edit]:
    for node, outside in around(source.tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            if source.is_open(node) and _is_line(node, outside[-1]):
                yield from _derivation(source, node)
        elif isinstance(node, ast.expr) and _may_change(source, node, outside):
            place = Place(node, outside, modules)
            for name, operator in expressions.OPERATORS.items():
                label = "default" if isinstance(place.parent, ast.arguments) else name
                for other in operator(place):
                    yield written(label, source, node, place.parent, other)


def _may_change(source: Source, node: ast.expr, outside: tuple[ast.AST, ...]) -> bool:
    """Return whether a node is in the answer, or in defaults, which students may change."""
    return source.is_open(node) or any(isinstance(each, ast.arguments) for each in outside)


def _is_line(node: ast.Constant, parent: ast.AST) -> bool:
    """Return whether a text is a line of a derivation: the value of an entry of a dictionary."""
    match parent:
        case ast.Dict(keys, values):
            return node in values and all(isinstance(key, ast.Constant) for key in keys)
        case ast.Assign([ast.Subscript(_, ast.Constant()), *_]):
            return True
    return False


def _derivation(source: Source, node: ast.Constant) -> Iterator[Edit]:
    """Yield the changes of the expression inside a line of a derivation."""
    start, end = source.span(node)
    line = str(node.value)
    if source.text[start + 1 : end - 1] != line or not line.strip():
        return  # written in some other way than between two quotes
    try:
        inner = Source(line)
    except SyntaxError:
        return
    whole = inner.tree.body[0]
    if not isinstance(whole, ast.Expr):
        return
    for edit in _expressions(inner, frozenset()):
        yield Edit(edit.operator, start + 1 + edit.start, start + 1 + edit.end, edit.text)
    if not isinstance(whole.value, ast.UnaryOp):
        negative = ast.UnaryOp(ast.USub(), whole.value)
        minus = written("sign", inner, whole.value, whole, negative)
        yield Edit("sign", start + 1, end - 1, minus.text)


def _statements(source: Source) -> Iterator[Edit]:
    for node, outside in around(source.tree):
        parameters = frozenset(
            argument.arg
            for each in (*outside, node)
            if isinstance(each, ast.FunctionDef)
            for argument in (*each.args.posonlyargs, *each.args.args, *each.args.kwonlyargs)
        )
        for name in ("body", "orelse", "finalbody"):
            block = getattr(node, name, None)
            if isinstance(block, list):
                for at, statement in enumerate(block):
                    if source.is_open(statement):
                        for operator in statements.OPERATORS:
                            yield from operator(source, block, at, parameters)


def modules_of(texts: Iterator[str] | list[str]) -> frozenset[str]:
    """Return the names that `import` gives to modules in these cells."""
    names: set[str] = set()
    for text in texts:
        try:
            tree = ast.parse(text)
        except SyntaxError:
            continue  # a magic; what it imports is not known
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                names |= {(alias.asname or alias.name).split(".")[0] for alias in node.names}
    return frozenset(names)


def _id(cell: str, source: Source, edit: Edit) -> str:
    before = source.text[: edit.start]
    place = f"{before.count(chr(10)) + 1}:{len(before) - before.rfind(chr(10)) - 1}"
    old = source.text[edit.start : edit.end]
    content = "\0".join((cell, edit.operator, place, old, edit.text))
    return hashlib.sha256(content.encode("utf-8")).hexdigest()[:_ID]


def diff_of(old: str, new: str, cell: str) -> str:
    """Return a unified diff of a cell's text, without spaces at the ends of lines."""
    lines = difflib.unified_diff(old.split("\n"), new.split("\n"), cell, cell, n=1, lineterm="")
    return "\n".join(line.rstrip() for line in lines)
