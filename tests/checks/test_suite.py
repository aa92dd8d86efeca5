from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from folders import Folder, session_of

from autograder.checks import run_suite
from autograder.errors import CourseError, SessionTimeoutError
from autograder.sandbox import LocalSession

DOUBLE = """
    @task("a", weight=2)
    def test_it_doubles(student):
        \"\"\"`double` doubles its argument. More about it.\"\"\"
        close(student.double(3.0), 6.0)
"""
FIVE = '@task("a")\ndef test_it_is_five(student): assert student.double(2) == 5'
RIGHT = "def double(x): return 2 * x"
OFF = "def double(x): return x + 1.0"


def collected(folder: Folder) -> list[tuple[str, str, str, float]]:
    return run_suite(
        folder.public,
        folder.hidden,
        lambda suite: [(c.id, c.task, c.visibility, c.weight) for c in suite.checks],
        assignment="tiny",
    )


def refusal(folder: Folder) -> str:
    with pytest.raises(CourseError) as caught:
        collected(folder)
    return str(caught.value)


class TestCollecting:
    def test_a_check_has_id_task_visibility_weight(self, folder: Folder) -> None:
        folder.write(DOUBLE, '@task("b")\ndef test_more(student): ...')
        assert collected(folder) == [
            ("test_it_doubles", "a", "public", 2.0),
            ("test_more", "b", "hidden", 1.0),
        ]

    def test_every_case_of_a_parametrized_check_is_a_check(self, folder: Folder) -> None:
        folder.write("""
            @task("a", weight=3)
            @pytest.mark.parametrize("line", ["dw2", "dw1"])
            def test_line(student, line): ...

            @pytest.mark.parametrize("n", [1, 2])
            @task("a")
            def test_size(student, n): ...
        """)
        assert [(id, weight) for id, _, _, weight in collected(folder)] == [
            ("test_line[dw2]", 3.0),
            ("test_line[dw1]", 3.0),
            ("test_size[1]", 1.0),
            ("test_size[2]", 1.0),
        ]

    def test_the_description_is_the_first_sentence_or_the_name_in_words(
        self, folder: Folder
    ) -> None:
        folder.write(
            DOUBLE
            + """
    @task("a")
    @pytest.mark.parametrize("line", ["dw2"])
    def test_every_line_is_right(line): ...
"""
        )
        descriptions = run_suite(
            folder.public, None, lambda s: [c.description for c in s.checks], assignment="tiny"
        )
        assert descriptions == ["`double` doubles its argument", "Every line is right (dw2)"]

    def test_checks_may_be_methods(self, folder: Folder) -> None:
        folder.write("""
            class TestDouble:
                @task("a")
                def test_it(self, student):
                    assert student.double(2) == 4
        """)
        assert folder.one(RIGHT).id == "TestDouble.test_it"
        assert folder.one(RIGHT).passed

    def test_hidden_checks_can_import_from_this_assignments_public_ones(
        self, folder: Folder
    ) -> None:
        folder.write(
            "NUMBER = 21\n" + textwrap.dedent(DOUBLE),
            """
            from checks import NUMBER, test_it_doubles

            @task("a")
            def test_number(student):
                assert student.double(NUMBER) == 42
            """,
        )
        results = folder.run(RIGHT)
        assert list(results) == ["test_it_doubles", "test_number"]
        assert all(result.passed for result in results.values())

    def test_two_assignments_checks_do_not_meet(self, tmp_path: Path) -> None:
        first, second = (
            Folder(tmp_path / name).write(
                f"NAME = {name!r}",
                f"""
                from checks import NAME

                @task("a")
                def test_name(): assert NAME == {name!r}
                """,
            )
            for name in ("first", "second")
        )

        def nested(_: object) -> bool:
            return second.one("").passed

        assert run_suite(first.public, first.hidden, nested, assignment="first")
        assert first.one("").passed
        assert "checks" not in sys.modules

    def test_a_dataclass_may_be_defined_in_a_checks_file(self, folder: Folder) -> None:
        folder.write("""
            from dataclasses import dataclass, field
            from typing import ClassVar

            @dataclass
            class Case:
                x: "ClassVar[int]" = 1
                y: "list" = field(default_factory=list)

            @task("a")
            def test_it(): assert Case().y == []
        """)
        assert folder.one("").passed


class TestFilesThatAreWrong:
    def test_a_syntax_error_names_file_and_line(self, folder: Folder) -> None:
        folder.write("def test_x(:\n    pass")
        assert refusal(folder).startswith(f"{folder.public}, line 4: ")

    def test_an_exception_while_loading_names_file_and_line(self, folder: Folder) -> None:
        folder.write("x = 1\ny = nope")
        assert refusal(folder) == f"{folder.public}, line 5: NameError: name 'nope' is not defined"

    def test_a_missing_file(self, folder: Folder) -> None:
        folder.public = folder.path / "checks.py"
        assert f"{folder.public}: cannot be read" in refusal(folder)

    @pytest.mark.parametrize(
        ("source", "said"),
        [
            ("def test_x(student): ...", "line 4: the check `test_x` has no task"),
            (
                '@task("a")\ndef bias_correction(student): ...',
                "`bias_correction` has a task, but a check's name begins with test_",
            ),
            (
                '@task("a")\ndef test_x(studnet): ...',
                "line 4: `test_x` asks for 'studnet', which is no fixture",
            ),
            (
                '@task("a")\ndef test_x(student, reference): ...',
                "is public and asks for `reference`",
            ),
            (
                "@pytest.fixture\ndef truth(reference): return reference.double(1)\n"
                '@task("a")\ndef test_x(student, truth): ...',
                "is public and asks for `reference`",
            ),
            (
                '@task("a")\ndef test_x(): ...\n@task("a")\ndef test_x(): ...',
                "line 7: there is a check `test_x` already, in line 5",
            ),
            (
                '@task("a")\ndef test_x(variant): ...',
                'asks for `variant`, but checks.py has no @draw("a")',
            ),
            (
                '@task("a")\n@pytest.mark.parametrize("n", [1])\ndef test_x(student): ...',
                "uses no argument 'n'",
            ),
            (
                '@task("a")\n@pytest.mark.skip\ndef test_x(student): ...',
                "a check cannot be marked skip",
            ),
            (
                '@task("a")\n@pytest.mark.xfail\ndef test_x(student): ...',
                "a check cannot be marked xfail",
            ),
            ('@task("a", weight=0)\ndef test_x(): ...', "weight must be positive"),
            ('@task("a", weight="2")\ndef test_x(): ...', "line 4: @task('a'): weight must be"),
            ("def test_y(): ...\n@task(test_y)\ndef test_x(): ...", "wants the name of a task"),
        ],
    )
    def test_what_is_wrong_in_a_file_is_said(self, folder: Folder, source: str, said: str) -> None:
        assert said in refusal(folder.write(source))

    def test_a_fixture_of_the_file_is_known(self, folder: Folder) -> None:
        folder.write("""
            @pytest.fixture
            def point(rng): return rng.normal(size=3)

            @task("a")
            def test_x(point): assert point.shape == (3,)
        """)
        assert folder.one("").passed

    def test_one_id_in_both_files(self, folder: Folder) -> None:
        source = '@task("a")\ndef test_x(): ...'
        folder.write(source, source)
        assert f"there is a check `test_x` already, in {folder.public}, line 4" in refusal(folder)

    def test_several_mistakes_are_told_at_once(self, folder: Folder) -> None:
        folder.write('@task("a")\ndef test_x(reference): ...\n@task("a")\ndef test_y(nope): ...')
        assert len(refusal(folder).splitlines()) == 2

    def test_a_task_without_checks_lists_the_tasks(self, folder: Folder) -> None:
        folder.write(DOUBLE)
        with pytest.raises(CourseError, match=r"no checks for the task 'b' \(tasks: a\)"):
            folder.run(RIGHT, task="b")


class TestJudging:
    def test_a_right_answer_passes(self, folder: Folder) -> None:
        result = folder.write(DOUBLE).one(RIGHT)
        assert (result.status, result.message, result.misconception) == ("passed", "", None)

    @pytest.mark.parametrize(
        ("visibility", "check", "answer", "message"),
        [
            ("public", DOUBLE, OFF, "your result is wrong\ngot 4, expected 6"),
            ("hidden", DOUBLE, OFF, "your result is wrong"),
            ("public", FIVE, RIGHT, "assert 4 == 5\n+ where 4 = student.double(2)"),
            ("public", f'{FIVE}, "not five"', RIGHT, "not five"),
            ("hidden", FIVE, RIGHT, "It is five"),
            (
                "public",
                DOUBLE,
                "def double(x):\n    raise ValueError('bad x')",
                "`double` raised ValueError: bad x (cell 1 (answer), line 2, in double)",
            ),
            (
                "public",
                DOUBLE,
                "double = 3",
                "`double` is not a function: 'int' object is not callable",
            ),
            (
                "hidden",
                '@task("a")\ndef test_x(): raise RuntimeError("secret")',
                "",
                "this check is broken, tell your instructor: "
                "RuntimeError (hidden_checks.py line 5)",
            ),
        ],
    )
    def test_a_failure_says_what_its_visibility_allows(
        self, folder: Folder, visibility: str, check: str, answer: str, message: str
    ) -> None:
        assert folder.write(**{visibility: check}).one(answer).message == message

    def test_a_missing_function(self, folder: Folder) -> None:
        result = folder.write(DOUBLE).one("", why_missing=lambda name: f"cell 3 stopped ({name})")
        assert result.status == "failed"
        assert result.message == "`double` is not defined: cell 3 stopped (double)"
        assert result.misconception == "missing"

    def test_an_answer_that_still_raises_not_implemented(self, folder: Folder) -> None:
        result = folder.write(DOUBLE).one("def double(x): raise NotImplementedError()")
        assert result.message == "not answered yet: `double` still raises NotImplementedError"
        assert result.misconception == "not-answered"

    def test_a_cell_that_still_raises_not_implemented(self, folder: Folder) -> None:
        reason = "cell 3 (lines) stopped with NotImplementedError"
        result = folder.write(DOUBLE).one("", why_missing=lambda name: reason)
        assert result.message == f"not answered yet: `double` is not defined ({reason})"

    def test_what_is_no_function_in_an_answer_is_told_from_the_answer(self, folder: Folder) -> None:
        inside = folder.write(DOUBLE).one("def double(x): return x(2)")
        assert "`double` raised TypeError: 'float' object is not callable (cell 1" in inside.message

    def test_what_a_function_raises_for_hidden_inputs_does_not_repeat_them(
        self, folder: Folder
    ) -> None:
        source = "class Leak(Exception): pass\ndef double(x):\n    raise {}(x)"
        folder.write(None, DOUBLE)
        known = folder.one(source.format("ValueError"))
        assert known.message == "`double` raised ValueError (cell 1, line 3)"
        assert folder.one(source.format("Leak")).message == (
            "`double` raised an exception (cell 1, line 3)"
        )

    @pytest.mark.parametrize(
        ("check", "says"),
        [
            ("close(student.f(3), 6)", "your result is an object"),
            ("equal(student.f(3), 'six')", "your result is an object"),
            ("a, b = student.f(3)", "what `f` returned (an object)"),
            ("close(student.extra(3), {'a': 6})", "your result has an entry too many"),
            ("student.writes([3]); unchanged(student)", "changes its argument in place"),
            ("LINES.check(student.typo(3), 'dx')", "line `dx` is missing"),
            ("LINES.check(student.line(3), 'dx')", "line `dx` cannot be read"),
            ("student.calls(lambda g: g(3))", "`an argument(…)` raised"),
        ],
    )
    def test_a_hidden_check_repeats_no_word_of_the_session(
        self, folder: Folder, check: str, says: str
    ) -> None:
        """There a student's code knows the inputs, and could spell them in any name."""
        student = """
            def f(x): return type(f"Stolen{x}", (), {})()
            def extra(x): return {"a": 6, f"Stolen{x}": 1}
            exec("def writes(Stolen): Stolen.append(1)")
            def typo(x): return {f"dx{x}": "x"}
            def line(x): return {"dx": f"Stolen{x}"}
            def raises(x): raise ValueError(f"Stolen{x}")
            def calls(f): return f(g=raises)
        """
        source = f"""
            from autograder.checks import Derivation, Line, unchanged
            LINES = Derivation(given={{"x": ()}}, lines=[Line("dx", expected="2*x")])
            @task("a")
            def test_it(student):
                {check}
        """
        message = folder.write(None, source).one(textwrap.dedent(student)).message
        assert says in message
        assert "Stolen" not in message
        assert "dx3" not in message

    def test_a_broken_check_does_not_blame_the_student(self, folder: Folder) -> None:
        folder.write('@task("a")\ndef test_x(student): return {}["key"]')
        result = folder.one(RIGHT)
        assert result.status == "error"
        assert result.misconception == "broken-check"
        assert result.message == (
            "this check is broken, tell your instructor: KeyError: 'key' (checks.py line 5)"
        )

    def test_a_check_that_trips_over_a_returned_value_names_it(self, folder: Folder) -> None:
        folder.write('@task("a")\ndef test_x(student):\n    a, b = student.double(2)')
        message = folder.one("def double(x): pass").message
        assert "could not work with what `double` returned (None)" in message
        assert "checks.py line 6" in message

    def test_a_reference_that_raises_is_the_courses_fault(self, folder: Folder) -> None:
        folder.write(None, '@task("a")\ndef test_x(student, reference): reference.double(2)')
        result = folder.one(RIGHT, reference="def double(x): raise ValueError('no')")
        assert result.status == "error"
        assert "this check is broken" in result.message

    def test_a_broken_fixture_is_the_courses_fault(self, folder: Folder) -> None:
        folder.write("""
            @pytest.fixture
            def point(): raise OSError("no file")

            @task("a")
            def test_x(student, point): ...
        """)
        assert "this check is broken" in folder.one(RIGHT).message

    def test_skipping_is_not_passing(self, folder: Folder) -> None:
        folder.write('@task("a")\ndef test_x(): pytest.skip("later")')
        assert folder.one("").status == "error"

    def test_a_failure_inside_a_function_we_lent_is_told_as_it_is(self, folder: Folder) -> None:
        folder.write("""
            @task("a")
            def test_x(student):
                def f(x):
                    raise CheckFailed("you called f with a list")
                student.double(f)
        """)
        assert folder.one("def double(f): return f([1])").message == "you called f with a list"


class _Slow(LocalSession):
    """A session in which calls run out of time: the state a killed session leaves behind."""

    def call(self, *_: object, **__: object) -> object:  # type: ignore[override]
        self.close()
        raise SessionTimeoutError("1 s is over")


class TestTime:
    CHECKS = (
        DOUBLE
        + """
    @task("a")
    def test_second(student): ...
"""
    )

    def run(self, folder: Folder, session: LocalSession, **options: object) -> list[str]:
        folder.write(self.CHECKS)
        return run_suite(
            folder.public,
            None,
            lambda suite: [
                f"{r.status}: {r.message}"
                for r in suite.run("a", session, **options)  # type: ignore[arg-type]
            ],
            assignment="tiny",
        )

    def test_after_a_timeout_the_rest_of_the_task_is_not_run(self, folder: Folder) -> None:
        first, second = self.run(folder, _Slow({}), check_seconds=1)
        assert first == "timeout: `double` took longer than 1 s: does a loop never end?"
        assert second == "error: not run: an earlier check of this task ran out of time"

    def test_a_call_cut_short_by_the_whole_notebooks_time_says_so(self, folder: Folder) -> None:
        first, _ = self.run(folder, _Slow({}), check_seconds=5, budget=lambda: 0.5)
        assert (
            first == "timeout: the time for the whole notebook ran out while `double` was running"
        )

    def test_without_a_session_nothing_is_run(self, folder: Folder) -> None:
        session = LocalSession({})
        session.close()
        assert self.run(folder, session)[0].startswith("error: not run: the notebook's process")

    def test_without_time_nothing_is_run(self, folder: Folder) -> None:
        messages = self.run(folder, session_of(RIGHT), budget=lambda: 0.0)
        assert messages == ["error: not run: the time for the whole notebook is used up"] * 2


class TestRepeating:
    def test_the_generator_is_the_same_in_every_run_and_another_in_every_check(
        self, folder: Folder
    ) -> None:
        folder.write("""
            @task("a")
            def test_x(student, rng): student.keep(float(rng.normal()))

            @task("a")
            def test_y(student, rng): student.keep(float(rng.normal()))
        """)
        namespace: dict[str, object] = {"kept": []}
        exec("def keep(x): kept.append(x)", namespace)
        session = LocalSession(namespace)
        for _ in range(2):
            run_suite(folder.public, None, lambda s: s.run("a", session), assignment="tiny")
        first, second, third, fourth = namespace["kept"]  # type: ignore[misc]
        assert (first, second) == (third, fourth)
        assert first != second

    def test_what_a_hidden_check_draws_hangs_on_the_secret(self, folder: Folder) -> None:
        draws = """
            @task("a")
            def test_{0}(student, rng): student.keep(float(rng.normal()))
        """
        folder.write(draws.format("x"), draws.format("y"))
        public, hidden = [], []
        for secret in ("", "one", "two", "two"):
            namespace: dict[str, object] = {"kept": []}
            exec("def keep(x): kept.append(x)", namespace)
            session = LocalSession(namespace)
            run_suite(
                folder.public,
                folder.hidden,
                lambda suite, session=session: suite.run("a", session),  # type: ignore[misc]
                assignment="tiny",
                secret=secret,
            )
            x, y = namespace["kept"]  # type: ignore[misc]
            public.append(x)
            hidden.append(y)
        assert len(set(public)) == 1
        assert len(set(hidden)) == 3
        assert hidden[2] == hidden[3]

    def test_one_students_fixtures_are_not_anothers(self, folder: Folder) -> None:
        folder.write("""
            @pytest.fixture(scope="session")
            def seen(): return []

            @task("a")
            def test_x(student, seen):
                seen.append(student.get("name"))
                assert len(seen) == 1
        """)

        def body(suite: object) -> list[str]:
            return [
                suite.run("a", session_of(f"name = {name!r}"))[0].status  # type: ignore[attr-defined]
                for name in ("ada", "bob")
            ]

        assert run_suite(folder.public, None, body, assignment="tiny") == ["passed", "passed"]


class TestTraces:
    def test_nothing_is_printed_or_written_and_no_state_changes(
        self, folder: Folder, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("PYTEST_ADDOPTS", "--no-such-option")
        monkeypatch.chdir(folder.path)
        (folder.path / "pytest.ini").write_text("[pytest]\naddopts = --no-such-option\n")
        (folder.path / "conftest.py").write_text("raise RuntimeError('never imported')\n")
        folder.write(DOUBLE)
        files = sorted(folder.path.rglob("*"))
        environment, modules = dict(os.environ), set(sys.modules)
        result = folder.one("def double(x): return 0.0")
        assert result.status == "failed"
        assert sorted(folder.path.rglob("*")) == files
        assert dict(os.environ) == environment
        assert not {name for name in set(sys.modules) - modules if "checks" in name}
        assert not hasattr(sys, "last_value") or "6" not in str(sys.last_value)
        assert capfd.readouterr() == ("", "")

    def test_the_bodys_exception_passes_through(self, folder: Folder) -> None:
        folder.write(DOUBLE)

        def body(_: object) -> None:
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            run_suite(folder.public, None, body, assignment="tiny")
        assert folder.one(RIGHT).passed

    def test_an_interrupted_check_can_be_run_again(self, folder: Folder) -> None:
        folder.write("""
            calls = []

            @pytest.fixture
            def point(): return 1

            @task("a")
            def test_x(student, point):
                calls.append(1)
                if len(calls) == 1:
                    raise KeyboardInterrupt
        """)

        def body(suite: object) -> str:
            with pytest.raises(KeyboardInterrupt):
                suite.run("a", session_of(RIGHT))  # type: ignore[attr-defined]
            return suite.run("a", session_of(RIGHT))[0].status  # type: ignore[attr-defined, no-any-return]

        assert run_suite(folder.public, None, body, assignment="tiny") == "passed"

    def test_importing_the_package_loads_neither_numpy_nor_torch_nor_pytest(self) -> None:
        code = (
            "import sys, autograder, autograder.checks, autograder.checks.kernel\n"
            "print([m for m in ('numpy', 'torch', 'pytest', 'IPython') if m in sys.modules])"
        )
        root = Path(__file__).parents[2]
        done = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, cwd=root, check=True
        )
        assert done.stdout.strip() == "[]"
