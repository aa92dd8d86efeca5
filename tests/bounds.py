"""The oldest or the newest versions that pyproject.toml allows, as pip's constraints.

    python tests/bounds.py oldest            numpy==1.26, nbgrader==0.9.5, torch==2.4
    python tests/bounds.py newest            nothing: pip takes the newest
    python tests/bounds.py oldest torch==…   with a torch of one's own choice

See `make oldest` and `make newest`. Needs nothing but Python.
"""

from __future__ import annotations

import re
import sys
import tomllib
from pathlib import Path

# Those whose versions have broken courses before; pip picks the others to go with them.
TRIED = ("numpy", "nbgrader", "torch")
PROJECT = Path(__file__).resolve().parent.parent / "pyproject.toml"
REQUIREMENT = re.compile(r"(?P<name>[\w-]+)>=(?P<least>[\w.]+)$")


def constraints(which: str, chosen: list[str]) -> list[str]:
    """Lines for pip: the lower bounds of what is TRIED, or none; `chosen` ones go first."""
    project = tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]
    required = [*project["dependencies"], *project["optional-dependencies"]["instructor"]]
    bounds = {m["name"]: m["least"] for m in map(REQUIREMENT.match, required) if m}
    ours = {re.split(r"[=<>~!]", line)[0].strip() for line in chosen}
    oldest = [f"{name}=={bounds[name]}" for name in TRIED if name not in ours]
    if which not in ("oldest", "newest"):
        raise SystemExit(f"oldest or newest, not {which!r}")
    return [*chosen, *(oldest if which == "oldest" else [])]


if __name__ == "__main__":
    which, *chosen = sys.argv[1:] or [""]
    print("\n".join(constraints(which, chosen)))
