"""Which names of which modules a program uses, read from its source: aliases followed, nothing executed."""

from __future__ import annotations

import ast
import contextlib
import sys
from collections.abc import Iterable, Iterator
from typing import NamedTuple

Paths = frozenset[str]
_UNKNOWN: Paths = frozenset()
_CAUGHT = ('ImportError', 'ModuleNotFoundError', 'AttributeError', 'Exception', 'BaseException')
# A name that could stand for more than that, as in generated code of many branches, is taken for unknown.
_MOST_PATHS = 16
# What Python 3.10 has room for on its stack.
_DEEPEST = 5000
_Function = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda


class Place(NamedTuple):
    """Where in a file: a line from 1 on, and for a notebook the code cell that it is in, from 1 on."""

    line: int
    cell: int = 0


class Use(NamedTuple):
    """A name that a program uses.

    Args:
      names: dotted name ('tensorflow.train.Saver'); several where branches of the program differ in an alias.
      place: where.
      guarded: whether the program itself handles that there is no such name (`except ImportError`).
      direct: whether it is written as attributes of the top-level package itself, `tf.train.Saver`.
    """

    names: Paths
    place: Place
    guarded: bool
    direct: bool


class _Scope:
    def __init__(self, parent: _Scope | None = None, is_class: bool = False):
        self.names: dict[str, Paths] = {}
        self.globals: set[str] = set()
        self.parent = parent
        self.is_class = is_class

    def look_up(self, name: str) -> Paths:
        scope: _Scope | None = self
        while scope is not None:
            # The functions of a class do not see its names.
            if name in scope.names and (scope is self or not scope.is_class):
                return scope.names[name]
            scope = scope.parent
        return _UNKNOWN


class Reader(ast.NodeVisitor):
    """Collects uses from the source of one program, given in one piece or, for a notebook, cell by cell."""

    def __init__(self):
        self.uses: list[Use] = []
        self._module = self._scope = _Scope()
        self._cell = 0
        self._branches = 0
        self._guards = 0
        self._waiting: list[tuple[_Function, _Scope, int, int]] = []
        self._calls: dict[ast.Call, Paths] = {}

    def read(self, source: str | bytes, cell: int = 0) -> None:
        """Reads module-level code.

        Raises:
          SyntaxError, ValueError: it is not Python 3.
        """
        tree = ast.parse(source)
        self._cell = cell
        with _deep():
            self.visit(tree)

    def finish(self) -> list[Use]:
        """Reads the bodies of functions, which see all module-level names, and returns all uses."""
        with _deep():
            for function, scope, cell, guards in self._waiting:  # grows as functions in functions are found
                self._scope, self._cell, self._guards = scope, cell, guards
                body = function.body if isinstance(function.body, list) else [function.body]
                for node in body:
                    self.visit(node)
        return self.uses

    def visit_Import(self, node: ast.Import) -> None:
        for alias in node.names:
            self._use(frozenset({alias.name}), node)
            bound = alias.asname or alias.name.partition('.')[0]
            self._bind(bound, frozenset({alias.name if alias.asname else bound}))

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        for alias in node.names:
            if node.level:
                self._bind(alias.asname or alias.name, _UNKNOWN)
            elif alias.name == '*':
                self._use(frozenset({node.module}), node)
            else:
                path = frozenset({f'{node.module}.{alias.name}'})
                self._use(path, node)
                self._bind(alias.asname or alias.name, path)

    def visit_Assign(self, node: ast.Assign) -> None:
        self.visit(node.value)
        for target in node.targets:
            self._assign(target, node.value)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        self.visit(node.annotation)
        if node.value is not None:
            self.visit(node.value)
            self._assign(node.target, node.value)

    def visit_NamedExpr(self, node: ast.NamedExpr) -> None:
        self.visit(node.value)
        self._assign(node.target, node.value)

    def visit_Constant(self, node: ast.Constant | ast.Load) -> None:
        """Names nothing; so many of them are quicker left out."""

    visit_Load = visit_Constant

    def visit_Name(self, node: ast.Name) -> None:
        if not isinstance(node.ctx, ast.Load):
            self._bind(node.id, _UNKNOWN)

    def visit_Global(self, node: ast.Global) -> None:
        self._scope.globals.update(node.names)

    def visit_Attribute(self, node: ast.Attribute) -> None:
        paths = self._paths(node)
        if paths:
            self._use(paths, node)
            return
        inner: ast.expr = node
        while isinstance(inner, ast.Attribute):  # The links of a chain have no paths either.
            inner = inner.value
        self.visit(inner)

    def visit_Call(self, node: ast.Call) -> None:
        paths = self._paths(node)
        if paths:
            self._use(paths, node)
        self.generic_visit(node)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        self._bind(node.name, _UNKNOWN)
        self._function(node, (*node.decorator_list, node.returns))

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> None:
        self._bind(node.name, _UNKNOWN)
        self._function(node, (*node.decorator_list, node.returns))

    def visit_Lambda(self, node: ast.Lambda) -> None:
        self._function(node, ())

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        self._bind(node.name, _UNKNOWN)
        self._visit_all((*node.decorator_list, *node.bases, *node.keywords))
        outer, self._scope = self._scope, _Scope(self._scope, is_class=True)
        self._visit_all(node.body)
        self._scope = outer

    def visit_ListComp(self, node: ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp) -> None:
        outer, self._scope = self._scope, _Scope(self._scope)
        self._visit_all(node.generators)
        self._visit_all((node.key, node.value) if isinstance(node, ast.DictComp) else (node.elt,))
        self._scope = outer

    visit_SetComp = visit_GeneratorExp = visit_DictComp = visit_ListComp

    def visit_If(self, node: ast.If | ast.For | ast.While) -> None:
        self._branches += 1
        self.generic_visit(node)
        self._branches -= 1

    visit_For = visit_While = visit_If

    def visit_Try(self, node: ast.Try) -> None:
        guards = any(_catches_absence(handler) for handler in node.handlers)
        self._branches += 1
        self._guards += guards
        self._visit_all(node.body)
        self._guards -= guards
        self._visit_all((*node.handlers, *node.orelse, *node.finalbody))
        self._branches -= 1

    def visit_ExceptHandler(self, node: ast.ExceptHandler) -> None:
        if node.name:
            self._bind(node.name, _UNKNOWN)
        self.generic_visit(node)

    def _function(self, node: _Function, around: Iterable[ast.AST | None]) -> None:
        arguments = node.args
        named = (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs, arguments.vararg, arguments.kwarg)
        given = [argument for argument in named if argument is not None]
        annotations = (argument.annotation for argument in given)
        self._visit_all((*around, *annotations, *arguments.defaults, *arguments.kw_defaults))
        scope = _Scope(self._scope)
        scope.names.update((argument.arg, _UNKNOWN) for argument in given)
        self._waiting.append((node, scope, self._cell, self._guards))

    def _visit_all(self, nodes: Iterable[ast.AST | None]) -> None:
        for node in nodes:
            if node is not None:
                self.visit(node)

    def _assign(self, target: ast.expr, value: ast.expr) -> None:
        if isinstance(target, ast.Name):
            self._bind(target.id, self._paths(value))
        elif isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple) and len(target.elts) == len(value.elts):
            for each, one in zip(target.elts, value.elts, strict=True):
                self._assign(each, one)
        else:
            self.visit(target)

    def _bind(self, name: str, paths: Paths) -> None:
        names = self._module.names if name in self._scope.globals else self._scope.names
        # What a branch binds may be bound or not; both are looked at then.
        bound = paths | names.get(name, _UNKNOWN) if self._branches else paths
        names[name] = bound if len(bound) <= _MOST_PATHS else _UNKNOWN

    def _use(self, paths: Paths, node: ast.stmt | ast.expr) -> None:
        self.uses.append(Use(paths, Place(node.lineno, self._cell), self._guards > 0, self._is_direct(node)))

    def _is_direct(self, node: ast.stmt | ast.expr) -> bool:
        while isinstance(node, ast.Attribute):
            node = node.value
        return isinstance(node, ast.Name) and not any('.' in path for path in self._scope.look_up(node.id))

    def _paths(self, node: ast.expr) -> Paths:
        """Returns what an expression stands for, as far as it is a chain of attributes of a module."""
        if isinstance(node, ast.Name):
            return self._scope.look_up(node.id)
        if isinstance(node, ast.Attribute):
            return frozenset(f'{path}.{node.attr}' for path in self._paths(node.value))
        if isinstance(node, ast.Call) and node.args and isinstance(node.args[-1], ast.Constant):
            if node not in self._calls:  # Of calls within calls each is asked for by all around it.
                self._calls[node] = self._called(node)
            return self._calls[node]
        return _UNKNOWN

    def _called(self, node: ast.Call) -> Paths:
        """What `getattr(tf, 'contrib')` and `importlib.import_module('tensorflow.contrib')` return."""
        last = node.args[-1].value
        if not isinstance(last, str):
            return _UNKNOWN
        if isinstance(node.func, ast.Name) and node.func.id == 'getattr' and len(node.args) == 2:
            return frozenset(f'{path}.{last}' for path in self._paths(node.args[0]))
        if len(node.args) == 1 and 'importlib.import_module' in self._paths(node.func):
            return frozenset({last}) if not last.startswith('.') else _UNKNOWN
        return _UNKNOWN


@contextlib.contextmanager
def _deep() -> Iterator[None]:
    """Lets calls nest deeper: an `elif` is three calls deep within the one before it, and Python compiles thousands."""
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(max(limit, _DEEPEST))
    try:
        yield
    finally:
        sys.setrecursionlimit(limit)


def _catches_absence(handler: ast.ExceptHandler) -> bool:
    kinds = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return any(kind is None or (isinstance(kind, ast.Name) and kind.id in _CAUGHT) for kind in kinds)
