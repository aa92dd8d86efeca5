"""What a battery of calls finds, and what it leaves alone."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from folders import student_of

from autograder.checks import CheckFailed, Function, arg
from autograder.checks.author.battery import battery
from autograder.errors import CourseError, StudentError


def scores(X: Any, params: Any, mask: Any = None, scale: float = 1.0) -> Any:
    out = scale * (X @ params["W"] + params["b"])
    return out if mask is None else np.where(mask, out, 0.0)


SCORES = Function(
    "scores",
    {
        "X": "*B N D",
        "params": {"W": "D H", "b": "H"},
        "mask": arg.optional(arg.mask("N H")),
        "scale": arg.optional(0.5),
    },
    truth=scores,
)
RIGHT = """
import numpy as np

def scores(X, params, mask=None, scale=1.0):
    W, b = params["W"], params["b"]
    out = scale * (X @ W + b)
    return out if mask is None else np.where(mask, out, 0.0)
"""
LINE = "    out = scale * (X @ W + b)\n"
WRONG = {
    "where D = H": (LINE, "    W = W.T if W.shape[0] == W.shape[1] else W\n" + LINE),
    "where H = 1": (LINE, LINE + "    out = out.squeeze(-1) if out.shape[-1] == 1 else out\n"),
    "where N = 1": (LINE, LINE + "    out = out[..., 0, :] if out.shape[-2] == 1 else out\n"),
    "where B = (2, 3)": (LINE, LINE + "    out = out[:, 0] if out.ndim == 4 else out\n"),
    "where all sizes are equal": (
        LINE,
        LINE + "    out = out.mT if X.ndim == 3 and len(set(X.shape)) == 1 else out\n",
    ),
    "for large numbers": ("(X @ W + b)", "np.clip(X @ W + b, -50, 50)"),
    "for tiny numbers": ("(X @ W + b)", "(X @ W + b).round(9)"),
    "where some numbers are zero": (
        LINE,
        LINE + "    out = out if X.all() or not X.any(axis=-1).all() else b\n",
    ),
    "for numbers whose sums are zero": (
        LINE,
        LINE + "    out = out if X.sum(axis=-1).all() or not X.any() else b\n",
    ),
    "for zeros": (LINE, LINE + "    out = out * out / out\n"),
    "where `X` is zero": (
        LINE,
        LINE + "    out = out if X.any() or not W.any() else np.ones(out.shape)\n",
    ),
    "where only the first row of `X` is not zero": (
        LINE,
        LINE + "    out = out if X[..., -1, :].any() or not X.any() else out + 1\n",
    ),
    "for rows that repeat": ("return out if", "return out[..., :1, :] if same(X) else out if"),
    "with another `params`": (
        LINE,
        LINE + "    out = seen.setdefault(X.tobytes(), out)\n",
    ),
    "with dictionaries in another order": (
        'params["W"], params["b"]',
        "params.values()",
    ),
    "with every argument by its name": ("def scores(X, params,", "def scores(x, params,"),
    "with every argument by its place": ("mask=None, scale=1.0", "scale=1.0, mask=None"),
    "in a second call": (LINE, LINE + "    out = seen.setdefault(out.shape, out)\n"),
    "after further calls": (
        LINE,
        LINE + "    out = room.setdefault(out.shape, np.empty(out.shape))\n"
        "    out[...] = scale * (X @ W + b)\n",
    ),
    "after its results were written to": (
        LINE,
        LINE + "    out = seen.setdefault(X.tobytes() + W.tobytes(), out)\n",
    ),
}
HELPERS = """
seen, room = {}, {}

def same(X):
    return X.ndim > 1 and X.shape[-2] > 1 and (X == X[..., :1, :]).all() and X.any()
"""


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(7)


def test_a_right_answer_stands_it(rng: np.random.Generator) -> None:
    SCORES.battery(student_of(RIGHT), rng, student_of(RIGHT))


@pytest.mark.parametrize("where", WRONG)
def test_it_says_where_an_answer_is_wrong(rng: np.random.Generator, where: str) -> None:
    old, new = WRONG[where]
    source = RIGHT.replace(old, new)
    assert source != RIGHT
    if where == "with every argument by its name":
        source = source.replace("X @ W", "x @ W")
    student = student_of(source + HELPERS)
    with pytest.raises((CheckFailed, StudentError)) as caught:
        SCORES.battery(student, rng)
    assert where in f"{caught.value} {student.last_call}"


MIX = Function("mix", {"A": "N D", "B": "M D"}, truth=lambda A, B: A @ B.T)
MIXED = "def mix(A, B):\n    out = A @ B.T\n    return out\n"


@pytest.mark.parametrize(
    ("line", "where"),
    [
        ("out = out + 1 if A is B else out", "where `A`, `B` are one array"),
        ("out = seen.setdefault((id(A), id(B)), out)", "in a second call, with other values"),
        ("out = A.ravel('K').reshape(A.shape) @ B.T", r"for arrays such as `X\.T`"),
    ],
)
def test_arrays_have_a_life_beside_their_numbers(
    rng: np.random.Generator, line: str, where: str
) -> None:
    MIX.battery(student_of(MIXED), rng)
    wrong = MIXED.replace("    return", f"    {line}\n    return")
    with pytest.raises(CheckFailed, match=where):
        MIX.battery(student_of(f"seen = {{}}\n{wrong}"), rng)


CHAIN = Function(
    "chain",
    {"X": "N D", "weights": [arg.weights("D D"), arg.weights("D D")]},
    truth=lambda X, weights: X @ weights[0] @ weights[1],
)
CHAINED = """
seen = {}

def chain(X, weights):
    A, B = weights
    return X @ A @ B
"""


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ("@ B", "@ {id(A): A, id(B): B + (A is B)}[id(B)]", "where the weights are one matrix"),
        ("return X @ A @ B", "return X @ seen.setdefault(id(A), A @ B)", "in a second call"),
        ("return X @ A @ B", "return X @ seen.setdefault(id(weights), A @ B)", "in a second call"),
        (
            "A, B = weights",
            "A, B = weights[0].ravel('K').reshape(X.shape[1], -1), weights[1]",
            "such as `X",
        ),
    ],
)
def test_arrays_in_lists_have_a_life_of_their_own_too(
    rng: np.random.Generator, old: str, new: str, where: str
) -> None:
    one = arg.own(lambda rng, D: [rng.normal(size=(D, D))] * 2)
    also = {"where the weights are one matrix": {"weights": one}}
    CHAIN.battery(student_of(CHAINED), rng, also=also)
    with pytest.raises(CheckFailed, match=where):
        CHAIN.battery(student_of(CHAINED.replace(old, new)), rng, also=also)


def test_a_dictionary_is_the_same_one_with_other_arrays(rng: np.random.Generator) -> None:
    line = "    out = scale * (X @ seen.setdefault(id(params), W.copy()) + b)\n"
    with pytest.raises(CheckFailed, match="in a second call"):
        SCORES.battery(student_of(RIGHT.replace(LINE, line) + HELPERS), rng)


def test_a_dictionary_that_is_a_result_is_not_filled_again(rng: np.random.Generator) -> None:
    echo = Function("echo", {"p": {"a": "N"}, "q": ["N", "N"]}, truth=lambda p, q: (p, q))
    echo.battery(student_of("def echo(p, q):\n    return p, q\n"), rng)


def test_axes_in_front_lie_in_memory_as_those_of_a_transpose_do(rng: np.random.Generator) -> None:
    square = Function("square", {"z": "*B"}, truth=np.square)
    source = "def square(z):\n    return (z.ravel(%r) ** 2).reshape(z.shape)\n"
    source = source.replace("z.ravel", "np.asarray(z).ravel").replace("(z.shape)", "(np.shape(z))")
    square.battery(student_of("import numpy as np\n" + source % "C"), rng)
    with pytest.raises(CheckFailed, match=r"for arrays such as `X\.T`"):
        square.battery(student_of("import numpy as np\n" + source % "K"), rng)


def test_rows_may_occur_twice(rng: np.random.Generator) -> None:
    mean = Function("mean", {"X": "N D"}, truth=lambda X: X.mean(axis=0))
    right = "import numpy as np\ndef mean(X):\n    return X.mean(axis=0)\n"
    mean.battery(student_of(right), rng, N=5)
    with pytest.raises(CheckFailed, match="for rows that occur twice"):
        mean.battery(student_of(right.replace("X.mean", "np.unique(X, axis=0).mean")), rng, N=5)


def test_an_array_that_a_result_is_a_part_of_is_not_filled_again(rng: np.random.Generator) -> None:
    turned = Function("turned", {"A": "N D"}, truth=lambda A: A.T)
    for view in ("A.T", "{'a': [A.T]}['a'][0]", "np.asarray(torch.from_numpy(A).T)"):
        source = f"import numpy as np, torch\ndef turned(A):\n    return {view}\n"
        turned.battery(student_of(source), rng)
    inside = Function("inside", {"A": "N D"}, truth=lambda A: (A, 1), returns=("a", "b"))
    inside.battery(student_of("def inside(A):\n    return A, 1\n"), rng)


def test_an_author_leaves_out_what_the_contract_leaves_open(rng: np.random.Generator) -> None:
    student = student_of(RIGHT.replace(*WRONG["where H = 1"]))
    open_to_all = dict.fromkeys(("H = 1", "by place"), "nobody is told of a single unit")
    SCORES.battery(student, rng, without=open_to_all)
    with pytest.raises(CourseError, match=r"no entry 'H = 2' \(other values, N = D"):
        SCORES.battery(student, rng, without={"H = 2": "?"})


def test_an_author_adds_calls(rng: np.random.Generator) -> None:
    SCORES.battery(student_of(RIGHT), rng, also={"where there are no rows": {"N": 0}})
    student = student_of(RIGHT.replace(LINE, LINE + "    out = out if len(X) else b[None]\n"))
    with pytest.raises(CheckFailed, match="right in other calls, wrong where there are no rows"):
        SCORES.battery(student, rng, also={"where there are no rows": {"N": 0, "scale": 2.0}})


def test_numbers_round_zero_may_be_zero(rng: np.random.Generator) -> None:
    source = "import numpy as np\n\ndef ends(X):\n    return np.tanh({})"
    wrong = source.format("np.where(X == 0, 1.0, X)")
    for low, caught in ((-0.9, True), (-0.8, False)):
        ends = Function("ends", {"X": arg.uniform("N D", low, 0.9)}, truth=np.tanh)
        ends.battery(student_of(source.format("X")), rng)
        try:
            ends.battery(student_of(wrong), rng)
        except CheckFailed:
            assert caught
        else:
            assert not caught


def test_a_small_answer_to_large_numbers_is_compared_as_such(rng: np.random.Generator) -> None:
    squash = Function("squash", {"X": "N D"}, truth=np.tanh, atol=1e-6)
    student = student_of("import numpy as np\n\ndef squash(X):\n    return np.tanh(X.clip(-4, 4))")
    with pytest.raises(CheckFailed, match="wrong for large numbers"):
        squash.battery(student, rng)


def test_sizes_may_be_bound(rng: np.random.Generator) -> None:
    def halves(X: Any) -> Any:
        return X[..., ::2] + X[..., 1::2]

    even = Function("halves", {"X": "N D"}, truth=halves, sizes={"D": (2, 4, 6)})
    assert {even.draw(rng).sizes["D"] for _ in range(50)} == {2, 4, 6}
    even.battery(student_of("def halves(X):\n    return X[..., ::2] + X[..., 1::2]"), rng)
    with pytest.raises(CourseError, match="has no entry 'D = 1'"):
        even.battery(student_of(RIGHT), rng, without={"D = 1": "odd"})


def test_a_truth_that_cannot_answer_is_the_authors_fault(rng: np.random.Generator) -> None:
    inverse = Function("inverse", {"A": "D D"}, truth=np.linalg.inv)
    with pytest.raises(CourseError, match="the truth cannot answer 'zero'"):
        inverse.battery(student_of("from numpy.linalg import inv as inverse"), rng)


def test_numbers_without_a_finite_answer_are_left_out(rng: np.random.Generator) -> None:
    share = Function("share", {"x": "N"}, truth=lambda x: x / x.sum())
    share.battery(student_of("def share(x):\n    return x / x.sum()"), rng)


def test_an_array_without_axes_stays_one(rng: np.random.Generator) -> None:
    twice = Function("twice", {"x": "*S"}, truth=lambda x: 2 * x)
    source = "def twice(x):\n    assert type(x).__name__ == 'ndarray'\n    return 2 * x"
    twice.battery(student_of(source), rng)


def test_the_numbers_of_an_own_draw_change_as_its_kind_says(rng: np.random.Generator) -> None:
    def product(X: Any, dy: Any) -> Any:
        return X * dy

    draws = {"X": "N D", "dy": arg.own(lambda rng, X: rng.normal(size=X.shape), "normal")}
    student = student_of("def product(X, dy):\n    return X * dy.clip(-50, 50)")
    with pytest.raises(CheckFailed, match="wrong for large numbers"):
        Function("product", draws, truth=product).battery(student, rng)


def test_optional_arguments_that_are_given_have_their_place_too(rng: np.random.Generator) -> None:
    old, new = WRONG["with every argument by its place"]
    given = {"mask": arg.mask("N H"), "scale": 0.5}
    with pytest.raises((CheckFailed, StudentError)):
        SCORES.battery(student_of(RIGHT.replace(old, new)), rng, **given)
    SCORES.battery(student_of(RIGHT), rng, **given)


def test_the_second_call_has_the_settings_of_the_first(rng: np.random.Generator) -> None:
    def every(X: Any, step: Any) -> Any:
        return X[::step]

    draws = {"X": "N D", "step": lambda rng: int(rng.integers(1, 1000))}
    student = student_of(
        "seen = {}\ndef every(X, step):\n    return seen.setdefault((X.shape, step), X[::step])"
    )
    with pytest.raises(CheckFailed, match="wrong in a second call"):
        Function("every", draws, truth=every).battery(student, rng)


def test_a_dictionary_that_is_drawn_and_not_passed_leaves_the_others_to_be_turned(
    rng: np.random.Generator,
) -> None:
    drawn = {"_all": {"W": "N", "b": "N"}, "params": lambda rng, _all: _all}
    difference = Function("difference", drawn, truth=lambda params: params["W"] - params["b"])
    student = student_of("def difference(params):\n    W, b = params.values()\n    return W - b")
    with pytest.raises(CheckFailed, match="with dictionaries in another order"):
        difference.battery(student, rng)


def test_results_that_stay_large_for_tiny_numbers_need_no_more_digits(
    rng: np.random.Generator,
) -> None:
    def both(X: Any) -> Any:
        return np.tanh(X), np.cos(X) - (np.arange(len(X)) > 0)

    student = student_of(
        "import numpy as np\ndef both(X):\n    X = np.asarray(X, dtype=np.float32)\n"
        "    return np.tanh(X), np.cos(X) - (np.arange(len(X)) > 0)"
    )
    loose = Function("both", {"X": "N"}, truth=both, returns=("a", "b"), rtol=1e-6, atol=1e-5)
    loose.battery(student, rng, without={"large": "float32 has few digits"})
    rounded = student_of(
        "import numpy as np\ndef both(X):\n"
        "    return np.tanh(X).round(8), np.cos(X) - (np.arange(len(X)) > 0)"
    )
    with pytest.raises(CheckFailed, match="wrong for tiny numbers: a "):
        loose.battery(rounded, rng)


def test_large_numbers_are_as_large_as_the_text_promises(rng: np.random.Generator) -> None:
    student = student_of("import numpy as np\ndef power(x):\n    return np.exp(x.clip(-90, 90))")
    above_one = {"x": arg.own(lambda rng, N: 1 + np.abs(rng.normal(size=N)), "normal")}
    for_some = Function("power", above_one, truth=np.exp, large=10, rtol=1e-6)
    for_some.battery(student, rng)
    with pytest.raises(CheckFailed, match="wrong for large numbers"):
        Function("power", above_one, truth=np.exp, large=100).battery(student, rng)


def test_tiny_numbers_are_as_tiny_as_the_declaration_says(rng: np.random.Generator) -> None:
    student = student_of(
        "import numpy as np\n"
        "def product(x, y):\n    z = x * y\n    return np.where(np.abs(z) < 1e-18, 0.0, z)"
    )

    def product(x: Any, y: Any) -> Any:
        return x * y

    Function("product", {"x": "N", "y": "N"}, truth=product).battery(student, rng)
    with pytest.raises(CheckFailed, match="wrong for tiny numbers"):
        Function("product", {"x": "N", "y": "N"}, truth=product, tiny=1e-12).battery(student, rng)


def test_an_answer_kept_by_size_meets_other_optional_arguments(rng: np.random.Generator) -> None:
    powers = Function(
        "powers",
        {"n": arg.size("n"), "base": arg.optional(3.0)},
        truth=lambda n, base=2.0: base ** np.arange(n),
    )
    powers.battery(
        student_of("def powers(n, base=2.0):\n    return [base**k for k in range(n)]"), rng
    )
    student = student_of(
        "seen = {}\ndef powers(n, base=2.0):\n"
        "    return list(seen.setdefault(n, [base**k for k in range(n)]))"
    )
    with pytest.raises(CheckFailed, match="with every argument by its place"):
        powers.battery(student, rng)


def test_numbers_are_numbers_in_every_call(rng: np.random.Generator) -> None:
    shifted = Function("shifted", {"x": "N", "by": "", "to": arg.uniform("", 0, 1)}, truth=shift)
    shifted.battery(
        student_of(
            "def shifted(x, by, to):\n    assert type(by) is type(to) is float\n"
            "    return x + by + to"
        ),
        rng,
    )


def shift(x: Any, by: float, to: float) -> Any:
    return x + by + to


def test_named_tuples_and_tensors_are_results_like_others(rng: np.random.Generator) -> None:
    pair = Function("pair", {"x": "N"}, truth=lambda x: (x + 1, 2 * x), returns=("a", "b"))
    named = "from collections import namedtuple\nimport torch\nPair = namedtuple('Pair', 'a b')\n"
    right = "def pair(x):\n    return Pair(torch.tensor(x) + 1, torch.tensor(2 * x).expand(len(x)))"
    pair.battery(student_of(named + right), rng)
    kept = "seen = {}\ndef pair(x):\n    x = torch.tensor(x)\n    key = tuple(x.tolist())\n"
    wrong = "    return Pair(seen.setdefault(key, x + 1), 2 * x)"
    with pytest.raises(CheckFailed, match="after its results were written to"):
        pair.battery(student_of(named + kept + wrong), rng)


def test_a_result_may_have_to_be_another_dictionary(rng: np.random.Generator) -> None:
    kept = Function("kept", {"p": {"W": "D"}}, truth=lambda p: {**p}, fresh=True)
    kept.battery(student_of("def kept(p):\n    return dict(p)"), rng)
    with pytest.raises(CheckFailed, match="right at first, wrong after further calls"):
        kept.battery(student_of("def kept(p):\n    return p"), rng)


def test_lists_too_long_for_one_message_come_one_by_one(rng: np.random.Generator) -> None:
    table = Function("table", {"n": arg.size("N")}, truth=lambda n: np.zeros((200, n)))
    source = "def table(n):\n    return [[0.0] * n for _ in range(200)]"
    sizes = {f"where n = {n}": {"N": n} for n in (300, 301)}
    table.battery(student_of(source), rng, also=sizes)
    wrong = student_of(source.replace("200)", "200 - (n > 300))"))
    with pytest.raises(CheckFailed, match="right in other calls, wrong where n = 301"):
        table.battery(wrong, rng, also=sizes)


def test_what_is_made_of_an_argument_is_made_of_the_one_array(rng: np.random.Generator) -> None:
    made_of_both = Function(
        "f", {"A": "N D", "B": "N D", "both": lambda rng, A, B: A + B}, truth=np.add
    )
    drawn = battery(made_of_both, rng, {}, {}, {})
    (entry,) = (each for each in drawn if each.name == "one array")
    values = entry.call.values
    assert values["A"] is values["B"]
    assert np.array_equal(values["both"], 2 * values["A"])
