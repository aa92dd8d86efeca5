"""What hostile notebooks try, marked by the real pipeline behind the real walls.

Every attacker leaves `double` unanswered or wrong and answers `mean` rightly, so that an
attack that gains shows as points for `double`, and one that harms as points lost on `mean`.
"""

from __future__ import annotations

import json
import os
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from submissions import RIGHT, answered, with_cell
from tiny import with_limits

from autograder.course import Course
from autograder.grading.marker import Marked, Marker, with_marker
from autograder.grading.outputs import clean_outputs
from autograder.grading.report import Report


@dataclass(frozen=True)
class Attack:
    """A hostile cell before the first test cell, or a hostile answer to `double`.

    `keeps_mean` is False where the attacker can only have hurt their own later answers.
    """

    name: str
    cell: str = ""
    double: str | None = None
    keeps_mean: bool = True


ATTACKS = [
    Attack(
        "patched numpy.allclose",
        "import numpy as np\n"
        "np.allclose = np.array_equal = lambda *a, **k: True\n"
        "np.testing.assert_allclose = lambda *a, **k: None",
        "def double(x):\n    return 0 * x",
    ),
    Attack(
        "asserts stripped by an input transformer",
        "import ast\n"
        "class NoAssert(ast.NodeTransformer):\n"
        "    def visit_Assert(self, node):\n        return ast.Pass()\n"
        "get_ipython().ast_transformers.append(NoAssert())",
        "def double(x):\n    return 0 * x",
    ),
    Attack(
        "replaced check",
        "import autograder\n"
        "class Full:\n"
        "    def __repr__(self): return '2'\n"
        "def check(task): return Full()\n"
        "autograder.check = check\n"
        "import autograder.checks.kernel as kernel\nkernel.check = check",
        "def double(x):\n    return 0 * x",
    ),
    Attack(
        "replaced comparison in the checks package",
        "import autograder.checks.compare as c\n"
        "c.close = c.equal = lambda *a, **k: None\n"
        "import autograder.checks as k\nk.close = k.equal = lambda *a, **k: None",
        "def double(x):\n    return 0 * x",
    ),
    Attack(
        "an answer equal to everything",
        double="class Yes:\n"
        "    def __eq__(self, other): return True\n"
        "    def __ne__(self, other): return False\n"
        "    def __float__(self): return 0.0\n"
        "    shape = ()\n    dtype = 'float64'\n"
        "    def __array__(self, *a, **k):\n        raise SystemExit\n"
        "def double(x):\n    return Yes()",
    ),
    Attack(
        "an ndarray subclass that lies",
        double="import numpy as np\n"
        "class Liar(np.ndarray):\n"
        "    def __array_ufunc__(self, *a, **k): return True\n"
        "    def __array_function__(self, *a, **k): return True\n"
        "    def __eq__(self, other): return True\n"
        "    def all(self, *a, **k): return True\n"
        "def double(x):\n    return np.zeros(np.shape(x)).view(Liar)",
    ),
    Attack("os._exit in a cell", "import os\nos._exit(0)"),
    Attack("os._exit in an answer", double="import os\ndef double(x):\n    os._exit(0)"),
    Attack("SIGKILL to itself", "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)"),
    Attack(
        "SIGKILL to its parents",
        # Only the processes that marking needs: if the walls fail, the machine survives.
        "import os, signal\n"
        "for pid in (os.getppid(), PARENT):\n"
        "    try:\n        os.kill(pid, signal.SIGKILL)\n"
        "    except OSError:\n        pass",
    ),
    Attack("an endless loop in a cell", "while True:\n    pass"),
    Attack("an endless loop in an answer", double="def double(x):\n    while True:\n        pass"),
    Attack(
        "an endless loop that catches everything",
        "while True:\n    try:\n        while True: pass\n    except BaseException: pass",
    ),
    Attack("endless output", "while True:\n    print('x' * 10000)"),
    Attack(
        "endless output from a child process",
        "import subprocess, sys\n"
        "subprocess.run([sys.executable, '-c', 'while True: print(\"y\" * 10000)'])",
    ),
    Attack("a memory bomb", "block = []\nwhile True:\n    block.append(bytearray(64_000_000))"),
    Attack(
        "a thousand processes",
        "import os, time\n"
        "for _ in range(1000):\n"
        "    try:\n"
        "        if os.fork() == 0:\n            time.sleep(600)\n            os._exit(0)\n"
        "    except OSError:\n        break",
    ),
    Attack(
        "a deep structure over the wire",
        double="def double(x):\n"
        "    deep = []\n"
        "    for _ in range(100_000):\n        deep = [deep]\n"
        "    return deep",
    ),
    Attack(
        "a structure that contains itself",
        double="def double(x):\n    loop = []\n    loop.append(loop)\n    return loop",
    ),
    Attack(
        "a gigabyte over the wire",
        double="import numpy as np\ndef double(x):\n    return np.zeros(2**27)",
    ),
    Attack(
        "a gigabyte that takes no memory until it is sent",
        double="import numpy as np\ndef double(x):\n    return np.broadcast_to(1.0, (2**27,))",
    ),
    Attack(
        "forged messages on every descriptor",
        "import os, struct\n"
        "for fd in range(3, 256):\n"
        "    try:\n        os.write(fd, struct.pack('<IIQ', 2**31, 2**31, 2**63) + b'{}' * 64)\n"
        "    except OSError:\n        pass",
    ),
    Attack(
        "an answer forged from the captured protocol",
        "import gc, socket, json\n"
        "socks = [o for o in gc.get_objects() if isinstance(o, socket.socket)]\n"
        "for s in socks:\n"
        "    try:\n        s.send(json.dumps({'id': 1, 'score': 2, 'passed': True}).encode())\n"
        "    except OSError:\n        pass",
    ),
]


def attempt(course: Course, attack: Attack):
    sources = {"mean": RIGHT["mean"]}
    if attack.double is not None:
        sources["double"] = attack.double
    notebook = answered(course, **sources)
    cell = attack.cell.replace("PARENT", str(os.getpid()))
    return with_cell(notebook, cell, before="check-double") if cell else notebook


@pytest.fixture(scope="module")
def reports(attacked_course: Course) -> dict[str, Report]:
    """Every attack marked, one after another, each followed by an honest student."""

    def mark(marker: Marker) -> dict[str, Report]:
        honest = answered(attacked_course, **RIGHT)
        found = {}
        for attack in ATTACKS:
            found[attack.name] = marker.mark(attempt(attacked_course, attack), "mallory").report
            found[f"after {attack.name}"] = marker.mark(honest, "ada").report
        return found

    return with_marker(attacked_course, "tiny", mark)


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.name)
def test_it_gains_nothing(attack: Attack, reports: dict[str, Report]) -> None:
    assert reports[attack.name].task("double").points == 0


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.name)
def test_it_costs_only_its_own_task(attack: Attack, reports: dict[str, Report]) -> None:
    if attack.keeps_mean:
        assert reports[attack.name].task("mean").points == 3


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.name)
def test_the_next_student_is_marked_as_ever(attack: Attack, reports: dict[str, Report]) -> None:
    after = reports[f"after {attack.name}"]
    assert (after.task("double").points, after.task("mean").points) == (2, 3)
    assert after.problems == ()


def test_what_hidden_checks_pass_in_is_never_shown(attacked_course: Course) -> None:
    """The answer keeps its arguments and a later cell tells them in every way there is."""
    spy = """
import hashlib, os
def double(x):
    with open("stolen", "a") as file:
        file.write("STOLEN " + hashlib.md5(repr(x).encode()).hexdigest() + "\\n")
    if len(open("stolen").read().split("STOLEN")) > 40:
        raise ValueError(open("stolen").read())
    return 2 * x
"""
    tell = """
stolen = open("stolen").read() if os.path.exists("stolen") else ""
print(stolen)
from IPython.display import HTML, display
display(HTML(stolen))
def mean(x):
    raise ValueError(stolen)
raise RuntimeError(stolen)
"""
    notebook = with_cell(answered(attacked_course, double=spy), tell, before="check-mean")

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


def test_what_hidden_checks_pass_in_is_not_told_by_the_type_of_an_answer(
    attacked_course: Course,
) -> None:
    spell = """
import numpy as np
def double(x):
    return type("STOLEN" + repr(x).replace(".", "p"), (), {})()
"""
    notebook = answered(attacked_course, double=spell)
    marked = with_marker(attacked_course, "tiny", lambda m: m.mark(notebook, "mallory"))
    told = {check.visibility: check.message for check in marked.report.task("double").checks}
    assert "STOLEN3p0" in told["public"]  # which everybody may read in checks.py
    assert told["hidden"] == "the doubled array is an object, expected an array of numbers"
    assert (marked.report.to_json() + json.dumps(marked.notebook)).count("STOLEN") < 5


def test_a_notebook_cannot_show_more_than_the_grader_can_hold(attacked_course: Course) -> None:
    notebook = answered(attacked_course, **RIGHT)
    for _ in range(60):
        notebook = with_cell(notebook, "print('x' * 500_000)", before="check-double")
    marked = with_marker(attacked_course, "tiny", lambda m: m.mark(notebook, "mallory"))
    assert marked.report.score == 5
    assert len(json.dumps(marked.notebook)) < 20_000_000


def test_running_again_what_came_before_ends_with_the_time(
    make_tiny_course: Callable[[], Course],
) -> None:
    """Cells that hang only when they are run again, and one that makes that necessary."""
    course = with_limits(make_tiny_course(), cell_seconds=1, submission_seconds=3)

    def mark(marker: Marker) -> Report:
        late = time.time() + 0.8
        hang = f"import time\nif time.time() > {late}: time.sleep(99)"
        end = f"import os, time\nwhile time.time() < {late}: pass\nos._exit(0)"
        notebook = with_cell(answered(course, **RIGHT), end, before="check-double")
        for _ in range(100):
            notebook = with_cell(notebook, hang, before="setup")
        return marker.mark(notebook, "mallory").report

    report = with_marker(course, "tiny", mark)
    assert report.problems
    assert report.seconds < 6


def test_a_long_line_does_not_hold_up_the_search_for_a_missing_name(
    attacked_course: Course,
) -> None:
    line = "raise ValueError  # " + "double " * 200_000
    notebook = answered(attacked_course, double=line, mean=RIGHT["mean"])
    report = with_marker(attacked_course, "tiny", lambda m: m.mark(notebook, "mallory").report)
    assert (report.task("double").points, report.task("mean").points) == (0, 3)
    assert report.seconds < 10


@pytest.mark.parametrize(
    "html",
    ["".join(f"<b x={number}>" for number in range(100_000)), "<a " + "x=1 " * 300_000 + ">"],
    ids=["tags", "attributes"],
)
def test_html_that_takes_for_ever_to_clean_is_left_out(html: str) -> None:
    data = {"text/html": html, "text/plain": "a table"}
    (output,) = clean_outputs([{"output_type": "display_data", "data": data, "metadata": {}}])
    assert output.data == {"text/plain": "a table"}


def test_a_picture_is_base64_and_nothing_else() -> None:
    picture = "iVBORw0KGgo="
    for text, kept in ((picture, True), (picture + '" onerror="steal()', False)):
        data = {"image/png": text, "text/plain": "a picture"}
        (output,) = clean_outputs([{"output_type": "display_data", "data": data, "metadata": {}}])
        assert ("image/png" in output.data) is kept


def test_a_problem_says_nothing_to_a_terminal(attacked_course: Course) -> None:
    cell = "raise ValueError('\x1b]0;owned\x07\\n\u202e')"
    notebook = with_cell(answered(attacked_course, **RIGHT), cell, before="check-double")
    report = with_marker(attacked_course, "tiny", lambda m: m.mark(notebook, "mallory").report)
    assert "owned" in report.problems[0].message
    assert report.problems[0].message.isprintable()


def test_the_walls_were_up(reports: dict[str, Report]) -> None:
    assert {report.sandbox for report in reports.values()} != {"none"}


SECRETS = {
    "the solution": "solutions/tiny/tiny.py",
    "the hidden checks": "solutions/tiny/hidden_checks.py",
    "the gradebook": "gradebook.db",
    "another student's work": "submitted/ada/tiny/tiny.ipynb",
}


@pytest.fixture(scope="module")
def espionage(attacked_course: Course) -> list[str]:
    """A notebook that reads, lists and writes what it should not, and prints what it got."""
    course = attacked_course
    (course.root / "gradebook.db").touch()
    other = course.submitted_dir / "ada" / "tiny" / "tiny.ipynb"
    other.parent.mkdir(parents=True, exist_ok=True)
    other.write_text("{}")
    paths = {what: str(course.root / path) for what, path in SECRETS.items()}
    source = f"""
import os, socket
for what, path in {paths!r}.items():
    for verb, mode in (("read", "rb"), ("wrote", "r+b")):
        try:
            with open(path, mode) as f:
                f.read(1) if verb == "read" else f.write(b"owned")
            print(verb, what)
        except OSError:
            pass
for what, folder in (("course", {str(course.root)!r}), ("root", "/root"), ("proc", "/proc")):
    try:
        print("listed", what, os.listdir(folder))
    except OSError:
        pass
for family, address in ((socket.AF_INET, ("127.0.0.1", 9)), (socket.AF_INET6, ("::1", 9)),
                        (socket.AF_UNIX, "/run/docker.sock")):
    try:
        s = socket.socket(family)
        print("socket", family)
        s.connect(address)
    except OSError:
        pass
for pid in os.popen("ls /proc 2>/dev/null").read().split() + [str(os.getppid())]:
    try:
        print("environ", pid, len(open(f"/proc/{{pid}}/environ").read()))
    except OSError:
        pass
for place in ("/tmp/owned", "/etc/owned", {str(course.root / "owned")!r}):
    try:
        open(place, "w").write("owned")
        print("made", place)
    except OSError:
        pass
print("done")
"""
    marked = with_marker(
        course,
        "tiny",
        lambda marker: marker.mark(
            with_cell(answered(course), source, before="check-double"), "mallory"
        ),
    )
    assert marked.notebook is not None
    text = "".join(
        output.get("text", "")
        for cell in marked.notebook.cells
        if cell.cell_type == "code" and "what, path" in cell.source
        for output in cell.outputs
    )
    return text.splitlines()


def test_espionage_ran_to_its_end(espionage: list[str]) -> None:
    assert espionage[-1] == "done"


@pytest.mark.parametrize("what", SECRETS)
def test_nothing_secret_is_read_or_written(what: str, espionage: list[str]) -> None:
    assert f"read {what}" not in espionage
    assert f"wrote {what}" not in espionage


@pytest.mark.parametrize("what", ["course", "root", "proc"])
def test_no_foreign_folder_is_listed(what: str, espionage: list[str]) -> None:
    assert not [line for line in espionage if line.startswith(f"listed {what}")]


def test_there_is_no_network(espionage: list[str]) -> None:
    assert not [line for line in espionage if line.startswith("socket")]


def test_no_other_process_can_be_looked_into(espionage: list[str]) -> None:
    assert not [line for line in espionage if line.startswith("environ")]


def test_nothing_is_written_outside(espionage: list[str], attacked_course: Course) -> None:
    assert not [line for line in espionage if line.startswith("made")]
    assert not Path("/tmp/owned").exists()
    assert not (attacked_course.root / "owned").exists()
