"""The recorded runs as students get them: `data/curves.json` and `data/curves.html`.

A notebook draws the first behind a student's own curve; the second shows all of it. Both are of
the CPU's runs, and only of parts with curves or times: the others repeat the training of a check,
or would answer what students are asked to measure.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from autograder.checks.kernel.curves import FILE
from autograder.course import Course
from autograder.errors import CourseError
from autograder.reference.page import TEMPLATE, rendered, shown
from autograder.reference.recorded import compact, path_of, read_recorded
from autograder.reference.runs import PartReport
from autograder.reference.work import Workers

_PAGE = FILE.with_suffix(".html")
_MARK = "<!-- of the runs "


def write_released(course: Course, name: str) -> list[Path]:
    """Write both files of an assignment and return them; none where no part is to be shown.

    Raises CourseError where nothing is recorded, or a file of that name is somebody else's.
    """
    folder = course.solution_dir(name)
    text, stamp, reports = _to_release(course, name)
    files = [folder / FILE, folder / _PAGE]
    for file in files:
        if file.exists() and not _ours(file):
            raise CourseError(f"{file} was not written by `autograder reference`: rename it")
    if not reports:
        for file in files:
            file.unlink(missing_ok=True)
        return []
    files[0].parent.mkdir(exist_ok=True)
    files[0].write_text(text, encoding="utf-8")
    title = course.assignment(name).title
    parts = [shown(report, heading=report.part) for report in reports]
    page = rendered(parts, title=title, stamp=f"{_MARK}{stamp} -->")
    files[1].write_text(page, encoding="utf-8")
    return files


def _to_release(course: Course, name: str) -> tuple[str, str, list[PartReport]]:
    """Return the curves as JSON, the stamp of a page of them, and the parts that it shows."""
    with Workers(course, name, 1) as workers:
        plan = workers.plan()
    path = path_of(course.solution_dir(name), "cpu")
    content = read_recorded(path)
    recorded = {part: content["parts"][part] for part in plan.parts if part in content["parts"]}
    parts = {part: each for part, each in recorded.items() if each["curves"] or each["timings"]}
    curves: dict[str, Any] = {}
    for each in parts.values():
        for curve, bands in each["curves"].items():
            curves[curve] = {"runs": len(each["seeds"]), **bands}
    reports = [PartReport(name, part, about=plan.parts[part], recorded=path) for part in parts]
    text = compact({"device": content["device"], "curves": curves})
    about = json.dumps([[part, plan.parts[part]] for part in parts])
    drawn = path.read_bytes() + TEMPLATE.read_bytes() + about.encode("utf-8")
    return text, hashlib.sha256(drawn).hexdigest()[:16], reports


def _ours(file: Path) -> bool:
    text = file.read_text(encoding="utf-8", errors="replace")
    return _MARK in text if file.suffix == ".html" else '"curves": {' in text
