"""Compares Keras as programs of TF 1 see it here with that of TF 1.15.5 and with the package keras 2.3.1.

    python -m tools.keras_signatures

What they had is in tests/golden/keras_signatures.json. An argument is the same if it has the same place and default;
arguments that are new stand behind the others.
"""

from __future__ import annotations

import collections
import importlib
import inspect
import json
import pathlib
from collections.abc import Iterator
from typing import Any

import tf1 as tf
from tools import command_line
from tools.golden.keras_signatures import arguments

_GOLDEN = pathlib.Path(__file__).parents[1] / 'tests' / 'golden' / 'keras_signatures.json'
KINDS = ('names', 'names that are there', 'methods', 'methods that are there', 'methods with the same arguments')


def differences(label: str, counts: collections.Counter[str]) -> Iterator[tuple[str, str]]:
    """Yields what differs, as a dotted name and words; counts by kind.

    Args:
      label: 'tf.keras' or 'keras'.
      counts: is filled.
    """
    root = tf.keras if label == 'tf.keras' else importlib.import_module('tf1.keras_package')
    for area, names in json.loads(_GOLDEN.read_text())[label].items():
        module = root
        for part in filter(None, area.split('.')):
            module = getattr(module, part)
        for name, old in names.items():
            path = f'{area}.{name}'.lstrip('.')
            counts['names'] += 1
            value = getattr(module, name, None)
            if value is None:
                yield path, 'absent'
                continue
            counts['names that are there'] += 1
            yield from _of_one(path, old, value, counts)


def _of_one(path: str, old: dict[str, Any], value: Any, counts: collections.Counter[str]) -> Iterator[tuple[str, str]]:
    is_class = 'methods' in old and inspect.isclass(value)
    changes = _changes(old['arguments'], arguments(value.__init__ if is_class else value), is_class)
    if changes:
        yield path, changes
    for name, words in old['methods'].items() if is_class else ():
        counts['methods'] += 1
        method = getattr(value, name, None)
        if method is None:
            yield f'{path}.{name}', 'absent'
            continue
        counts['methods that are there'] += 1
        changes = _changes(words, arguments(method), True)
        if changes:
            yield f'{path}.{name}', changes
        else:
            counts['methods with the same arguments'] += 1


def _changes(old: list[str] | None, new: list[str] | None, is_method: bool) -> str:
    """Returns which arguments differ, in words; nothing where a function takes whatever it is given."""
    if old is None or new is None or {'*args', '**kwargs'} <= set(new):
        return ''
    plain = [word.partition('=') for word in new[is_method:] if not word.startswith('*')]
    places = {name: (index, default) for index, (name, _, default) in enumerate(plain)}
    found = []
    for index, word in enumerate(word for word in old[is_method:] if not word.startswith('*')):
        name, _, default = word.partition('=')
        place = places.get(name)
        if place is None:
            found.append(f'no {name}')
        elif place[0] != index:
            found.append(f'{name} elsewhere')
        elif place[1] != default and not _are_equal(place[1], default):
            found.append(f'{name}={place[1]} for {default}')
    return ', '.join(found)


def _are_equal(first: str, second: str) -> bool:
    numbers = ('True', 'False')
    try:
        return first not in numbers and second not in numbers and float(first) == float(second)
    except ValueError:
        return False


def main() -> None:
    """Prints what differs, most frequent first, and the counts."""
    command_line.Parser('tools.keras_signatures', __doc__).parse_args()
    for label in ('tf.keras', 'keras'):
        counts: collections.Counter[str] = collections.Counter()
        holders: dict[tuple[str, str], list[str]] = collections.defaultdict(list)
        for path, words in differences(label, counts):
            holders[path.rpartition('.')[2] if path.count('.') > 1 else path, words].append(path)
        for (name, words), paths in sorted(holders.items(), key=lambda item: -len(item[1])):
            print(f'{label}: {len(paths)} {name}: {words}')
        print(label, *(f'{kind}: {counts[kind]}' for kind in KINDS), sep='\n  ')


if __name__ == '__main__':
    main()
