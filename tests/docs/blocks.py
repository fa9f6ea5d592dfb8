"""The code blocks of a page, and a program that runs those of one kind: `blocks.py PAGE.md KIND REPORT.json`.

Runnable blocks begin with ```` ```python KIND ````. They run in order, in the working directory. The names of the first
section's blocks are there in all the others, which begin with nothing else; for KIND `tf1`, with an empty default
graph, too. The report lists section, line and error of each block; None where it ran.
"""

from __future__ import annotations

import json
import pathlib
import re
import sys
import traceback
from typing import Any, NamedTuple

_NOT_RUN = 'not run: an earlier block of its section failed'


class Block(NamedTuple):
    """A fenced block.

    section: the heading it stands under.
    info: what follows the opening fence, such as `python tf1`.
    line: of its first line in the page, from 1.
    """

    section: str
    info: str
    line: int
    source: str


def parse(page: str) -> list[Block]:
    """Returns the fenced blocks of a page in order."""
    blocks: list[Block] = []
    section, info, start, lines = '', None, 0, []
    for number, line in enumerate(page.splitlines(), 1):
        if info is None and (heading := re.match(r'#+ (.*)', line)):
            section = heading[1]
        elif info is None and line.startswith('```'):
            info, start, lines = line[3:], number + 1, []
        elif line == '```':
            blocks.append(Block(section, info, start, ''.join(f'{line}\n' for line in lines)))
            info = None
        elif info is not None:
            lines.append(line)
    return blocks


def run(path: str, kind: str) -> list[dict[str, Any]]:
    """Runs the blocks `python KIND` of the page at `path`; returns the report."""
    blocks = [block for block in parse(pathlib.Path(path).read_text()) if block.info == f'python {kind}']
    shared: dict[str, Any] = {'__name__': '__main__'}
    names, section, error, report = shared, blocks[0].section, None, []
    for block in blocks:
        if block.section != section:
            section, names, error = block.section, dict(shared), None
            if kind == 'tf1':
                shared['tf'].reset_default_graph()
        error = _NOT_RUN if error else _error(block, path, names)
        report.append({'section': section, 'line': block.line, 'error': error})
    return report


def _error(block: Block, path: str, names: dict[str, Any]) -> str | None:
    """Runs a block; line numbers in its traceback are the page's."""
    try:
        exec(compile('\n' * (block.line - 1) + block.source, path, 'exec'), names)
    except Exception:
        return traceback.format_exc()
    return None


if __name__ == '__main__':
    pathlib.Path(sys.argv[3]).write_text(json.dumps(run(sys.argv[1], sys.argv[2])))
