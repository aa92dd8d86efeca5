from __future__ import annotations

import random
import weakref
from typing import Any

import numpy as np
import pytest

from autograder.errors import MissingNameError, SessionDiedError, StudentError
from autograder.sandbox import Attribute, Handle, Item, LocalSession, Name


def local(source: str) -> LocalSession:
    session = LocalSession({})
    result = session.run_cell(source, name="cell 3 (model)", seconds=1)
    assert result.error is None
    return session


def call(session: LocalSession, name: str, *args: object, **kwargs: object) -> Any:
    return session.call(Name(name), args, kwargs, seconds=1).value


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("def f(a, b): b.append(1)", ("b",)),
        ("def f(a, *rest): rest[0].sort()", ("argument 2",)),
        ("def f(a, b): a['x'] = b", ("a",)),
        ("def f(a, b): a['w'] += 1", ("a",)),
        ("def f(a, b): b = b + [1]; return b", ()),
        ("f = lambda a, b: None", ()),
        ("def f(*a, **kw): kw['grads'][0] = 5", ("grads",)),
    ],
)
def test_arguments_changed_in_place_are_named(source: str, names: tuple[str, ...]) -> None:
    arguments = ({"w": np.zeros(2)}, [3, 2])
    keywords = {"grads": [1]} if "grads" in source else {}
    assert local(source).call(Name("f"), arguments, keywords, seconds=1).mutated == names


def test_an_object_stays_and_is_used_by_handle() -> None:
    session = local(
        "import numpy as np\n"
        "class Linear:\n"
        "    def __init__(self, n): self.W, self.parts = np.ones(n), {'b': [7]}\n"
        "    def forward(self, x): return x * self.W\n"
    )
    layer = call(session, "Linear", 2)
    assert isinstance(layer, Handle)
    assert (layer.type_name, layer.callable) == ("Linear", False)
    forward = session.call(Attribute(layer, "forward"), (3.0,), {}, seconds=1).value
    np.testing.assert_array_equal(forward, [3, 3])
    assert session.get(Item(Item(Attribute(layer, "parts"), "b"), 0), seconds=1) == 7
    # Asked for twice, it is still one object.
    session.run_cell("layer = Linear(1)", name="c", seconds=1)
    assert session.get(Name("layer"), seconds=1) == session.get(Name("layer"), seconds=1)


def test_objects_and_functions_are_kept_as_long_as_the_other_side_has_them() -> None:
    session = local(
        "class A:\n"
        "    alive = 0\n"
        "    def __init__(self): A.alive += 1\n"
        "    def __del__(self): A.alive -= 1\n"
        "def count(): return A.alive\n"
        "def use(f): return f()\n"
        "kept = []\n"
        "def keep(f): kept.append(f)\n"
    )

    class Function:
        def __call__(self) -> int:
            return 5

    first, again = call(session, "A"), call(session, "A")
    assert call(session, "count") == 2
    del again
    assert call(session, "count") == 1
    assert session.get(Attribute(first, "alive"), seconds=1) == 1
    used, kept = Function(), Function()
    alive = [weakref.ref(used), weakref.ref(kept)]
    call(session, "use", used)
    call(session, "keep", kept)
    del used, kept
    assert [function() is None for function in alive] == [True, False]
    assert session.call(Item(Name("kept"), 0), (), {}, seconds=1).value == 5


def test_a_callback_s_exception_travels_as_text_and_is_kept_as_the_cause() -> None:
    session = local(
        "def attempt(f):\n    try: f()\n"
        "    except Exception as e: return type(e).__name__, str(e)\n"
        "def through(f): return f()"
    )

    def broken() -> None:
        raise KeyError("secret")

    assert call(session, "attempt", broken) == ("CallbackError", "KeyError: 'secret'")
    with pytest.raises(StudentError) as caught:
        call(session, "through", broken)
    assert isinstance(caught.value.__cause__, KeyError)


def test_an_exception_that_cannot_be_shown_is_still_reported() -> None:
    session = local(
        "class Nasty(Exception):\n    def __str__(self): raise RuntimeError\n"
        "def f(): raise Nasty()\ndef g(): raise SystemExit(1)\n"
        "def h(): raise ValueError('x' * 10**6 + chr(0xd800))"
    )
    for name, kind in (("f", "Nasty"), ("g", "SystemExit"), ("h", "ValueError")):
        with pytest.raises(StudentError) as caught:
            call(session, name)
        assert caught.value.type == kind
        assert len(caught.value.message) <= 2000


def test_what_does_not_exist_is_missing_rather_than_wrong() -> None:
    session = local("class A: pass\na = A()\ndef f(): return a.weights")
    for target in (Name("g"), Attribute(Name("a"), "weights"), Item(Name("a"), 0)):
        with pytest.raises((MissingNameError, StudentError)):
            session.get(target, seconds=1)
    with pytest.raises(MissingNameError):
        session.get(Attribute(Name("a"), "weights"), seconds=1)
    with pytest.raises(StudentError) as caught:
        call(session, "f")
    assert not isinstance(caught.value, MissingNameError)
    assert session.has("f")
    assert not session.has("g")


def test_randomness_repeats_and_the_caller_s_is_left_alone() -> None:
    session = local(
        "import random, numpy as np, torch\n"
        "def draw(): return random.random(), np.random.rand(), torch.rand(1).item()"
    )
    random.seed(5)
    expected = random.random()
    random.seed(5)
    assert call(session, "draw") == call(session, "draw")
    assert random.random() == expected


def test_a_cell_s_prints_and_error_are_its_outputs() -> None:
    session = LocalSession({})
    result = session.run_cell("%matplotlib inline\nprint('hi')\n1/0", name="cell 9", seconds=1)
    assert [output["output_type"] for output in result.outputs] == ["stream", "error"]
    assert result.error is not None
    assert result.error.trace == ("cell 9, line 3",)


def test_an_interrupt_at_the_keyboard_is_not_the_function_s_error() -> None:
    session = local("def f(): raise KeyboardInterrupt")
    with pytest.raises(KeyboardInterrupt):
        call(session, "f")


def test_a_closed_session_answers_nothing() -> None:
    session = local("x = 1")
    session.close()
    with pytest.raises(SessionDiedError):
        session.get(Name("x"), seconds=1)
