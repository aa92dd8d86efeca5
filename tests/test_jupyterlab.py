"""A student's first minutes: open the notebook in JupyterLab, answer, and read what check says.

The pictures land in the folder that AUTOGRADER_SCREENSHOTS names, to be looked at.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from browsing import chromium, needs_chromium
from servers import jupyter_lab

pytestmark = [*needs_chromium, pytest.mark.ci]

ROOT = Path(__file__).resolve().parent.parent
RIGHT = """\
logistic_derivative_lines = dict.fromkeys(["de_dz", "ds_dd", "ds_dz_chain", "ds_dz", "dt_dz"], "")
logistic_derivative_lines["de_dz"] = "-exp(-z)"
logistic_derivative_lines["ds_dd"] = "-s*s"
logistic_derivative_lines["ds_dz_chain"] = "de_dz*ds_dd"
logistic_derivative_lines["ds_dz"] = "s - s**2"
logistic_derivative_lines["dt_dz"] = "(1 - t)*(1 + t)"
"""
RIGHT_FUNCTION = """\
def logistic_prime(z):
    return logistic(z) * (1 - logistic(z))
"""
WRONG_LINES = """\
skip_connection_lines = {
    "dh2_da2": "h2*(1 - h2)",
    "dh2_dh1": "dh2_da2*w1 + 1",
    "dl_dw2": "2*(f - y)*h2",
    "dl_dw1": "2*(f - y)*w2*dh2_da2*h1",
    "dl_dw0": "2*(f - y)*w2*dh2_dh1*h1*(1 - h1)*x",
}
"""
WRONG = """\
def skip_gradients(x, y, w0, w1, w2):
    h1 = logistic(w0 * x)
    h2 = logistic(w1 * h1) + h1
    back = 2 * (w2 * h2 - y) / len(x)
    slope = h2 * (1 - h2)
    return {
        "w0": float(np.sum(back * w2 * (slope * w1 + 1) * h1 * (1 - h1) * x)),
        "w1": float(np.sum(back * w2 * slope * h1)),
        "w2": float(np.sum(back * h2)),
    }
"""


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """JupyterLab on a copy of the released assignment; yields its address."""
    folder = tmp_path_factory.mktemp("student")
    shutil.copytree(ROOT / "assignments" / "backprop", folder, dirs_exist_ok=True)
    settings = folder / ".settings"
    for name, values in {
        # All cells in the page at once: a screenshot must not depend on what was scrolled to.
        "notebook-extension/tracker": {"windowingMode": "none"},
        "apputils-extension/notification": {"checkForUpdates": False, "fetchNews": "false"},
    }.items():
        file = settings / "@jupyterlab" / f"{name}.jupyterlab-settings"
        file.parent.mkdir(parents=True)
        file.write_text(json.dumps(values))
    with jupyter_lab(
        folder, JUPYTERLAB_SETTINGS_DIR=str(settings), AUTOGRADER_STUDENT="ada"
    ) as address:
        yield address


@pytest.fixture(scope="module")
def page(lab: str) -> Iterator:
    with chromium() as browser:
        page = browser.new_page(viewport={"width": 1200, "height": 1000})
        page.goto(f"{lab}/lab/tree/backprop.ipynb")
        page.wait_for_selector(".jp-Notebook .jp-CodeCell")
        page.wait_for_selector(
            '[data-status="idle"], .jp-Notebook-ExecutionIndicator[data-status="idle"]'
        )
        yield page


NOTEBOOK = json.loads((ROOT / "assignments/backprop/backprop.ipynb").read_text(encoding="utf-8"))
PLACES = {
    cell["metadata"].get("nbgrader", {}).get("grade_id"): place
    for place, cell in enumerate(NOTEBOOK["cells"])
}


def cell_called(page, grade_id: str):
    """The cell of that name, scrolled into view: JupyterLab fills in only what is seen."""
    cell = page.locator(".jp-Notebook .jp-Cell").nth(PLACES[grade_id])
    cell.scroll_into_view_if_needed()
    cell.locator(".cm-content").first.wait_for()
    return cell


def run(page, name: str, source: str | None = None):
    """Run the cell called `name`, after typing `source` over it, as a student would."""
    cell = cell_called(page, name)
    cell.locator(".cm-content").scroll_into_view_if_needed()
    cell.locator(".cm-content").click()
    if source is not None:
        page.keyboard.press("Control+a")
        page.keyboard.insert_text(source)
    page.keyboard.press("Control+Enter")
    return cell


def run_check(page, task: str, picture: str) -> str:
    cell = run(page, f"check-{task}")
    table = cell.locator(".jp-OutputArea-output table")
    table.wait_for()
    folder = os.environ.get("AUTOGRADER_SCREENSHOTS")
    if folder:
        cell.screenshot(path=str(Path(folder) / picture))
    return cell.locator(".jp-OutputArea-output").inner_text()


def test_a_right_answer_is_told_so(page) -> None:
    run(page, "setup")
    run(page, "logistic-derivative-lines", RIGHT)
    run(page, "logistic-derivative", RIGHT_FUNCTION)
    text = run_check(page, "logistic-derivative", "check-right.png")
    assert "✗" not in text
    assert "✓" in text
    assert "2 of 2 points" in text


def test_a_wrong_answer_is_told_what_is_wrong(page) -> None:
    run(page, "skip-connection-lines", WRONG_LINES)
    run(page, "skip-connection", WRONG)
    text = run_check(page, "skip-connection", "check-wrong.png")
    assert "dh2_da2" in text
    assert "the gradient of w0" in text
    # One slip costs one line: those built on it count.
    assert text.count("✗") == 2
    assert text.count("✓") == 4


def test_an_unanswered_task_says_that_it_is_not_answered(page) -> None:
    text = run_check(page, "mlp", "check-empty.png")
    assert "not answered" in text or "not defined" in text
