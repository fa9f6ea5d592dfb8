"""Old and new names of variables, from a file or from regular expressions."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Sequence

from tf1._checkpoint.errors import CheckpointError
from tf1._files import regular_files


def read_mapping(path: str) -> dict[str, str]:
    """Returns the new name of each old name in a file.

    A file that ends in .json holds one object `{"old": "new"}`. Any other holds a line for each name, `old,new` or
    `old new`; empty lines, those that begin with #, and a first line that says `old,new` are passed over.

    Raises:
      CheckpointError: the file cannot be read, a line is no pair, or a name is mapped twice.
    """
    try:
        text = regular_files.read_text(path)
        pairs = _json_pairs(path, text) if path.endswith('.json') else list(_line_pairs(path, text.splitlines()))
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, 'strerror', None) or 'it is no text in UTF-8'
        raise CheckpointError(
            f'the mapping {path} cannot be read ({reason}): give a file of old and new names.'
        ) from error
    mapping: dict[str, str] = {}
    for old, new in pairs:
        if mapping.setdefault(old, new) != new:
            raise CheckpointError(
                f'the mapping {path} maps {old!r} twice, to {mapping[old]!r} and to {new!r}: keep one of them.'
            )
    if not mapping:
        raise CheckpointError(f'the mapping {path} holds no names: write a line `old new` for each variable.')
    return mapping


def substitute(names: Iterable[str], rules: Sequence[tuple[str, str]]) -> dict[str, str]:
    """Returns the new name of each name that a rule changes.

    Args:
      names: old names.
      rules: regular expressions and their replacements (`\\1` is the first group), applied one after the other, each
        wherever it is found in a name.

    Raises:
      CheckpointError: an expression or a replacement is malformed, or an expression is found in no name.
    """
    current = {name: name for name in names}
    for pattern, replacement in rules:
        try:
            found = {name: now for name, now in current.items() if re.search(pattern, now)}
            current.update((name, re.sub(pattern, replacement, now)) for name, now in found.items())
        except (re.error, IndexError) as error:
            raise CheckpointError(
                f'the pattern {pattern!r} with replacement {replacement!r} is malformed: {error}; '
                'both are regular expressions of Python.'
            ) from error
        if not found:
            raise CheckpointError(f'the pattern {pattern!r} is found in no name: `list` prints the names there are.')
    return {name: now for name, now in current.items() if name != now}


def _json_pairs(path: str, text: str) -> list[tuple[str, str]]:
    try:
        pairs = json.loads(text, object_pairs_hook=list)
    except ValueError as error:
        raise CheckpointError(f'the mapping {path} is not JSON: {error}; write {{"old": "new"}}.') from error
    proper = isinstance(pairs, list) and all(isinstance(pair, tuple) and isinstance(pair[1], str) for pair in pairs)
    if not proper:
        raise CheckpointError(f'the mapping {path} must be one JSON object of strings: write {{"old": "new"}}.')
    return pairs


def _line_pairs(path: str, lines: Iterable[str]) -> Iterable[tuple[str, str]]:
    for number, line in enumerate(lines, start=1):
        line = line.strip()
        if not line or line.startswith('#'):
            continue
        cells = next(csv.reader([line], skipinitialspace=True)) if ',' in line else line.split()
        words = [cell.strip() for cell in cells]
        if len(words) != 2 or not all(words):
            raise CheckpointError(f'the mapping {path} has no pair in line {number}, {line!r}: write `old new`.')
        if number > 1 or words != ['old', 'new']:
            yield words[0], words[1]
