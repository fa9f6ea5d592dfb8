"""Whether an installed package is written for TF 1: the names that its source uses, read without executing anything.

What counts is a name of `tensorflow` or `keras` that the installed one lacks and that no `try` guards. An import of
such a name decides; else a package that knows TF 2 has more names of `tf.compat.v1` than such ones.
"""

from __future__ import annotations

import ast
import functools
import importlib
import importlib.util
import os
import re
import sys
import types
from collections.abc import Iterator

_MOST_FILES = 3000
_SKIPPED = ('tests', 'test', 'testing', 'examples', 'docs', '__pycache__')
_ROOTS = ('tensorflow', 'keras')
_MENTIONED = re.compile(rb'\b(tensorflow|keras)\b')
# Names of TF 2 alone, or the way of TF 1's names through it: whoever uses them knows TF 2.
_KNOWS_TF2 = ('tensorflow.compat.v1', 'tensorflow.compat.v2', 'tensorflow.function', 'tensorflow.GradientTape')
# No TensorFlow 2 since 2.16 has these, under no name.
_GONE = ('tensorflow.estimator.', 'tensorflow.compat.v1.estimator.')
_ENOUGH = 20


def is_for_tf1(folder: str) -> bool:
    """Returns whether the package in `folder`, or the single file `folder`, needs TF 1's names to run."""
    old = new = 0
    for path in files(folder):
        reader = _read(path)
        if any(_is_lost(name) for name in reader.imported) or any(name.startswith(_GONE) for name in reader.names):
            return True
        old += sum(1 for name in reader.names if _is_lost(name))
        new += sum(1 for name in reader.names if name.startswith(_KNOWS_TF2))
        if old - new > _ENOUGH:
            break
    return old > new


def files(folder: str) -> Iterator[str]:
    """Yields the Python files of an installed package without its tests, or the single file."""
    if os.path.isfile(folder):
        yield folder
        return
    count = 0
    for root, folders, names in os.walk(folder):
        folders[:] = [name for name in sorted(folders) if name not in _SKIPPED]
        for name in sorted(names):
            if name.endswith('.py') and count < _MOST_FILES:
                count += 1
                yield os.path.join(root, name)


def _read(path: str) -> _Reader:
    reader = _Reader()
    try:
        with open(path, 'rb') as file:
            source = file.read()
        if not _MENTIONED.search(source):
            return reader
        tree = ast.parse(source)
    except (OSError, SyntaxError, ValueError):
        return reader
    reader.visit(tree)
    return reader


class _Reader(ast.NodeVisitor):
    """Collects the names of TensorFlow and Keras that a file uses outside of `try`.

    `imported` are those without which the file does not load: imports that no `if` and no function surrounds.
    """

    def __init__(self):
        self.names: set[str] = set()
        self.imported: set[str] = set()
        self._depth = 0
        self._aliases: dict[str, str] = {}
        self._guards = 0

    def visit_Import(self, node: ast.Import) -> None:
        for alias in node.names:
            if alias.name.partition('.')[0] in _ROOTS:
                self._use(alias.name, is_import=True)
                bound = alias.asname or alias.name.partition('.')[0]
                self._aliases[bound] = alias.name if alias.asname else bound

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        if node.level == 0 and (node.module or '').partition('.')[0] in _ROOTS:
            for alias in node.names:
                name = node.module if alias.name == '*' else f'{node.module}.{alias.name}'
                self._use(name, is_import=True)
                self._aliases[alias.asname or alias.name] = name

    def visit_Try(self, node: ast.Try) -> None:
        self._guards += 1
        self.generic_visit(node)
        self._guards -= 1

    def visit_If(self, node: ast.If) -> None:
        self._depth += 1
        self.generic_visit(node)
        self._depth -= 1

    visit_FunctionDef = visit_AsyncFunctionDef = visit_If

    def visit_Attribute(self, node: ast.Attribute) -> None:
        parts = []
        value: ast.expr = node
        while isinstance(value, ast.Attribute):
            parts.append(value.attr)
            value = value.value
        if isinstance(value, ast.Name) and value.id in self._aliases:
            self._use('.'.join((self._aliases[value.id], *reversed(parts))))
        self.visit(value)

    def _use(self, name: str, is_import: bool = False) -> None:
        if not self._guards:
            self.names.add(name)
            if is_import and not self._depth:
                self.imported.add(name)


def _is_lost(name: str) -> bool:
    """Returns whether the installed package has no such name, and TF 1 or Keras 2 had it."""
    if name.startswith(('tensorflow.compat.', 'tensorflow.python.framework.test_util')):
        return False
    return not (_in_tensorflow(name) if name.startswith('tensorflow') else _in_keras(name))


@functools.cache
def _in_tensorflow(name: str) -> bool:
    value: object = sys.modules.get('tensorflow')
    if value is None:
        return True
    path = 'tensorflow'
    for part in name.split('.')[1:]:
        if not isinstance(value, types.ModuleType):
            return True  # an attribute of a class or a function: nobody knows
        path = f'{path}.{part}'
        # Plain TensorFlow may have Keras 3 there; a program of TF 1 has Keras 2.
        found = importlib.import_module('tf_keras') if path == 'tensorflow.keras' else getattr(value, part, None)
        if found is None:
            found = sys.modules.get(path) or _module(path)
        if found is None:
            return False
        value = found
    return True


@functools.cache
def _in_keras(name: str) -> bool:
    """Looks the name up in the files of the installed package, which is not imported."""
    folder = _keras_folder()
    if folder is None:
        return False
    for index, part in enumerate(name.split('.')[1:]):
        if os.path.isdir(os.path.join(folder, part)):
            folder = os.path.join(folder, part)
        elif os.path.isfile(os.path.join(folder, f'{part}.py')):
            return True
        else:
            # Below a class nobody knows; in a module, its file names what it has.
            return index > 1 or _is_named(folder, part)
    return True


def _is_named(folder: str, name: str) -> bool:
    if name.startswith('__'):
        return True
    try:
        with open(os.path.join(folder, '__init__.py'), encoding='utf-8') as file:
            return re.search(rf'\b(import|as) {re.escape(name)}\b', file.read()) is not None
    except OSError:
        return False


@functools.cache
def _keras_folder() -> str | None:
    for entry in sys.path:
        folder = os.path.join(entry, 'keras')
        if os.path.isfile(os.path.join(folder, '__init__.py')):
            return folder
    return None


def _module(path: str) -> bool | None:
    try:
        return True if importlib.util.find_spec(path) else None
    except (ImportError, ValueError, AttributeError):
        return None
