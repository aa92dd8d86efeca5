"""Mutants: each operator makes the mistakes that it is there for, and nothing else."""

from __future__ import annotations

import ast
import textwrap

import pytest

from autograder.errors import CourseError
from autograder.notebook.answers import answer_of
from autograder.proof.mutants import mutants, mutants_of


def made(source: str, operator: str) -> list[str]:
    """Return what an operator makes of a source of one line, in order."""
    return [mutant.source for mutant in mutants_of(source) if mutant.operator == operator]


@pytest.mark.parametrize(
    ("operator", "source", "expected"),
    [
        ("arithmetic", "c = a + b", ["c = a - b"]),
        ("arithmetic", "c = a @ b", ["c = a * b"]),
        ("arithmetic", "c = a ** b", ["c = a * b"]),
        ("arithmetic", "c = (a - b) / d", ["c = (a - b) * d", "c = (a + b) / d"]),
        ("swapped operands", "c = a @ b", ["c = b @ a"]),
        ("swapped operands", "c = a + b", []),
        ("swapped operands", "c = a - b - d", ["c = d - (a - b)", "c = b - a - d"]),
        ("dropped operand", "c = a * b", ["c = a", "c = b"]),
        ("dropped operand", "c = a - b", ["c = a", "c = -b"]),
        ("dropped operand", "c = a and b", ["c = b", "c = a"]),
        ("sign", "c = -a", ["c = a"]),
        ("sign", "c = not a", ["c = a"]),
        ("sign", "c = x[-1]", ["c = x[1]"]),
        ("constant", "c = 1", ["c = 0", "c = 2", "c = 0.5", "c = -1"]),
        ("constant", "c = 4", ["c = 0", "c = 1", "c = 5", "c = 3", "c = 8", "c = 2", "c = -4"]),
        ("constant", "c = 0.5", ["c = 0", "c = 1", "c = 1.5", "c = -0.5", "c = 0.25"]),
        ("constant", "eps = 1e-08", ["eps = 0", "eps = 1", "eps = -1e-08", "eps = 1e-05"]),
        ("constant", "c = x[0]", ["c = x[1]", "c = x[-1]"]),
        ("constant", "c = True", ["c = False"]),
        ("constant", "c = 'same'", []),
        ("comparison", "c = a < b", ["c = a <= b", "c = a >= b"]),
        ("comparison", "c = a <= b", ["c = a < b", "c = a > b"]),
        ("comparison", "c = a > b", ["c = a >= b", "c = a <= b"]),
        ("comparison", "c = a >= b", ["c = a > b", "c = a < b"]),
        ("comparison", "c = a == b", ["c = a != b"]),
        ("comparison", "c = a not in b", ["c = a in b"]),
        ("boolean", "c = a and b", ["c = a or b"]),
        ("boolean", "c = a or b", ["c = a and b"]),
        ("axis", "c = x.sum(axis=0)", ["c = x.sum(axis=1)", "c = x.sum()"]),
        ("axis", "c = x.sum(axis=1)", ["c = x.sum(axis=0)", "c = x.sum()"]),
        ("axis", "c = softmax(x, dim=-1)", ["c = softmax(x, dim=0)",
                                           "c = softmax(x, dim=-2)", "c = softmax(x)"]),
        ("axis", "c = x.sum(axis=None)", ["c = x.sum(axis=0)"]),
        ("keepdims", "c = x.max(keepdims=True)", ["c = x.max(keepdims=False)"]),
        ("keepdims", "c = x.max(keepdims=False)", ["c = x.max(keepdims=True)"]),
        ("transpose", "c = a @ b.T", ["c = a @ b"]),
        ("transpose", "c = x.transpose(0, 2, 1)", ["c = x"]),
        ("transpose", "import numpy as np\nc = np.transpose(x)", ["import numpy as np\nc = x"]),
        ("off by one", "c = x[1:-1]", ["c = x[2:-1]", "c = x[:-1]", "c = x[1:]", "c = x[1:-2]"]),
        ("off by one", "c = x[:n]", ["c = x[1:n]", "c = x[:n + 1]", "c = x[:n - 1]"]),
        ("off by one", "c = x[::2]", ["c = x[1::2]", "c = x[:-1:2]", "c = x[:]"]),
        ("off by one", "c = range(n)", ["c = range(1, n)", "c = range(n + 1)", "c = range(n - 1)"]),
        ("swapped arguments", "c = f(a, b, d)", ["c = f(b, a, d)", "c = f(a, d, b)"]),
        ("swapped arguments", "c = f(a, a)", []),
        ("dropped call", "import numpy as np\nc = np.sqrt(x)", ["import numpy as np\nc = x"]),
        ("dropped call", "c = x.copy()", ["c = x"]),
        ("dropped call", "c = len(x)", []),
        ("other call", "c = x.mean()", ["c = x.sum()"]),
        ("other call", "c = np.maximum(x, 0)", ["c = np.minimum(x, 0)"]),
        ("in place", "w -= a + b", ["w = w - (a + b)"]),
        ("in place", "w = w - a", ["w -= a"]),
        ("in place", "w = v - a", []),
        ("moved", "c = sqrt(v) + eps", ["c = sqrt(v + eps)"]),
        ("moved", "c = m / sqrt(v + eps)", ["c = sqrt(m / (v + eps))", "c = m / (sqrt(v) + eps)"]),
        ("moved", "c = f(a, b) + d", []),
        ("swapped targets", "i, f, o = gates", ["f, i, o = gates", "i, o, f = gates"]),
        ("accumulation", "dx[i] += g", ["dx[i] = g", "dx[i] -= g"]),
        ("in place", "g = p.grad + w * p", ["p.grad += w * p\ng = p.grad"]),
        ("branch", "c = a if b else d", ["c = a", "c = d"]),
        ("default", "def f(x, eps=True): pass", ["def f(x, eps=False): pass"]),
        ("dropped statement", "c = 1", ["pass\n"]),
    ],
)  # fmt: skip
def test_an_operator_makes_exactly_these_mistakes(
    operator: str, source: str, expected: list[str]
) -> None:
    assert made(source, operator) == expected


def function(body: str) -> str:
    return "def f(x):\n" + textwrap.indent(textwrap.dedent(body).strip(), "    ")


@pytest.mark.parametrize(
    ("operator", "body", "expected"),
    [
        ("in place", "y = x - 1\nreturn y", ["x -= 1\ny = x\nreturn y"]),
        ("branch", "if x:\n    y()", ["if True:\n    y()", "if False:\n    y()"]),
        ("branch", "while x:\n    y()", ["while False:\n    y()"]),
        ("loop", "for a in x:\n    b(a)", ["for a in x:\n    b(a)\n    break\n"]),
        (
            "return in the loop",
            "for a in x:\n    b(a)\nreturn b",
            ["for a in x:\n    b(a)\n    return b\nreturn b"],
        ),
        (
            "dropped statement",
            "for a in x:\n    b(a)\nreturn b",
            ["return b", "for a in x:\n    b(a)\n", "for a in x:\n    pass\nreturn b"],
        ),
    ],
)
def test_mistakes_between_statements(operator: str, body: str, expected: list[str]) -> None:
    assert made(function(body), operator) == [
        function(text) + "\n" * text.endswith("\n") for text in expected
    ]


def test_a_line_of_a_derivation_is_changed_inside_its_quotes() -> None:
    found = mutants_of('lines["dl_dw"] = "2*(f - y) @ W.T"')
    changed = {(mutant.operator, mutant.source.partition(" = ")[2]) for mutant in found}
    assert {
        ("arithmetic", '"2*(f + y) @ W.T"'),
        ("swapped operands", '"2*(y - f) @ W.T"'),
        ("dropped operand", '"2*f @ W.T"'),
        ("dropped operand", '"(f - y) @ W.T"'),
        ("transpose", '"2*(f - y) @ W"'),
        ("constant", '"1*(f - y) @ W.T"'),
        ("swapped operands", '"W.T @ (2 * (f - y))"'),
        ("sign", '"-(2 * (f - y) @ W.T)"'),
    } <= changed


def test_other_texts_are_left_alone() -> None:
    assert [mutant.operator for mutant in mutants_of('mode = "a + b"')] == ["dropped statement"]


CELL = '''\
def f(x, rate=2.0):
    """Return x + 1."""
    before = x - 1
    ### BEGIN SOLUTION
    return before + rate
    ### END SOLUTION
### BEGIN MARK SCHEME
# nothing
### END MARK SCHEME'''


def test_only_the_answer_and_defaults_are_changed() -> None:
    text, ours = answer_of(CELL)
    assert text == CELL.split("\n    ###")[0] + "\n    return before + rate"
    changed = [mutant.source.split("\n") for mutant in mutants_of(text, ours)]
    original = text.split("\n")
    lines = {
        number
        for source in changed
        for number, (old, new) in enumerate(zip(original, source, strict=False), 1)
        if old != new
    }
    assert lines == {1, 4}


SEVERAL = '''\
import numpy as np

def norm(x, axis=None):
    """Return the norm of x."""
    total = 0.0
    for value in x[1:-1]:
        total += np.sqrt(abs(value)) ** 2 - 0 * value
    return np.mean(x @ x.T, axis=0) + total if total > 0 else -total  # ± a sign of its own
'''


def test_every_mutant_compiles_and_no_two_mean_the_same() -> None:
    found = mutants_of(SEVERAL)
    meanings = [ast.dump(ast.parse(mutant.source)) for mutant in found]
    assert len(found) > 40
    assert len(set(meanings)) == len(meanings)
    assert ast.dump(ast.parse(SEVERAL)) not in meanings
    assert len({mutant.id for mutant in found}) == len(found)


def test_what_is_not_changed_stays_as_it_was_written() -> None:
    for mutant in mutants_of(SEVERAL):
        taken_out = [line for line in mutant.change.split("\n") if line.startswith("-")]
        assert all(line[1:] in SEVERAL.split("\n") for line in taken_out)
        # A statement of several lines, the function as a whole, may go; nothing else is rewritten.
        assert mutant.operator == "dropped statement" or len(taken_out) <= 1


def test_ids_are_the_same_in_every_run() -> None:
    found = {mutant.source: mutant.id for mutant in mutants_of("c = a - b", cell="mlp")}
    assert found["c = b - a"] == "7032106730"
    elsewhere = {mutant.source: mutant.id for mutant in mutants_of("c = a - b", cell="adam")}
    assert set(elsewhere) == set(found)
    assert not set(elsewhere.values()) & set(found.values())


def test_the_diff_says_where() -> None:
    (mutant,) = (m for m in mutants_of("a = 1\nc = a < b", cell="mlp") if "<=" in m.source)
    assert mutant.diff == "--- mlp\n+++ mlp\n@@ -1,2 +1,2 @@\n a = 1\n-c = a < b\n+c = a <= b"
    assert mutant.change == "-c = a < b\n+c = a <= b"


def test_an_answer_of_every_task_of_a_course_is_changed(tiny_course) -> None:
    found = mutants(tiny_course, "tiny")
    assert {(mutant.cell, mutant.task) for mutant in found} == {
        ("double", "double"),
        ("mean", "mean"),
        ("triple", "test-triple"),
    }
    assert "    return x * 1" in {mutant.source.split("\n")[-1] for mutant in found}


def test_a_plain_assignment_has_none(tiny_course, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(type(tiny_course), "is_plain", lambda course, name: True)
    with pytest.raises(CourseError, match="plain"):
        mutants(tiny_course, "tiny")
