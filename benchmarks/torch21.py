"""The first workload: 21 cells, `import torch` and next to no work, in plain nbgrader style.

What is measured is what a grader adds to a notebook that hardly does anything. There are
tests with hidden parts, one that gives partial credit by its value, and a question for a
person; no check of ours, so that every grader can mark it.
"""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from typing import Any

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

NAME = "torch-21"


@dataclass(frozen=True)
class Question:
    """A function to write, and what marks it: asserts, or `parts` of a score that add up."""

    name: str
    arguments: str
    body: str
    asserts: str = ""
    hidden: str = ""
    parts: tuple[str, ...] = ()
    points: int = 1

    def write(self, body: str) -> str:
        """Return the function with this body, as a student would hand it in."""
        return f"def {self.name}({self.arguments}):\n{textwrap.indent(body, '    ')}"


QUESTIONS = (
    Question("double", "x", "return 2 * x", "assert double(3) == 6", "assert double(-7) == -14"),
    Question(
        "mean", "x", "return x.sum() / len(x)", "assert mean(torch.tensor([1.0, 2.0, 6.0])) == 3"
    ),
    Question(
        "relu",
        "x",
        "return torch.where(x > 0, x, torch.zeros_like(x))",
        "assert relu(torch.tensor([-1.0, 2.0])).tolist() == [0, 2]",
        "assert relu(torch.tensor([-3.0, -0.5, 0.0])).tolist() == [0, 0, 0]",
        points=2,
    ),
    Question(
        "dot",
        "x, y",
        "return (x * y).sum()",
        "assert dot(torch.tensor([1.0, 2.0]), torch.tensor([3.0, 4.0])) == 11",
    ),
    Question(
        "softmax",
        "z",
        "shifted = torch.exp(z - z.max())\nreturn shifted / shifted.sum()",
        "p = softmax(torch.tensor([0.0, 0.0]))\nassert torch.allclose(p, torch.tensor([0.5, 0.5]))",
        "assert torch.isfinite(softmax(torch.tensor([0.0, 1000.0]))).all()",
        points=2,
    ),
    Question(
        "clip",
        "x, low, high",
        "return torch.minimum(torch.maximum(x, torch.tensor(low)), torch.tensor(high))",
        parts=(
            "clip(torch.tensor([-3.0, 0.5]), -1.0, 1.0).tolist() == [-1.0, 0.5]",
            "clip(torch.tensor([0.5, 3.0]), -1.0, 1.0).tolist() == [0.5, 1.0]",
        ),
        points=2,
    ),
    Question(
        "accuracy",
        "logits, labels",
        "return (logits.argmax(dim=1) == labels).float().mean().item()",
        "logits = torch.tensor([[0.1, 0.9], [0.8, 0.2]])\n"
        "assert accuracy(logits, torch.tensor([1, 1])) == 0.5",
        points=2,
    ),
    Question(
        "one_hot",
        "labels, classes",
        "return torch.eye(classes)[labels]",
        "assert one_hot(torch.tensor([1]), 3).tolist() == [[0, 1, 0]]",
        "assert one_hot(torch.tensor([2, 0]), 3).tolist() == [[0, 0, 1], [1, 0, 0]]",
    ),
    Question(
        "mse",
        "y, target",
        "return ((y - target) ** 2).mean()",
        "assert mse(torch.tensor([1.0, 3.0]), torch.tensor([1.0, 1.0])) == 2",
    ),
)

_BY_NAME = {question.name: question for question in QUESTIONS}
_RIGHT = {name: question.write(question.body) for name, question in _BY_NAME.items()}
_WHY = {"why": "A mean of squares has a slope everywhere."}


def _wrong(name: str, body: str) -> dict[str, str]:
    return {name: _BY_NAME[name].write(body)}


# What students hand in, one kind after another: cells by their grade_id.
CLASS: tuple[dict[str, str], ...] = (
    {**_RIGHT, **_WHY},
    {**_RIGHT, **_wrong("softmax", "e = torch.exp(z)\nreturn e / e.sum()")},
    {**_RIGHT, **_WHY, **_wrong("clip", "return torch.clamp(x, max=high)")},
    {},
    {**_RIGHT, **_wrong("dot", "return undefined_name"), **_wrong("mse", "return y - target")},
    {**_RIGHT, **_WHY, **_wrong("double", "return abs(2 * x)")},
    dict(list(_RIGHT.items())[:4]),
    {**_RIGHT, **_wrong("one_hot", "print(labels)\nreturn torch.eye(3)[labels]")},
)


def source_notebook() -> NotebookNode:
    """Return the instructor's notebook: answers between nbgrader's marks, hidden tests in place."""
    cells = [
        new_markdown_cell(
            "# Torch, 21 cells\n\nNine functions of one line and a question.", id="title"
        ),
        _code("setup", "import torch", locked=True),
    ]
    for question in QUESTIONS:
        solution = f"### BEGIN SOLUTION\n{question.body}\n### END SOLUTION"
        cells.append(_code(question.name, question.write(solution), solution=True))
        test = f"test_{question.name}"
        cells.append(_code(test, _test(question), grade=True, locked=True, points=question.points))
    marks = _marks("why", grade=True, solution=True, points=2)
    why = "Why is the mean squared error easy to minimise?\n\nIt is smooth."
    cells.append(new_markdown_cell(why, id="why", metadata=marks))
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    notebook: NotebookNode = new_notebook(cells=cells, metadata={"kernelspec": kernel})
    return notebook


def _test(question: Question) -> str:
    """Return a test cell: asserts, with a hidden part where there is one, or the partial score."""
    if question.parts:
        return "sum([\n" + "".join(f"    1.0 * ({part}),\n" for part in question.parts) + "])"
    if not question.hidden:
        return question.asserts
    hidden = f"### BEGIN HIDDEN TESTS\n{question.hidden}\n### END HIDDEN TESTS"
    return f"{question.asserts}\n{hidden}"


def _code(name: str, source: str, **marks: Any) -> NotebookNode:
    cell: NotebookNode = new_code_cell(source, id=name, metadata=_marks(name, **marks))
    return cell


def _marks(name: str, **marks: Any) -> dict[str, Any]:
    defaults = {"grade": False, "solution": False, "locked": False, "task": False}
    return {"nbgrader": {"grade_id": name, "schema_version": 3, **defaults, **marks}}
