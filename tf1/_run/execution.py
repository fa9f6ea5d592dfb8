"""Executes a file or a module as the main module of this process, as `python FILE` and `python -m MODULE` do."""

from __future__ import annotations

import importlib.machinery
import importlib.util
import os
import sys
import types

from tf1._files import regular_files


class NotAProgram(Exception):
    """What was asked for cannot be run; the text names it and the remedy."""


def run_script(path: str, arguments: list[str]) -> None:
    """Runs the Python file `path` with `arguments`.

    Raises:
      NotAProgram: there is no such file, or it is not Python.
      Anything that the program raises.
    """
    source = read(path)
    full = os.path.abspath(path)
    code = _compile(source, path, full)
    main = main_module(path, arguments)
    main.__dict__.update(
        __file__=full, __cached__=None, __loader__=importlib.machinery.SourceFileLoader('__main__', full)
    )
    exec(code, main.__dict__)


def run_module(name: str, arguments: list[str]) -> None:
    """Runs the module or package `name` with `arguments`; a package by its `__main__`.

    Raises:
      NotAProgram: there is no such module, or it has no code.
      Anything that the program raises.
    """
    spec = _find(name)
    if spec.submodule_search_locations is not None:
        spec = _find(f'{name}.__main__')
    code = spec.loader.get_code(spec.name) if hasattr(spec.loader, 'get_code') else None
    if code is None:
        raise NotAProgram(f'the module {name} has no Python code to run.')
    main = _new_main([spec.origin, *arguments])
    main.__dict__.update(
        __file__=spec.origin, __cached__=spec.cached, __loader__=spec.loader, __package__=spec.parent, __spec__=spec
    )
    exec(code, main.__dict__)


def read(path: str) -> bytes:
    """Returns what is in the file.

    Raises:
      NotAProgram: it cannot be read.
    """
    if os.path.isdir(path):
        raise NotAProgram(f'{path} is a folder: name the program in it.')
    try:
        return regular_files.read_bytes(path)
    except OSError as error:
        raise NotAProgram(f'{path} cannot be read ({error.strerror}): name a Python file or a notebook.') from error


def main_module(path: str, arguments: list[str]) -> types.ModuleType:
    """Returns a new `__main__` for the file `path`, with sys.argv and sys.path as it finds them."""
    # Python looks for a program's own modules beside the file itself, not beside a link to it.
    if not getattr(sys.flags, 'safe_path', False):
        sys.path[0] = os.path.dirname(os.path.realpath(path))
    return _new_main([path, *arguments])


def _new_main(argv: list[str]) -> types.ModuleType:
    main = types.ModuleType('__main__')
    main.__dict__.update(__builtins__=sys.modules['builtins'], __annotations__={})
    sys.modules['__main__'] = main
    sys.argv[:] = argv
    return main


def _compile(source: bytes, path: str, full: str) -> types.CodeType:
    try:
        return compile(source, full, 'exec', dont_inherit=True)
    except (SyntaxError, ValueError) as error:
        if path.endswith(('.py', '.pyw')) and b'\0' not in source and _is_text(source):
            raise
        raise NotAProgram(f'{path} is not a Python program ({" ".join(str(error).split())}).') from error


def _is_text(source: bytes) -> bool:
    try:
        importlib.util.decode_source(source)
    except (SyntaxError, UnicodeDecodeError):
        return False
    return True


def _find(name: str) -> importlib.machinery.ModuleSpec:
    try:
        spec = importlib.util.find_spec(name)
    except (ModuleNotFoundError, ValueError) as error:
        if isinstance(error, ModuleNotFoundError) and not f'{name}.'.startswith(f'{error.name}.'):
            raise
        spec = None
    if spec is None or spec.loader is None:
        raise NotAProgram(f'there is no module {name} to run: give its dotted name, from a folder of sys.path.')
    return spec
