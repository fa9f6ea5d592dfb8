"""A transform as it is written: a name, and arguments in parentheses, `remove_nodes(op=Identity, op=CheckNumerics)`."""

from __future__ import annotations

import re

import tensorflow.compat.v1 as tf

Arguments = dict[str, list[str]]
_TRANSFORM = re.compile(r'\s*(\w+)\s*(?:\((.*)\))?\s*', re.DOTALL)
_ARGUMENT = re.compile(r'\s*(\w+)\s*=\s*(?:"([^"]*)"|\'([^\']*)\'|([^,]*))\s*(?:,|$)')


def parse(text: str) -> tuple[str, Arguments]:
    """Returns the name and, by name, the values of the arguments.

    Raises:
      InvalidArgumentError: it is not written so.
    """
    found = _TRANSFORM.fullmatch(text)
    if found is None:
        raise tf.errors.InvalidArgumentError(None, None, f'Transform {text!r} must be written as name(argument=value).')
    arguments: Arguments = {}
    for name, *values in _ARGUMENT.findall(found[2] or ''):
        arguments.setdefault(name, []).append(''.join(values).strip())
    return found[1], arguments


def one(arguments: Arguments, name: str, default: str | None = None) -> str:
    """Returns the value of argument `name`.

    Raises:
      InvalidArgumentError: it is not given, and there is no default, or it is given several times.
    """
    values = arguments.get(name, [])
    if len(values) == 1:
        return values[0]
    if not values and default is not None:
        return default
    raise tf.errors.InvalidArgumentError(
        None, None, f"Expected exactly one '{name}' argument, but found {len(values)}."
    )
