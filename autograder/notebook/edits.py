"""Edits of the solution's answers, as the TOML files of an assignment hold them.

One edit is `old = "..."` and `new = "..."`, several are `edits = [["old", "new"], ...]`. `old`
stands exactly once in the answer, and `new` takes its place.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from autograder.errors import BuildError


class EditFile:
    """The tables of a TOML file, with their lines for messages.

    Raises:
        BuildError: the file is not TOML.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            text = path.read_text(encoding="utf-8")
            self.content: dict[str, Any] = tomllib.loads(text)
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise BuildError(f"{path}: {error}") from error
        self._lines = text.split("\n")

    def where(self, *keys: str, number: int = 1) -> str:
        """Return file and line of the table [keys], or of the `number`th of the tables [[keys]]."""
        # A key is bare or in quotes.
        names = r"\s*\.\s*".join(rf"[\"']?{re.escape(key)}[\"']?" for key in keys)
        header = re.compile(rf"\s*\[\[?\s*{names}\s*[].]")
        found = [line for line, text in enumerate(self._lines, 1) if header.match(text)]
        line = found[number - 1] if number <= len(found) else 1
        return f"{self._path}, line {line} ({'.'.join(keys)})"


def refuse_unknown(where: str, entry: Mapping[str, Any], known: Collection[str]) -> None:
    """Raise BuildError where a table has a key that is not `known`."""
    if unknown := sorted(set(entry) - set(known)):
        names = ", ".join(sorted(known))
        raise BuildError(f"{where}: {unknown[0]} means nothing here (known: {names})")


def text_of(where: str, entry: Mapping[str, Any], key: str) -> str:
    """Return the text of a table's key in one line; empty where it has none."""
    text = entry.get(key, "")
    if not isinstance(text, str):
        raise BuildError(f"{where}: `{key}` must be a text")
    return " ".join(text.split())


def edits_of(where: str, entry: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return the edits of a table, each as its old and its new text."""
    edits = entry.get("edits", [])
    if ("old" in entry) != ("new" in entry):
        raise BuildError(f"{where}: `old` and `new` go together")
    if "old" in entry:
        edits = [[entry["old"], entry["new"]]]
    pairs = []
    for edit in edits if isinstance(edits, list) else [edits]:
        if not (isinstance(edit, list) and [type(text) for text in edit] == [str, str]):
            raise BuildError(f"{where}: an edit is two texts, old and new; got {edit!r}")
        if not edit[0].strip():
            raise BuildError(f"{where}: the old text of an edit is empty")
        pairs.append((edit[0], edit[1]))
    return pairs


def edited(
    where: str, answer: str, sources: Mapping[str, str], edit: tuple[str, str]
) -> tuple[str, str]:
    """Return the cell that has the old text, and its source with the new one.

    `sources` are by cell; `answer` says what they are, as in "the answer to adam".

    Raises:
        BuildError: the old text is not there, or more than once.
    """
    old, new = edit
    # The last line ends like the others, so that a whole line can be taken out.
    counts = {cell: f"{source}\n".count(old) for cell, source in sources.items()}
    if (found := sum(counts.values())) != 1:
        first = old.strip().split("\n")[0]
        how = f"is {found} times in" if found else "is not in"
        hint = "take more of the text around it" if found else "has the master changed?"
        raise BuildError(f"{where}: the old text `{first}` {how} {answer}: {hint}")
    cell = next(cell for cell, count in counts.items() if count)
    return cell, f"{sources[cell]}\n".replace(old, new).rstrip("\n")
