"""A new assignment: a folder whose one example task is proven already, entered in course.yml."""

from __future__ import annotations

import os
import re
import shutil
from dataclasses import dataclass
from pathlib import Path

import yaml

from autograder.course import load_course
from autograder.course.load import FILE_NAME
from autograder.course.models import is_name
from autograder.errors import CourseError

TEMPLATE = Path(__file__).parent / "template"
_SECTION = "assignments"
_CONFIG = "nbgrader_config.py"


@dataclass(frozen=True)
class Made:
    """A new assignment: its folder, and the lines of course.yml that enter it.

    `entered` is False where they could not be added, so that somebody has to.
    """

    folder: Path
    lines: str
    entered: bool = True

    @property
    def files(self) -> list[Path]:
        """All files of the assignment, sorted."""
        return sorted(path for path in self.folder.rglob("*") if path.is_file())


def start_course(folder: Path, name: str, title: str | None = None) -> Made:
    """Make a course of one new assignment in `folder`; refuse where there is a course.yml."""
    file = folder / FILE_NAME
    if file.exists():
        raise CourseError(f"{file} exists: leave out --course to add an assignment to it")
    title = _checked(name, title)
    home = folder / "solutions" / name
    _refuse_existing(home)
    lines = _entry(name, title, 2)
    head = (TEMPLATE / FILE_NAME).read_text(encoding="utf-8")
    file.write_text(head + lines, encoding="utf-8")
    if not (folder / _CONFIG).exists():
        shutil.copyfile(TEMPLATE / _CONFIG, folder / _CONFIG)
    _copy(home, name, title)
    return Made(home, lines)


def new_assignment(file: Path, name: str, title: str | None = None) -> Made:
    """Make `solutions/<name>/` beside the course.yml `file`, and enter it there.

    Nothing that exists is overwritten. Comments and formatting of course.yml stay; where its
    list of assignments is not in the usual form it is left alone, and the lines to add are
    returned. Raises CourseError for a name or title that cannot be, and for what exists.
    """
    course = load_course(file)
    title = _checked(name, title)
    taken = {known.casefold(): known for known in course.names}
    if name.casefold() in taken:
        raise CourseError(f"{FILE_NAME} has an assignment {taken[name.casefold()]!r} already")
    folder = course.root / course.folders.source / name
    for place in (folder, course.root / course.folders.release / name):
        _refuse_existing(place)
    text = file.read_bytes().decode("utf-8")
    _copy(folder, name, title)
    try:
        longer, lines = _with_entry(text, name, title)
        entered = longer is not None and _is_entered(file, longer, [*course.names, name])
    except BaseException:
        shutil.rmtree(folder)
        raise
    return Made(folder, lines, entered)


def _checked(name: str, title: str | None) -> str:
    """Return the title; CourseError where it or the name cannot be one."""
    if not is_name(name):
        raise CourseError(
            f"{name!r} cannot be the name of an assignment: expected letters, digits, spaces, "
            "dots, dashes or underscores, such as 'layer-norm'"
        )
    if title is None:
        words = re.sub(r"[-_ ]+", " ", name).strip()
        return words[:1].upper() + words[1:]
    if not title.strip() or not title.isprintable():
        raise CourseError(f"{title!r} cannot be a title: expected some words on one line")
    return title.strip()


def _refuse_existing(folder: Path) -> None:
    if folder.exists() or folder.is_symlink():
        raise CourseError(f"{folder} exists: nothing was changed; choose another name")


def _copy(folder: Path, name: str, title: str) -> None:
    """Copy the example; at once, so that a half of it is never left behind."""
    part = folder.with_name(f".{name}.{os.getpid()}.part")
    ignored = shutil.ignore_patterns("__pycache__")
    try:
        shutil.copytree(TEMPLATE / "assignment", part, ignore=ignored)
        master = part / "master.py"
        text = master.read_text(encoding="utf-8").replace("TITLE", title, 1)
        master.unlink()
        (part / f"{name}.py").write_text(text, encoding="utf-8")
        part.rename(folder)
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _entry(name: str, title: str, indent: int) -> str:
    space = " " * indent
    return f"{space}- name: {_scalar(name)}\n{space}  title: {_scalar(title)}\n"


def _scalar(text: str) -> str:
    """Return text as YAML: plain where that reads back as itself, else in quotes."""
    try:
        if yaml.safe_load(f"a: {text}") == {"a": text}:
            return text
    except yaml.YAMLError:
        pass
    return "'" + text.replace("'", "''") + "'"


def _with_entry(text: str, name: str, title: str) -> tuple[str | None, str]:
    """Return course.yml with the entry behind the last one, None if unsure, and the entry."""
    tree: yaml.MappingNode = yaml.compose(text, Loader=yaml.SafeLoader)  # type: ignore[assignment]
    listed = next((v for k, v in tree.value if k.value == _SECTION), None)
    if not isinstance(listed, yaml.SequenceNode) or listed.flow_style or not listed.value:
        return None, _entry(name, title, 2)
    entry = _entry(name, title, listed.start_mark.column)
    lines = text.splitlines(keepends=True)
    after = _last_line(listed) + 1
    while after < len(lines) and re.match(rf" {{{listed.start_mark.column + 1},}}#", lines[after]):
        after += 1  # a comment that is indented belongs to the entry above it
    if not lines[after - 1].endswith("\n"):
        lines[after - 1] += "\n"
    newline = "\r\n" if lines[0].endswith("\r\n") else "\n"
    return "".join([*lines[:after], entry.replace("\n", newline), *lines[after:]]), entry


def _last_line(node: yaml.Node) -> int:
    """Return the line, counted from 0, on which a node ends; a block's own mark lies behind it."""
    if isinstance(node, yaml.CollectionNode) and node.value and not node.flow_style:
        last = node.value[-1]
        return _last_line(last[1] if isinstance(last, tuple) else last)
    at_start = node.end_mark.column == 0 and node.end_mark.line > node.start_mark.line
    return int(node.end_mark.line) - at_start


def _is_entered(file: Path, text: str, names: list[str]) -> bool:
    """Put `text` in the place of course.yml, if the course is then as it should be."""
    part = file.with_name(f".{file.name}.{os.getpid()}.part")
    try:
        part.write_bytes(text.encode("utf-8"))
        if load_course(part).names != names:
            return False
        shutil.copymode(file, part)
        part.replace(file)
        return True
    except CourseError:
        return False
    finally:
        part.unlink(missing_ok=True)
