"""Compares the arguments of TensorFlow's public functions as programs of TF 1 see them with those of TF 1.15.5.

    python -m tools.argument_lists [--all]

TF 1.15.5's are in tests/golden/argument_lists.json. Compared are `tf_inspect.getfullargspec`, which libraries read, and
`inspect.signature`. Counts what can be called as before (arguments that are new stand behind the others), and what is
the same to the letter. With `--all` it prints what differs.
"""

from __future__ import annotations

import collections
import importlib
import inspect
import json
import pathlib
import sys
from collections.abc import Iterator
from typing import Any, NamedTuple

import tf1 as tf
from tools.golden.argument_lists import full_argument_list, signature

_GOLDEN = pathlib.Path(__file__).parents[1] / 'tests' / 'golden' / 'argument_lists.json'


class Compared(NamedTuple):
    """A function's arguments: of TF 1.15.5 and here, by `inspect.signature` or by `tf_inspect`.

    `new` is None if there is no such function.
    """

    path: str
    by: str
    old: list[str]
    new: list[str] | None

    def is_same(self) -> bool:
        """Returns whether name, place and default of all arguments are the same."""
        return self.new == self.old

    def is_called_alike(self) -> bool:
        """Returns whether calls of old mean the same: arguments in their places with their defaults."""
        if self.new is None:
            return False
        if {'*args', '**kwargs'} <= set(self.new):
            return True
        plain = [word for word in self.old if not word.startswith('*')]
        rest = [word for word in self.new[len(plain) :] if '=' not in word and not word.startswith('*')]
        return self.new[: len(plain)] == plain and not rest


def compared() -> Iterator[Compared]:
    """Yields two for each function, constructor and method."""
    tf_inspect = importlib.import_module('tf1.python.util.tf_inspect')
    for module, names in json.loads(_GOLDEN.read_text()).items():
        for name, (old, *others) in names.items():
            found = _found(module, name)
            lists = (None, None) if found is None else (signature(found), full_argument_list(tf_inspect, found))
            yield Compared(f'{module}.{name}', 'inspect', old, lists[0])
            yield Compared(f'{module}.{name}', 'tf_inspect', (others or [old])[0], lists[1])


def _found(module: str, name: str) -> Any:
    value: Any = tf
    for part in (*module.split('.')[1:], *name.split('.')):
        try:
            value = getattr(value, part)
        except (AttributeError, ImportError):
            return None
    return value if callable(value) or inspect.isclass(value) else None


def main(words: list[str]) -> None:
    """Prints the counts, and what differs."""
    counts: dict[str, collections.Counter[str]] = collections.defaultdict(collections.Counter)
    for each in compared():
        area = 'tf.contrib' if each.path.startswith('tf.contrib') else 'tf'
        count = counts[f'{area}, {each.by}']
        count['all'] += 1
        count['there'] += each.new is not None
        count['called alike'] += each.is_called_alike()
        count['the same'] += each.is_same()
        if '--all' in words and not each.is_same():
            print(each.path, each.by, '=' if each.is_called_alike() else '!', each.old, each.new, sep='\t')
    for label, count in counts.items():
        print(f'{label}:', ', '.join(f'{name} {number}' for name, number in count.items()))


if __name__ == '__main__':
    main(sys.argv[1:])
