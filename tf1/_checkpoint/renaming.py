"""A copy of a checkpoint under other names."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from tf1._checkpoint import writing
from tf1._checkpoint.errors import CheckpointError
from tf1._checkpoint.mapping import substitute
from tf1._checkpoint.reading import Stored
from tf1._checkpoint.roles import Role, roles

_VALID = re.compile(r'[A-Za-z0-9.][A-Za-z0-9_.\\/>-]*')


def plan(stored: Stored, mapping: Mapping[str, str], rules: Sequence[tuple[str, str]] = ()) -> dict[str, str]:
    """Returns the new name of every variable that gets one.

    A slot follows its variable: where `dense/kernel` becomes `fc/w`, `dense/kernel/Adam` becomes `fc/w/Adam`, whatever
    a rule makes of the slot's own name. A slot that the mapping names goes where the mapping says.

    Args:
      stored: the checkpoint.
      mapping: new names by old names.
      rules: as `mapping.substitute` takes them, for the names that the mapping leaves alone.

    Raises:
      CheckpointError: the checkpoint is object-based, a name is not in it, a rule matches nothing, a new name is none
        that TensorFlow allows, or two variables would have the same name.
    """
    if stored.is_object_based:
        raise CheckpointError(
            f'{stored.prefix} is object-based, its names are paths through Python objects: rename the attributes '
            'there, or give a name-based checkpoint.'
        )
    for old, new in mapping.items():
        if old not in stored.shapes:
            raise CheckpointError(
                f'{old!r}, which is to become {new!r}, is not in {stored.prefix}: `list` prints the names there are.'
            )
    changed = dict(mapping)
    if rules:
        changed.update(substitute([name for name in stored.names if name not in mapping], rules))
    every = roles(stored.shapes)
    new_names = {name: _new_name(name, every, mapping, changed) for name in stored.names}
    _check(new_names)
    return {old: new for old, new in new_names.items() if old != new}


def write_renamed(stored: Stored, renamed: Mapping[str, str], prefix: str) -> None:
    """Writes a new checkpoint with the new names; variables that were saved in slices are stored whole.

    Args:
      stored: the checkpoint to copy.
      renamed: as `plan` gives it.
      prefix: the new checkpoint.

    Raises:
      CheckpointError: a value cannot be read, the output exists or cannot be written; nothing of it is left then.
    """
    names = sorted(stored.names, key=lambda name: renamed.get(name, name))
    writing.write(prefix, ((renamed.get(n, n), stored.dtypes[n], stored.value(n)) for n in names))


def _new_name(name: str, every: Mapping[str, Role], mapping: Mapping[str, str], changed: Mapping[str, str]) -> str:
    owner = every[name].owner
    if name in mapping or owner is None:
        return changed.get(name, name)
    followed = _new_name(owner, every, mapping, changed)
    if followed == owner:
        return changed.get(name, name)
    # The scope that an optimiser was made in stands before the owner's name: opt/dense/kernel/Adam.
    scope, _, rest = name.rpartition(f'{owner}/')
    return f'{scope}{followed}/{rest}'


def _check(new_names: Mapping[str, str]) -> None:
    taken: dict[str, str] = {}
    for old, new in new_names.items():
        if old != new and not _VALID.fullmatch(new):
            raise CheckpointError(
                f'{old!r} cannot become {new!r}: a name begins with a letter, digit or dot and goes on with those, '
                '_, -, /, \\ or >.'
            )
        first = taken.setdefault(new, old)
        if first != old:
            raise CheckpointError(f'{first!r} and {old!r} would both be called {new!r}: give one of them another name.')
