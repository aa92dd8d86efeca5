from __future__ import annotations

import base64
from collections.abc import Callable
from typing import Any

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from autograder.errors import StudentError, WireError
from autograder.sandbox import CellResult, Name, SandboxedSession, Zygote
from autograder.sandbox.wire import cell_outputs

Run = Callable[[str], CellResult]


def kinds(result: CellResult) -> list[str]:
    return [output["output_type"] for output in result.outputs]


def text(result: CellResult, name: str = "stdout") -> str:
    return "".join(output["text"] for output in result.outputs if output.get("name") == name)


def test_the_last_expression_is_shown_and_other_outputs_keep_their_order(run: Run) -> None:
    result = run(
        "import sys\nprint('a')\nprint('b')\ndisplay(3)\nprint('c', file=sys.stderr)\n{'x': 1}"
    )
    assert kinds(result) == ["stream", "display_data", "stream", "execute_result"]
    assert result.outputs[0]["text"] == "a\nb\n"
    assert result.outputs[2] == {"output_type": "stream", "name": "stderr", "text": "c\n"}
    assert result.outputs[3]["data"] == {"text/plain": "{'x': 1}"}
    assert result.outputs[3]["execution_count"] == 1
    assert result.error is None


def test_names_live_from_cell_to_cell_and_underscore_is_the_last_value(run: Run) -> None:
    run("x = 20")
    run("x + 1")
    assert text(run("print(_ * 2)")) == "42\n"


def test_what_a_cell_showed_is_valid_in_a_notebook(run: Run) -> None:
    result = run(
        "import matplotlib.pyplot as plt\nfrom IPython.display import HTML, JSON\n"
        "display(HTML('<b>x</b>'), JSON({'a': [1, None]}))\nplt.plot([1, 2])\nprint(1)\n1/0"
    )
    cell = new_code_cell(outputs=result.outputs)
    nbformat.validate(nbformat.from_dict(new_notebook(cells=[cell])))


def test_figures_are_shown_at_the_end_of_their_cell_as_png(run: Run) -> None:
    result = run("import matplotlib.pyplot as plt\nplt.plot([1, 2]);\nprint('drawn')")
    assert kinds(result) == ["stream", "display_data"]
    png = base64.b64decode(result.outputs[1]["data"]["image/png"])
    assert png.startswith(b"\x89PNG")
    assert kinds(run("1")) == ["execute_result"]


def test_figures_of_a_called_function_do_not_turn_up_in_the_next_cell(
    session: SandboxedSession, run: Run
) -> None:
    run("import matplotlib.pyplot as plt\ndef draw(): plt.plot([1, 2])")
    session.call(Name("draw"), (), {}, seconds=10)
    assert run("1").outputs[0]["output_type"] == "execute_result"


@pytest.mark.usefixtures("processes")
def test_magics_and_shell_commands_work(run: Run) -> None:
    assert text(run("!echo $((6 * 7))")) == "42\n"
    assert text(run("%%bash\necho from bash")) == "from bash\n"
    assert run("files = !echo a; echo b\nfiles").outputs[0]["data"]["text/plain"] == "['a', 'b']"
    assert run("%matplotlib inline").error is None
    assert "Docstring" in text(run("len?"))
    assert text(run("!false\nprint(_exit_code)")) == "1\n"


def test_a_module_written_by_one_cell_is_imported_by_the_next(run: Run) -> None:
    run("%%writefile helper.py\nanswer = 42")
    assert text(run("import helper; print(helper.answer)")) == "42\n"


def test_await_at_top_level_works(run: Run) -> None:
    assert text(run("import asyncio\nprint(await asyncio.sleep(0, 'awake'))")) == "awake\n"


def test_an_exception_is_an_output_and_says_where(session: SandboxedSession) -> None:
    session.run_cell("def f(x):\n    return 1 / x", name="cell 4 (mlp)", seconds=5)
    result = session.run_cell("print('before')\nf(0)", name="cell 5", seconds=5)
    assert kinds(result) == ["stream", "error"]
    assert result.outputs[1]["ename"] == "ZeroDivisionError"
    assert any("return 1 / x" in line for line in result.outputs[1]["traceback"])
    assert result.error is not None
    assert result.error.trace == ("cell 5, line 2", "cell 4 (mlp), line 2, in f")
    with pytest.raises(StudentError) as caught:
        session.call(Name("f"), (0,), {}, seconds=5)
    assert caught.value.trace == ("cell 4 (mlp), line 2, in f",)


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ("1 +", "SyntaxError"),
        ("%nosuchmagic", "UsageError"),
        ("raise SystemExit(3)", "SystemExit"),
        ("import sys; sys.exit()", "SystemExit"),
        ("raise KeyboardInterrupt", "KeyboardInterrupt"),
        ("input('name? ')", "StdinNotImplementedError"),
        ("import getpass; getpass.getpass()", "StdinNotImplementedError"),
        ("def f(): f()\nf()", "RecursionError"),
        ("x = [0] * 10**12", "MemoryError"),
        ("class E(Exception):\n  def __str__(self): raise OSError\nraise E", "OSError"),
    ],
)
def test_whatever_a_cell_raises_ends_the_cell_and_not_the_session(
    run: Run, source: str, kind: str
) -> None:
    result = run(source)
    assert "error" in kinds(result)
    assert result.error is not None
    assert result.error.type == kind
    assert text(run("print('alive')")) == "alive\n"


def test_exit_does_what_it_does_in_a_marked_notebook_nothing(run: Run) -> None:
    assert run("exit()").error is None
    assert run("quit").error is None
    assert text(run("print('alive')")) == "alive\n"


@pytest.mark.parametrize(
    "source",
    [
        "print('x' * 10**7)",
        "for i in range(10**6): print(i)",
        "for i in range(5000): display(i)",
        "!head -c 5000000 /dev/zero | tr '\\0' 'y'",
        "from IPython.display import HTML\ndisplay(HTML('z' * 10**6))",
    ],
)
@pytest.mark.usefixtures("processes")
def test_output_beyond_the_limit_is_dropped_with_a_note(run: Run, source: str) -> None:
    result = run(source)
    assert result.error is None
    assert text(result, "stderr").startswith("output truncated")
    assert sum(len(str(output)) for output in result.outputs) < 700_000


def test_clear_output_and_displays_updated_in_place_work(run: Run) -> None:
    result = run(
        "from IPython.display import clear_output\nprint('old')\nclear_output()\n"
        "handle = display('0 %', display_id=True)\nhandle.update('100 %')"
    )
    assert [output["data"]["text/plain"] for output in result.outputs] == ["'100 %'"]


def test_text_that_utf_8_cannot_carry_arrives_all_the_same(run: Run) -> None:
    assert text(run("print('a' + chr(0xd800))")) == "a?\n"


def test_cells_and_sessions_start_from_the_same_random_numbers(zygote: Zygote) -> None:
    source = (
        "import random, numpy as np, torch\n"
        "(random.random(), np.random.rand(), torch.rand(1).item(), "
        "np.random.default_rng().normal(), hash('text'), list({'a', 'b', 'c'}))"
    )
    seen = set()
    for _ in range(2):
        with zygote.session() as session:
            for _ in range(2):
                result = session.run_cell(source, name="c", seconds=10)
                seen.add(result.outputs[0]["data"]["text/plain"])
    assert len(seen) == 1


def test_check_is_inert_and_variant_answers_what_it_was_given(
    session: SandboxedSession, run: Run
) -> None:
    session.set_variants({"scalar-network": {"w": [0.5, -1.0]}})
    result = run("from autograder import check, variant\ncheck('scalar-network')")
    assert result.outputs[0]["data"]["text/plain"] == "not run while marking"
    assert text(run("print(variant('scalar-network'))")) == "{'w': [0.5, -1.0]}\n"
    assert (error := run("variant('other')").error) is not None
    assert "'other'" in error.message


def test_nothing_of_the_checks_was_ever_imported_here(printed: Callable[[str], str]) -> None:
    source = "import sys; print([m for m in sys.modules if m.startswith('autograder.')])"
    loaded = printed(source)
    assert "autograder.sandbox.session.worker" in loaded
    for room in ("checks", "grading", "proof", "course", "build"):
        assert f"autograder.{room}" not in loaded


@pytest.mark.parametrize(
    "output",
    [
        {"output_type": "stream", "name": "stdin", "text": ""},
        {"output_type": "stream", "name": "stdout", "text": ["a"]},
        {"output_type": "stream", "name": "stdout", "text": "", "more": 1},
        {"output_type": "error", "ename": "E", "evalue": "", "traceback": "no list"},
        {"output_type": "display_data", "data": {"text/plain": b"x"}, "metadata": {}},
        {"output_type": "display_data", "data": {"text/html": {"a": 1}}, "metadata": {}},
        {"output_type": "display_data", "data": {"<script>": "x"}, "metadata": {}},
        {"output_type": "display_data", "data": {}, "metadata": {"x": float("nan")}},
        {"output_type": "display_data", "data": {}, "metadata": {}, "transient": {}},
        {"output_type": "execute_result", "data": {}, "metadata": {}, "execution_count": -1},
        {"output_type": "update_display_data"},
        {"output_type": "stream", "name": "stdout", "text": "x" * 1_000_000},
        "text",
    ],
    ids=lambda output: str(output)[:50],
)
def test_outputs_that_are_not_of_a_notebook_are_refused(output: Any) -> None:
    with pytest.raises(WireError):
        cell_outputs([output], 1000)


def test_a_warning_about_a_cells_syntax_names_the_cells_own_line(run: Run) -> None:
    run("import warnings\nwarnings.simplefilter('always')")
    result = run("1 is 1")
    lines = [line for line in text(result, "stderr").splitlines() if "Warning" in line]
    assert any("ipython-input-2" in line or "/2" in line for line in lines), lines
