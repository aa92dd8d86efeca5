"""The leak scanner: no line that only instructors may see is in what is released.

Secret are the lines of solution, hidden-test and mark-scheme regions, of hidden_checks.py, of
right solutions in accept/ and of the code of known mistakes, except for those that give nothing
away (`else:`, imports, headers) or that the answer cells show anyway. A line that ends with
`# public` is not secret either.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from nbformat import NotebookNode

from autograder.authoring.contents import Piece, pieces
from autograder.authoring.master import read_master
from autograder.course import Course
from autograder.errors import BuildError, LeakError
from autograder.nbgrader.settings import CODE_STUB, TEXT_STUB
from autograder.notebook import nbgrader_of, role_of
from autograder.notebook.accepts import accept_files
from autograder.notebook.answers import ALL, answers_of, regions
from autograder.notebook.match import squeezed
from autograder.notebook.mistakes import FILE as MISTAKES
from autograder.notebook.mistakes import each_mistake

# From this many characters on, white space aside, a line is also looked for inside others.
_LONG = 12
_SHOWN = 100

_TRIVIAL = re.compile(
    r"""
      [\W_]*                                        # blank, brackets, quotes, rules
    | [)\]}]+ [\w.\[\]()]* [,:]?                   # closing, then an index or a method
    | [\w.]+ ,?                                     # a bare name or number, alone in its line
    | \w+\.\w+\(\)                                 # a call without arguments
    | \*\*\w+ ,?                                    # what is unpacked, alone in its line
    | "\w+": \s* (?:[\w.]+\()? "[\w*+\ ]*" \)? ,?    # the shape of an argument
    | (?P<name>\w+) \s*=\s* (?P=name) ,?            # name=name,
    | \w+ \s*=\s* (?: \[\] | \{\} | [01](?:\.0)? | None | True | False )
    | \w+ \s*=\s* [\w.]* [\[({]+                   # the start of a list, dictionary or call
    | returns= [\w\ "'(){}:,.`-]*                   # what messages call a result
    | \#\s*%%.*                                     # the start of a cell
    | (?: import | from ) \s .*
    | @ .*
    | (?: async\s+ )? (?: def | class ) \s .*
    | (?: else | try | finally ) \s* :
    | except\b [^:]* :
    | for \s+ \w+ \s+ in \s+ (?: \w+ | range\(\w+\) ) \s* :
    | (?: return | yield ) (?: \s+ \w+ (?: \s*,\s* \w+ )* )?
    | raise \s+ NotImplementedError .*
    | (?: global | nonlocal | del ) \s .*
    | if \s+ __name__ \s .*
    # A call of the student's function with nothing but names: its signature is in the notebook.
    | (?: \w+ (?: \s*,\s* \w+ )* \s*=\s* )? (?P<unpack> unpack\( )?
      student\.\w+ \( (?: [A-Za-z_]\w* (?: =[A-Za-z_]\w* )? (?: ,\s* | (?=\)) ) )* \)
      (?(unpack) ,\s* \d+ \) )
    """,
    re.VERBOSE,
)
_PUBLIC = re.compile(r"#\s*public\s*$")
_COMMENT = re.compile(r"\s{2,}#\s.*$")


@dataclass(frozen=True)
class Secret:
    """A line that only instructors may see; `squeezed` is it without white space."""

    line: str
    squeezed: str
    origin: str


@dataclass(frozen=True)
class Leak:
    """A secret line found in what is released: the place, the line, and where it is secret."""

    where: str
    line: str
    origin: str

    def __str__(self) -> str:
        line = self.line if len(self.line) <= _SHOWN else self.line[: _SHOWN - 1] + "…"
        return f"{self.where} holds `{line}`, which is secret: it is from {self.origin}"


def refuse_leaks(course: Course, name: str, files: Mapping[str, bytes]) -> None:
    """Raise LeakError where a file to be released holds a secret line, saying what to do."""
    leaks = scan_files(secrets_of(course, name), files, f"assignments/{name}")
    if leaks:
        remedy = (
            "Take it out of what is released; or, if students may see it, import it from "
            "checks.py instead of repeating it, or end its secret line with `# public`."
        )
        raise LeakError("\n".join([*map(str, leaks), remedy]))


def scan_files(secrets: list[Secret], files: Mapping[str, bytes], folder: str) -> list[Leak]:
    """Return every secret line in `files`, which are named relative to `folder`."""
    leaks: list[Leak] = []
    for relative, content in files.items():
        for piece in pieces(f"{folder}/{relative}", content):
            leaks += _leaks_in(piece, secrets)
    return list(dict.fromkeys(leaks))


def secrets_of(course: Course, name: str) -> list[Secret]:
    """Return the lines of `name` that only instructors may see, each once."""
    folder = course.solution_dir(name)
    master = read_master(folder / f"{name}.py")
    shown = {squeezed(line) for line in f"{CODE_STUB}\n{TEXT_STUB}".splitlines()}
    hidden: list[tuple[str, str]] = []
    for index, cell in enumerate(master.notebook.cells):
        within, outside = _split(cell)
        lines = cell.source.split("\n")
        headers = _headers(cell.source) if cell.cell_type == "code" else set()
        hidden += [
            (lines[number], f"solutions/{name}/{master.where(index, number)}")
            for number in within
            if number not in headers
        ]
        if within:
            shown |= {squeezed(lines[number]) for number in outside}
    for path in (folder / "hidden_checks.py", *accept_files(folder)):
        if path.is_file():
            hidden += _lines_of(path, f"solutions/{name}/{path.relative_to(folder).as_posix()}")
    hidden += _lines_of_mistakes(folder, master.notebook, f"solutions/{name}/{MISTAKES}")
    secrets: dict[str, Secret] = {}
    for line, origin in hidden:
        for text in dict.fromkeys((line.strip(), _COMMENT.sub("", line).strip())):
            tight = squeezed(text)
            if not _TRIVIAL.fullmatch(text) and not _PUBLIC.search(line) and tight not in shown:
                secrets.setdefault(tight, Secret(text, tight, origin))
    return list(secrets.values())


def _split(cell: NotebookNode) -> tuple[list[int], list[int]]:
    """Return the numbers of a master cell's lines that are cleared, and of those that stay."""
    found = [region for kind in ALL for region in regions(cell.source, kind)]
    count = len(cell.source.split("\n"))
    if role_of(cell) in ("solution", "manual") and nbgrader_of(cell).get("solution") and not found:
        return list(range(count)), []
    cleared = {number for region in found for number in range(region.begin, region.end + 1)}
    marks = {number for region in found for number in (region.begin, region.end)}
    return sorted(cleared - marks), [n for n in range(count) if n not in cleared]


def _lines_of_mistakes(
    folder: Path, solution: NotebookNode, origin: str
) -> Iterator[tuple[str, str]]:
    """Yield the lines that known mistakes change; of an edit that does not fit nothing is known."""
    answers = answers_of(solution)
    for _, mistake in each_mistake(folder, solution):
        if isinstance(mistake, BuildError):
            continue
        for cell, source in mistake.cells.items():
            headers, known = _headers(source), set(answers[cell].split("\n"))
            for number, line in enumerate(source.split("\n")):
                if number not in headers and line not in known:
                    yield line, f"{origin} ({mistake.name})"


def _lines_of(path: Path, origin: str) -> Iterator[tuple[str, str]]:
    source = path.read_text(encoding="utf-8", errors="replace")
    headers = _headers(source)
    for number, line in enumerate(source.split("\n")):
        if number not in headers:
            yield line, f"{origin}, line {number + 1}"


def _headers(source: str) -> set[int]:
    """Return the lines, from 0, of imports and of def and class headers that span several."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError):  # magics; the patterns still apply
        return set()
    lines: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            lines.update(range(node.lineno - 1, node.end_lineno or node.lineno))
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            lines.update(range(node.lineno - 1, node.body[0].lineno - 1))
    return lines


def _leaks_in(piece: Piece, secrets: list[Secret]) -> Iterator[Leak]:
    whole = squeezed(piece.text)
    lines = {squeezed(line): number for number, line in enumerate(piece.text.splitlines(), start=1)}
    for secret in secrets:
        if secret.squeezed in lines:
            number = lines[secret.squeezed]
        elif len(secret.squeezed) >= _LONG and secret.squeezed in whole:
            number = next((n for line, n in lines.items() if secret.squeezed in line), 0)
        else:
            continue
        where = f"{piece.where}, line {number}" if number else piece.where
        yield Leak(where, secret.line, secret.origin)
