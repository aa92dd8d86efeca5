"""Every attack of this folder, marked by the real pipeline at every level this machine has."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import nbformat
import pytest
from arena import Arena, Outcome
from catalogue import CANARY, FOLDER, GROUPS, PAGE, Attack, Cell, attacks, updated
from live import live
from surroundings import ATTACKER
from tiny import with_limits, write_course

from autograder.authoring import build
from autograder.cli.marking import show_outcomes
from autograder.course import Course, load_course
from autograder.errors import SandboxError
from autograder.grading.classroom import GradedSubmission as Marked
from autograder.grading.classroom import Submission
from autograder.sandbox import choose_level

ATTACKS = [attack for attack in attacks() if attack.is_of_this_machine]
_SHOWABLE = {"text/plain", "text/html", "image/png", "image/jpeg"}
# What a file or a message of the size they may have comes to while it is looked at.
_MAX_GROWTH_MB = 100


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    """The tiny course with a canary wherever a secret lies, and limits that are soon reached."""
    course = write_course(tmp_path_factory.mktemp("attacked"))
    folder = course.solution_dir("tiny")
    for file, where in (("tiny.py", "    ### BEGIN SOLUTION\n"), ("hidden_checks.py", "\n\n\n")):
        text = (folder / file).read_text()
        spaces = " " * where.count(" " * 4) * 4
        canary = f"{spaces}SECRET = '{CANARY}-in-{file}'\n"
        (folder / file).write_text(text.replace(where, where + canary, 1))
    settings = course.root / "course.yml"
    settings.write_text(settings.read_text().replace("[numpy]", "[numpy, torch]"))
    course = with_limits(
        load_course(course.root),
        cell_seconds=2, check_seconds=2, memory_mb=512, processes=32,
        output_kb=128, wire_mb=16, files_mb=16,
    )  # fmt: skip
    build(course)
    for path in ("submitted/ada/tiny/tiny.ipynb", "reports/tiny/ada.json", "gradebook.db.notes"):
        (course.root / path).parent.mkdir(parents=True, exist_ok=True)
        (course.root / path).write_text(json.dumps({"secret": f"{CANARY}-in-{path}"}))
    return course


@pytest.fixture(scope="module")
def arena(course: Course) -> Iterator[Callable[[str], Arena]]:
    """The arena of a level of the walls, made when first asked for; none where there are none."""
    arenas: dict[str, Arena] = {}
    before = Path.cwd()
    with ExitStack() as stack:
        os.chdir(course.solution_dir("tiny"))
        stack.callback(os.chdir, before)

        def get(level: str) -> Arena:
            if level not in arenas:
                try:
                    arenas[level] = Arena(course, str(choose_level(level)))
                except SandboxError as error:
                    pytest.skip(str(error))
                stack.callback(arenas[level].close)
            return arenas[level]

        yield get


@pytest.mark.parametrize("attack", ATTACKS, ids=str)
@pytest.mark.parametrize("level", ["auto", pytest.param("landlock", marks=pytest.mark.ci)])
def test_it_gains_nothing_and_harms_nobody(
    level: str, attack: Attack, arena: Callable[[str], Arena], capsys: pytest.CaptureFixture[str]
) -> None:
    outcome = arena(level).mark(attack)
    broken = []
    for holds in PROPERTIES:
        try:
            holds(outcome)
        except AssertionError as error:
            broken.append(f"{holds.__name__.replace('_', ' ')}: {error}")
    printed = shown(outcome, capsys)
    if "what went wrong" not in printed or not printed.replace("\n", "").isprintable():
        broken.append(f"a terminal cannot show what came of it: {printed!r}")
    assert not broken, "\n".join(broken)


def it_was_tried(outcome: Outcome) -> None:
    attack, result = outcome.attack, outcome.result
    if attack.edits_the_file:
        assert outcome.handed_in != outcome.untouched
    if attack.field("shows") or attack.sources("") or attack.sources("later"):
        assert re.search(attack.field("shows", r"^TRIED$"), result.told, re.MULTILINE)


def it_gains_nothing(outcome: Outcome) -> None:
    task = outcome.result.report.task("double")
    assert task.points == float(outcome.attack.field("earns", "0"))
    assert outcome.result.report.max_score == outcome.honest.report.max_score


def it_costs_only_its_own_task(outcome: Outcome) -> None:
    if outcome.attack.field("costs") != "mean":
        assert outcome.result.report.task("mean").points == 3


def nobody_is_shown_a_secret(outcome: Outcome) -> None:
    assert re.findall(rf".{{,40}}{CANARY}.{{,40}}", outcome.result.everything) == []
    prize = outcome.attack.field("prize")
    if prize and not outcome.attack.field(f"at {outcome.result.report.sandbox}"):
        assert not re.search(prize, outcome.result.everything)


def the_next_student_is_marked_as_ever(outcome: Outcome) -> None:
    assert outcome.honest.report.score == 5
    assert outcome.honest.timeless == outcome.honest_before.timeless


def nothing_survives_and_nobody_is_hurt(outcome: Outcome) -> None:
    assert outcome.left_behind == []
    assert outcome.hurt == []


def the_grader_stays_small(outcome: Outcome) -> None:
    assert outcome.grown_mb < _MAX_GROWTH_MB


def nothing_live_is_shown(outcome: Outcome) -> None:
    result = outcome.result
    assert set(live(result.page)) <= set(live(outcome.honest.page))
    if result.notebook is not None:
        nbformat.validate(result.notebook)
    for cell in result.cells:
        assert set(cell.metadata) <= {"nbgrader", "deletable", "editable"}
        if cell.cell_type != "code":
            assert live(cell.source) == []
        for output in cell.get("outputs", ()):
            assert set(output.get("data", {})) <= _SHOWABLE
            assert live(output.get("data", {}).get("text/html", "")) == []
            assert not output.get("metadata")


def the_report_names_the_walls(outcome: Outcome) -> None:
    assert outcome.result.report.sandbox in ("bubblewrap", "landlock")


PROPERTIES = (
    it_was_tried,
    it_gains_nothing,
    it_costs_only_its_own_task,
    nobody_is_shown_a_secret,
    the_next_student_is_marked_as_ever,
    nothing_survives_and_nobody_is_hurt,
    the_grader_stays_small,
    nothing_live_is_shown,
    the_report_names_the_walls,
)


def shown(outcome: Outcome, capsys: pytest.CaptureFixture[str]) -> str:
    """What a terminal shows of it."""
    report = replace(outcome.result.report, student=outcome.attack.field("student", ATTACKER))
    show_outcomes([Marked(Submission(report.student, "tiny", Path("x")), report)], {})
    return capsys.readouterr().out


# The attacks themselves: each wins where nothing stops it, so that a wall is what did.


def unwalled(attack: Attack) -> bool:
    word = attack.field("without walls")
    return word == "works" or (word == "works for root" and os.geteuid() == 0)


@pytest.mark.ci
@pytest.mark.parametrize("attack", list(filter(unwalled, ATTACKS)), ids=str)
def test_without_walls_it_would_win(attack: Attack, arena: Callable[[str], Arena]) -> None:
    outcome = arena("none").mark(attack)
    assert re.search(attack.field("prize", CANARY), outcome.result.everything)


def test_what_is_hurt_or_left_would_be_noticed(arena: Callable[[str], Arena]) -> None:
    named = {str(attack): attack for attack in ATTACKS}
    killed = arena("none").mark(named["reach/signals"])
    assert len(killed.hurt) == 2
    noted = arena("none").mark(named["reach/note_for_the_next"])
    assert "/tmp/mallory-note" in noted.left_behind


def test_a_harmed_grader_would_be_noticed_and_replaced(arena: Callable[[str], Arena]) -> None:
    here, harmless = arena("none"), Attack("forge", "none", "", {}, (Cell("", "1"),))
    harmed = here.marker
    ((name, sheet),) = harmed.sheets.items()
    harmed.sheets = {name: replace(sheet, tasks=sheet.tasks[1:])}
    assert here.mark(harmless).honest.timeless != here.before.timeless
    assert here.marker is not harmed
    assert here.mark(harmless).honest.timeless == here.before.timeless


FOOLING = [attack for attack in ATTACKS if attack.sources("fools")]


@pytest.mark.ci
@pytest.mark.parametrize("attack", FOOLING, ids=str)
def test_a_grader_in_the_same_process_falls_for_it(
    attack: Attack, arena: Callable[[str], Arena]
) -> None:
    assert arena("none").run_cells(attack) == []
    # Without the attack that grader finds the wrong answer wrong.
    tests = tuple(cell for cell in attack.cells if cell.place == "fools")
    assert len(arena("none").run_cells(replace(attack, cells=tests))) == len(tests)


POISONS = [attack for attack in ATTACKS if attack.group == "poison"]


@pytest.mark.ci
@pytest.mark.parametrize("attack", POISONS, ids=str)
def test_what_is_not_cleaned_is_poisonous(attack: Attack, arena: Callable[[str], Arena]) -> None:
    harmless = Attack("poison", "none", "", {}, (Cell("", "1"), Cell("markdown", "*fine*")))
    assert not any(map(poisonous, arena("none").uncleaned(harmless)))
    assert any(map(poisonous, arena("none").uncleaned(attack)))


def poisonous(text: str) -> bool:
    """True where a text harms a page, a terminal or a table that shows it as it is."""
    plain = text.replace("\n", "").replace("\t", "")
    return bool(live(text)) or not plain.isprintable() or text[:1] in ("=", "@") or "[/" in text


def test_the_catalogue_is_sound() -> None:
    folders = {path.name for path in FOLDER.iterdir() if path.is_dir()}
    assert folders - {"__pycache__"} == set(GROUPS)
    for attack in ATTACKS:
        for cell in attack.cells:
            assert CANARY not in cell.source, f"{attack} would find its own words"
            if attack.field("prize"):
                assert not re.search(attack.field("prize"), cell.source), attack
    descriptions = [attack.description for attack in ATTACKS]
    assert len(set(descriptions)) == len(descriptions) >= 60


def test_the_page_lists_every_attack() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert page == updated(page), "run: python tests/attacks/catalogue.py"
