"""The walk through a new assignment in docs/authors.md, walked."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from autograder.build import build
from autograder.course import load_course
from autograder.proof import validate

ROOT = Path(__file__).resolve().parent.parent
PAGE = (ROOT / "docs" / "authors.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w*)\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)


def block(language: str, text: str) -> str:
    """The one block of the page in `language` that holds `text`."""
    (found,) = [code for kind, code in BLOCKS if kind == language and text in code]
    return found


def test_the_assignment_of_the_page_builds_and_proves_itself(tmp_path: Path) -> None:
    (tmp_path / "course.yml").write_text(
        "id: docs\ntitle: From the documentation\n" + block("yaml", "name: bias")
    )
    shutil.copy(ROOT / "nbgrader_config.py", tmp_path)
    folder = tmp_path / "solutions" / "bias"
    (folder / "reject").mkdir(parents=True)
    (folder / "bias.py").write_text(block("python", "BEGIN SOLUTION"))
    (folder / "checks.py").write_text(block("python", "@task"))
    (folder / "reject" / "no_square.py").write_text(block("python", "fails:"))
    course = load_course(tmp_path)
    (report,) = build(course, ["bias"])
    assert report.points == 3
    released = (course.release_dir("bias") / "bias.ipynb").read_text()
    assert "np.mean((x" not in released
    verdicts = {verdict.case: verdict for verdict in validate(course, "bias", processes=1)}
    assert [v for v in verdicts.values() if v.complaints] == []
    assert {"reference", "starter", "only variance", "reject/no_square"} <= set(verdicts)
