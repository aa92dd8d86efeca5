"""What students write, print and call their files runs nothing in the pages made of it.

Hostile submissions are marked by the real pipeline. The feedback pages, nbgrader's own ones
and every page of the formgrader are opened in a browser, and what they hold is hovered over,
clicked and focused.
"""

from __future__ import annotations

import json
import shutil
from base64 import b64encode
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path

import nbformat
import pytest
from browsing import Watch, chromium, has_mathjax, needs_chromium
from commands import run
from hostile import EVERYTHING, HTML, LATEX, MARKDOWN, SCRIPTS, SVG, WORDS, Payload
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_raw_cell
from nbgrader.api import Gradebook
from servers import jupyter_lab
from submissions import RIGHT, answered, hand_in, released, with_cell

from autograder.course import Course
from autograder.grading.classroom import find_submissions, grade_class
from autograder.grading.feedback import write_feedback

pytestmark = [*needs_chromium, pytest.mark.ci]

# What a student wrote or printed, in the pages of nbgrader.
THEIRS = ".text_cell_render, .output_wrapper, .input_area"

# What one page can be shown at once, for the watch to see that it was.
UNCLEAN = {
    "script", "script that alerts", "script that logs", "script that changes a score",
    "img onerror", "iframe", "svg onload", "details ontoggle", "style attribute",
    "onmouseover", "oncopy", "link to a hole of the formgrader", "link to the top",
}  # fmt: skip

MIME_TYPES = {
    "text/html": HTML,
    "text/markdown": [*MARKDOWN, *HTML],
    "text/latex": [*LATEX, *HTML],
    "text/plain": [*HTML, *WORDS],
    "text/vnd.mermaid": WORDS,
    "image/svg+xml": SVG,
    "application/javascript": SCRIPTS,
    "text/javascript": SCRIPTS,
    "application/xhtml+xml": HTML[:5],
    "application/pdf": SCRIPTS,
    "application/x-unheard-of": HTML[:5],
}

ODD_NAMES = ["o'brien (2), jr.", "Zoë Müller-Lüdenscheidt", "a+b=c@d.e~f!", "x" * 128]
REFUSED = [
    "<img src=x onerror=pwned(8001)>",
    '"><img src=x onerror=pwned(8002)>',
    "&lt;img src=x onerror=pwned(8003)&gt;",
    "%3Cimg src=x onerror=pwned(8004)%3E",
    "';pwned(8005);'\\",
    "javascript:pwned(8006)",
    "$\\href{javascript:pwned(8007)}{x}$",
    "line\nbreak",
    "right\u202eleft",
    "y" * 129,
]  # fmt: skip


def shows() -> str:
    """A cell that shows every payload as every type of output, and prints it."""
    bundles = [{kind: p.text} for kind, payloads in MIME_TYPES.items() for p in payloads]
    for p in (*SVG, *HTML[:10]):
        fake = b64encode(p.text.encode()).decode()
        start = b64encode(b"\x89PNG\r\n\x1a\n" + p.text.encode()).decode()
        bundles += [{"image/png": fake}, {"image/jpeg": fake}, {"image/png": start}]
        bundles.append({"image/png": f'iVBORw0KGgo="{p.text}'})
        bundles.append({"text/html": p.text, "text/plain": p.text, "image/png": start})
    for kind in ("widget-view", "widget-state"):
        state = {"model_id": HTML[0].text, "version_major": 2}
        bundles.append({f"application/vnd.jupyter.{kind}+json": state})
    bundles.append({"application/vnd.vegalite.v5+json": {"$schema": HTML[0].text}})
    texts = [p.text for p in (*HTML, *LATEX, *WORDS)]
    return (
        "import sys\nfrom IPython.display import display\n"
        f"isolated = {{'text/html': {{'isolated': True}}, 'image/png': {{'alt': {texts[0]!r}}}}}\n"
        f"for bundle in {bundles!r}:\n    display(bundle, raw=True, metadata=isolated)\n"
        f"for text in {texts!r}:\n    print(text)\n    print(text, file=sys.stderr)\n"
    )


def raises(word: Payload) -> str:
    return f"raise type({word.text!r}, (Exception,), {{}})({word.text!r})"


def decorated(cell: NotebookNode, payload: Payload) -> NotebookNode:
    """The cell with the payload wherever else a cell holds words."""
    cell.metadata = nbformat.from_dict(
        {
            "tags": [f'"><{payload.text}', payload.text],
            "name": payload.text,
            "collapsed": payload.text,
            "raw_mimetype": "text/html",
            "magics_language": payload.text,
            "nbgrader": {"grade_id": payload.text, "solution": True, "grade": True, "points": 1},
        }
    )
    return cell


def printing(course: Course) -> NotebookNode:
    return with_cell(answered(course, **RIGHT), shows(), before="check-double")


def writing(course: Course) -> NotebookNode:
    """Every payload as a written answer and as a cell of its own."""
    everything = "\n\n".join(p.text for p in (*MARKDOWN, *LATEX, *HTML))
    notebook = answered(course, **RIGHT, why=everything)
    attachments = {
        "evil.png": {"image/svg+xml": b64encode(SVG[0].text.encode()).decode()},
        '"onerror="pwned(1)': {"text/html": b64encode(HTML[0].text.encode()).decode()},
    }
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            cell.attachments = attachments
    for payload in (*MARKDOWN, *HTML, *WORDS):
        cell = decorated(new_markdown_cell(payload.text), payload)
        cell.attachments = attachments
        notebook.cells += [cell, decorated(new_raw_cell(payload.text), payload)]
    for payload in WORDS:
        notebook.cells.append(decorated(new_code_cell(f"%%html\n{payload.text}"), payload))
    notebook.metadata.title = HTML[0].text
    notebook.metadata.widgets = {"application/vnd.jupyter.widget-state+json": HTML[0].text}
    notebook.metadata.language_info = {"name": HTML[0].text, "pygments_lexer": HTML[0].text}
    return notebook


def raising(course: Course) -> NotebookNode:
    """Words of the student's in problems, in error outputs and in what checks say."""
    double, mean = (
        f"def {name}(x):\n    {raises(word)}" for name, word in zip(RIGHT, WORDS, strict=False)
    )
    notebook = answered(course, double=double, mean=mean)
    for word in WORDS:
        notebook = with_cell(notebook, raises(word), before="check-double")
    return notebook


def returning(course: Course) -> NotebookNode:
    """Words of the student's as types, as keys and as names of parameters."""
    first, second = WORDS[1].text, WORDS[2].text
    double = f"def double(x):\n    return type({first!r}, (), {{}})()"
    mean = f"def mean(x):\n    return {{{second!r}: {first!r}}}"
    return answered(course, double=double, mean=mean, why=WORDS[3].text)


def formulas(course: Course) -> NotebookNode:
    """Every formula in a written answer, in a cell of its own, printed and in a message."""
    ways = cycle(("$${}$$", "\\\\({}\\\\)", "\\begin{align}{}\\end{align}", "$x$ {} `${}$`"))
    each = [f"${p.text}$ and {next(ways).replace('{}', p.text)}" for p in LATEX]
    double = f"def double(x):\n    raise ValueError({WORDS[4].text!r})"
    notebook = answered(course, double=double, why="\n\n".join(each))
    notebook.cells += [new_markdown_cell(text) for text in each]
    texts = [f"${p.text}$ \\({p.text}\\)" for p in LATEX]
    show = f"from IPython.display import HTML, display\nfor t in {texts!r}:\n    display(HTML(t))"
    return with_cell(notebook, show, before="check-double")


def foreign(course: Course) -> NotebookNode:
    """Another course's notebook, as it came."""
    cells = [new_markdown_cell(p.text) for p in HTML]
    return new_notebook(cells=[new_markdown_cell(f"# {WORDS[0].text}"), *cells])


HOSTILE: dict[str, Callable[[Course], NotebookNode]] = {
    "printing": printing,
    "writing": writing,
    "raising": raising,
    "returning": returning,
    "formulas": formulas,
    "foreign": foreign,
}
STUDENTS = [*HOSTILE, *ODD_NAMES, "naming"]


@dataclass(frozen=True)
class Class:
    """A marked class: its course, our pages, nbgrader's, and the formgrader's submissions."""

    course: Course
    ours: Path
    theirs: Path
    ids: dict[str, str]


@pytest.fixture(scope="module")
def marked(
    make_tiny_course: Callable[[], Course], tmp_path_factory: pytest.TempPathFactory
) -> Class:
    course = make_tiny_course()
    for student, make in HOSTILE.items():
        hand_in(course, student, json.dumps(make(course)))
    for student in (*ODD_NAMES, *REFUSED):
        hand_in(course, student, answered(course, **RIGHT))
    folder = hand_in(course, "naming", released(course)).parent
    (folder / "tiny.ipynb").rename(folder / "<img src=x onerror=pwned(8100)>`'\"&\n.ipynb")
    (folder / "evil.html").write_text("<script>pwned(8102)</script>")
    hand_in(course, "unclean", released(course))
    outcomes = grade_class(course, find_submissions(course), processes=2)
    lost = [outcome.submission.student for outcome in outcomes if outcome.report is None]
    assert sorted(lost) == sorted(REFUSED)
    pages = tmp_path_factory.mktemp("pages")
    list(write_feedback(course, "tiny"))
    shutil.copytree(course.feedback_dir, pages / "ours")
    nbgrader(course, "autograde", "tiny", "--student=foreign", "--force")
    nbgrader(course, "generate_feedback", "tiny", "--force")
    shutil.copytree(course.feedback_dir, pages / "theirs")
    cells = [new_markdown_cell(p.text) for p in HTML if p.name in UNCLEAN]
    nbformat.write(
        new_notebook(cells=cells), course.autograded_dir / "unclean" / "tiny" / "tiny.ipynb"
    )
    with Gradebook(course.gradebook_url, course.id) as gradebook:
        ids = {s.student.id: s.id for s in gradebook.notebook_submissions("tiny", "tiny")}
    return Class(course, pages / "ours", pages / "theirs", ids)


def nbgrader(course: Course, *arguments: str) -> None:
    result = run(course.root, "nbgrader", *arguments)
    assert result.returncode == 0, result.stderr


@pytest.fixture(scope="module")
def watch(marked: Class) -> Iterator[tuple[Watch, str]]:
    """A watched browser, and the address of the formgrader."""
    with jupyter_lab(marked.course.root) as address, chromium() as browser:
        yield Watch(browser, mine=address), f"{address}/formgrader"


# The watch sees what it should: every payload on a bare page, and nbgrader's pages unprotected.


def test_a_bare_page_falls_for_the_payloads(watch: tuple[Watch, str]) -> None:
    browser, formgrader = watch
    live = [payload for payload in HTML if payload.live]
    browser.open(f"{formgrader}/static/css/nbgrader.css")
    browser.show([payload.text for payload in live])
    assert [payload.name for payload in live if not browser.sees(str(payload.number))] == []


def test_the_formgrader_falls_for_what_was_not_cleaned(
    watch: tuple[Watch, str], marked: Class
) -> None:
    browser, formgrader = watch
    browser.open(f"{formgrader}/submissions/{marked.ids['unclean']}/")
    found = "\n".join(browser.provoke(THEIRS))
    for payload in HTML:
        if payload.name in UNCLEAN:
            assert str(payload.number) in found


# No page falls for what was marked.


@pytest.mark.parametrize("student", STUDENTS)
@pytest.mark.parametrize("whose", ["ours", "nbgrader's", "the formgrader's"])
def test_a_page_runs_nothing(
    whose: str, student: str, watch: tuple[Watch, str], marked: Class
) -> None:
    browser, formgrader = watch
    file = Path(student, "tiny", "tiny.html")
    address, part = {
        "ours": ((marked.ours / file).as_uri(), "body"),
        "nbgrader's": ((marked.theirs / file).as_uri(), THEIRS),
        "the formgrader's": (f"{formgrader}/submissions/{marked.ids[student]}/", THEIRS),
    }[whose]
    browser.open(address)
    assert browser.provoke(part) == []


def test_formulas_are_set_and_lead_nowhere(watch: tuple[Watch, str], marked: Class) -> None:
    if not has_mathjax():
        pytest.skip("jupyter-server-mathjax is not installed: formulas were not set")
    browser, formgrader = watch
    browser.open(f"{formgrader}/submissions/{marked.ids['formulas']}/")
    assert browser.page.locator(".text_cell_render .MathJax").count() > len(LATEX)
    assert browser.page.locator(".MathJax [href]:not([href^='#'])").count() == 0


LISTS = [
    "manage_assignments",
    "manage_submissions/tiny",
    "manage_students",
    "gradebook",
    "gradebook/tiny",
    "gradebook/tiny/tiny",
]


@pytest.mark.parametrize("place", LISTS)
def test_the_formgrader_s_lists_run_nothing(place: str, watch: tuple[Watch, str]) -> None:
    browser, formgrader = watch
    browser.open(f"{formgrader}/{place}")
    browser.page.wait_for_function("() => typeof models !== 'undefined' && models.loaded")
    if place.startswith("manage_s"):  # the names that were refused stand there, too
        assert REFUSED[0] in browser.page.locator("#main-table").inner_text()
    for button in browser.page.locator("#toggle_names").all():
        button.click()
    browser.page.locator("input[type=search]").fill("x & y")
    assert browser.provoke("#nothing") == []


@pytest.mark.parametrize("student", ODD_NAMES)
def test_a_student_s_own_pages_run_nothing(student: str, watch: tuple[Watch, str]) -> None:
    browser, formgrader = watch
    for place in (f"manage_students/{student}", f"manage_students/{student}/tiny"):
        browser.open(f"{formgrader}/{place}")
        assert browser.page.locator(".breadcrumb").inner_text().count(student) == 1
        assert browser.provoke("#nothing") == []


def test_all_of_it_was_tried(marked: Class) -> None:
    assert len({payload.number for payload in EVERYTHING}) == len(EVERYTHING)
    assert set(marked.ids) == {*STUDENTS, "unclean"}
