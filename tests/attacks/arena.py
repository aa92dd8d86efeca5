"""Where attacks are marked by the real pipeline, with others around who could be hurt.

Beside the attacker there are an honest student, marked before and after by the same grader; a
neighbour, whose session lives meanwhile; and a victim, a process of the instructor's. Canaries
lie in every place that holds a secret.
"""

from __future__ import annotations

import contextlib
import copy
import json
import os
import re
import subprocess
import sys
import sysconfig
import threading
from collections.abc import Iterator
from concurrent.futures import Future
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import torch  # noqa: F401 - the first tensor that arrives would load it, and count as grown
from catalogue import CANARY, Attack
from live import texts
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_raw_cell
from submissions import RIGHT, answered, hand_in
from surroundings import ATTACKER, Surroundings

from autograder.course import Course
from autograder.grading.feedback import render
from autograder.grading.marker import Marked, Marker, open_zygote, with_marker
from autograder.grading.report import Report
from autograder.notebook import grade_id_of, with_sources
from autograder.sandbox import Name, Zygote

_PATIENCE = 60  # seconds for what nothing keeps from its end
# The answer of an attack that fools a grader with something else than the answer.
WRONG = "def double(x):\n    return 0 * x"
HONEST = f"ada-{CANARY}-by-name"
_NEW = {"": new_code_cell, "later": new_code_cell, "markdown": new_markdown_cell,
        "raw": new_raw_cell}  # fmt: skip
_BEFORE = {"": "check-double", "later": "check-mean", "markdown": "check-double",
           "raw": "check-double"}  # fmt: skip
_NEIGHBOUR = f"""
import os, resource
open("answers", "w").write("{CANARY}-of-the-neighbour")
secret = "{CANARY}-in-the-neighbour's-memory"
def state():
    return [open("answers").read(), os.getpriority(os.PRIO_PROCESS, 0), sorted(os.listdir()),
            resource.getrlimit(resource.RLIMIT_CPU), sorted(os.sched_getaffinity(0))]
"""


@dataclass(frozen=True, repr=False)
class Result:
    """What marking one submission gave: the report, the notebook and the page, without times."""

    report: Report
    notebook: NotebookNode | None
    page: str

    @cached_property
    def told(self) -> str:
        """What the report says and the cells printed, one after the other."""
        checks = [check.message for task in self.report.tasks for check in task.checks]
        outputs = [output for cell in self.cells for output in cell.get("outputs", ())]
        texts = [output.get("text", "") for output in outputs]
        texts += [output.get("data", {}).get("text/plain", "") for output in outputs]
        return "\n".join([*(p.message for p in self.report.problems), *checks, *texts])

    @cached_property
    def everything(self) -> str:
        """All that anybody is shown, as one text."""
        return self.timeless + self.page

    @property
    def cells(self) -> list[NotebookNode]:
        """The cells of the marked notebook."""
        return [] if self.notebook is None else list(self.notebook.cells)

    @cached_property
    def timeless(self) -> str:
        """Report and notebook, byte for byte, but for the times."""
        report = self.report.to_dict()
        del report["seconds"]
        for task in report["tasks"]:
            for check in task["checks"]:
                del check["seconds"]
        return json.dumps([report, self.notebook], ensure_ascii=False)


@dataclass(frozen=True, repr=False)
class Outcome:
    """What came of an attack: for the attacker, for the next student, for everybody else."""

    attack: Attack
    handed_in: bytes
    untouched: bytes
    result: Result
    honest: Result
    honest_before: Result
    left_behind: list[str]
    hurt: list[str]
    grown_mb: float


@contextlib.contextmanager
def standing_marker(course: Course, zygote: Zygote) -> Iterator[Marker]:
    """Yield a marker; what `with_marker` calls waits in a thread until the block ends."""
    ready: Future[Marker] = Future()
    over = threading.Event()

    def stay(marker: Marker) -> None:
        ready.set_result(marker)
        over.wait()

    def serve() -> None:
        try:
            with_marker(course, "tiny", stay, zygote=zygote)
        except Exception as error:
            ready.set_exception(error)

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield ready.result()
    finally:
        over.set()
        thread.join()


class Arena:
    """One level of the walls: a zygote, a marker, and all who are around during an attack."""

    def __init__(self, course: Course, level: str) -> None:
        self.course = course
        self.level = level
        self._right = answered(course, **RIGHT)
        self._open()
        self.before = self._result(self.marker.mark(self._right, HONEST))

    def _open(self) -> None:
        self._stack = contextlib.ExitStack()
        self.zygote = open_zygote(self.course, "tiny", self.level)
        self._stack.callback(self.zygote.close)
        self.marker = self._stack.enter_context(standing_marker(self.course, self.zygote))
        self.neighbour = self.zygote.session(student="neighbour")
        self._stack.callback(self.neighbour.close)
        self.neighbour.run_cell(_NEIGHBOUR, name="cell 1", seconds=_PATIENCE)
        self._state = self._neighbours_state()
        script = Path(__file__).with_name("victim.py")
        self.victim = subprocess.Popen(
            [sys.executable, script, f"{CANARY}-in-a-command-line"],
            stdout=subprocess.PIPE,
            env={"SECRET": f"{CANARY}-in-an-environment"},
            cwd=self.course.solution_dir("tiny"),
        )
        self._stack.callback(self.victim.communicate)
        self._stack.callback(self.victim.kill)
        assert self.victim.stdout is not None
        self._victims = json.loads(self.victim.stdout.readline())

    def close(self) -> None:
        """End everybody."""
        self._stack.close()

    def mark(self, attack: Attack) -> Outcome:
        """Mark an attack, and the honest student after it; start afresh where it did harm."""
        harmed = True
        try:
            outcome = self._mark(attack)
            harmed = bool(outcome.hurt) or outcome.honest.timeless != self.before.timeless
        finally:
            if harmed:
                self.close()
                self._open()
        return outcome

    def _mark(self, attack: Attack) -> Outcome:
        untouched, handed_in = self.submission(attack)
        student = attack.field("student", ATTACKER)
        path = hand_in(self.course, ATTACKER, handed_in)
        found = Surroundings(self.zygote, self.course, apart=self.neighbour._home)
        try:
            marked = self.marker.mark_file(path, student)
            if attack.field("again"):
                marked = self.marker.mark_file(path, "eve")
            after = self.marker.mark(self._right, HONEST)
            result, honest = self._result(marked), self._result(after)
            left_behind, grown, hurt = found.left_behind(), found.grown_mb(), self._hurt()
        finally:
            found.tidy()
        return Outcome(
            attack, handed_in, untouched, result, honest, self.before, left_behind, hurt, grown
        )

    def run_cells(self, attack: Attack) -> list[str]:
        """Run an attack as a grader in the same process would; what its test cells raised."""
        with self.zygote.session() as session:
            for cell in self._notebook(attack).cells:
                if cell.cell_type == "code" and not cell.metadata.get("nbgrader", {}).get("grade"):
                    session.run_cell(cell.source, name="cell", seconds=_PATIENCE)
            results = [
                session.run_cell(source, name="test", seconds=_PATIENCE)
                for source in attack.sources("fools")
            ]
        return [str(result.error) for result in results if result.error is not None]

    def uncleaned(self, attack: Attack) -> list[str]:
        """Every text that others would see if nothing were cleaned."""
        _, content = self.submission(attack)
        try:
            handed_in = json.loads(content)
        except ValueError:
            return [content.decode("latin-1"), attack.field("student")]
        with self.zygote.session() as session:
            shown = [
                session.run_cell(self._filled(cell.source), name="cell", seconds=_PATIENCE).outputs
                for cell in attack.cells
                if cell.place in ("double", "", "later")
            ]
        for cell in handed_in["cells"]:
            # Of code only the answers are shown to others.
            if cell["cell_type"] == "code" and cell["source"] not in attack.sources("double"):
                del cell["source"]
        return [*texts([shown, handed_in]), attack.field("student")]

    def _result(self, marked: Marked) -> Result:
        page = render("Tiny steps", marked.report, marked.notebook)
        return Result(marked.report, marked.notebook, page)

    def submission(self, attack: Attack) -> tuple[bytes, bytes]:
        """The file that is handed in, before and after the attack's own changes to it."""
        untouched = json.dumps(self._notebook(attack)).encode()
        variables: dict[str, Any] = {"notebook": json.loads(untouched), "content": None}
        for source in attack.sources("notebook"):
            exec(self._filled(source), variables)
        content = variables["content"]
        if content is None:
            content = json.dumps(variables["notebook"], ensure_ascii=False)
        if isinstance(content, str):
            content = content.encode("utf-8", "surrogatepass")
        return untouched, content

    def _notebook(self, attack: Attack) -> NotebookNode:
        """The notebook of an attack; where it answers nothing, `mean` is right."""
        double = {"double": WRONG} if attack.sources("fools") else {}
        notebook = answered(self.course, mean=RIGHT["mean"], **double)
        for cell in attack.cells:
            source = self._filled(cell.source)
            if cell.place in _NEW:
                names = [grade_id_of(other) for other in notebook.cells]
                place = names.index(_BEFORE[cell.place])
                notebook.cells.insert(place, _NEW[cell.place](source))
            elif cell.place not in ("notebook", "fools"):
                notebook = with_sources(notebook, {cell.place: source})
        return copy.deepcopy(notebook)

    def _filled(self, source: str) -> str:
        """The source with what an insider would know: where things lie and who is who."""
        home = str(self.zygote._base)
        known = {
            "COURSE": str(self.course.root),
            "GRADER": os.getpid(),
            "ZYGOTE": self.zygote._server.process.pid,
            "NEIGHBOUR": self.neighbour.inner_pid,
            "NEIGHBOURS_FOLDER": str(self.neighbour._home),
            "BASE": home,
            "LIBRARIES": sysconfig.get_path("purelib"),
            "VICTIM": self.victim.pid,
            "PORT": self._victims["port"],
            "ADDRESS": self._victims["address"],
            "DESCRIPTOR": self._victims["fd"],
        }
        return re.sub(rf"\b({'|'.join(known)})\b", lambda found: repr(known[found[0]]), source)

    def _neighbours_state(self) -> object:
        return self.neighbour.call(Name("state"), (), {}, seconds=_PATIENCE).value

    def _hurt(self) -> list[str]:
        """Name the others who are not as before."""
        hurt = []
        try:
            if self._neighbours_state() != self._state:
                hurt.append("the neighbour's session was changed")
        except Exception as error:
            hurt.append(f"the neighbour's session was lost: {error}")
        if self.victim.poll() is not None:
            hurt.append("the victim was killed")
        return hurt
