"""What the linter knows of an expression's value."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from autograder.proof.lint.arrays import array_of, elementwise, product, scaled
from autograder.proof.lint.parts import (
    around_star,
    element_of,
    elements,
    is_key,
    is_small,
    of_lists,
    taken_apart,
    weakened,
)
from autograder.proof.lint.trace import Loop, Trace
from autograder.proof.lint.values import (
    COMPUTED,
    NOTHING,
    Closure,
    Pair,
    Scope,
    Value,
    constant,
    join,
    plain,
    relabel,
    sequence,
    unite,
)

_OPERATORS: dict[type[ast.AST], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv,
    ast.Mod: operator.mod,
    ast.Pow: operator.pow,
}
_COMPARISONS: dict[type[ast.AST], Callable[[Any, Any], Any]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.Is: operator.is_,
    ast.IsNot: operator.is_not,
    ast.In: lambda a, b: a in b,
    ast.NotIn: lambda a, b: a not in b,
}
_FORM = {"shape", "ndim", "dtype", "size", "nbytes", "itemsize", "kind", "requires_grad"}
_BOUND = (ast.Lt, ast.LtE, ast.Gt, ast.GtE)
MOST_STEPS = 50_000  # a check of the course takes a few thousand


class Expressions:
    """Follows expressions; `Calls` and `Machine` add calls and statements."""

    trace: Trace
    loops: int = 0
    steps: int = 0

    def call(self, node: ast.Call, scope: Scope) -> Value:
        """What a call returns."""
        raise NotImplementedError

    def run(self, closure: Closure, args: list[Value], kwargs: dict[str, Value]) -> Value:
        """What a function of the checks file returns."""
        raise NotImplementedError

    def value(self, node: ast.expr | None, scope: Scope) -> Value:
        """What is known of the value of `node`."""
        self.steps += 1
        if self.steps > MOST_STEPS:
            return NOTHING
        follow = getattr(self, f"_{type(node).__name__.lower()}", None)
        if follow is not None:
            found: Value = follow(node, scope)
            return found
        if node is None:
            return NOTHING
        children = [n for n in ast.iter_child_nodes(node) if isinstance(n, ast.expr)]
        return Value(labels=unite(self.value(child, scope) for child in children))

    def _constant(self, node: ast.Constant, scope: Scope) -> Value:
        return constant(node.value)

    def _joinedstr(self, node: ast.JoinedStr, scope: Scope) -> Value:
        texts = []
        for part in node.values:
            inner = part.value if isinstance(part, ast.FormattedValue) else part
            known = self.value(inner, scope)
            if not known.known:
                return NOTHING
            texts.append(str(known.const))
        return constant("".join(texts))

    def _name(self, node: ast.Name, scope: Scope) -> Value:
        found = scope.find(node.id)
        return Value(module=f"builtins.{node.id}") if found is None else found

    def _attribute(self, node: ast.Attribute, scope: Scope) -> Value:
        base = self.value(node.value, scope)
        if base.module:
            if base.module == "student" and node.attr == "mutated":
                self.trace.unchanged = True
            return Value(module=f"{base.module}.{node.attr}")
        if node.attr in _FORM:
            known = None if base.shape is None else sequence(constant(n) for n in base.shape)
            labels = relabel(base.labels, "f")
            if node.attr == "shape" and known is not None:
                return replace(known, labels=labels, key=("shape", base.key))
            return Value(labels=labels, key=("shape", base.key))
        if node.attr in ("T", "mT"):
            shape = None if base.shape is None else base.shape[::-1]
            return replace(base, shape=shape, key=("T", base.key), parts=None)
        return Value(labels=base.labels)

    def _tuple(self, node: ast.Tuple | ast.List, scope: Scope) -> Value:
        parts: list[Value] = []
        for item in node.elts:
            if isinstance(item, ast.Starred):
                spread = self.value(item.value, scope)
                if spread.parts is None:
                    rest = [self.value(e, scope) for e in node.elts if e is not item]
                    return Value(labels=spread.labels | unite(rest))
                if spread.keys is not None:
                    parts += [constant(key) for key in spread.keys]
                else:
                    parts += spread.parts
            else:
                parts.append(self.value(item, scope))
        return sequence(parts)

    _list = _tuple
    _set = _tuple

    def _dict(self, node: ast.Dict, scope: Scope) -> Value:
        keys: list[Any] = []
        parts: list[Value] = []
        whole = True
        for key, item in zip(node.keys, node.values, strict=True):
            known = self.value(item, scope)
            if key is None and known.keys is not None and known.parts is not None:
                keys += known.keys
                parts += known.parts
                continue
            name = plain(self.value(key, scope)) if key is not None else None
            whole = whole and key is not None and is_key(name)
            keys.append(name)
            parts.append(known)
        return sequence(parts, tuple(keys)) if whole else Value(labels=unite(parts))

    def _lambda(self, node: ast.Lambda, scope: Scope) -> Value:
        return Value(closure=Closure(node, scope))

    def _ifexp(self, node: ast.IfExp, scope: Scope) -> Value:
        test = self.value(node.test, scope)
        if test.known:
            return self.value(node.body if test.const else node.orelse, scope)
        return join([self.value(node.body, scope), self.value(node.orelse, scope)])

    def _namedexpr(self, node: ast.NamedExpr, scope: Scope) -> Value:
        found = self.value(node.value, scope)
        scope.names[node.target.id] = found
        return found

    def _boolop(self, node: ast.BoolOp, scope: Scope) -> Value:
        parts = [self.value(item, scope) for item in node.values]
        if isinstance(node.op, ast.Or):
            if any(part.known and part.const for part in parts):
                return Value(labels=unite(parts), traits=frozenset({"always"}))
            if len({plain(p) is None for p in parts}) and not any(p.pairs for p in parts):
                return join(parts)
        pairs = tuple(pair for part in parts for pair in self.judged(part, node))
        return Value(labels=unite(parts), pairs=pairs)

    def _unaryop(self, node: ast.UnaryOp, scope: Scope) -> Value:
        base = self.value(node.operand, scope)
        if isinstance(node.op, ast.Not):
            if base.known:
                return constant(not base.const)
            return Value(labels=base.labels, pairs=self.judged(base, node, expected=False))
        if isinstance(node.op, ast.USub):
            if base.known and isinstance(base.const, int | float):
                return constant(-base.const)
            return scaled(base, -1, elementwise([base], base.labels))
        return replace(base, key=None)

    def _binop(self, node: ast.BinOp, scope: Scope) -> Value:
        left, right = self.value(node.left, scope), self.value(node.right, scope)
        if left.known and right.known and type(node.op) in _OPERATORS:
            try:
                known = _OPERATORS[type(node.op)](left.const, right.const)
                if not isinstance(known, str | bytes | list | tuple | int) or is_small(known):
                    return constant(known)
            except Exception:
                pass
        folded = of_lists(node.op, left, right)
        if folded is not None:
            return folded
        labels = left.labels | right.labels
        if not (left.student or right.student):
            labels |= COMPUTED
        if isinstance(node.op, ast.MatMult):
            return replace(product(left, right), labels=labels)
        if isinstance(node.op, ast.Add) and ("T", left.key) == right.key:
            return Value(labels=labels, shape=left.shape, traits=frozenset({"array", "symmetric"}))
        result = elementwise([array_of(left) or left, array_of(right) or right], labels)
        if isinstance(node.op, ast.Mult | ast.Div):
            for array, factor in ((left, right), (right, left)):
                if factor.known and isinstance(factor.const, int | float) and factor.const:
                    size = 1 / factor.const if isinstance(node.op, ast.Div) else factor.const
                    if isinstance(node.op, ast.Mult) or factor is right:
                        return self._kept(array, scaled(array, size, result))
            return self._kept(left if left.difference else right, result)
        if isinstance(node.op, ast.Sub) and (left.student or right.student):
            return replace(result, difference=(left, right))
        return self._kept(left, result)

    def _kept(self, base: Value, result: Value) -> Value:
        """The result, still a difference if `base` is one."""
        return replace(result, difference=base.difference) if base.difference else result

    def _compare(self, node: ast.Compare, scope: Scope) -> Value:
        values = [self.value(n, scope) for n in (node.left, *node.comparators)]
        if len(values) == 2 and values[0].known and values[1].known:
            try:
                return constant(_COMPARISONS[type(node.ops[0])](values[0].const, values[1].const))
            except Exception:
                return NOTHING
        pairs: list[Pair] = []
        for left, op, right in zip(values[:-1], node.ops, values[1:], strict=True):
            pairs += self._compared(left, op, right, node)
        return Value(labels=unite(values), pairs=tuple(pairs))

    def _compared(self, left: Value, op: ast.cmpop, right: Value, node: ast.Compare) -> list[Pair]:
        if isinstance(op, _BOUND):
            for value in (left, right):
                if value.difference:
                    return [Pair(*value.difference, node, "close")]
            weak = [weakened(value) for value in (left, right)]
            return [Pair(weak[0], weak[1], node, "bound")]
        if isinstance(op, ast.In | ast.NotIn) and right.student and not left.student:
            right = replace(right, labels=relabel(right.labels, "f"), key=None)
        if isinstance(op, ast.Is | ast.IsNot) and None in (plain(left), plain(right)):
            left, right = (
                replace(v, labels=relabel(v.labels, "f"), key=None) for v in (left, right)
            )
        if left.difference:
            left, right = left.difference
        if right.student and not left.student:
            left, right = right, left
        return [Pair(left, right, node)]

    def judged(self, value: Value, node: ast.AST, expected: bool = True) -> tuple[Pair, ...]:
        """The comparisons that the truth of `value` consists of."""
        if value.pairs:
            return value.pairs
        if value.student and not value.known:
            return (Pair(value, constant(expected), node, "truth"),)
        return ()

    def _subscript(self, node: ast.Subscript, scope: Scope) -> Value:
        base = self.value(node.value, scope)
        index = self.value(node.slice, scope)
        if base.module and not base.parts:
            return self.read(base, index)
        at = plain(index)
        if base.parts is not None and at is not None:
            if base.keys is not None:
                if is_key(at) and at in base.keys:
                    return base.parts[base.keys.index(at)]
                return join(list(base.parts)) if base.parts else NOTHING
            if type(at) is int and -len(base.parts) <= at < len(base.parts):
                return base.parts[at]
            if isinstance(node.slice, ast.Slice):
                whole = self.cut(node.slice, scope)
                if whole is not None:
                    return sequence(base.parts[whole])
        key = None if base.key is None else ("item", base.key, at if is_key(at) else ast.dump(node))
        traits = base.traits & {"array", "equal", "integers", "tiny", "positive", "negative"}
        shape = base.shape[1:] if base.shape and type(at) is int else None
        labels = base.labels | frozenset(x for x in index.labels if x.startswith("o:"))
        return Value(labels=labels, traits=traits, key=key, shape=shape)

    def cut(self, node: ast.Slice, scope: Scope) -> slice | None:
        """The slice with its ends, if they are known."""
        limits = (node.lower, node.upper, node.step)
        ends = [plain(self.value(n, scope)) if n else None for n in limits]
        return slice(*ends) if all(end is None or type(end) is int for end in ends) else None

    def read(self, base: Value, index: Value) -> Value:
        """What `base[index]` is where `base` is a name from outside, the student's among them."""
        return Value(labels=base.labels)

    def _starred(self, node: ast.Starred, scope: Scope) -> Value:
        return self.value(node.value, scope)

    def _listcomp(self, node: ast.ListComp | ast.GeneratorExp | ast.SetComp, scope: Scope) -> Value:
        inner = Scope(scope.source, parent=scope)
        found: list[Value] = []
        complete = self._generate(
            node.generators, inner, lambda: found.append(self.value(node.elt, inner))
        )
        pairs = tuple(pair for value in found for pair in self.judged(value, node.elt))
        labels = unite(found)
        if complete and not isinstance(node, ast.SetComp):
            return replace(sequence(found), pairs=pairs)
        return Value(labels=labels, pairs=pairs)

    _generatorexp = _listcomp
    _setcomp = _listcomp

    def _dictcomp(self, node: ast.DictComp, scope: Scope) -> Value:
        inner = Scope(scope.source, parent=scope)
        keys: list[Any] = []
        parts: list[Value] = []

        def one() -> None:
            keys.append(plain(self.value(node.key, inner)))
            parts.append(self.value(node.value, inner))

        complete = self._generate(node.generators, inner, one)
        if complete and all(is_key(key) for key in keys):
            return sequence(parts, tuple(keys))
        return Value(labels=unite(parts))

    def _generate(
        self, generators: list[ast.comprehension], scope: Scope, body: Callable[[], None]
    ) -> bool:
        """Run `body` for each element; return whether the elements are known one by one."""
        if not generators:
            body()
            return True
        first, *rest = generators
        iterable = self.value(first.iter, scope)
        self.trace.loops.append(Loop(iterable, first.iter, scope.source, False))
        known = elements(iterable)
        self.loops += known is None
        complete = known is not None and not first.ifs
        for element in known if known is not None else [element_of(iterable)]:
            self.assign(first.target, element, scope)
            for test in first.ifs:
                self.value(test, scope)
            complete = self._generate(rest, scope, body) and complete
        self.loops -= known is None
        return complete

    def assign(self, target: ast.expr, value: Value, scope: Scope) -> None:
        """Bind a name, or the names of a tuple, to a value or its parts."""
        if isinstance(target, ast.Name):
            scope.names[target.id] = value
        elif isinstance(target, ast.Starred):
            known = value if value.parts is not None else Value(labels=value.labels)
            self.assign(target.value, known, scope)
        elif isinstance(target, ast.Tuple | ast.List):
            parts = taken_apart(value, len(target.elts))
            star = any(isinstance(item, ast.Starred) for item in target.elts)
            if star and value.parts is not None:
                parts = around_star(target.elts, value.parts)
            for item, part in zip(target.elts, parts, strict=True):
                self.assign(item, part, scope)
        elif isinstance(target, ast.Subscript) and isinstance(target.value, ast.Name):
            before = scope.find(target.value.id) or NOTHING
            scope.names[target.value.id] = Value(
                labels=before.labels | value.labels, key=before.key
            )
