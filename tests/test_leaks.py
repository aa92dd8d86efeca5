"""The leak scanner: what is secret, where it is found, and what gives nothing away."""

from __future__ import annotations

import base64
import gzip
import html
import io
import json
import zipfile
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output
from tiny import CHECKS, HIDDEN_CHECKS

from autograder.authoring.leaks import Leak, scan_files, secrets_of
from autograder.course import Course
from autograder.notebook import notebook_bytes

SECRET = "return np.add.reduce(x) / len(x)"
ORIGIN = "solutions/tiny/tiny.py, line 28"


@pytest.fixture
def found(tiny_source: Course) -> Callable[[dict[str, bytes]], list[Leak]]:
    secrets = secrets_of(tiny_source, "tiny")
    return lambda files: scan_files(secrets, files, "assignments/tiny")


@pytest.fixture
def lines(tiny_source: Course) -> Callable[[], set[str]]:
    return lambda: {secret.line for secret in secrets_of(tiny_source, "tiny")}


# Where secrets are found


def test_a_sound_release_has_none(found: Any, tiny_released: NotebookNode) -> None:
    files = {"tiny.ipynb": notebook_bytes(tiny_released), "checks.py": CHECKS.encode()}
    assert found(files) == []


def test_a_leak_names_both_places(found: Any, tiny_released: NotebookNode) -> None:
    tiny_released.cells[2].source += f"\n# Hint: {SECRET}"
    (leak,) = found({"tiny.ipynb": notebook_bytes(tiny_released)})
    assert str(leak) == (
        f"assignments/tiny/tiny.ipynb, cell 3 (double), line 5 holds `{SECRET}`, "
        f"which is secret: it is from {ORIGIN}"
    )


def code(source: str = "1", **more: Any) -> NotebookNode:
    return new_code_cell(source, **more)


def shows(**data: str) -> NotebookNode:
    mime = {kind.replace("_", "/"): text for kind, text in data.items()}
    return code(outputs=[new_output("display_data", data=mime)])


ENCODED = base64.b64encode(SECRET.encode()).decode()
CELLS = {
    "text": new_markdown_cell(f"As in `{SECRET}`."),
    "raw text": NotebookNode(cell_type="raw", id="a", metadata={}, source=SECRET),
    "other white space": code("return  np.add.reduce( x )/len( x )"),
    "printed text": code(outputs=[new_output("stream", text=f"{SECRET}\n")]),
    "a shown value": shows(text_plain=repr(SECRET)),
    "escaped HTML": shows(text_html=f"<pre>{html.escape(SECRET)}</pre>"),
    "coloured HTML": shows(text_html=SECRET.replace("np", "<b>np</b>").replace("x", "<i>x</i>")),
    "JSON": code(outputs=[new_output("display_data", data={"application/json": {"a": [SECRET]}})]),
    "a picture's bytes": shows(image_png=ENCODED),
    "a traceback": code(
        outputs=[
            new_output(
                "error", ename="E", evalue="", traceback=[SECRET.replace("np", "\x1b[31mnp\x1b[0m")]
            )
        ]
    ),
    "metadata": code(metadata={"hint": {"deep": [SECRET, "x"]}}),
    "a metadata key": code(metadata={SECRET: 1}),
    "an attachment": new_markdown_cell("a", attachments={"a.txt": {"text/plain": ENCODED}}),
}


@pytest.mark.parametrize("place", CELLS)
def test_secrets_are_found_everywhere_in_a_notebook(
    found: Any, tiny_released: NotebookNode, place: str
) -> None:
    tiny_released.cells.append(CELLS[place])
    leaks = found({"tiny.ipynb": notebook_bytes(tiny_released)})
    assert {leak.origin for leak in leaks} == {ORIGIN}
    assert all("cell 13" in leak.where for leak in leaks)


def test_secrets_are_found_in_the_notebook_s_own_metadata(
    found: Any, tiny_released: NotebookNode
) -> None:
    tiny_released.metadata.hint = SECRET
    (leak,) = found({"tiny.ipynb": notebook_bytes(tiny_released)})
    assert leak.where == "assignments/tiny/tiny.ipynb, metadata, line 1"


def archive(*members: tuple[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members:
            file.writestr(name, content)
    return packed.getvalue()


def saved(**arrays: Any) -> bytes:
    packed = io.BytesIO()
    np.savez_compressed(packed, **arrays)
    return packed.getvalue()


FILES = {
    "checks.py": f'"""Checks."""\n# {SECRET}\n'.encode(),
    "data/notes.txt": SECRET.encode("utf-16"),
    "data/notes.gz": gzip.compress(SECRET.encode()),
    "data/notes.zip": archive(("a.txt", SECRET.encode())),
    "data/nested.zip": archive(("b.zip", archive(("a.txt", SECRET.encode())))),
    "data/named.zip": archive((SECRET.replace("/", "_"), b""), (SECRET, b"")),
    "data/binary.bin": b"\x00\x01\xff" + SECRET.encode() + b"\x00\x80",
    "data/arrays.npz": saved(text=np.array(SECRET.encode())),
    "data/broken.ipynb": f'{{"cells": "{SECRET}"'.encode(),
}


@pytest.mark.parametrize("name", FILES)
def test_secrets_are_found_in_released_files(found: Any, name: str) -> None:
    leaks = found({name: FILES[name]})
    assert {leak.origin for leak in leaks} == {ORIGIN}
    assert all(leak.where.startswith(f"assignments/tiny/{name}") for leak in leaks)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("data/empty", b""),
        ("data/cut.gz", gzip.compress(SECRET.encode(), mtime=0)[:15]),
        ("data/numbers.npy", np.arange(1000.0).tobytes()),
        ("data/random.bin", np.random.default_rng(0).bytes(100_000)),
    ],
)
def test_odd_files_do_not_stop_the_scan(found: Any, name: str, content: bytes) -> None:
    assert found({name: content}) == []


def test_a_notebook_in_json_but_of_another_shape_is_read_as_text(found: Any) -> None:
    assert found({"data/other.ipynb": json.dumps([SECRET]).encode()}) != []


# What is secret


def test_secrets_come_from_every_place_that_only_instructors_see(tiny_source: Course) -> None:
    origins = {secret.line: secret.origin for secret in secrets_of(tiny_source, "tiny")}
    expected = {
        "return x * 2.0": "solutions/tiny/tiny.py, line 15",
        SECRET: ORIGIN,
        "assert triple(-7) == -21": "solutions/tiny/tiny.py, line 48",
        "A common factor of all terms can be taken out of the sum.": (
            "solutions/tiny/tiny.py, line 55"
        ),
        "x = rng.uniform(1.0, 2.0, size=17)": "solutions/tiny/hidden_checks.py, line 18",
        "total += value": "solutions/tiny/accept/loops.py, line 11",
        "return x * x": "solutions/tiny/mistakes.toml (double.square)",
    }
    assert expected.items() <= origins.items()


def test_what_gives_nothing_away_is_not_secret(lines: Any) -> None:
    assert not {
        line
        for line in lines()
        if line.startswith(("import", "from ", "@", "def ", "# %%", "### ")) or not line
    }
    assert "return twice" not in lines()
    assert "for value in x:" not in lines()


def test_what_answer_cells_show_anyway_is_not_secret(lines: Any, tiny_source: Course) -> None:
    accept = tiny_source.solution_dir("tiny") / "accept" / "starter.py"
    accept.write_text(
        '"""The starter."""\n# %% double\ndef double(x):\n    """Return `x` doubled."""\n'
        "    # YOUR CODE HERE\n    raise NotImplementedError()\n"
    )
    assert lines() >= {"return x * 2.0"}
    assert '"""Return `x` doubled."""' not in lines()
    assert "# YOUR CODE HERE" not in lines()


def test_a_line_can_be_made_public(lines: Any, tiny_source: Course) -> None:
    hidden = tiny_source.solution_dir("tiny") / "hidden_checks.py"
    line = "x = rng.uniform(1.0, 2.0, size=17)"
    assert line in lines()
    hidden.write_text(HIDDEN_CHECKS.replace(line, f"{line}  # public"))
    assert line not in lines()


def test_a_call_of_the_students_function_with_names_alone_is_not_secret(
    lines: Any, tiny_source: Course
) -> None:
    hidden = tiny_source.solution_dir("tiny") / "hidden_checks.py"
    calls = ["got = student.double(x)", "a, b = unpack(student.double(x, y=y), 2)"]
    telling = ["got = student.double(17.25)", "got = student.double(x[::-1])"]
    hidden.write_text("\n".join([*calls, *telling]))
    assert not set(calls) & lines()
    assert set(telling) <= lines()


def test_imports_and_headers_over_several_lines_are_not_secret(
    lines: Any, tiny_source: Course
) -> None:
    hidden = tiny_source.solution_dir("tiny") / "hidden_checks.py"
    hidden.write_text(
        "from checks import (\n    entry as entry_of,\n    sigmoid,\n)\n\n\n"
        "def helper(\n    values: list[float],\n    scale: float = 2.0,\n) -> float:\n"
        "    return scale * sum(values)\n"
    )
    assert not {"entry as entry_of,", "values: list[float],", "scale: float = 2.0,"} & lines()
    assert "return scale * sum(values)" in lines()


def test_a_comment_behind_a_line_does_not_hide_it(tiny_source: Course) -> None:
    master = tiny_source.solution_dir("tiny") / "tiny.py"
    master.write_text(
        master.read_text().replace("return x * 2.0", "return x * 2.0 + 0 * x  # twice")
    )
    secrets = secrets_of(tiny_source, "tiny")
    leaks = scan_files(secrets, {"checks.py": b"return x * 2.0 + 0 * x\n"}, "assignments/tiny")
    assert [leak.line for leak in leaks] == ["return x * 2.0 + 0 * x"]


def test_a_short_line_is_a_leak_only_as_a_whole_line(found: Any) -> None:
    assert found({"checks.py": b"y = return_x*x\n"}) == []
    assert found({"checks.py": b"    return x*x\n"}) != []
    assert found({"checks.py": b"text = 'return x * x in words'\n"}) == []


def test_the_lines_that_a_mistake_changes_are_secret_and_its_sentence_is_not(
    lines: Any, tiny_source: Course
) -> None:
    file = tiny_source.solution_dir("tiny") / "mistakes.toml"
    assert "Squared in place of doubled." not in lines()
    edit = '[double.third]\ntells = "A third."\nold = " * 2.0"\nnew = " / 3.0"\n'
    file.write_text(file.read_text() + edit)
    assert "return x / 3.0" in lines()
    assert "/ 3.0" not in lines()


def test_a_right_solution_that_is_no_python_is_read_line_by_line(
    lines: Any, tiny_source: Course
) -> None:
    broken = tiny_source.solution_dir("tiny") / "accept" / "magic.py"
    broken.write_text('"""Timed."""\n# %% double\n%timeit double(3) + 12345\n')
    assert "%timeit double(3) + 12345" in lines()
