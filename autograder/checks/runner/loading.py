"""Loading `checks.py` and `hidden_checks.py` as modules that leave no trace.

Every assignment has files of these names, so that they are never imported under their
own: each load is a fresh module, registered only while it is in use. Inside
`hidden_checks.py`, `from checks import ...` at the top means this assignment's checks.py.
"""

from __future__ import annotations

import ast
import itertools
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import CodeType, ModuleType

from autograder.errors import CourseError

_serial = itertools.count()


@contextmanager
def loaded(path: Path, *, public: ModuleType | None = None) -> Iterator[ModuleType]:
    """Load a checks file and yield its module, which is forgotten afterwards.

    `public` is what `import checks` answers while the file is executed. Raises
    CourseError naming file and line when the file does not read or run.
    """
    code = _compile(path)
    module = ModuleType(f"_autograder_{path.stem}_{next(_serial)}")
    module.__file__ = str(path)
    sys.modules[module.__name__] = module  # dataclasses and pickle look classes up here
    try:
        with _known_as_checks(public):
            try:
                exec(code, module.__dict__)
            except Exception as error:
                line = line_in(path, error)
                where = f"{path}, line {line}" if line else str(path)
                kind = "" if isinstance(error, CourseError) else f"{type(error).__name__}: "
                raise CourseError(f"{where}: {kind}{error}") from error
        yield module
    finally:
        sys.modules.pop(module.__name__, None)


def wrong_expectations(public: Path, hidden: Path) -> list[str]:
    """Return `file, line N: line …` for each line of a derivation that expects a wrong formula."""
    from autograder.checks.author.derivation import Derivation

    with loaded(public) as shared, loaded(hidden, public=shared) as module:
        values = [*vars(shared).values(), *vars(module).values()]
        found = {id(value): value for value in values if isinstance(value, Derivation)}
        problems = []
        for each in found.values():
            try:
                problems += [f"{each.place}: {text}" for text in each.verify()]
            except CourseError as error:
                problems.append(f"{each.place}: {error}")
        return problems


def line_in(path: Path | str, error: BaseException) -> int | None:
    """Return the innermost line of `path` in the traceback of `error`, if it has one."""
    lines = [
        number
        for frame, number in traceback.walk_tb(error.__traceback__)
        if frame.f_code.co_filename == str(path)
    ]
    return lines[-1] if lines else None


def _compile(path: Path) -> CodeType:
    # pytest's own import machinery would write bytecode into the course folder and name
    # the module after its path, so only its rewriting of asserts is borrowed. It makes
    # `assert student.f(2) == 4` say which number came back.
    from _pytest.assertion.rewrite import rewrite_asserts

    try:
        source = path.read_bytes()
        tree = ast.parse(source, filename=str(path))
    except SyntaxError as error:
        raise CourseError(f"{path}, line {error.lineno or 1}: {error.msg}") from error
    except (OSError, ValueError) as error:
        raise CourseError(f"{path}: cannot be read: {error}") from error
    _no_name_twice(path, tree)
    rewrite_asserts(tree, source, str(path))
    return compile(tree, str(path), "exec", dont_inherit=True)


def _no_name_twice(path: Path, tree: ast.Module) -> None:
    # Python keeps the last of two functions of one name; the first check would vanish.
    seen: dict[str, int] = {}
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test"):
            if node.name in seen:
                raise CourseError(
                    f"{path}, line {node.lineno}: there is a check `{node.name}` already, "
                    f"in line {seen[node.name]}"
                )
            seen[node.name] = node.lineno


@contextmanager
def _known_as_checks(public: ModuleType | None) -> Iterator[None]:
    before = sys.modules.pop("checks", None)
    if public is not None:
        sys.modules["checks"] = public
    try:
        yield
    finally:
        sys.modules.pop("checks", None)
        if before is not None:
            sys.modules["checks"] = before
