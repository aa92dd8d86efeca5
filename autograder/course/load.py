"""Reading `course.yml`, with errors that name the line, the field and what was expected."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, get_args

import yaml
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from autograder.course.models import Course
from autograder.errors import CourseError

FILE_NAME = "course.yml"
_SHOWN = 60


class _Loader(yaml.SafeLoader):
    """YAML's safe subset, with dates left as text: the model says what a date must look like."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def load_course(path: Path | None = None) -> Course:
    """Return the course described by `course.yml`.

    `path` is that file or a folder that holds it; without it, the file is looked for in
    the current folder and those above. Raises CourseError with every mistake of the file,
    one in a line.
    """
    file = _find(path)
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CourseError(f"{file} cannot be read: {error}") from None
    tree, data = _parse(text, file.name)
    try:
        course = Course.model_validate(data)
    except ValidationError as error:
        problems = [_describe(problem, tree) for problem in error.errors()]
        lines = [
            f"{FILE_NAME}, line {line}: {what}"
            for line, what in sorted(problems, key=lambda p: p[0])
        ]
        raise CourseError("\n".join(lines)) from None
    course._root = file.parent
    return course


def schema() -> dict[str, Any]:
    """Return the JSON schema of `course.yml`, which editors use to complete and check it."""
    described = Course.model_json_schema()
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **described}


def _find(path: Path | None) -> Path:
    if path is not None:
        file = path / FILE_NAME if path.is_dir() else path
        if not file.is_file():
            raise CourseError(f"there is no {file}")
        return file.resolve()
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / FILE_NAME).is_file():
            return folder / FILE_NAME
    raise CourseError(
        f"no {FILE_NAME} in {here} or any folder above it; run this inside a course folder"
    )


def _parse(text: str, name: str) -> tuple[yaml.Node, Any]:
    """Return the tree, which knows its lines, and the plain data of the same text."""
    try:
        loader = _Loader(text)
        tree = loader.get_single_node()
        if tree is None:
            raise CourseError(f"{name} is empty; expected at least id, title and assignments")
        duplicates = [
            f"{name}, line {line}: {field}: is there twice, first in line {first}"
            for line, field, first in _duplicates(tree, ())
        ]
        if duplicates:
            raise CourseError("\n".join(duplicates))
        return tree, loader.construct_document(tree)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = f"line {mark.line + 1}, column {mark.column + 1}" if mark else "somewhere"
        what = " ".join(filter(None, [error.context, error.problem]))
        raise CourseError(f"{name}, {where}: not valid YAML: {what}") from None
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise CourseError(f"{name}: not valid YAML: {error}") from None


def _duplicates(node: yaml.Node, path: tuple[str | int, ...]) -> Iterator[tuple[int, str, int]]:
    if isinstance(node, yaml.MappingNode):
        seen: dict[str, int] = {}
        for key, value in node.value:
            name, line = str(key.value), key.start_mark.line + 1
            here = (*path, name)
            if name in seen:
                yield line, _dotted(here), seen[name]
            seen.setdefault(name, line)
            yield from _duplicates(value, here)
    elif isinstance(node, yaml.SequenceNode):
        for index, item in enumerate(node.value):
            yield from _duplicates(item, (*path, index))


def _describe(problem: ErrorDetails, tree: yaml.Node) -> tuple[int, str]:
    """Return the line and the sentence for one of pydantic's errors."""
    path = problem["loc"]
    kind = problem["type"]
    if kind == "missing":
        return _line(tree, path[:-1]), f"{_dotted(path)}: expected this field, but it is missing"
    if kind == "extra_forbidden":
        known = _fields(path[:-1])
        close = difflib.get_close_matches(str(path[-1]), known, n=1)
        hint = f"did you mean {close[0]!r}?" if close else f"expected one of {', '.join(known)}"
        return _line(tree, path, of_key=True), f"{_dotted(path)}: unknown field; {hint}"
    if kind in ("model_type", "model_attributes_type"):
        expected = f"expected fields such as {', '.join(_fields(path)[:3])}"
    else:
        expected = (
            problem["msg"].replace("Input should be", "expected").replace("Value error, ", "")
        )
        expected = expected[:1].lower() + expected[1:]
    got = "" if kind == "unique_names" else f", got {_shorten(problem['input'])}"
    return _line(tree, path), f"{_dotted(path)}: {expected}{got}"


def _line(node: yaml.Node, path: tuple[str | int, ...], *, of_key: bool = False) -> int:
    """Return the line, counted from 1, of the deepest part of `path` that the file has."""
    line = int(node.start_mark.line) + 1
    for step in path:
        if isinstance(node, yaml.MappingNode):
            pairs = [pair for pair in node.value if pair[0].value == step]
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int):
            pairs = [(item, item) for item in node.value[step : step + 1]]
        else:
            return line
        if not pairs:
            return line
        key, node = pairs[0]
        shown = key if of_key or not isinstance(node, yaml.ScalarNode) else node
        line = int(shown.start_mark.line) + 1
    return line


def _dotted(path: tuple[str | int, ...]) -> str:
    text = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return text.lstrip(".") or "the file"


def _fields(path: tuple[str | int, ...]) -> list[str]:
    """Return the names of the fields that the model at `path` has."""
    model: type[BaseModel] = Course
    for step in path:
        if isinstance(step, str) and step in model.model_fields:
            model = _model_in(model.model_fields[step].annotation) or model
    return list(model.model_fields)


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next(filter(None, map(_model_in, get_args(annotation))), None)


def _shorten(value: Any) -> str:
    if isinstance(value, Mapping):
        text = f"the fields {', '.join(map(str, value))}" if value else "nothing"
    elif value is None:
        text = "nothing"
    else:
        text = repr(value)
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
