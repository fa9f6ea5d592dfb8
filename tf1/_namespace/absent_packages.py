"""Packages of `tf.contrib` that are not here, for programs that import them at their start and may never use them."""

from __future__ import annotations

import ast
import linecache
import os
import sys
import types
from typing import Any

from tf1._namespace import removed

_HOME = os.path.dirname(os.path.dirname(__file__))
_CATCHING = {'ImportError', 'ModuleNotFoundError', 'Exception', 'BaseException'}


class AbsentPackage(types.ModuleType):
    """Stands for a package, such as `tf1.contrib.quantize`, of which nothing is here.

    Raises:
      AttributeError: at each name, with what to use instead.
    """

    def __init__(self, name: str):
        super().__init__(name)
        self.__path__: list[str] = []

    def __getattr__(self, name: str) -> Any:
        if name.startswith('__'):
            raise AttributeError(name)
        raise removed.attribute_error('tf.' + self.__name__.partition('.')[2], name)


def forget() -> None:
    """Undoes what imports of absent packages left behind: `tf.contrib` has no such attribute again."""
    for name, module in list(sys.modules.items()):
        if isinstance(module, AbsentPackage):
            parent, _, child = name.rpartition('.')
            vars(sys.modules[parent]).pop(child, None)
            del sys.modules[name]


def is_wanted_if_there() -> bool:
    """Says whether the import at work stands in a `try` that catches ImportError, so that a program can do without."""
    frame: types.FrameType | None = sys._getframe(1)
    while frame is not None and _is_of_the_import(frame.f_code.co_filename):
        frame = frame.f_back
    if frame is None:
        return False
    lines = linecache.getlines(frame.f_code.co_filename, frame.f_globals)
    try:
        tree = ast.parse(''.join(lines))
    except (SyntaxError, ValueError):
        return False
    return any(
        isinstance(node, ast.Try)
        and node.body[0].lineno <= frame.f_lineno <= (node.body[-1].end_lineno or 0)
        and any(_catches(handler.type) for handler in node.handlers)
        for node in ast.walk(tree)
    )


def _is_of_the_import(filename: str) -> bool:
    return filename.startswith(('<frozen importlib', _HOME)) or os.sep + 'importlib' + os.sep in filename


def _catches(caught: ast.expr | None) -> bool:
    if isinstance(caught, ast.Tuple):
        return any(map(_catches, caught.elts))
    return caught is None or ast.unparse(caught) in _CATCHING
