"""What the linter knows of a call: the student's code, numpy's, torch's, and the checks' own."""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import replace

from autograder.proof.lint.arrays import KEEPS_SHAPE, array_of, drawn, elementwise, fresh, made
from autograder.proof.lint.builtin import Builtins
from autograder.proof.lint.names import (
    AGREE,
    ALL,
    ARRAY_METHODS,
    CONVERSIONS,
    IN_LIST,
    QUESTIONS,
    REDUCTIONS,
)
from autograder.proof.lint.parts import element_of, elements, taken_apart
from autograder.proof.lint.trace import Call, root
from autograder.proof.lint.values import (
    COMPUTED,
    NO_LABELS,
    NOTHING,
    Closure,
    Labels,
    Pair,
    Scope,
    Value,
    constant,
    plain,
    relabel,
    sequence,
    unite,
)


class Calls(Builtins):
    """Follows calls; `methods` are those of the class that the check stands in."""

    methods: dict[str, Closure]

    def call(self, node: ast.Call, scope: Scope) -> Value:
        """What a call returns; what it says about the student's code goes into the trace."""
        function = self.value(node.func, scope)
        args, kwargs = self._arguments(node, scope)
        if function.closure is not None:
            return self.run(function.closure, args, kwargs)
        if function.module:
            return self._outside(function.module, node, args, kwargs, scope)
        if isinstance(node.func, ast.Attribute):
            return self._method(node.func, node, args, kwargs, scope)
        if function.student:
            return self._student_call("the answer", node, args, kwargs, scope, function)
        return self._unknown(args, kwargs)

    _call = call

    def _arguments(self, node: ast.Call, scope: Scope) -> tuple[list[Value], dict[str, Value]]:
        args: list[Value] = []
        for item in node.args:
            value = self.value(item, scope)
            if not isinstance(item, ast.Starred):
                args.append(value)
            elif (spread := elements(value)) is not None:
                args += spread
            else:
                args.append(replace(element_of(value), traits=frozenset({"spread"})))
        kwargs: dict[str, Value] = {}
        for keyword in node.keywords:
            value = self.value(keyword.value, scope)
            if keyword.arg is not None:
                kwargs[keyword.arg] = value
            elif value.keys is not None and value.parts is not None:
                kwargs |= {str(k): v for k, v in zip(value.keys, value.parts, strict=True)}
            else:
                kwargs["**"] = value
        return args, kwargs

    def _outside(
        self, name: str, node: ast.Call, args: list[Value], kwargs: dict[str, Value], scope: Scope
    ) -> Value:
        room, _, rest = name.partition(".")
        last = name.rpartition(".")[2]
        if room == "student":
            return self._ask_student(rest, node, args, kwargs, scope)
        if room == "reference":
            self._callbacks(args, kwargs)
            labels = self._from(args, kwargs) | {"o:reference"}
            return Value(labels=frozenset(labels), key=fresh())
        if room == "rng" or name.startswith(("numpy.random.", "random.", "torch.rand")):
            if last in ("default_rng", "RandomState", "Generator", "Random"):
                return Value(module="rng")
            if room == "torch":
                return drawn("randn", args, kwargs)
            if last in ("permutation", "shuffle", "permuted") and args:
                return replace(args[0], labels=args[0].labels | {"rng"}, key=fresh(), parts=None)
            return drawn(last, args, kwargs)
        if room == "builtins":
            return self.builtin(last, node, args, kwargs, scope)
        if name.startswith("autograder."):
            return self._own(last, name, node, args, kwargs, scope)
        if room == "derivation":
            if last == "check" and args:
                self.record([Pair(args[0], NOTHING, node, "derivation")], scope)
            return NOTHING
        if room == "self" and rest in self.methods:
            return self.run(self.methods[rest], [Value(module="self"), *args], kwargs)
        if room == "pytest":
            return args[0] if last == "approx" and args else NOTHING
        if last.startswith("assert_"):
            return self._assertion(node, args, kwargs, scope)
        handed_on = any(value.module.startswith("student") for value in args)
        if room in ("numpy", "torch", "scipy", "math") and not handed_on:
            return self._numbers(room, name, last, node, args, kwargs)
        return self._unknown(args, kwargs)

    # The student's code.

    def _ask_student(
        self, path: str, node: ast.Call, args: list[Value], kwargs: dict[str, Value], scope: Scope
    ) -> Value:
        *before, last = path.split(".")
        if last == "get" and args:
            name = before[0] if before else str(plain(args[0]) if args[0].known else "?")
            self.trace.reads.add(name)
            return Value(labels=frozenset({f"s:{name}"}), key=("read", path, plain(args[0])))
        if last == "has" and not before:
            return Value(labels=frozenset({f"f:{plain(args[0]) if args else '?'}"}))
        if last == "ref" and not before:
            self.trace.reads.add("ref")
            return Value(module=f"student.{plain(args[0]) if args else '?'}")
        owner = Value(labels=frozenset(f"s:{name}" for name in before[:1]))
        return self._student_call(last, node, args, kwargs, scope, owner)

    def _student_call(
        self,
        name: str,
        node: ast.Call,
        args: list[Value],
        kwargs: dict[str, Value],
        scope: Scope,
        receiver: Value = NOTHING,
    ) -> Value:
        self._callbacks(args, kwargs)
        event = Call(
            name, node, scope.source, tuple(args), dict(kwargs), self.loops > 0, receiver.key
        )
        self.trace.calls.append(event)
        given = unite([*args, *kwargs.values()])
        labels = {x for x in given | receiver.labels if x.startswith("s:")}
        oracles = {"a:" + x[2:] for x in given if x.startswith("o:")}
        if not oracles and "c" in given:
            oracles = {"a:closed form"}
        return Value(labels=frozenset(labels | oracles | {f"s:{name}"}), key=fresh())

    def _callbacks(self, args: list[Value], kwargs: dict[str, Value]) -> Labels:
        """Follow the functions among the arguments, as whoever gets them may call them."""
        found: Labels = NO_LABELS
        for value in (*args, *kwargs.values()):
            if value.closure is not None:
                found |= self.run(value.closure, [], {}).labels
        return found

    # What is not followed.

    def _unknown(self, args: list[Value], kwargs: dict[str, Value]) -> Value:
        every = [*args, *kwargs.values()]
        if any(value.student for value in every):
            self.trace.judged_elsewhere = True
        if any(value.module.startswith("student") for value in every):
            self.trace.escaped = self.trace.judged_elsewhere = True
        return Value(labels=self._from(args, kwargs) | self._callbacks(args, kwargs))

    def _from(self, args: list[Value], kwargs: dict[str, Value]) -> Labels:
        return unite([*args, *kwargs.values()])

    # The checks' own functions.

    def _own(
        self,
        last: str,
        name: str,
        node: ast.Call,
        args: list[Value],
        kwargs: dict[str, Value],
        scope: Scope,
    ) -> Value:
        actual = args[0] if args else kwargs.get("actual", NOTHING)
        expected = args[1] if len(args) > 1 else kwargs.get("expected", NOTHING)
        if last in ("close", "equal"):
            self.record([Pair(actual, expected, node, "close")], scope)
        elif last == "shaped":
            form = replace(actual, labels=relabel(actual.labels, "f"))
            self.record([Pair(form, expected, node, "form")], scope)
        elif last == "unchanged":
            self.trace.unchanged = True
            self.record([Pair(NOTHING, NOTHING, node, "unchanged")], scope)
        elif last == "repeatable" and actual.module.startswith("student."):
            path = actual.module.partition(".")[2]
            answer = self._ask_student(path, node, args[1:], kwargs, scope)
            self.record([Pair(answer, answer, node, "itself")], scope)
            return answer
        elif last == "unpack":
            return self._unpacked(actual, args, node, scope)
        elif last == "Derivation":
            return Value(module="derivation")
        elif name.endswith("gradient.check"):
            f = actual.closure
            truth = self.run(f, [], {}) if f is not None else self._called(actual, node, scope)
            grads = self.run(expected.closure, [], {}) if expected.closure else expected
            labels = truth.labels | {"o:differences"}
            self.record([Pair(grads, Value(labels=labels), node, "close")], scope)
        elif name.endswith("convergence.check"):
            seeds, train = [drawn("integers", [], {})], actual.closure
            ends = self.run(train, seeds, {}) if train else self._called(actual, node, scope)
            recorded = Value(labels=frozenset({"o:recorded runs"}))
            self.record([Pair(ends, recorded, node, "close")], scope)
        elif name.endswith("gradient.numerical"):
            f = actual.closure
            truth = self.run(f, [], {}) if f is not None else self._called(actual, node, scope)
            labels = truth.labels | {"o:differences"}
            return Value(labels=labels, shape=expected.shape, traits=frozenset({"array"}))
        elif any(value.student or value.module for value in args):
            return self._unknown(args, kwargs)
        return NOTHING

    def _called(self, function: Value, node: ast.Call, scope: Scope) -> Value:
        """What a function of the student returns that is passed on instead of called."""
        if not function.module.startswith("student."):
            return function
        return self._ask_student(function.module.partition(".")[2], node, [], {}, scope)

    def _unpacked(self, actual: Value, args: list[Value], node: ast.Call, scope: Scope) -> Value:
        form = replace(actual, labels=relabel(actual.labels, "f"))
        self.record([Pair(form, NOTHING, node, "form")], scope)
        self.trace.sized.add(root(actual.key))
        n = plain(args[1]) if len(args) > 1 else None
        if type(n) is int and 0 <= n <= 24:
            return sequence(taken_apart(actual, n))
        return actual

    def _assertion(
        self, node: ast.Call, args: list[Value], kwargs: dict[str, Value], scope: Scope
    ) -> Value:
        names = [kwargs[k] for k in ("actual", "x", "desired", "expected", "y") if k in kwargs]
        both = [*args, *names][:2]
        if len(both) == 2:
            left, right = both
            if right.student and not left.student:
                left, right = right, left
            self.record([Pair(left, right, node, "close")], scope)
        return NOTHING

    # Numbers.

    def _numbers(
        self,
        room: str,
        name: str,
        last: str,
        node: ast.Call,
        args: list[Value],
        kwargs: dict[str, Value],
    ) -> Value:
        labels = self._from(args, kwargs) | self._callbacks(args, kwargs)
        first = args[0] if args else NOTHING
        if last in AGREE and len(args) > 1:
            left, right = args[:2]
            if right.student and not left.student:
                left, right = right, left
            return Value(labels=labels, pairs=(Pair(left, right, node, "close"),))
        if last in QUESTIONS:
            return Value(labels=relabel(labels, "f"), key=("shape", first.key))
        if last in ALL:
            return Value(labels=labels, pairs=first.pairs, difference=first.difference)
        if last in REDUCTIONS:
            return self._reduced(first, labels)
        new = made(last, args, kwargs)
        if new is not None and name.count(".") == 1:
            return replace(new, labels=new.labels | labels)
        if room == "torch" and last not in CONVERSIONS:
            labels |= {"o:torch"}
        elif room == "scipy":
            labels |= {"o:scipy"}
        elif name.startswith(("numpy.linalg.", "numpy.fft.")):
            labels |= {"o:numpy.linalg"}
        if not any(value.student for value in args):
            labels |= COMPUTED
        if last in KEEPS_SHAPE or last in ("maximum", "minimum", "where", "add", "multiply"):
            same = elementwise([array_of(value) or value for value in args], labels)
            keep = (
                first.traits & {"saturating", "tiny"} if last in ("abs", "round") else frozenset()
            )
            sign = {"positive"} if last in ("abs", "absolute", "exp", "square") else frozenset()
            return replace(same, traits=same.traits | keep | sign, difference=first.difference)
        return Value(labels=labels, traits=frozenset({"array"}))

    def _reduced(self, base: Value, labels: Labels) -> Value:
        """A sum, mean or norm: of a difference it still compares, of a bare answer it does not."""
        if base.difference is not None:
            return Value(labels=labels, difference=base.difference)
        alone = all(label[:2] in ("s:", "r:", "a:", "f:") for label in base.labels)
        if base.student and alone:
            return Value(labels=relabel(labels, "r"))
        return Value(labels=labels | (NO_LABELS if base.student else COMPUTED))

    # Methods.

    def _method(
        self,
        function: ast.Attribute,
        node: ast.Call,
        args: list[Value],
        kwargs: dict[str, Value],
        scope: Scope,
    ) -> Value:
        base = self.value(function.value, scope)
        name = function.attr
        labels = base.labels | self._from(args, kwargs)
        if name in IN_LIST and isinstance(function.value, ast.Name):
            grown = unite(args) | base.labels
            if name == "append" and base.parts is not None and base.keys is None and not self.loops:
                scope.names[function.value.id] = sequence([*base.parts, *args])
            else:
                scope.names[function.value.id] = Value(labels=grown)
            return NOTHING
        if name in ("keys", "values", "items"):
            return self._of_dict(name, base)
        if name in REDUCTIONS:
            return self._reduced(base, labels)
        if name in ALL:
            return Value(labels=labels, pairs=base.pairs, difference=base.difference)
        if name == "get":
            # An attribute of the student's object, or an entry of their dictionary.
            own = frozenset("p:" + x[2:] if x.startswith("s:") else x for x in labels)
            return Value(labels=own, key=("item", base.key, plain(args[0]) if args else None))
        simple: dict[str, Callable[[], Value]] = {
            "tolist": lambda: base,
            "transpose": lambda: replace(base, shape=base.shape and base.shape[::-1], key=None),
        }
        if name in simple:
            return simple[name]()
        new = made(name, [base, *args], kwargs)
        if new is not None:
            return new
        shape = _array_method(name, base, args)
        if shape is not None:
            return replace(shape, labels=labels)
        if base.student and "array" not in base.traits:
            if name in ARRAY_METHODS:
                return Value(labels=labels, key=None)
            return self._student_call(name, node, args, kwargs, scope, base)
        if not (base.labels or base.known or base.parts or "array" in base.traits):
            return self._unknown(args, kwargs)
        self._callbacks(args, kwargs)
        return Value(labels=labels, traits=frozenset({"array"}) & base.traits)

    def _of_dict(self, name: str, base: Value) -> Value:
        if base.keys is not None and base.parts is not None:
            if name == "items":
                both = zip(base.keys, base.parts, strict=True)
                return sequence(sequence([constant(k), v]) for k, v in both)
            return sequence(base.parts if name == "values" else [constant(k) for k in base.keys])
        key = ("keys", base.key)
        form = Value(labels=relabel(base.labels, "f"))
        each = Value(labels=base.labels)
        if name == "items":
            return Value(labels=base.labels, key=key, element=sequence([form, each]))
        if name == "values":
            return Value(labels=base.labels, key=key, element=each)
        return Value(labels=form.labels, key=key, element=form)

    def run(self, closure: Closure, args: list[Value], kwargs: dict[str, Value]) -> Value:
        """What a function of the checks file returns."""
        raise NotImplementedError

    def record(self, pairs: list[Pair], scope: Scope) -> None:
        """Put comparisons that decide over the check into the trace."""
        raise NotImplementedError


def _array_method(name: str, base: Value, args: list[Value]) -> Value | None:
    if base.student and "array" not in base.traits:
        return None
    if name in KEEPS_SHAPE:
        return replace(elementwise([base]), difference=base.difference)
    if name in ("reshape", "view") and args:
        given = plain(args[0]) if len(args) == 1 else tuple(plain(arg) for arg in args)
        shape = (given,) if type(given) is int else given
        known = isinstance(shape, tuple) and all(type(n) is int and n >= 0 for n in shape)
        return replace(base, shape=shape if known else None, key=fresh(), parts=None)
    return None
