"""What takes more than one submission, or more than the catalogue's course, to show."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable

import pytest
from submissions import RIGHT, answered, with_cell
from tiny import with_limits

from autograder.course import Course
from autograder.grading.marker import Marked, Marker, with_marker
from autograder.grading.outputs import clean_outputs
from autograder.grading.report import Report

SPY = """
import hashlib, os
def double(x):
    with open("stolen", "a") as file:
        file.write("STOLEN " + hashlib.md5(repr(x).encode()).hexdigest() + "\\n")
    if len(open("stolen").read().split("STOLEN")) > 40:
        raise ValueError(open("stolen").read())
    return 2 * x
"""
TELL = """
stolen = open("stolen").read() if os.path.exists("stolen") else ""
print(stolen)
from IPython.display import HTML, display
display(HTML(stolen))
def mean(x):
    raise ValueError(stolen)
raise RuntimeError(stolen)
"""


def test_what_is_told_is_what_the_public_checks_pass_in(attacked_course: Course) -> None:
    """The answer keeps its arguments and a later cell tells them in every way there is."""
    notebook = with_cell(answered(attacked_course, double=SPY), TELL, before="check-mean")

    def mark(marker: Marker) -> tuple[Marked, int]:
        public = [c for c in marker.suite.checks if c.task == "double" and c.visibility == "public"]
        return marker.mark(notebook, "mallory"), len(public)

    marked, public = with_marker(attacked_course, "tiny", mark)
    assert marked.report.task("double").points == 2
    assert marked.notebook is not None
    cell = next(c for c in marked.notebook.cells if c.source.strip().startswith("stolen ="))
    (printed,) = (o.text for o in cell.outputs if o.output_type == "stream")
    # It did see what the public checks pass in; they are released, and call it once each.
    assert printed.count("STOLEN") == public
    known = set(re.findall(r"STOLEN (\w{32})", printed))
    told = re.findall(r"STOLEN (\w{32})", json.dumps(marked.notebook) + marked.report.to_json())
    assert len(told) > 3 * len(known)  # printed, displayed, raised, in a problem, in a check
    assert set(told) == known


def test_running_again_what_came_before_ends_with_the_time(
    make_tiny_course: Callable[[], Course],
) -> None:
    """Cells that hang only when they are run again, and one that makes that necessary."""
    course = with_limits(make_tiny_course(), cell_seconds=1, submission_seconds=3)

    def mark(marker: Marker) -> Report:
        late = time.time() + 0.8
        hang = f"import time\nwhile time.time() > {late}: pass"
        end = f"import os, time\nwhile time.time() < {late}: pass\nos._exit(0)"
        notebook = with_cell(answered(course, **RIGHT), end, before="check-double")
        for _ in range(100):
            notebook = with_cell(notebook, hang, before="setup")
        return marker.mark(notebook, "mallory").report

    report = with_marker(course, "tiny", mark)
    assert report.problems
    assert sum("was stopped" in problem.message for problem in report.problems) < 50


@pytest.mark.parametrize(
    "html",
    ["".join(f"<b x={number}>" for number in range(100_000)), "<a " + "x=1 " * 300_000 + ">"],
    ids=["tags", "attributes"],
)
def test_html_that_takes_for_ever_to_clean_is_left_out(html: str) -> None:
    data = {"text/html": html, "text/plain": "a table"}
    (output,) = clean_outputs([{"output_type": "display_data", "data": data, "metadata": {}}])
    assert output.data == {"text/plain": "a table"}
