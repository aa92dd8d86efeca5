"""Rules about the data of the checks: can a wrong answer show on it?"""

from __future__ import annotations

import ast
import itertools
import math
from collections.abc import Callable, Iterator

from autograder.proof.lint.arrays import array_of
from autograder.proof.lint.findings import Hit, rule
from autograder.proof.lint.reading import Checks, tokens
from autograder.proof.lint.trace import Call
from autograder.proof.lint.values import Value, constant, plain

_FLAT = {"softmax", "sigmoid", "logistic", "tanh", "attention", "mha", "lstm", "gru"} | {
    "multihead", "cross", "gate", "gates", "cell",
}  # fmt: skip
_SIGNED = {"relu", "leaky", "prelu", "elu", "gelu", "selu", "silu", "abs", "sign", "clip"} | {
    "hinge", "softplus",
}  # fmt: skip
_SEEDS = {"seed", "default_rng", "RandomState", "manual_seed", "Random"}
_STRIDE = {"stride", "step", "strides"}
_WINDOW = {"kernel", "kernel_size", "size", "pool", "pool_size", "window", "k", "field"}


def calls_by_name(checks: Checks, task: str) -> dict[str, list[Call]]:
    """The calls of each of the student's functions in the checks of a task."""
    found: dict[str, list[Call]] = {}
    for check in checks.tasks[task]:
        for call in check.trace.calls:
            if call.name != "?":
                found.setdefault(call.name, []).append(call)
    return found


def named(checks: Checks, call: Call) -> dict[str, Value]:
    """The arguments of a call by name: the solution's parameter, or what stands in the call."""
    spec = checks.signatures.get(call.name, ())
    written = call.node.args if isinstance(call.node, ast.Call) else []
    found = {}
    for i, value in enumerate(call.args):
        name = f"argument {i + 1}"
        if i < len(spec):
            name = spec[i]
        elif i < len(written) and isinstance(written[i], ast.Name):
            name = getattr(written[i], "id", name)
        found[name] = value
    return found | call.kwargs


def _each(checks: Checks, look: Callable[[list[Call]], str | None]) -> Iterator[Hit]:
    """A hit at the first call of every function of a task whose calls together have the hole."""
    for task in checks.tasks:
        for name, calls in calls_by_name(checks, task).items():
            problem = look(calls)
            if problem:
                line = getattr(calls[0].node, "lineno", 1)
                yield Hit(calls[0].source, line, f"task {task!r}: `{name}` {problem}")


def _values(call: Call) -> list[Value]:
    return [*call.args, *call.kwargs.values()]


def _unclear(value: Value) -> bool:
    """Whether a value may hold arrays of which nothing is known."""
    if value.known or value.closure is not None or value.module:
        return False
    if value.shape is None and value.parts is not None:
        return any(_unclear(part) for part in value.parts)
    return value.shape is None


def _arrays(value: Value) -> Iterator[Value]:
    """The arrays in a value, lists of numbers that are written down included."""
    written = array_of(value) if value.shape is None and value.parts else None
    if written is not None:
        yield written
    elif value.shape is None and value.parts is not None:
        for part in value.parts:
            yield from _arrays(part)
    else:
        yield from value.arrays()


def _large(value: Value) -> bool:
    return value.shape is None or math.prod(value.shape) > 1


@rule("square-only", "Let no two dimensions of a problem be equal")
def square_only(checks: Checks) -> Iterator[Hit]:
    """All matrices of a task are square, or as high as wide.

    A forgotten transpose, swapped axes and a kernel's height for its width show only where the
    two differ.
    """

    def look(calls: list[Call]) -> str | None:
        shapes = set()
        for value in itertools.chain(*map(_values, calls)):
            if _unclear(value):
                return None
            shapes |= {array.shape for array in value.arrays() if array.shape is not None}
        matrices = {s for s in shapes if len(s) >= 2 and max(s[-2:]) > 1}
        if matrices and all(s[-1] == s[-2] for s in matrices):
            return "gets square arrays only"
        return None

    yield from _each(checks, look)


@rule("same-arguments", "Draw every argument by itself, in at least one check")
def same_arguments(checks: Checks) -> Iterator[Hit]:
    """Two arguments, or two arrays in one, always hold the same numbers.

    Query and key, the weights of two gates, a row and a column can be mixed up unnoticed.
    """

    def look(calls: list[Call]) -> str | None:
        always: set[tuple[str, str]] | None = None
        for call in calls:
            pairs = _twins(call)
            always = pairs if always is None else always & pairs
        if not always:
            return None
        one, other = min(always)
        return f"always gets the same numbers twice ({one} and {other})"

    yield from _each(checks, look)


def _twins(call: Call) -> set[tuple[str, str]]:
    places: dict[str, Value] = {}
    for name, value in (
        *((f"argument {i + 1}", v) for i, v in enumerate(call.args)),
        *call.kwargs.items(),
    ):
        if value.parts is not None and value.shape is None:
            keys = value.keys or range(len(value.parts))
            for key, part in zip(keys, value.parts, strict=False):
                places[f"{name}[{key!r}]"] = part
        places[name] = value
    return {
        (one, other)
        for (one, a), (other, b) in itertools.combinations(places.items(), 2)
        if a.key is not None and a.key == b.key and _is_data(a)
    }


def _is_data(value: Value) -> bool:
    arrays = [array for array in value.arrays() if array.shape != ()]
    return bool(arrays) and all(_large(a) and "equal" not in a.traits for a in arrays)


@rule("equal-weights", "Draw them at random in at least one check")
def equal_weights(checks: Checks) -> Iterator[Hit]:
    """An array argument whose entries are all equal, in every check: ones, zeros, or a constant.

    Gates with equal weights can be swapped, a bias of zeros forgotten, an upstream gradient of
    ones ignored, and every unit of a layer computes the same.
    """
    from autograder.proof.lint.optimisers import is_stateful

    for task in checks.tasks:
        for name, calls in calls_by_name(checks, task).items():
            if is_stateful(checks, calls):
                continue
            for argument in named(checks, calls[0]):
                given = [named(checks, call).get(argument) for call in calls]
                if all(value is not None and _is_constant(value) for value in given):
                    line = getattr(calls[0].node, "lineno", 1)
                    what = (
                        f"task {task!r}: all entries of `{argument}` of `{name}` are always equal"
                    )
                    yield Hit(calls[0].source, line, what)
                    break


def _is_constant(value: Value) -> bool:
    # A short tuple such as a stride is no array, a matrix that is written down is one.
    written = array_of(value)
    matrix = written is not None and len(written.shape or ()) > 1
    arrays = [written] if written is not None and matrix else list(value.arrays())
    return bool(arrays) and all("equal" in a.traits and _large(a) for a in arrays)


@rule("saturated", "Draw inputs of order one, and keep the far ones as a check of their own")
def saturated(checks: Checks) -> Iterator[Hit]:
    """Functions with a softmax or a sigmoid in them get large or whole numbers only.

    The softmax then has one entry of 1: a missing scale, a wrong one, even an argmax gives the
    same numbers.
    """

    def look(calls: list[Call]) -> str | None:
        return (
            "gets only inputs so far apart that it saturates" if all(map(_is_far, calls)) else None
        )

    yield from (hit for hit in _each(checks, look) if _about(hit, _FLAT))


def _about(hit: Hit, words: set[str]) -> bool:
    return bool(tokens(hit.message.split("`")[1]) & words)


def _is_far(call: Call) -> bool:
    arrays = [a for value in _values(call) for a in _arrays(value) if a.shape != ()]
    first = next(iter(call.args), None)
    if not arrays or first is None:
        return False
    inputs = list(_arrays(first))
    if inputs and all("saturating" in a.traits for a in inputs):
        return True
    whole = all(a.traits & {"integers", "saturating"} for a in arrays)
    return whole and any("saturating" in a.traits for a in arrays)


@rule("one-sided", "Draw inputs of either sign")
def one_sided(checks: Checks) -> Iterator[Hit]:
    """A function with a bend at zero gets numbers of one sign only.

    A relu that is tried on negative numbers alone may return zeros, on positive ones its input.
    """

    def look(calls: list[Call]) -> str | None:
        found = [_sign(value) for call in calls for value in call.args[:1]]
        if found and None not in found and len(set(found)) == 1:
            return f"gets {found[0]} numbers only"
        return None

    yield from (hit for hit in _each(checks, look) if _about(hit, _SIGNED))


def _sign(value: Value) -> str | None:
    number = plain(value)
    if isinstance(number, int | float) and number:
        return "positive" if number > 0 else "negative"
    arrays = list(_arrays(value))
    for sign in ("negative", "positive"):
        if arrays and all(sign in array.traits for array in arrays):
            return sign
    return None


@rule("constant-draw", "Widen the range: the upper end of integers and randint is not drawn")
def constant_draw(checks: Checks) -> Iterator[Hit]:
    """A draw that has one outcome only, such as `integers(1)`, which is always 0.

    What is multiplied by it, or raised to it, no longer depends on the answer.
    """
    for source in checks.sources:
        for node in ast.walk(source.tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                only = _only_outcome(node, node.func.attr)
                if only is not None:
                    what = f"`{node.func.attr}` draws nothing but {only:g} here"
                    yield Hit(source, node.lineno, what)


def _only_outcome(node: ast.Call, name: str) -> float | None:
    """The one number that this call can draw, or None."""
    if name not in ("integers", "randint", "uniform"):
        return None
    if any(keyword.arg in ("endpoint", "high", "low") for keyword in node.keywords):
        return None
    if isinstance(node.func, ast.Attribute) and getattr(node.func.value, "id", "") == "random":
        return None  # Python's own randint draws its upper end, too
    ends = [_number(argument) for argument in node.args[:2]]
    if len(ends) == 1 and name != "uniform":
        ends = [0, *ends]
    low, high = ends if len(ends) == 2 else (None, None)
    if low is None or high is None:
        return None
    return low if high - low == (0 if name == "uniform" else 1) else None


def _number(node: ast.expr) -> float | None:
    value = node.value if isinstance(node, ast.Constant) else None
    return value if isinstance(value, int | float) else None


@rule("one-seed", "Take the fixture `rng`, and several seeds where training or sampling is judged")
def one_seed(checks: Checks) -> Iterator[Hit]:
    """A fixed seed in the checks, or one seed for what depends on chance.

    A golden loss of one seed fails right solutions that draw in another order, and numbers
    drawn once can be learned by heart; one lucky seed says nothing about training.
    """
    for source in checks.sources:
        for group in _by_function(source.tree):
            seeds = [node for node in group if _is_seed(node)]
            if len({ast.dump(node.args[0]) for node in seeds}) == 1:
                yield Hit(source, seeds[0].lineno, f"`{ast.unparse(seeds[0])}` is one fixed seed")

    for task in checks.tasks:
        for name, calls in calls_by_name(checks, task).items():
            has_one = "seed" in checks.signatures.get(name, ())
            default = constant("the default") if has_one else None
            seeds_given = [named(checks, call).get("seed", default) for call in calls]
            known = {value.const for value in seeds_given if value is not None and value.known}
            if len(known) == 1 and all(v is not None and v.known for v in seeds_given):
                line = getattr(calls[0].node, "lineno", 1)
                what = f"task {task!r}: `{name}` is tried with one seed only"
                yield Hit(calls[0].source, line, what)


def _by_function(tree: ast.Module) -> Iterator[list[ast.Call]]:
    """The calls of each top-level statement, a function or a class's being one."""
    for statement in tree.body:
        yield [node for node in ast.walk(statement) if isinstance(node, ast.Call)]


def _is_seed(node: ast.Call) -> bool:
    name = getattr(node.func, "attr", getattr(node.func, "id", ""))
    first = node.args[0] if node.args else None
    whole = isinstance(first, ast.Constant) and isinstance(first.value, int)
    return name in _SEEDS and whole and "student" not in ast.dump(node.func)


@rule("tiles-only", "Try a stride smaller than the window, so that windows overlap")
def tiles_only(checks: Checks) -> Iterator[Hit]:
    """Windows that never overlap: the stride equals the size in every check.

    The backward pass of a pooling layer may then assign where it must add.
    """

    def look(calls: list[Call]) -> str | None:
        return "gets windows that never overlap" if all(map(tiled, calls)) else None

    def tiled(call: Call) -> bool:
        arguments = {name.lower(): plain(value) for name, value in named(checks, call).items()}
        strides = {arguments[name] for name in _STRIDE & arguments.keys()}
        windows = {arguments[name] for name in _WINDOW & arguments.keys()}
        size = next(iter(windows), None)
        overlap = not isinstance(size, int) or size < 2 or strides != windows
        return len(windows) == 1 and not overlap

    yield from _each(checks, look)
