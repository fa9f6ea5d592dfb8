"""Which private names of TensorFlow 1 public programs import, and how many repositories do.

    python -m tools.private_imports FOLDER_OF_REPOSITORY ... > names.txt

Each folder is a git repository or its git directory. What stood there before `--before` is read, from git, and nothing
is executed. A line of the answer: repositories, files, module, name; `-` for a module that is imported whole and used
in no way that can be seen. `from tensorflow.python.ops import math_ops` counts as (`tensorflow.python.ops`,
`math_ops`), and `math_ops.add` in the same file as (`tensorflow.python.ops.math_ops`, `add`).
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator

from tools import command_line

_BEFORE = '2019-12-01'
_PRIVATE = (
    r'(?:tensorflow(?:_core)?\.(?:python|core|contrib\.[\w.]*python|contrib\.[\w.]*ops)|tensorflow_estimator)'
    r'(?:\.\w+)*'
)
_MENTIONED = r'(tensorflow(_core)?\.(python|core|contrib)|tensorflow_estimator|from tensorflow import (python|contrib))'
_FROM = re.compile(rf'^\s*from\s+({_PRIVATE}|tensorflow)\s+import\s+(\([^)]*\)|(?:[^\n\\#]|\\\n)*)', re.M)
_IMPORT = re.compile(rf'^\s*import\s+({_PRIVATE})(?:\s+as\s+(\w+))?', re.M)
_STRING = re.compile(r'("""|\'\'\').*?\1', re.S)
# `from tensorflow import python` is the only private name that the top has.
_TOP = ('python', 'core')


def names(source: str) -> Iterator[tuple[str, str]]:
    """Yields the private modules and names that a program imports or uses as attributes of such a module."""
    source = _STRING.sub('""', source)
    modules: dict[str, str] = {}
    for module, listed in _FROM.findall(source):
        listed = re.sub(r'#[^\n]*|[()\\]', ' ', listed)
        for item in listed.split(','):
            words = item.split()
            if not words or (module == 'tensorflow' and words[0] not in _TOP) or not re.fullmatch(r'\w+|\*', words[0]):
                continue
            yield module, words[0]
            if words[0].islower():
                modules[words[-1]] = f'{module}.{words[0]}'
    for module, alias in _IMPORT.findall(source):
        yield module, '-'
        modules[alias or module] = module
    for called, module in modules.items():
        for attribute in re.findall(rf'(?<![\w.]){re.escape(called)}\.(\w+)', source):
            yield module, attribute


def programs(repository: str, before: str) -> Iterator[str]:
    """Yields the sources of a repository that mention private modules, as they stood before a date."""
    found = _git(repository, 'rev-list', '-1', f'--before={before}', 'HEAD').strip()
    commit = found or 'HEAD'
    paths = _git(repository, 'grep', '-lIE', _MENTIONED, commit, '--', '*.py', '*.ipynb').splitlines()
    for path in paths:
        source = _git(repository, 'show', path)
        yield _cells(source) if path.endswith('.ipynb') else source


def _cells(notebook: str) -> str:
    try:
        cells = json.loads(notebook).get('cells', [])
    except ValueError:
        return ''
    return '\n'.join(''.join(cell['source']) for cell in cells if cell.get('cell_type') == 'code')


def _git(repository: str, *arguments: str) -> str:
    command = ['git', '-C', repository, *arguments]
    return subprocess.run(command, capture_output=True, check=False).stdout.decode(errors='replace')


def main() -> None:
    """Prints the table of the repositories on the command line."""
    parser = command_line.Parser('tools.private_imports', __doc__)
    parser.add_argument('repositories', nargs='+', type=command_line.folder)
    parser.add_argument('--before', default=_BEFORE, help='date up to which commits count')
    args = parser.parse_args()
    files: dict[tuple[str, str], int] = defaultdict(int)
    holders: dict[tuple[str, str], set[str]] = defaultdict(set)
    for repository in args.repositories:
        for source in programs(repository, args.before):
            for name in set(names(source)):
                files[name] += 1
                holders[name].add(repository)
        print(repository, file=sys.stderr)
    for name in sorted(files, key=lambda name: (-len(holders[name]), -files[name], name)):
        print(len(holders[name]), files[name], *name)


if __name__ == '__main__':
    main()
