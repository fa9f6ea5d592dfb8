"""Runs a notebook's cells in order, as one program."""

from __future__ import annotations

import ast
import json
import linecache
from typing import Any

from tf1._backports.libraries import Libraries
from tf1._backports.notices import Notices
from tf1._backports.user_code import UserCode
from tf1._run import execution, ipython_syntax
from tf1._run.figures import Figures, folder
from tf1._run.install import Installation
from tf1._run.ipython_stub import IPython


def cells(path: str) -> list[str]:
    """Returns the source of each code cell of the notebook file `path` (format 3 or 4), in order.

    Raises:
      NotAProgram: it cannot be read, is no notebook, or its language is not Python.
    """
    try:
        notebook = json.loads(execution.read(path).decode())
    except ValueError as error:
        raise execution.NotAProgram(f'{path} is not a notebook: no JSON ({error}).') from error
    try:
        found = [cell for cell in _all_cells(notebook) if cell['cell_type'] == 'code']
        sources = [_text(cell['source' if 'source' in cell else 'input']) for cell in found]
        language = _language(notebook)
    except (KeyError, TypeError, AttributeError) as error:
        raise execution.NotAProgram(
            f'{path} is not a notebook: expected the cells of nbformat 3 or 4 ({type(error).__name__}: {error}).'
        ) from error
    if language and not language.lower().startswith(('python', 'ipython')):
        raise execution.NotAProgram(f'{path} is a notebook in {language}: only Python can be run.')
    return sources


def run(path: str, arguments: list[str]) -> None:
    """Runs the notebook `path` with `arguments` in sys.argv.

    Figures are saved in a folder NAME_figures where it is run. The last value of a cell is printed.

    Raises:
      NotAProgram: as `cells`.
      Anything that a cell raises; its traceback names the cell and its line.
    """
    sources = cells(path)
    notices = Notices('tf1.run')
    user_code = UserCode(libraries=Libraries(notices))
    figures = Figures(folder(path), notices)
    ipython = IPython(user_code, figures, notices)
    main = execution.main_module(path, arguments)
    main.__dict__.update(ipython.names())
    ipython.enter_modules()

    Installation(user_code, notices, figures).install()
    for number, source in enumerate(sources, 1):
        plain = ipython_syntax.plain(source)
        for line in plain.skipped:
            notices.say(f'cell {number}: skipped {line}')
        try:
            _run_cell(f'{path}, cell {number}', plain.source, main.__dict__, ipython)
        finally:
            figures.save_open()


def _run_cell(name: str, source: str, names: dict[str, Any], ipython: IPython) -> None:
    # Tracebacks look for a line of the source here, since there is no such file.
    linecache.cache[name] = (len(source), None, source.splitlines(keepends=True), name)
    tree = compile(source, name, 'exec', ast.PyCF_ONLY_AST, dont_inherit=True)
    last = None
    if tree.body and isinstance(tree.body[-1], ast.Expr) and not source.rstrip().endswith(';'):
        last = ast.Expression(tree.body.pop().value)
    exec(compile(tree, name, 'exec', dont_inherit=True), names)
    if last is not None:
        value = eval(compile(last, name, 'eval', dont_inherit=True), names)
        if value is not None:
            names['_'] = value
            ipython.display(value)


def _all_cells(notebook: dict[str, Any]) -> list[dict[str, Any]]:
    if 'worksheets' in notebook:
        return [cell for sheet in notebook['worksheets'] for cell in sheet['cells']]
    return notebook['cells']


def _text(source: str | list[str]) -> str:
    return source if isinstance(source, str) else ''.join(source)


def _language(notebook: dict[str, Any]) -> str:
    metadata = notebook.get('metadata', {})
    return metadata.get('language_info', {}).get('name') or metadata.get('kernelspec', {}).get('language') or ''
