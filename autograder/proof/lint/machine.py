"""Following the code of a check without running it: statements, helpers, parametrized cases."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from autograder.proof.lint.calls import Calls
from autograder.proof.lint.expressions import MOST_STEPS
from autograder.proof.lint.parts import element_of, elements
from autograder.proof.lint.reading import Check, Source
from autograder.proof.lint.trace import Comparison, Loop, Trace, root
from autograder.proof.lint.values import (
    NOTHING,
    Closure,
    Pair,
    Scope,
    Value,
    join,
    plain,
)

_DEPTH = 14
_CASES = 24


class Machine(Calls):
    """Follows statements. One machine serves one assignment; each check gets its own trace."""

    def __init__(self, sources: Iterable[Source]) -> None:
        self.trace = Trace()
        self.loops = 0
        self.methods = {}
        self._guards: list[ast.AST] = []
        self._running: list[ast.AST] = []
        self.steps = 0
        self.modules: dict[Source, Scope] = {}
        self._public: Scope | None = None
        for source in sources:
            scope = Scope(source)
            self._body(source.tree.body, scope)
            self.modules[source] = scope
            if not source.hidden:
                self._public = scope

    def follow(self, check: Check) -> Trace:
        """What the check does, over its parametrized cases, at most a few of them."""
        self.trace = Trace()
        self.steps = 0
        scope = self.modules[check.source]
        body = check.in_class.body if check.in_class is not None else []
        methods = [node for node in body if isinstance(node, ast.FunctionDef)]
        self.methods = {node.name: Closure(node, scope) for node in methods}
        for case in _cases(check.node, self, scope):
            self.loops = 0
            self._guards = []
            given = case | self._fixtures(check.node, case, scope)
            self.run(Closure(check.node, scope), [], given | {"self": Value(module="self")})
        if self.steps > MOST_STEPS:
            # What was not followed to its end is taken for sound.
            self.trace.escaped = self.trace.judged_elsewhere = True
        return self.trace

    def _fixtures(
        self, node: ast.FunctionDef, case: dict[str, Value], scope: Scope
    ) -> dict[str, Value]:
        own = {name: Value(module=name) for name in ("student", "reference", "rng")}
        found = {}
        for argument in node.args.args:
            name = argument.arg
            known = scope.find(name)
            if name in own:
                found[name] = own[name]
            elif name == "variant":
                found[name] = Value(labels=frozenset({"rng"}))
            elif name not in case and known is not None and known.closure and known.closure.fixture:
                inner = known.closure.node
                needs = (
                    self._fixtures(inner, {}, scope) if isinstance(inner, ast.FunctionDef) else {}
                )
                found[name] = self.run(known.closure, [], needs)
        return found

    def run(self, closure: Closure, args: list[Value], kwargs: dict[str, Value]) -> Value:
        """What a function of the checks file returns for these arguments."""
        node = closure.node
        deep = len(self._running) >= _DEPTH or self._running.count(node) > 1
        if deep or self.steps > MOST_STEPS:
            return Value(labels=frozenset().union(*(v.labels for v in (*args, *kwargs.values()))))
        scope = Scope(closure.scope.source, parent=closure.scope)
        self._bind(node.args, args, kwargs, scope)
        self._running.append(node)
        guards = len(self._guards)
        try:
            if isinstance(node, ast.Lambda):
                return self.value(node.body, scope)
            self._body(node.body, scope)
        finally:
            self._running.pop()
            del self._guards[guards:]
        return join(scope.returns) if scope.returns else NOTHING

    def _bind(
        self, spec: ast.arguments, args: list[Value], kwargs: dict[str, Value], scope: Scope
    ) -> None:
        names = [a.arg for a in (*spec.posonlyargs, *spec.args)]
        outer = scope.parent or scope
        defaults = dict(zip(names[len(names) - len(spec.defaults) :], spec.defaults, strict=True))
        defaults |= {
            a.arg: d
            for a, d in zip(spec.kwonlyargs, spec.kw_defaults, strict=True)
            if d is not None
        }
        for name in (*names, *(a.arg for a in spec.kwonlyargs)):
            default = defaults.get(name)
            scope.names[name] = NOTHING if default is None else self.value(default, outer)
        spread = any("spread" in value.traits for value in args)
        for name, value in zip(names, args, strict=False):
            scope.names[name] = value
        if spread and args:
            for name in names[len(args) :]:
                scope.names[name] = args[-1]
        if spec.vararg is not None:
            rest = args[len(names) :]
            scope.names[spec.vararg.arg] = Value(parts=tuple(rest), labels=_labels(rest))
        scope.names |= {k: v for k, v in kwargs.items() if k in scope.names}

    def record(self, pairs: list[Pair], scope: Scope) -> None:
        """Put comparisons that decide over the check into the trace."""
        for pair in pairs:
            if pair.actual.difference is not None and pair.expected.const == 0:
                pair = Pair(*pair.actual.difference, pair.node, "close")
            judged = frozenset("s:" + x[2:] if x[:2] == "p:" else x for x in pair.actual.labels)
            pair = replace(pair, actual=replace(pair.actual, labels=judged))
            for value in (pair.actual, pair.expected):
                if value.key is not None:
                    self.trace.sized.add(root(value.key))
            guard = self._guards[-1] if self._guards else None
            self.trace.comparisons.append(Comparison(pair, scope.source, guard))

    # Statements.

    def _body(self, body: list[ast.stmt], scope: Scope) -> None:
        for statement in body:
            if self.steps > MOST_STEPS:
                return
            self._statement(statement, scope)

    def _statement(self, node: ast.stmt, scope: Scope) -> None:
        if isinstance(node, ast.FunctionDef):
            fixture = any("fixture" in ast.dump(d) for d in node.decorator_list)
            scope.names[node.name] = Value(closure=Closure(node, scope, fixture))
        elif isinstance(node, ast.Import | ast.ImportFrom):
            self._import(node, scope)
        elif isinstance(node, ast.Assign):
            value = self.value(node.value, scope)
            for target in node.targets:
                self.assign(target, value, scope)
        elif isinstance(node, ast.AnnAssign) and node.value is not None:
            self.assign(node.target, self.value(node.value, scope), scope)
        elif isinstance(node, ast.AugAssign):
            operation = ast.BinOp(node.target, node.op, node.value)
            ast.copy_location(operation, node)
            self.assign(node.target, self.value(operation, scope), scope)
        elif isinstance(node, ast.Expr):
            self._expression(node.value, scope)
        elif isinstance(node, ast.Return):
            scope.returns.append(self.value(node.value, scope))
        elif isinstance(node, ast.Assert):
            test = self.value(node.test, scope)
            self.record(list(self.judged(test, node)), scope)
        else:
            self._block(node, scope)

    def _block(self, node: ast.stmt, scope: Scope) -> None:
        if isinstance(node, ast.If):
            self._if(node, scope)
        elif isinstance(node, ast.For):
            self._for(node, scope)
        elif isinstance(node, ast.While):
            self.value(node.test, scope)
            self.loops += 1
            self._body(node.body, scope)
            self.loops -= 1
        elif isinstance(node, ast.With):
            self._with(node, scope)
        elif isinstance(node, ast.Try):
            self._body(node.body, scope)
            for handler in node.handlers:
                if handler.name:
                    scope.names[handler.name] = Value(labels=frozenset({"f:an exception"}))
                self._body(handler.body, scope)
            self._body(node.orelse, scope)
            self._body(node.finalbody, scope)

    def _expression(self, node: ast.expr, scope: Scope) -> None:
        if isinstance(node, ast.Yield):
            scope.returns.append(self.value(node.value, scope))
            return
        before = len(self.trace.comparisons)
        value = self.value(node, scope)
        lost = value.pairs and len(self.trace.comparisons) == before and self._running
        if lost and not isinstance(node, ast.ListComp):
            self.trace.thrown_away.append((node, scope.source))

    def _with(self, node: ast.With, scope: Scope) -> None:
        for item in node.items:
            value = self.value(item.context_expr, scope)
            if item.optional_vars is not None:
                self.assign(item.optional_vars, Value(labels=value.labels), scope)
        before = set(self.trace.calls)
        self._body(node.body, scope)
        raises = any("raises" in ast.dump(item.context_expr) for item in node.items)
        if raises:
            names = {f"s:{call.name}" for call in set(self.trace.calls) - before}
            self.record([Pair(Value(labels=frozenset(names)), NOTHING, node, "raises")], scope)

    def _if(self, node: ast.If, scope: Scope) -> None:
        test = self.value(node.test, scope)
        if test.known:
            self._body(node.body if test.const else node.orelse, scope)
            return
        if _raises(node.body):
            self.record(list(self.judged(test, node, expected=False)), scope)
            self._body(node.orelse, scope)
            return
        depends = bool(test.student) and not _raises(node.orelse)
        branches = []
        for body in (node.body, node.orelse):
            branch = Scope(scope.source, dict(scope.names), scope.parent, scope.returns)
            if depends:
                self._guards.append(node)
            self._body(body, branch)
            if depends:
                self._guards.pop()
            branches.append(branch.names)
        for name in branches[0].keys() | branches[1].keys():
            found = [names[name] for names in branches if name in names]
            scope.names[name] = join(found)
        if depends and _leaves(node.body):
            self._guards.append(node)

    def _for(self, node: ast.For, scope: Scope) -> None:
        iterable = self.value(node.iter, scope)
        known = elements(iterable)
        before = len(self.trace.comparisons)
        guards = len(self._guards)
        # A loop whose elements are not known goes round twice, so that what is carried
        # from one round to the next is seen.
        self.loops += known is None
        for element in known if known is not None else [element_of(iterable)] * 2:
            self.assign(node.target, element, scope)
            self._body(node.body, scope)
            del self._guards[guards:]
        self.loops -= known is None
        decides = len(self.trace.comparisons) > before or _raises(node.body)
        self.trace.loops.append(Loop(iterable, node.iter, scope.source, decides))
        self._body(node.orelse, scope)

    def _import(self, node: ast.Import | ast.ImportFrom, scope: Scope) -> None:
        for alias in node.names:
            name = alias.asname or alias.name
            if isinstance(node, ast.Import):
                top = alias.name if alias.asname else alias.name.partition(".")[0]
                scope.names[name.partition(".")[0] if not alias.asname else name] = Value(
                    module=top
                )
            elif node.module == "checks" and self._public is not None:
                scope.names[name] = self._public.names.get(alias.name, NOTHING)
            else:
                scope.names[name] = Value(module=f"{node.module}.{alias.name}")

    def read(self, base: Value, index: Value) -> Value:
        """`student.answers[...]` reads the student's notebook, anything else is not known."""
        room, _, rest = base.module.partition(".")
        if room != "student" or not rest:
            return Value(labels=frozenset({"o:reference"}) if room == "reference" else base.labels)
        name = rest.partition(".")[0]
        self.trace.reads.add(name)
        return Value(labels=frozenset({f"s:{name}"}))


def _labels(values: list[Value]) -> frozenset[str]:
    return frozenset().union(*(value.labels for value in values))


def _raises(body: list[ast.stmt]) -> bool:
    """Whether a branch ends the check as failed."""
    for node in body:
        if isinstance(node, ast.Raise):
            return True
        call = node.value if isinstance(node, ast.Expr) else None
        if isinstance(call, ast.Call) and getattr(call.func, "attr", "") == "fail":
            return True
        if isinstance(node, ast.Assert) and isinstance(node.test, ast.Constant):
            return not node.test.value
    return False


def _leaves(body: list[ast.stmt]) -> bool:
    return any(isinstance(node, ast.Return | ast.Continue | ast.Break) for node in body)


def _cases(node: ast.FunctionDef, machine: Machine, scope: Scope) -> list[dict[str, Value]]:
    """What `pytest.mark.parametrize` sets the arguments to, not in all combinations."""
    axes: list[list[dict[str, Value]]] = []
    for decorator in node.decorator_list:
        if not (
            isinstance(decorator, ast.Call) and getattr(decorator.func, "attr", "") == "parametrize"
        ):
            continue
        if len(decorator.args) < 2:
            continue
        names = plain(machine.value(decorator.args[0], scope))
        names = [n.strip() for n in names.split(",")] if isinstance(names, str) else list(names)
        rows = elements(machine.value(decorator.args[1], scope))
        if rows is None:
            axes.append([dict.fromkeys(names, NOTHING)])
        else:
            axes.append([_row(names, row) for row in rows])
    # Every value of every axis once is enough; all combinations would be too many.
    n = min(max((len(axis) for axis in axes), default=1), _CASES)
    return [_merged(axis[i % len(axis)] for axis in axes if axis) for i in range(n)]


def _row(names: list[Any], row: Value) -> dict[str, Value]:
    if len(names) == 1:
        return {names[0]: row}
    if row.parts is None or len(row.parts) != len(names):
        return dict.fromkeys(names, NOTHING)
    return dict(zip(names, row.parts, strict=True))


def _merged(case: Iterable[dict[str, Value]]) -> dict[str, Value]:
    merged: dict[str, Value] = {}
    for part in case:
        merged |= part
    return merged
