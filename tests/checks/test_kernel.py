from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
import pytest
from folders import Folder
from IPython.core.interactiveshell import InteractiveShell
from nbformat import v4, write

from autograder import demo
from autograder.checks.kernel import CheckOutcome, check, identity, student, variant
from autograder.errors import CourseError

CHECKS = """
    SALT = "tiny"

    @draw("double")
    def numbers(rng): return {"x": float(rng.integers(1, 1000))}

    @task("double", weight=3)
    def test_double(student):
        \"\"\"`double` doubles.\"\"\"
        close(student.double(3.5), 7.0, name="double(3.5)")

    @task("double")
    def test_own_number(student, variant):
        close(student.double(variant["x"]), 2 * variant["x"])
"""

ADA = 944.0  # the number of `ada`


@pytest.fixture
def assignment(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> Folder:
    folder.write(CHECKS)
    monkeypatch.chdir(folder.path)
    monkeypatch.setenv("AUTOGRADER_STUDENT", "ada")
    monkeypatch.delenv("JPY_SESSION_NAME", raising=False)
    return folder


@pytest.fixture
def shell(assignment: Folder, monkeypatch: pytest.MonkeyPatch) -> Iterator[InteractiveShell]:
    monkeypatch.setitem(sys.modules, "__main__", sys.modules["__main__"])  # a shell takes its place
    shell = InteractiveShell.instance(history_load_length=0)
    shell.history_manager.enabled = False
    shell.run_cell("from autograder import check, variant")
    yield shell
    shell.reset()
    InteractiveShell.clear_instance()


def write_notebook(path: Path, points: float = 4) -> None:
    test = v4.new_code_cell('check("double")')
    test.metadata["nbgrader"] = {
        "grade": True, "solution": False, "locked": True, "task": False,
        "points": points, "grade_id": "check-double", "schema_version": 3,
    }  # fmt: skip
    write(v4.new_notebook(cells=[v4.new_code_cell("x = 1"), test]), path)


def run(shell: InteractiveShell, source: str) -> CheckOutcome:
    done = shell.run_cell(source)
    done.raise_error()
    assert isinstance(done.result, CheckOutcome)
    return done.result


class TestCheck:
    def test_it_judges_what_the_notebook_has_defined(self, shell: InteractiveShell) -> None:
        shell.run_cell("def double(x): return 2 * x")
        outcome = run(shell, 'check("double")')
        assert outcome.passed
        assert repr(outcome) == "1"
        shell.run_cell("def double(x): return 2 * x if x == 3.5 else 0.0")
        assert repr(run(shell, 'check("double")')) == "0.75"

    def test_its_text_is_the_score_where_the_notebook_tells_the_points(
        self, shell: InteractiveShell, assignment: Folder
    ) -> None:
        write_notebook(assignment.path / "tiny.ipynb", points=2)
        shell.run_cell("def double(x): return 2 * x if x == 3.5 else 0.0")
        outcome = run(shell, 'check("double")')
        data, _ = shell.display_formatter.format(outcome)  # type: ignore[misc]
        assert data["text/plain"] == "1.5"
        assert "1.5 of 2 points" in data["text/html"]
        assert "Marking runs more of them" in data["text/html"]

    def test_a_broken_notebook_beside_it_does_no_harm(
        self, shell: InteractiveShell, assignment: Folder
    ) -> None:
        (assignment.path / "a.ipynb").write_text("{")
        write_notebook(assignment.path / "b.ipynb", points=2)
        shell.run_cell("def double(x): return 2 * x")
        assert repr(run(shell, 'check("double")')) == "2"

    def test_an_answer_that_is_missing_or_raises_is_told(self, shell: InteractiveShell) -> None:
        assert "`double` is not defined: has the cell" in str(run(shell, 'check("double")'))
        shell.run_cell("def double(x):\n    raise ValueError('bad')")
        assert "`double` raised ValueError: bad" in str(run(shell, 'check("double")'))

    def test_printed_it_is_a_list(self, shell: InteractiveShell) -> None:
        shell.run_cell("def double(x): return x")
        assert str(run(shell, 'check("double")')).splitlines()[:3] == [
            "✗ `double` doubles",
            "    double(3.5) is wrong",
            "    got 3.5, expected 7",
        ]

    def test_the_edited_checks_count_at_the_next_call(
        self, shell: InteractiveShell, assignment: Folder
    ) -> None:
        shell.run_cell("def double(x): return 2 * x")
        assert run(shell, 'check("double")').passed
        assignment.write(CHECKS.replace("7.0", "8.0"))
        assert not run(shell, 'check("double")').passed

    def test_an_unknown_task_lists_the_tasks_without_a_traceback(
        self, shell: InteractiveShell, capsys: pytest.CaptureFixture[str]
    ) -> None:
        done = shell.run_cell('check("dubble")')
        assert isinstance(done.error_in_exec, CourseError)
        text = "".join(capsys.readouterr())
        assert "no checks for the task 'dubble' (tasks: double)" in text
        assert "Traceback" not in text

    def test_it_leaves_no_state(self, shell: InteractiveShell, assignment: Folder) -> None:
        shell.run_cell("import numpy as np\ndef double(x): return np.random.normal()")
        run(shell, 'check("double")')
        names, state = set(shell.user_ns), np.random.get_state()
        modules, environment = set(sys.modules), dict(os.environ)
        files = sorted(assignment.path.rglob("*"))
        run(shell, 'check("double")')
        assert {name for name in set(shell.user_ns) - names if not name.startswith("_")} == set()
        assert np.array_equal(np.random.get_state()[1], state[1])
        assert set(sys.modules) == modules
        assert dict(os.environ) == environment
        assert sorted(assignment.path.rglob("*")) == files
        assert not hasattr(sys, "last_value") or not isinstance(sys.last_value, AssertionError)

    def test_an_interrupt_goes_through_and_says_where(
        self, shell: InteractiveShell, capsys: pytest.CaptureFixture[str]
    ) -> None:
        shell.run_cell("def double(x):\n    raise KeyboardInterrupt")
        done = shell.run_cell('check("double")')
        assert isinstance(done.error_in_exec, KeyboardInterrupt)
        text = "".join(capsys.readouterr())
        assert "stopped at line 2 of `double`'s cell: does a loop never end?" in text
        assert "Traceback" not in text
        shell.run_cell("def double(x): return 2 * x")
        assert run(shell, 'check("double")').passed


class TestWhereTheChecksLie:
    def test_beside_the_notebook_where_jupyter_names_it(
        self, shell: InteractiveShell, assignment: Folder, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (assignment.path / "elsewhere").mkdir()
        monkeypatch.chdir(assignment.path / "elsewhere")
        monkeypatch.setenv("JPY_SESSION_NAME", str(assignment.path / "tiny.ipynb"))
        shell.run_cell("def double(x): return 2 * x")
        assert run(shell, 'check("double")').passed

    def test_nowhere(self, assignment: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
        (assignment.path / "elsewhere").mkdir()
        monkeypatch.chdir(assignment.path / "elsewhere")
        with pytest.raises(
            CourseError, match=r"checks.py is not in .*elsewhere: keep the notebook"
        ):
            check("double")

    def test_a_script_is_checked_by_its_own_names(
        self, assignment: Folder, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(sys.modules["__main__"], "double", lambda x: 2 * x, raising=False)
        assert check("double").passed  # type: ignore[attr-defined]


class TestVariant:
    def test_the_notebook_and_the_check_see_the_same_numbers(self, shell: InteractiveShell) -> None:
        shell.run_cell("x = variant('double')['x']\ndef double(y): return 2 * y if y == x else 7.0")
        assert run(shell, 'check("double")').passed

    def test_another_student_has_other_numbers(
        self, assignment: Folder, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        ada = variant("double")
        assert variant("double") == ada
        monkeypatch.setenv("AUTOGRADER_STUDENT", "bob")
        assert variant("double") != ada


class TestStudent:
    @pytest.fixture
    def colab(self, shell: InteractiveShell, monkeypatch: pytest.MonkeyPatch) -> InteractiveShell:
        """A new kernel on a machine where everybody has one name."""
        for name in ("AUTOGRADER_STUDENT", "JUPYTERHUB_USER"):
            monkeypatch.delenv(name, raising=False)
        monkeypatch.setenv("LOGNAME", "root")
        monkeypatch.setattr(identity, "_said", None)
        shell.run_cell("from autograder import student\ndef double(x): return 2 * x")
        return shell

    def test_numbers_are_those_of_the_name_that_was_said(
        self, colab: InteractiveShell, capsys: pytest.CaptureFixture[str]
    ) -> None:
        colab.run_cell('student(" ada ")\nmine = variant("double")["x"]').raise_error()
        said = "Numbers of your own will be those of `ada`.\nThese are the numbers of `ada`.\n"
        assert capsys.readouterr().out == said
        assert colab.user_ns["mine"] == ADA
        colab.run_cell("def double(y): return 2 * y if y in (3.5, mine) else 0.0")
        assert run(colab, 'check("double")').passed

    @pytest.mark.parametrize("cell", ['variant("double")', 'check("double")'])
    def test_where_a_shared_name_is_all_there_is_numbers_are_refused(
        self, colab: InteractiveShell, capsys: pytest.CaptureFixture[str], cell: str
    ) -> None:
        colab.run_cell('student("")').raise_error()
        assert "whose numbers? Here you are called `root`, as many are." in capsys.readouterr().out
        done = colab.run_cell(cell)
        assert isinstance(done.error_in_exec, CourseError)
        assert 'as in student("ada"); run it, and then this again' in str(done.error_in_exec)

    def test_a_task_without_numbers_of_one_s_own_asks_for_no_name(
        self, colab: InteractiveShell, assignment: Folder
    ) -> None:
        assignment.write(CHECKS + '\n    @task("plain")\n    def test_plain(student): pass\n')
        colab.run_cell('student("")').raise_error()
        assert run(colab, 'check("plain")').passed

    def test_a_notebook_that_does_not_ask_has_the_numbers_of_the_login(
        self, colab: InteractiveShell, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert run(colab, 'check("double")').passed
        colab.run_cell('mine = variant("double")["x"]').raise_error()
        text = capsys.readouterr().out
        assert "These are the numbers of `root`.\nMany are called `root`." in text
        assert colab.user_ns["mine"] != ADA

    @pytest.mark.parametrize("variable", ["AUTOGRADER_STUDENT", "JUPYTERHUB_USER"])
    def test_a_course_s_server_knows_better(
        self,
        colab: InteractiveShell,
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
        variable: str,
    ) -> None:
        monkeypatch.setenv(variable, "ada")
        colab.run_cell('student("")').raise_error()
        assert capsys.readouterr().out == "Numbers of your own will be those of `ada`.\n"
        colab.run_cell('student("s1234")\nmine = variant("double")["x"]').raise_error()
        assert "knows you by that name; `s1234` is not needed" in capsys.readouterr().out
        assert colab.user_ns["mine"] == ADA

    def test_on_binder_the_server_s_name_is_nobody_s(
        self, colab: InteractiveShell, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("JUPYTERHUB_USER", "course-x7d3k2")
        monkeypatch.setenv("BINDER_LAUNCH_HOST", "https://mybinder.org/")
        colab.run_cell('student("ada")\nmine = variant("double")["x"]').raise_error()
        assert colab.user_ns["mine"] == ADA

    def test_a_login_of_one_s_own_does_and_the_cell_says_so(
        self,
        colab: InteractiveShell,
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        monkeypatch.setenv("LOGNAME", "ada")
        colab.run_cell('student("")\nmine = variant("double")["x"]').raise_error()
        assert "That is your name on this machine." in capsys.readouterr().out
        assert colab.user_ns["mine"] == ADA

    @pytest.mark.parametrize("name", ["a\nb", "it's", "`ada`", "x" * 200, None, 17])
    def test_what_cannot_be_a_name_is_refused(self, name: object) -> None:
        with pytest.raises(CourseError, match=r"student\("):
            student(name)  # type: ignore[arg-type]


def test_a_demonstration_without_an_answer_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    @demo
    def plot() -> None:
        plt.figure()
        raise NotImplementedError

    assert "An answer that this cell needs is still missing" in capsys.readouterr().out
    assert plt.get_fignums() == []
    with pytest.raises(ZeroDivisionError):
        demo(lambda: 1 / 0)
    demo(lambda: print("shown"))
    assert capsys.readouterr().out == "shown\n"
