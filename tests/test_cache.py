"""What is not marked again, what is, and what a grader that is killed leaves behind."""

from __future__ import annotations

import os
import random
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import yaml
from commands import TOOLS, run
from nbgrader.api import Gradebook
from submissions import RIGHT, answered, hand_in
from tiny import with_limits

from autograder.authoring import build
from autograder.course import Course, load_course
from autograder.grading import cache as cache_module
from autograder.grading.cache import FOLDER, Cache
from autograder.grading.classroom import find_submissions, grade_class
from autograder.grading.pool import Job

STUDENTS = ("ada", "bob", "cleo")


def handed_in(course: Course) -> Course:
    for student in STUDENTS:
        hand_in(course, student, answered(course, **RIGHT))
    return course


@pytest.fixture
def course(tiny_course: Course) -> Course:
    """The tiny course with three submissions."""
    return handed_in(tiny_course)


@pytest.fixture(scope="module")
def marked_once(make_tiny_course: Callable[[], Course]) -> Course:
    """The same, marked."""
    made = handed_in(make_tiny_course())
    assert not any(mark(made).values())
    return made


@pytest.fixture
def marked(marked_once: Course, tmp_path: Path) -> Course:
    """A copy of it."""
    shutil.copytree(marked_once.root, tmp_path, dirs_exist_ok=True)
    return load_course(tmp_path)


def mark(course: Course, **options: object) -> dict[tuple[str, str], bool]:
    """Mark the class; for each assignment and student, whether the result was known."""
    outcomes = grade_class(course, find_submissions(course), processes=1, **options)
    assert not [outcome.failure for outcome in outcomes if outcome.report is None]
    return {(o.submission.assignment, o.submission.student): o.known for o in outcomes}


def results(course: Course) -> dict[str, bytes]:
    """Every file that marking writes for people, but the gradebook."""
    folders = (course.reports_dir, course.autograded_dir)
    return {
        path.relative_to(course.root).as_posix(): path.read_bytes()
        for folder in folders
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def in_gradebook(course: Course) -> dict[tuple[str, str], float]:
    with Gradebook(course.gradebook_url, course.id) as gradebook:
        return {
            (name, entry.student.id): entry.score
            for name in course.names
            for entry in gradebook.assignment_submissions(name)
        }


def with_second_assignment(course: Course) -> Course:
    """The course with a copy of its assignment, called `twin`, handed in by everybody, too."""
    shutil.copytree(course.solution_dir("tiny"), course.root / "solutions" / "twin")
    for suffix in ("py", "ipynb"):
        (course.root / f"solutions/twin/tiny.{suffix}").rename(
            course.root / f"solutions/twin/twin.{suffix}"
        )
    path = course.root / "course.yml"
    settings = yaml.safe_load(path.read_text(encoding="utf-8"))
    settings["assignments"].append({"name": "twin", "title": "The twin"})
    path.write_text(yaml.safe_dump(settings), encoding="utf-8")
    both = load_course(course.root)
    build(both, ["twin"])
    for student in STUDENTS:
        hand_in(both, student, answered(both, "twin", **RIGHT), "twin")
    return both


def test_a_second_run_marks_nothing_and_writes_the_same(
    marked: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = results(marked)

    def no_marking(_course: Course, _name: str, jobs: list[Job], **_: object) -> list[object]:
        assert jobs == []
        return []

    monkeypatch.setattr(cache_module, "mark_all", no_marking)
    assert all(mark(marked).values())
    assert results(marked) == first


def test_results_that_were_removed_come_back_without_marking(marked: Course) -> None:
    first, scores = results(marked), in_gradebook(marked)
    for folder in (marked.reports_dir, marked.autograded_dir):
        shutil.rmtree(folder)
    (marked.root / "gradebook.db").unlink()
    assert all(mark(marked).values())
    assert (results(marked), in_gradebook(marked)) == (first, scores)


def test_after_a_change_of_one_assignment_s_checks_only_that_one_is_marked(marked: Course) -> None:
    both = with_second_assignment(marked)
    known = mark(both)
    assert {name for (name, _), was_known in known.items() if was_known} == {"tiny"}
    with (both.solution_dir("twin") / "hidden_checks.py").open("a") as file:
        file.write("\n# A comment is a change, too.\n")
    assert mark(both) == known


def test_a_submission_that_changed_is_marked_and_no_other(marked: Course) -> None:
    hand_in(marked, "bob", answered(marked, double="def double(x):\n    return x"))
    known = mark(marked)
    assert known == {("tiny", "ada"): True, ("tiny", "bob"): False, ("tiny", "cleo"): True}
    assert in_gradebook(marked)["tiny", "bob"] < in_gradebook(marked)["tiny", "ada"]


def test_no_cache_marks_everything_again(marked: Course) -> None:
    assert not any(mark(marked, reuse=False).values())


def test_half_an_entry_is_no_entry(marked: Course) -> None:
    entries = sorted((marked.root / FOLDER).rglob("*.gz"))
    assert len(entries) == len(STUDENTS)
    entries[0].write_bytes(entries[0].read_bytes()[:100])
    entries[1].write_bytes(b"")
    assert sum(mark(marked).values()) == len(STUDENTS) - 2
    assert all(mark(marked).values())


def change_file(name: str, more: str = "\n\n") -> Callable[[Course], Course]:
    def change(course: Course) -> Course:
        path = course.root / name
        path.write_text(path.read_text(encoding="utf-8").rstrip("\n") + more, encoding="utf-8")
        return course

    return change


CHANGES: dict[str, Callable[[Course], Course]] = {
    "a limit": lambda course: with_limits(course, cell_seconds=4),
    "the checks": change_file("solutions/tiny/checks.py"),
    "the hidden checks": change_file("solutions/tiny/hidden_checks.py"),
    "the secret": change_file("solutions/secret.txt", "ab"),
    "the solution": change_file("solutions/tiny/tiny.ipynb"),
    "what was released": change_file("assignments/tiny/tiny.ipynb"),
    "the data": change_file("assignments/tiny/data/numbers.txt"),
    "what is preloaded": lambda course: course.model_copy(update={"preload": ["numpy.fft"]}),
}


def key(course: Course, job: Job, level: str = "landlock") -> str:
    return Cache(course, "tiny", level).key(job)


@pytest.mark.parametrize("what", CHANGES)
def test_another_key_after_a_change_of(what: str, tiny_course: Course) -> None:
    job = Job("ada", hand_in(tiny_course, "ada", answered(tiny_course, **RIGHT)))
    before = key(tiny_course, job)
    assert key(tiny_course, job) == before
    changed = CHANGES[what](tiny_course)
    changed._root = tiny_course.root
    assert key(changed, job) != before


def test_another_key_for_another_level_student_or_library(
    course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = find_submissions(course)[0].path
    ada, bob = Job("ada", path), Job("bob", path)
    keys = [key(course, ada), key(course, ada, "none"), key(course, bob)]
    monkeypatch.setattr(cache_module.metadata, "distributions", list)
    keys.append(key(course, ada))
    assert len(set(keys)) == len(keys)


def test_right_solutions_titles_and_the_budget_change_no_key(tiny_course: Course) -> None:
    """They prove graders and name things; nobody's result depends on them."""
    job = Job("ada", hand_in(tiny_course, "ada", answered(tiny_course, **RIGHT)))
    before = key(tiny_course, job)
    change_file("solutions/tiny/accept/loops.py")(tiny_course)
    cheaper = with_limits(tiny_course, marking_cpu_seconds=5)
    changed = cheaper.model_copy(update={"title": "Another title"})
    changed._root = tiny_course.root
    assert key(changed, job) == before


def test_a_known_mistake_that_changed_matters_where_it_is_told(tiny_course: Course) -> None:
    path = hand_in(tiny_course, "ada", answered(tiny_course, **RIGHT))
    jobs = {
        "told": Job("ada", path),
        "untold": Job("ada", path, diagnosed=False),
        "double": Job("ada", path, "double"),
        "mean": Job("ada", path, "mean"),
    }
    before = {name: key(tiny_course, job) for name, job in jobs.items()}
    file = tiny_course.solution_dir("tiny") / "mistakes.toml"
    file.write_text(file.read_text().replace("Squared", "Raised to its square"))
    changed = {name for name, job in jobs.items() if key(tiny_course, job) != before[name]}
    assert changed == {"told", "double"}


def test_a_grader_killed_at_any_moment_is_continued_by_the_next(tiny_course: Course) -> None:
    """Nothing that was there is lost or marked twice, and the rest is marked."""
    slow = "import time\ntime.sleep(0.15)\n" + RIGHT["double"]
    students = [f"student-{number:02}" for number in range(8)]
    for student in students:
        hand_in(tiny_course, student, answered(tiny_course, double=slow, mean=RIGHT["mean"]))
    command = [str(TOOLS / "autograder"), "grade", "--jobs", "2"]
    moment = random.Random(5)
    kills, before = 0, dict[str, bytes]()
    while kills < 2:
        process = subprocess.Popen(
            command, cwd=tiny_course.root, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        # First to be ready to mark, and then some moments more.
        while len(results(tiny_course)) <= len(before) and process.poll() is None:
            time.sleep(0.01)
        time.sleep(moment.uniform(0, 0.4))
        if process.poll() is not None:
            break
        process.send_signal(signal.SIGKILL)
        process.wait()
        kills += 1
        now = results(tiny_course)
        assert {name: now[name] for name in before} == before  # seconds included: not marked twice
        before = now
    assert kills > 1
    finished = run(tiny_course.root, "autograder", "grade", "--jobs", "2")
    assert finished.returncode == 0, finished.stderr
    again = re.search(r"(\d+) of 8 submissions did not change", " ".join(finished.stdout.split()))
    assert again is not None
    # A report is written last; what has one was in the cache.
    assert int(again[1]) >= sum(name.startswith("reports/") for name in before)
    after = results(tiny_course)
    assert {name: after[name] for name in before} == before
    reports = [name for name in after if name.startswith("reports/")]
    assert sorted(Path(name).stem for name in reports) == students
    assert not [name for name in after if name.endswith(".part")]
    assert in_gradebook(tiny_course) == {("tiny", student): 5.0 for student in students}


def test_a_data_folder_may_have_the_name_of_one_of_ours(tiny_course: Course) -> None:
    job = Job("ada", hand_in(tiny_course, "ada", answered(tiny_course, **RIGHT)))
    file = tiny_course.release_dir("tiny") / "data" / "reference" / "numbers.txt"
    file.parent.mkdir()
    file.write_text("1")
    before = Cache(tiny_course, "tiny", "landlock").key(job)
    file.write_text("2")
    assert Cache(tiny_course, "tiny", "landlock").key(job) != before


def test_a_file_that_changes_while_it_is_marked_is_not_known_afterwards(
    course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    mark_all = cache_module.mark_all

    def slowly(*args: object, **options: object) -> Iterator[object]:
        for marked in mark_all(*args, **options):
            if marked[0].student == "bob":
                hand_in(course, "bob", answered(course, double="def double(x):\n    return x"))
            yield marked

    monkeypatch.setattr(cache_module, "mark_all", slowly)
    mark(course)
    monkeypatch.undo()
    assert mark(course) == {("tiny", "ada"): True, ("tiny", "bob"): False, ("tiny", "cleo"): True}


def test_what_a_killed_grader_had_begun_to_write_is_removed(marked: Course) -> None:
    ended = subprocess.Popen(["true"])
    ended.wait()
    folder = marked.reports_dir / "tiny"
    left = folder / f".ada.json.{ended.pid}.part"
    being_written = folder / f".bob.json.{os.getppid()}.part"
    left.touch()
    being_written.touch()
    mark(marked)
    assert not left.exists()
    assert being_written.exists()
