"""A name-based checkpoint of TF 1.x as an object-based one of TF 2; to be imported where `tf1` is not.

The names become the paths of an object graph: `conv/kernel` is found at `model.conv.kernel`. A variable whose name
begins with another's, as a slot of an optimiser's does (`conv/kernel/Adam`), is found below `slots`.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import Any

import tensorflow as tf

from tools.conversion.errors import ConversionError

MODEL, SLOTS = 'model', 'slots'


def write(prefix: str, folder: str) -> None:
    """Writes the checkpoint `prefix` into the folder as `ckpt-1`.

    Raises:
        ConversionError: names stand in each other's way.
    """
    reader = tf.train.load_checkpoint(prefix)
    variables = {name: tf.Variable(reader.get_tensor(name)) for name in reader.get_variable_to_shape_map()}
    trees: dict[str, dict] = {MODEL: {}, SLOTS: {}}
    for name, place in places(variables).items():
        _plant(trees[place], name, variables[name])
    # An empty tree would be one more thing that a reader must have.
    tf.train.Checkpoint(**{place: tree for place, tree in trees.items() if tree}).save(os.path.join(folder, 'ckpt'))


def places(variables: Iterable[str]) -> dict[str, str]:
    """Returns where each variable goes, `model` or `slots`, by its name."""
    known = set(variables)
    return {name: SLOTS if any(part in known for part in _beginnings(name)) else MODEL for name in sorted(known)}


def key(place: str, name: str) -> str:
    """The key of a variable in the new checkpoint."""
    # A dot has a meaning of its own in these keys, and is doubled.
    return '/'.join((place, name.replace('.', '..'), '.ATTRIBUTES/VARIABLE_VALUE'))


def _beginnings(name: str) -> Iterable[str]:
    parts = name.split('/')
    return ('/'.join(parts[:count]) for count in range(1, len(parts)))


def _plant(tree: dict, name: str, variable: Any) -> None:
    *scopes, leaf = name.split('/')
    for scope in scopes:
        tree = tree.setdefault(scope, {})
        if not isinstance(tree, dict):
            raise ConversionError(f'{name} begins with the name of another slot: rename one of them first.')
    tree[leaf] = variable
