'''The attacks as data: what each file of this folder tries, and what stops it.

    """Replaces numpy's comparisons by some that always agree.

    stopped by: nothing is compared in the session
    """
    # %%
    import numpy as np
    np.allclose = lambda *_, **__: True

    # %% fools
    assert np.allclose(double(3.0), 6.0)

The cells of a file:

    # %%            a cell of the attacker's own, before the check of `double`
    # %% later      one of their own, before the check of `mean`
    # %% markdown   (or raw) a cell of that type, its lines commented out
    # %% NAME       the answer to the cell NAME of the tiny course; `double` gives 0 where an
                    attack that fools has none
    # %% notebook   run by the test itself: changes `notebook`, the file's JSON, before it is
                    handed in, or says in `content` what is handed in instead
    # %% fools      the test of a grader that runs in the student's process, and falls for it

and the fields of its header besides `stopped by:`

    shows: REGEX    what is seen when the attack was carried out; left out, the attacker's first
                    cell prints TRIED behind all that it does, if it does not do so elsewhere
    prize: REGEX    what nobody may be shown, besides a canary
    without walls: works, or works for root: the prize is won with `--sandbox none`
    at landlock: may work    a limit of that level, told in docs/security.md
    earns: POINTS   for an answer to `double` that is right
    costs: mean     the attacker hurts their own next answer, and nobody else
    again: yes      handed in by two students, one after the other
    student: NAME   under which it is handed in

    python tests/attacks/catalogue.py    writes the table of docs/security.md
'''

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent
PAGE = FOLDER.parents[1] / "docs" / "security.md"
GROUPS = {
    "forge": "Forge the verdict",
    "read": "Read secrets",
    "reach": "Reach another student",
    "exhaust": "Exhaust the grader",
    "escape": "Escape",
    "poison": "Poison the outputs",
}
CANARY = "CANARY"
_FIELDS = (
    "stopped by", "shows", "prize", "without walls", "at landlock", "earns", "costs", "again",
    "student",
)  # fmt: skip
_CELL = re.compile(r"^# %%(?: (\S+))?$", re.MULTILINE)
_BEGIN = "<!-- written by tests/attacks/catalogue.py -->\n"
_END = "<!-- end of what it wrote -->\n"


@dataclass(frozen=True)
class Cell:
    """A cell of an attack: `place` is the word behind its `# %%`, empty where there is none."""

    place: str
    source: str


@dataclass(frozen=True, repr=False)
class Attack:
    """One file of this folder; `fields` is its header."""

    group: str
    name: str
    description: str
    fields: dict[str, str]
    cells: tuple[Cell, ...]

    def __str__(self) -> str:
        return f"{self.group}/{self.name}"

    def sources(self, place: str) -> list[str]:
        """The cells of one place."""
        return [cell.source for cell in self.cells if cell.place == place]

    def field(self, name: str, default: str = "") -> str:
        """What the header says under `name`."""
        return self.fields.get(name, default)

    @property
    def edits_the_file(self) -> bool:
        """True where the attack is in the file and not in what its cells do."""
        return bool(self.sources("notebook"))

    @property
    def is_of_this_machine(self) -> bool:
        """True where numbers of system calls, or machine code, in its cells are of here."""
        own = any(word in cell.source for cell in self.cells for word in ("syscall(", "fromhex("))
        return not own or os.uname().machine == "x86_64"


def read_attack(path: Path) -> Attack:
    """Read one file; ValueError names it and what is wrong with it."""
    header, *parts = _CELL.split(path.read_text(encoding="utf-8"))
    text = header.strip().removeprefix('"""').removesuffix('"""')
    prose, _, lines = text.partition("\n\n")
    fields = {}
    for line in lines.splitlines():
        name, _, value = line.partition(": ")
        if name not in _FIELDS or not value:
            raise ValueError(f"{path}: {line!r} is no field of an attack's header")
        fields[name] = value.strip()
    if not prose or "stopped by" not in fields or not parts:
        raise ValueError(f"{path}: a sentence, `stopped by:` and a cell are needed")
    cells = [
        Cell(place or "", _uncommented(source) if place in ("markdown", "raw") else source.strip())
        for place, source in zip(parts[::2], parts[1::2], strict=True)
    ]
    own = next((number for number, cell in enumerate(cells) if not cell.place), None)
    if own is not None and "shows" not in fields and "TRIED" not in cells[own].source:
        cells[own] = Cell("", f'{cells[own].source}\nprint("TRIED")')
    description = " ".join(prose.split())
    return Attack(path.parent.name, path.stem, description, fields, tuple(cells))


def _uncommented(source: str) -> str:
    return "\n".join(
        line.removeprefix("#").removeprefix(" ") for line in source.strip().split("\n")
    )


def attacks() -> list[Attack]:
    """All attacks, group by group, by name."""
    return [read_attack(path) for group in GROUPS for path in sorted((FOLDER / group).glob("*.py"))]


def updated(page: str) -> str:
    """The text of docs/security.md with its tables of the attacks, between two marks, anew."""
    tables = ""
    for group, title in GROUPS.items():
        tables += f"\n### {title}\n\n| what it tries | what stops it |\n|---|---|\n"
        tables += "".join(_row(attack) for attack in attacks() if attack.group == group) + "\n"
    before, rest = page.split(_BEGIN)
    return before + _BEGIN + tables + _END + rest.split(_END)[1]


def _row(attack: Attack) -> str:
    link = f"[{attack.name.replace('_', ' ')}](../tests/attacks/{attack}.py)"
    tries = attack.description.replace("|", "\\|")
    return f"| {link}: {tries} | {attack.field('stopped by')} |\n"


if __name__ == "__main__":
    PAGE.write_text(updated(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
