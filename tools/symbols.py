"""How much of TF 1.15.5's public API `tf1` has: `python -m tools.symbols [--page FILE]`.

Prints, for each public module of TF 1.15.5, how many of its symbols resolve, and those that do not. With `--page` it
also writes the Markdown page that lists every symbol: tf1's own with the file that holds it, forwarded to TensorFlow or
tf_keras, or absent and what to use instead. The list of symbols is `tests/golden/symbols.json`, taken from the real
package.
"""

from __future__ import annotations

import inspect
import json
import sys
import types
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import tf1
from tf1 import _namespace
from tools import command_line

_ROOT = Path(tf1.__file__).parents[1]
SYMBOLS = Path(__file__).resolve().parents[1] / 'tests' / 'golden' / 'symbols.json'
OWN, FORWARDED, ABSENT = 'own', 'forwarded', 'absent'
_MANY = 150
"""A module with more forwarded symbols than this is summed up on the page."""


class Symbol(NamedTuple):
    """What became of a symbol of TF 1.15.5.

    state: one of OWN, FORWARDED and ABSENT.
    text: for ABSENT the error's text, for OWN the file that holds it, from the root of the repository.
    """

    module: str
    name: str
    state: str
    text: str = ''


def golden() -> dict[str, list[str]]:
    """Returns the public symbols of TF 1.15.5, by module."""
    return json.loads(SYMBOLS.read_text())


def examine(symbols: dict[str, list[str]]) -> Iterator[Symbol]:
    """Yields what `tf1` answers for every symbol."""
    for module, names in symbols.items():
        try:
            found = _module(module)
        except AttributeError as error:
            yield from (Symbol(module, name, ABSENT, str(error)) for name in names)
            continue
        for name in names:
            yield _symbol(module, found, name)


def _module(name: str) -> Any:
    found = tf1
    for part in name.split('.')[1:]:
        found = getattr(found, part)
    return found


def _symbol(module: str, found: Any, name: str) -> Symbol:
    try:
        value = getattr(found, name)
    except AttributeError as error:
        return Symbol(module, name, ABSENT, str(error))
    home = _home(value)
    return Symbol(module, name, OWN, _file(home)) if home.startswith('tf1.') else Symbol(module, name, FORWARDED)


def _home(value: Any) -> str:
    """Returns the name of the module that defines a value."""
    if isinstance(value, _namespace.Overlay) and not value._tf1_own and value._tf1_bases:
        return _home(value._tf1_bases[0]())
    if isinstance(value, types.ModuleType):
        return value.__name__
    return getattr(inspect.unwrap(value) if inspect.isfunction(value) else value, '__module__', None) or ''


def _file(module: str) -> str:
    """Returns the file of a module of tf1; where it has none, that of the package that makes it."""
    while (path := getattr(sys.modules.get(module), '__file__', None)) is None:
        module = module.rpartition('.')[0]
    return Path(path).relative_to(_ROOT).as_posix()


def shares(found: list[Symbol]) -> dict[str, tuple[int, int]]:
    """Returns, by module, how many symbols resolve and how many there are."""
    counts: dict[str, tuple[int, int]] = {}
    for symbol in found:
        there, total = counts.get(symbol.module, (0, 0))
        counts[symbol.module] = there + (symbol.state != ABSENT), total + 1
    return counts


def page(found: list[Symbol]) -> str:
    """Returns the Markdown page of all symbols."""
    lines = [
        '# Symbols of TF 1.15.5',
        '',
        "Every public symbol of TF 1.15.5: tf1's own with the file that holds it, forwarded to TensorFlow or tf_keras,",
        'or absent with what to use instead. `python -m tools.symbols --page docs/symbols.md` writes this page.',
        '',
        '| module | there | of |',
        '| --- | --- | --- |',
    ]
    lines += [f'| `{module}` | {there} | {total} |' for module, (there, total) in shares(found).items()]
    for module in shares(found):
        lines += ['', f'## {module}', '', *_section([symbol for symbol in found if symbol.module == module])]
    return '\n'.join(lines) + '\n'


def _section(symbols: list[Symbol]) -> Iterator[str]:
    files = sorted({symbol.text for symbol in symbols if symbol.state == OWN})
    groups = [(f'Own, in [{file}](../{file})', OWN, file) for file in files] + [('Forwarded', FORWARDED, '')]
    for title, state, text in groups:
        names = [symbol.name for symbol in symbols if (symbol.state, symbol.text) == (state, text)]
        if len(names) > _MANY:
            yield f'{title}: {len(names)} symbols, from `{names[0]}` to `{names[-1]}`.'
        elif names:
            yield f'{title}: ' + ', '.join(f'`{name}`' for name in names) + '.'
        if names:
            yield ''
    texts: dict[str, list[str]] = {}
    for symbol in symbols:
        if symbol.state == ABSENT:
            texts.setdefault(symbol.text, []).append(symbol.name)
    for text, names in texts.items():
        yield f'- Absent: {", ".join(f"`{name}`" for name in names)}. {text}'


def main() -> None:
    """Prints the table, and writes the page where asked to."""
    parser = command_line.Parser('tools.symbols', __doc__)
    parser.add_argument('--page', type=command_line.new_file, help='Markdown file to write')
    arguments = parser.parse_args()
    found = list(examine(golden()))
    for module, (there, total) in shares(found).items():
        absent = [symbol.name for symbol in found if symbol.module == module and symbol.state == ABSENT]
        shown = ', '.join(absent[:8]) + (f' and {len(absent) - 8} more' if len(absent) > 8 else '')
        print(f'{module:45} {there:5} of {total:5} {there / total if total else 1:7.1%}  {shown}')
    if arguments.page:
        Path(arguments.page).write_text(page(found))


if __name__ == '__main__':
    main()
