"""`_pb2.py` files that protoc of before 3.19 wrote: they are made from the description that they carry.

Protobuf refuses to run them ("Descriptors cannot be created directly").
"""

from __future__ import annotations

import ast
import importlib.abc
import importlib.machinery
import sys
import types
from collections.abc import Callable, Sequence

_OLD = b'serialized_pb='
_ENDING = '_pb2'


def install() -> Callable[[], None]:
    """Starts to load such files; returns a function to undo it."""
    finder = _Finder()
    sys.meta_path.insert(0, finder)
    return lambda: sys.meta_path.remove(finder)


class _Finder(importlib.abc.MetaPathFinder):
    def find_spec(
        self, fullname: str, path: Sequence[str] | None = None, target: types.ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if not fullname.endswith(_ENDING) or fullname.startswith('google.'):
            return None
        spec = importlib.machinery.PathFinder.find_spec(fullname, path)
        if spec is None or not (spec.origin or '').endswith('.py'):
            return None
        with open(spec.origin, 'rb') as file:
            source = file.read()
        if _OLD not in source:
            return None
        spec.loader = _Loader(fullname, spec.origin, source)
        return spec


class _Loader(importlib.machinery.SourceFileLoader):
    def __init__(self, name: str, path: str, source: bytes):
        super().__init__(name, path)
        self._source = source

    def exec_module(self, module: types.ModuleType) -> None:
        from google.protobuf import descriptor_pool
        from google.protobuf.internal import builder

        tree = ast.parse(self._source)
        # Descriptions of other files come first: they are what this one imports.
        imports = [node for node in tree.body if _is_import_of_descriptions(node)]
        exec(compile(ast.Module(imports, []), self.path, 'exec'), module.__dict__)
        serialized = next(found for node in ast.walk(tree) if (found := _serialized(node)) is not None)
        pool = descriptor_pool.Default()
        descriptor = pool.AddSerializedFile(serialized)
        module.DESCRIPTOR = descriptor or pool.FindFileByName(_file_name(tree))
        builder.BuildMessageAndEnumDescriptors(module.DESCRIPTOR, module.__dict__)
        builder.BuildTopDescriptorsAndMessages(module.DESCRIPTOR, module.__name__, module.__dict__)


def _is_import_of_descriptions(node: ast.stmt) -> bool:
    return isinstance(node, (ast.Import, ast.ImportFrom)) and any(alias.name.endswith(_ENDING) for alias in node.names)


def _keyword(node: ast.AST, name: str) -> ast.expr | None:
    keywords = node.keywords if isinstance(node, ast.Call) else []
    return next((keyword.value for keyword in keywords if keyword.arg == name), None)


def _serialized(node: ast.AST) -> bytes | None:
    value = _keyword(node, 'serialized_pb')
    if isinstance(value, ast.Call):  # _b('...'), which is '...'.encode('latin1')
        value = value.args[0]
    if not isinstance(value, ast.Constant):
        return None
    return value.value.encode('latin1') if isinstance(value.value, str) else value.value


def _file_name(tree: ast.AST) -> str:
    node = next(node for node in ast.walk(tree) if _serialized(node) is not None)
    return ast.literal_eval(_keyword(node, 'name'))
